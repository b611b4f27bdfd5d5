package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// deleteRecord withdraws a record for good.
type deleteRecord struct {
	record  *record
	reason  *form.Entry
	field   *form.Field
	summary *form.ErrorSummary
}

func newDeleteRecord(from *record) *deleteRecord {
	s := &deleteRecord{record: from, reason: form.NewEntry(), summary: form.NewErrorSummary()}
	s.field = form.NewField("Why is it deleted?", "For example, recorded for another person. This stays with the record", s.reason)
	return s
}

func (s *deleteRecord) title() string {
	return "Delete the record of " + s.record.event().Person.Name()
}
func (s *deleteRecord) recordOrigin() screen  { return s.record.from }
func (s *deleteRecord) first() fyne.Focusable { return s.reason }
func (s *deleteRecord) back()                 { s.record.app.show(s.record) }

// enter does nothing: only the red button deletes.
func (s *deleteRecord) enter() {}

func (s *deleteRecord) content() fyne.CanvasObject {
	rows := eventRows(s.record.app.session.Desk, s.record.event())
	return form.NewPage(form.Pad(16, 24, 16, 40, form.MaxWidth(760, form.VStack(16, s.summary, form.Heading(s.title()),
		form.NewNotice(form.NoticeProblem, "This cannot be undone",
			"The record stays here, marked as deleted, and the NHS is told to withdraw it. To put one answer right, go back and choose Correct."),
		form.NewSummaryList(rows[:min(5, len(rows))]...), s.field,
		form.HStack(16, form.Warning("Delete for good", s.remove), form.Secondary("Keep it", s.back))))))
}

func (s *deleteRecord) remove() {
	app, id, reason := s.record.app, s.record.event().ID, s.reason.Text
	once(app, func(ctx ctx) (capture.Event, error) { return app.session.Desk.Delete(ctx, id, reason) },
		func(event capture.Event, err error) {
			if err != nil {
				app.refuse(s.summary, fieldFaults(err, map[string]*form.Field{"reason": s.field})...)
				return
			}
			app.refreshStatus()
			showRecord(app, event)
		})
}
