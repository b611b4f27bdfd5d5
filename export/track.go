package export

import (
	"context"

	"deltoid/export/mesh"
)

// track asks whether the receiver has collected the file.
func (r *round) track(ctx context.Context, d Delivery) (Delivery, error) {
	found, err := r.post.Track(ctx, d.MessageID)
	if err != nil {
		return r.fails(ctx, d, tracking, err)
	}
	switch found.Status {
	case mesh.StatusAcknowledged:
		return r.change(ctx, d, "delivery.collected", "", func(d *Delivery) { d.enter(Collected, r.Now(), "") })
	case mesh.StatusUndeliverable, mesh.StatusError:
		return r.change(ctx, d, "delivery.refused", found.Code, func(d *Delivery) {
			d.enter(Refused, r.Now(), "")
			d.ProblemCode = found.Code
			d.Problem = "The receiver did not get the file: " + explain(found) + ". Speak to the receiver, then choose Send the rows again"
		})
	case mesh.StatusUploading:
		if _, err := r.post.Resume(ctx, r.message(ctx, d)); err != nil {
			return r.fails(ctx, d, finishing, err)
		}
	}
	return r.change(ctx, d, "delivery.track", string(found.Status), func(d *Delivery) {
		now := r.Now().UTC()
		d.afresh()
		d.NextAttempt = now.Add(r.policy().Track(now.Sub(d.ChangedAt)))
	})
}

// uncollected is the code of MESH for what nobody collected in five days.
const uncollected = "14"

func explain(found mesh.Tracking) string {
	text := mesh.Explain(found.Code)
	switch {
	case text == "" && found.Status == mesh.StatusUndeliverable:
		return mesh.Explain(uncollected)
	case text == "":
		return "MESH gives no reason"
	}
	return text + codeInBrackets(found.Code)
}
