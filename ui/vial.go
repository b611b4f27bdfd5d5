package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// vial asks which opened vial a dose was drawn from, for a vaccine that comes in several doses.
type vial struct {
	j       *journey
	product catalogue.Product
	open    []capture.OpenVial // usable now
	choice  *form.Radios
	reason  *form.Entry
	batch   string
	chosen  time.Time
	cField  *form.Field
	rField  *form.Field
	object  *fyne.Container
}

// notNoted is the choice that nobody wrote down when the vial was opened.
const notNoted = "not-noted"

func newVial(j *journey, product catalogue.Product, given capture.Give) *vial {
	v := &vial{j: j, product: product, choice: form.NewRadios().Dense(), reason: form.NewEntry(), chosen: given.VialOpenedAt}
	v.choice.OnSubmit = j.enter
	v.choice.OnChanged = func(string) { v.pick() }
	v.reason.SetText(given.VialReason)
	v.cField = form.NewField("Vial opened or diluted at", "", v.choice)
	v.rField = form.NewField("Why was this vial still used?", "", v.reason)
	opened := form.NewLink("A vial is opened now", v.openNow)
	v.object = form.VStack(6, v.cField, v.rField, opened)
	reveal(v.object, product.InUseHours > 0)
	reveal(v.rField, given.VialReason != "")
	return v
}

// show lists the opened vials of a batch; the latest that may be used is carried over.
func (v *vial) show(batchID string) {
	v.batch = batchID
	reveal(v.object, v.product.InUseHours > 0 && batchID != "")
	if batchID == "" || v.product.InUseHours == 0 {
		return
	}
	app := v.j.app
	ask(app.Bridge, app.ctx, func(ctx ctx) ([]capture.OpenVial, error) { return app.session.Desk.Vials(ctx, batchID) },
		func(open []capture.OpenVial, err error) {
			if err != nil || v.batch != batchID {
				return // the vial is optional: the page goes without
			}
			v.list(open)
		})
}

func (v *vial) list(open []capture.OpenVial) {
	v.open = open
	var options []form.Option
	usable := map[time.Time]bool{}
	for _, opened := range open {
		usable[opened.OpenedAt] = true
		options = append(options, form.Option{Value: stamp(opened.OpenedAt), Label: v.clock(opened.OpenedAt) + ", use by " + clockOf(opened.Until)})
	}
	for _, past := range v.past(usable) {
		options = append(options, form.Option{Value: stamp(past), Label: v.clock(past) + ", past its use"})
	}
	options = append(options, form.Option{Value: notNoted, Label: "Not noted"})
	v.choice.SetOptions(options...)
	switch {
	case !v.chosen.IsZero():
		v.choice.SetSelected(stamp(v.chosen))
	case len(open) > 0 && v.j.visit.Give == nil:
		v.chosen = open[len(open)-1].OpenedAt
		v.choice.SetSelected(stamp(v.chosen))
	default:
		v.choice.SetSelected(notNoted)
	}
	v.j.relayout()
}

// past are the vials of the batch that are not thrown away although they may no longer be used.
func (v *vial) past(usable map[time.Time]bool) []time.Time {
	var past []time.Time
	for _, batch := range v.j.facts.batches {
		if batch.ID != v.batch {
			continue
		}
		for _, opened := range batch.Vials {
			if !opened.Finished && !usable[opened.OpenedAt] {
				past = append(past, opened.OpenedAt)
			}
		}
	}
	return past
}

func stamp(at time.Time) string   { return at.UTC().Format(time.RFC3339) }
func clockOf(at time.Time) string { return at.In(london).Format("15:04") }

// clock is a time of today, or a time with its day.
func (v *vial) clock(at time.Time) string {
	if catalogue.DateOf(at) == v.j.facts.today {
		return clockOf(at)
	}
	return moment(at)
}

func (v *vial) pick() {
	v.chosen = time.Time{}
	if at, err := time.Parse(time.RFC3339, v.choice.Selected()); err == nil {
		v.chosen = at
	}
}

// openNow notes a vial that is opened at this moment.
func (v *vial) openNow() {
	batch, app := v.batch, v.j.app
	once(app, func(ctx ctx) ([]capture.OpenVial, error) {
		if _, err := app.session.Desk.OpenVial(ctx, batch, time.Time{}); err != nil {
			return nil, err
		}
		return app.session.Desk.Vials(ctx, batch)
	}, func(open []capture.OpenVial, err error) {
		if err != nil {
			v.j.refuse(fieldFaults(err, map[string]*form.Field{"openedAt": v.cField, "batchId": v.cField}))
			return
		}
		v.chosen = open[len(open)-1].OpenedAt
		v.list(open)
		app.focus(v.choice)
	})
}

// ask opens the reason, when the desk wants it.
func (v *vial) ask() { reveal(v.rField, true) }

func (v *vial) keep(give *capture.Give) {
	give.VialOpenedAt = v.chosen
	if v.rField.Visible() {
		give.VialReason = v.reason.Text
	}
}

func (v *vial) fields() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"give.vialOpenedAt": v.cField, "give.vialReason": v.rField}
}
