package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// earlier records a dose of an earlier day or hour: closed until somebody says that it was not given now.
type earlier struct {
	j      *journey
	link   *form.Link
	day    *form.DateEntry
	at     *form.Entry
	reason *form.Radios
	note   *form.Entry
	dField *form.Field
	tField *form.Field
	rField *form.Field
	nField *form.Field
	form   *fyne.Container
	object *fyne.Container
}

func newEarlier(j *journey) *earlier {
	e := &earlier{j: j, day: form.NewDateEntry(), at: form.NewEntry().SetColumns(6), note: form.NewEntry()}
	var reasons []form.Option
	for _, reason := range j.facts.edition.LateReasons() {
		reasons = append(reasons, form.Option{Value: reason.Key, Label: reason.Label})
	}
	e.reason = form.NewRadios(reasons...).Dense()
	e.reason.OnSubmit, e.day.OnSubmit = j.enter, j.enter
	e.dField = form.NewField("Date of vaccination", "For example, "+example(j.facts.today), e.day)
	e.tField = form.NewField("Time", "For example, 14:05", e.at)
	e.rField = form.NewField("Why is it recorded late?", "", e.reason)
	e.nField = form.NewField("In words", capture.StaysHere, e.note)
	e.form = form.VStack(10, form.Columns(16, []float32{230, 0}, e.dField, form.VStack(0, e.tField)), e.rField, e.nField)
	e.link = form.NewLink("It was given earlier", func() {
		e.show(true)
		j.app.focus(e.day.Day)
	})
	e.object = form.VStack(0, e.link, e.form)
	given := j.visit.Give != nil && !j.visit.Give.At.IsZero()
	if given {
		e.day.SetDate(catalogue.DateOf(j.visit.Give.At))
		e.at.SetText(clockOf(j.visit.Give.At))
	}
	if late := j.visit.Late; late != nil {
		e.reason.SetSelected(late.Reason)
		e.note.SetText(late.Note)
	}
	e.show(given)
	e.showReason(j.visit.Late != nil)
	return e
}

// example is a date as people type it.
func example(day catalogue.Date) string {
	return fmt.Sprintf("%d %d %d", day.Day, int(day.Month), day.Year)
}

func (e *earlier) show(open bool) {
	reveal(e.link, !open)
	reveal(e.form, open)
	e.j.relayout()
}

func (e *earlier) showReason(visible bool) {
	reveal(e.rField, visible)
	reveal(e.nField, visible)
}

// ask opens the reason, which the desk wants after some days.
func (e *earlier) ask() { e.showReason(true) }

// moment is the day and time that were entered; the zero time is now.
func (e *earlier) moment() (time.Time, error) {
	if !e.form.Visible() {
		return time.Time{}, nil
	}
	day, err := e.day.Date()
	if err != nil {
		return time.Time{}, err
	}
	clock, err := time.Parse("15:04", e.at.Text)
	if err != nil {
		return time.Time{}, errTime
	}
	return time.Date(day.Year, day.Month, day.Day, clock.Hour(), clock.Minute(), 0, 0, london), nil
}

// errTime is the fault of a time that cannot be read.
var errTime = &capture.Error{Code: capture.Invalid, Field: "time", Message: "Enter the time of vaccination, for example 14:05"}

func (e *earlier) keep(visit *capture.Encounter, give *capture.Give) {
	if at, err := e.moment(); err == nil && !at.IsZero() {
		give.At = at.UTC()
		if visit.Consent.At.After(give.At) { // typed today, given before the dose
			visit.Consent.At = give.At
		}
	}
	visit.Late = nil
	if e.form.Visible() && e.reason.Selected() != "" {
		visit.Late = &capture.Late{Reason: e.reason.Selected(), Note: e.note.Text}
	}
}

func (e *earlier) faults() []form.Fault {
	_, err := e.moment()
	switch {
	case err == nil:
		return nil
	case err == errTime:
		return mark(e.tField, errTime.Message)
	}
	return mark(e.dField, err.Error())
}

func (e *earlier) fields() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"give.at": e.dField, "late.reason": e.rField, "late.note": e.nField}
}
