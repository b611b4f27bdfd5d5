package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/ui/form"
)

// correctPreview shows what a correction changes in each record, lets single ones be left out, and saves it.
type correctPreview struct {
	many       *correctMany
	app        *App
	correction capture.Correction
	previews   []capture.Corrected
	left       map[string]bool   // ids of records that are left out
	became     map[string]string // after it was done: what became of each, by id
	list       *form.RowList
	about      *form.Text
	save       *form.Button
	summary    *form.ErrorSummary
}

func newCorrectPreview(many *correctMany, correction capture.Correction, previews []capture.Corrected) *correctPreview {
	s := &correctPreview{many: many, app: many.app, correction: correction, previews: previews, left: map[string]bool{},
		summary: form.NewErrorSummary(), about: form.Hint("").OneLine()}
	s.list = form.NewRowList(form.Column{Title: "What happens", Width: 150}, form.Column{Title: "Given", Width: 130}, form.Column{Title: "Person", Weight: 3},
		form.Column{Title: "On record", Weight: 4}, form.Column{Title: "Corrected", Weight: 4}, form.Column{Title: "Look twice", Weight: 4})
	s.list.OnKey = s.key
	s.save = form.Primary("", s.enter)
	s.fill()
	return s
}

func (s *correctPreview) title() string {
	if s.became != nil {
		return "Corrected"
	}
	return "Check what changes"
}

func (s *correctPreview) content() fyne.CanvasObject {
	words := "Reason: " + s.many.reason.Text + ". Space leaves a record out, or takes it in again."
	buttons := []fyne.CanvasObject{s.save, form.Secondary("Back", s.back)}
	if s.became != nil {
		words, buttons = "Each correction is a new version; the earlier one stays.", []fyne.CanvasObject{s.save}
	}
	top := form.VStack(12, s.summary, form.Heading(s.title()), form.Body(words).OneLine(), form.HStack(16, append(buttons, s.about)...))
	return form.Pad(16, 24, 12, 24, container.New(topAndRest{}, form.Pad(0, 0, 12, 0, top), s.list))
}

func (s *correctPreview) first() fyne.Focusable {
	if s.became != nil {
		return s.save
	}
	return s.list
}

func (s *correctPreview) back() {
	if s.became != nil {
		s.app.show(s.many.from)
		return
	}
	s.app.show(s.many)
}

func (s *correctPreview) key(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeySpace || s.became != nil || s.list.Selected() < 0 {
		return false
	}
	id := s.previews[s.list.Selected()].Before.ID
	s.left[id] = !s.left[id]
	s.fill()
	return true
}

// chosen are the ids of the records that are to be corrected.
func (s *correctPreview) chosen() []string {
	var ids []string
	for _, preview := range s.previews {
		if preview.Fault == nil && !s.left[preview.Before.ID] {
			ids = append(ids, preview.Before.ID)
		}
	}
	return ids
}

func (s *correctPreview) fill() {
	rows := make([][]form.Cell, len(s.previews))
	for i, preview := range s.previews {
		before, after := changes(s.app.session.Desk, preview)
		if s.left[preview.Before.ID] {
			after = ""
		}
		note := strings.Join(preview.Warnings, ". ")
		if preview.Fault != nil {
			note = faultsOf(preview.Fault)[0].Message
		}
		rows[i] = append([]form.Cell{s.fate(preview)}, form.Cells(clock(preview.Before.At), s.app.nameOf(preview.Before.Person), before, after, note)...)
	}
	s.list.SetRows(rows)
	n := len(s.chosen())
	s.about.SetText(fmt.Sprintf("%d of %s", n, count(len(s.previews), "record")))
	s.save.SetLabel("Correct " + count(n, "record"))
	if s.became != nil {
		s.about.SetText("")
		s.save.SetLabel("Back to the records")
	}
}

// fate is the tag that says what happens, or has happened, to a record.
func (s *correctPreview) fate(preview capture.Corrected) form.Cell {
	id := preview.Before.ID
	switch {
	case s.became[id] != "":
		return form.Cell{Text: s.became[id], Tone: form.ToneGreen, Icon: form.IconTick}
	case preview.Fault != nil:
		return form.Cell{Text: "Cannot be", Tone: form.ToneRed, Icon: form.IconStop}
	case s.left[id] || s.became != nil:
		return form.Cell{Text: "Left as it is", Tone: form.ToneGrey}
	case len(preview.Warnings) > 0:
		return form.Cell{Text: "To correct", Tone: form.ToneOrange, Icon: form.IconWarning}
	}
	return form.Cell{Text: "To correct", Tone: form.ToneBlue}
}

// changes are the values that a correction takes out of a record and puts in.
func changes(desk *capture.Desk, preview capture.Corrected) (before, after string) {
	were, are := eventRows(desk, preview.Before), eventRows(desk, preview.After)
	for i := range min(len(were), len(are)) {
		if were[i].Value != are[i].Value {
			before, after = joined(before, were[i].Value), joined(after, are[i].Value)
		}
	}
	return before, after
}

// enter corrects the records that were not left out; once that is done it leads back.
func (s *correctPreview) enter() {
	if s.became != nil {
		s.back()
		return
	}
	ids, correction, reason := s.chosen(), s.correction, s.many.reason.Text
	if len(ids) == 0 {
		s.app.refuse(s.summary, form.Fault{Message: "No record is left to correct. Take one in again with Space, or go back", Target: s.list})
		return
	}
	type outcome struct {
		became map[string]string
		faults map[string]error
	}
	once(s.app, func(ctx ctx) (outcome, error) {
		done := outcome{map[string]string{}, map[string]error{}}
		err := s.app.session.Desk.CorrectMany(ctx, ids, correction, reason, func(c capture.Corrected) {
			if c.Fault != nil {
				done.faults[c.Before.ID] = c.Fault
				return
			}
			done.became[c.Before.ID] = "Corrected"
		})
		return done, err
	}, func(done outcome, err error) {
		s.became = done.became
		for i, preview := range s.previews {
			if fault := done.faults[preview.Before.ID]; fault != nil {
				s.previews[i].Fault = fault
			}
		}
		s.fill()
		s.app.refreshStatus()
		s.app.show(s)
		if err != nil {
			s.app.refuse(s.summary, faultsOf(err)...)
		}
	})
}
