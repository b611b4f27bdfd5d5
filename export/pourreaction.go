package export

import (
	"context"
	"slices"

	"deltoid/capture"
)

// takeReaction sends an adverse reaction its way.
func (p *pouring) takeReaction(ctx context.Context, waiting *Waiting) error {
	wanted := p.wanted(waiting)
	had, err := p.hadReaction(ctx, waiting, wanted)
	if err != nil {
		return err
	}
	return p.takeOne(waiting, &record{Event: &waiting.Event, reaction: waiting.Reaction}, actionFor(wanted, had))
}

// hadReaction tells whether the receiver has the reaction. One that is withdrawn here is withdrawn there also when a restored
// backup does not know whether it has an earlier version.
func (p *pouring) hadReaction(ctx context.Context, waiting *Waiting, wanted bool) (bool, error) {
	if waiting.Carried == 0 {
		return !wanted && waiting.Doubt && waiting.Reaction.Version > 1, nil
	}
	versions, err := p.Ledger.Reaction(ctx, waiting.Reaction.ID)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(versions, func(r capture.Reaction) bool { return r.Version == waiting.Carried })
	return i >= 0 && versions[i].Action != capture.ActionDelete, nil
}
