package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// amendCheck shows a record before and after its correction, and saves it.
type amendCheck struct {
	amend   *amend
	preview capture.Corrected
	save    *form.Button
	summary *form.ErrorSummary
}

func (s *amendCheck) title() string         { return "Check the correction" }
func (s *amendCheck) recordOrigin() screen  { return s.amend.recordOrigin() }
func (s *amendCheck) first() fyne.Focusable { return s.save }
func (s *amendCheck) back()                 { s.amend.record.app.show(s.amend) }

func (s *amendCheck) content() fyne.CanvasObject {
	s.summary, s.save = form.NewErrorSummary(), form.Primary("Save the correction", s.enter)
	versions := []capture.Event{s.preview.Before, s.preview.After}
	lines := form.VStack(12, s.summary, form.Heading(s.title()), form.Body("Reason: "+s.amend.reason.Text),
		compare(s.amend.record.app.session.Desk, versions, []string{"On record", "Corrected"}, []string{"stays as an earlier version", "goes out in the next file"}))
	for _, warning := range s.preview.Warnings {
		lines.Add(form.NewNotice(form.NoticeWarning, "Look twice", warning))
	}
	lines.Add(form.HStack(16, s.save, form.Secondary("Back", s.back)))
	return form.NewPage(form.Pad(8, 24, 8, 32, form.MaxWidth(1000, lines)))
}

func (s *amendCheck) enter() {
	app, after, reason := s.amend.record.app, s.preview.After, s.amend.reason.Text
	once(app, func(ctx ctx) (capture.Event, error) { return app.session.Desk.Amend(ctx, after, reason) },
		func(event capture.Event, err error) {
			if err != nil {
				app.refuse(s.summary, faultsOf(err)...)
				return
			}
			app.refreshStatus()
			showRecord(app, event)
		})
}
