package export

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"deltoid/capture"
)

// pouring takes what waits for an extract into its file, or says why not. Memory does not grow with the number of events.
type pouring struct {
	*Builder
	profile  *Profile
	file     *file
	before   time.Time // what was committed from then on waits for the next file
	at       *moment
	report   BuildReport
	progress func(events int)
	seen     int

	row record // of the event that is being looked at; a new one each would cost an allocation

	fingerprint string // of a build that can be taken up again; "" for none
	after       int64  // pending row up to which an interrupted build had come

	period time.Time // of an hourly file: the start of its hour
	known  bool      // of an hourly file: there is one for the hour already
}

func (p *pouring) pour(ctx context.Context) error {
	var err error
	if p.profile.Unit == PerHour {
		err = p.pourHours(ctx)
	} else {
		err = p.pourEvents(ctx)
	}
	if err != nil {
		return fmt.Errorf("build extract file: %w", err)
	}
	if p.progress != nil {
		p.progress(p.seen)
	}
	return nil
}

func (p *pouring) pourEvents(ctx context.Context) error {
	var current Waiting // one place for all of them: a new one each would cost an allocation of more than a kilobyte
	return p.eachWaiting(ctx, func(waiting Waiting) error {
		current = waiting
		if err := p.take(ctx, &current); err != nil {
			return err
		}
		p.seen++
		return p.checkpoint(&current)
	})
}

func (p *pouring) waiting(ctx context.Context) iter.Seq2[Waiting, error] {
	if resumer, able := p.Ledger.(Resumer); able && p.after > 0 {
		return resumer.WaitingAfter(ctx, p.profile.Kind, p.before, p.after)
	}
	return p.Ledger.Waiting(ctx, p.profile.Kind, p.before)
}

func (p *pouring) eachWaiting(ctx context.Context, do func(Waiting) error) error {
	for waiting, err := range p.waiting(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = do(waiting)
		}
		if err != nil {
			return err
		}
		if p.progress != nil && p.seen > 0 && p.seen%progressEvery == 0 {
			p.progress(p.seen)
		}
	}
	return nil
}

// take sends one event its way.
func (p *pouring) take(ctx context.Context, waiting *Waiting) error {
	ready, err := p.mayFollow(ctx, waiting)
	if err != nil {
		return err
	}
	if !ready {
		p.report.Later++
		return nil
	}
	if waiting.Reaction != nil {
		return p.takeReaction(ctx, waiting)
	}
	had, err := p.had(ctx, waiting)
	if err != nil {
		return err
	}
	doubted, err := p.doubted(ctx, waiting, had)
	if err != nil {
		return err
	}
	if p.profile.Unit == PerEvent {
		wanted := p.wanted(waiting)
		p.row = record{Event: &waiting.Event}
		return p.takeOne(waiting, &p.row, actionFor(wanted, had != nil || doubted != nil && !wanted))
	}
	return p.takeParts(waiting, p.parts(&waiting.Event, had, doubted))
}

// mayFollow tells whether the extract that this one follows has carried the event. What was sent of an event may always
// be changed or withdrawn.
func (p *pouring) mayFollow(ctx context.Context, waiting *Waiting) (bool, error) {
	if p.profile.Follows == "" || waiting.Carried > 0 || !p.wanted(waiting) {
		return true, nil
	}
	version, err := p.Ledger.Carried(ctx, p.profile.Follows, waiting.Event.ID)
	return version > 0, err
}

// wanted tells whether the receiver is to have a record of what waits: a reaction goes only with its vaccination.
func (p *pouring) wanted(waiting *Waiting) bool {
	withdrawn := waiting.Reaction != nil && waiting.Reaction.Action == capture.ActionDelete
	return !withdrawn && p.profile.Carries(&waiting.Event)
}

// had is the version that the receiver has; nil when it has none.
func (p *pouring) had(ctx context.Context, waiting *Waiting) (*capture.Event, error) {
	if waiting.Carried == 0 {
		return nil, nil
	}
	versions, err := p.Ledger.Event(ctx, waiting.Event.ID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(versions, func(e capture.Event) bool { return e.Version == waiting.Carried })
	if i < 0 || !p.profile.Carries(&versions[i]) {
		return nil, nil
	}
	return &versions[i], nil
}

// doubted is the earlier version that the receiver may have although nobody here knows: what is withdrawn here is then
// withdrawn there, too, at the price of a row that the receiver may not need.
func (p *pouring) doubted(ctx context.Context, waiting *Waiting, had *capture.Event) (*capture.Event, error) {
	if had != nil || !waiting.Doubt || waiting.Event.Version == 1 {
		return nil, nil
	}
	versions, err := p.Ledger.Event(ctx, waiting.Event.ID)
	if err != nil {
		return nil, err
	}
	for _, version := range slices.Backward(versions) {
		if version.Version < waiting.Event.Version && p.profile.Carries(&version) {
			return &version, nil
		}
	}
	return nil, nil
}

// actionFor is what a row does at the receiver, which knows only the versions it was sent: the first one there is new,
// whatever it was here. It is empty when the receiver neither has nor is to have the record.
func actionFor(wanted, had bool) capture.Action {
	switch {
	case wanted && had:
		return capture.ActionUpdate
	case wanted:
		return capture.ActionNew
	case had:
		return capture.ActionDelete
	}
	return ""
}

// takeOne writes the one row of a record, holds it back, or finds that none is needed.
func (p *pouring) takeOne(waiting *Waiting, row *record, flag capture.Action) error {
	if flag == "" {
		p.report.Withdrawn++
		return p.file.building.Row(0, *waiting)
	}
	row.flag, row.settings = flag, &p.file.sheet.settings
	if faults := p.file.check(row, p.at); len(faults) > 0 {
		return p.hold(waiting, faults)
	}
	if err := p.file.write(); err != nil {
		return err
	}
	p.report.Rows++
	p.file.show(p.report.Rows, waiting, flag)
	return p.file.building.Row(p.report.Rows, *waiting)
}

func (p *pouring) hold(waiting *Waiting, faults capture.Problems) error {
	p.report.Held++
	if len(p.report.HeldBack) < maxHeldShown {
		version := waiting.Version()
		p.report.HeldBack = append(p.report.HeldBack, HeldBack{Version: version, Kind: p.profile.Kind, Problems: faults, At: p.at.now})
	}
	return p.file.building.Hold(*waiting, faults)
}
