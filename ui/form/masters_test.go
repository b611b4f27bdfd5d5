package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

// master is one control in one state; focus names what takes the focus, if anything does.
type master struct {
	width, height float32
	build         func() (object fyne.CanvasObject, focus fyne.Focusable)
}

// still is a master without a focus.
func still(width, height float32, build func() fyne.CanvasObject) master {
	return master{width, height, func() (fyne.CanvasObject, fyne.Focusable) { return build(), nil }}
}

var arms = []form.Option{{Value: "l", Label: "Left arm"}, {Value: "r", Label: "Right arm", Hint: "Rarely used"}}

var because = form.Reason{
	Sentence: "At least 91 days since the last dose.", Facts: "Last dose 23 October 2021, 201 days ago",
	Rule: "COV-INT-03", Since: "21 February 2022",
}

var masters = map[string]master{
	"text": still(200, 120, func() fyne.CanvasObject {
		return form.VStack(8, form.Heading("Who is this?"), form.Hint("A hint that is long enough to wrap."))
	}),
	"entry": still(200, 40, func() fyne.CanvasObject { return form.NewEntry() }),
	"entry_focused": {200, 40, func() (fyne.CanvasObject, fyne.Focusable) {
		entry := form.NewEntry()
		entry.SetText("FP1430")
		return entry, entry
	}},
	"entry_fault": still(200, 40, func() fyne.CanvasObject {
		entry := form.NewEntry()
		entry.SetFault(true)
		return entry
	}),
	"entry_beside_button": still(400, 44, func() fyne.CanvasObject {
		return form.Columns(16, []float32{0, 120}, form.NewEntry(), form.Secondary("Search", nil))
	}),
	"textarea": still(300, 100, func() fyne.CanvasObject { return form.NewTextArea(3, 100) }),
	"field": still(300, 100, func() fyne.CanvasObject {
		return form.NewField("Batch number", "As on the pack", form.NewEntry().SetColumns(10))
	}),
	"field_fault": still(300, 130, func() fyne.CanvasObject {
		field := form.NewField("Batch number", "As on the pack", form.NewEntry().SetColumns(10))
		field.SetError("Enter the batch number")
		return field
	}),
	"date": still(300, 80, func() fyne.CanvasObject { return form.NewDateEntry() }),
	"date_focused": {300, 80, func() (fyne.CanvasObject, fyne.Focusable) {
		date := form.NewDateEntry()
		return date, date.Month
	}},
	"date_fault": still(300, 140, func() fyne.CanvasObject {
		date := form.NewDateEntry()
		date.Day.SetText("27")
		field := form.NewField("Date of birth", "", date)
		field.SetError("Date of birth must include a month and a year")
		return field
	}),
	"radios": still(300, 110, func() fyne.CanvasObject { return form.NewRadios(arms...) }),
	"radios_focused": {300, 110, func() (fyne.CanvasObject, fyne.Focusable) {
		radios := form.NewRadios(arms...)
		radios.SetSelected("r")
		return radios, radios
	}},
	"radios_fault": still(300, 110, func() fyne.CanvasObject {
		radios := form.NewRadios(arms...)
		radios.SetFault(true)
		return radios
	}),
	"radios_across": still(400, 40, func() fyne.CanvasObject {
		return form.NewRadiosAcross(form.Options("Yes", "No")...)
	}),
	"radios_dense": still(300, 80, func() fyne.CanvasObject {
		return form.NewRadios(form.Options("0.3 ml", "0.5 ml")...).Dense()
	}),
	"question": still(600, 50, func() fyne.CanvasObject {
		return form.NewYesNoUnknown("Is the person unwell today?", "")
	}),
	"question_focused": {600, 50, func() (fyne.CanvasObject, fyne.Focusable) {
		row := form.NewYesNoUnknown("Is the person unwell today?", "Fever or worse")
		row.SetAnswer(form.AnswerNo)
		return row, row
	}},
	"question_fault": still(600, 150, func() fyne.CanvasObject {
		row := form.NewYesNoUnknown("Is the person unwell today?", "")
		row.SetError("Select yes if the person is unwell")
		row.SetFollowUp(form.NewField("Details", "", form.NewEntry()))
		return row
	}),
	"yes_no": {600, 50, func() (fyne.CanvasObject, fyne.Focusable) {
		row := form.NewYesNo("Does the child know which disease the vaccine prevents?", "")
		return row, row
	}},
	"checkbox_dense": still(300, 80, func() fyne.CanvasObject {
		return form.VStack(0, form.NewCheckbox("Asthma", "").Dense(), form.NewCheckbox("Diabetes", "").Dense())
	}),
	"checkbox": still(300, 60, func() fyne.CanvasObject { return form.NewCheckbox("Agreed", "On the phone") }),
	"checkbox_focused": {300, 60, func() (fyne.CanvasObject, fyne.Focusable) {
		box := form.NewCheckbox("Agreed", "")
		box.SetTicked(true)
		return box, box
	}},
	"checkbox_fault": still(300, 60, func() fyne.CanvasObject {
		box := form.NewCheckbox("Agreed", "")
		box.SetFault(true)
		return box
	}),
	"chooser": still(300, 280, func() fyne.CanvasObject { return form.NewChooser(manyOptions()...) }),
	"chooser_taken": still(300, 280, func() fyne.CanvasObject {
		chooser := form.NewChooser(manyOptions()...)
		chooser.SetSelected("Chen, Li")
		return chooser
	}),
	"buttons": still(600, 50, func() fyne.CanvasObject {
		return form.HStack(16, form.Primary("Continue", nil), form.Secondary("Back", nil),
			form.Warning("Delete", nil), form.Reverse("Go back", nil), form.NewLink("Put down", nil))
	}),
	"button_focused": {200, 44, func() (fyne.CanvasObject, fyne.Focusable) {
		button := form.Primary("Continue", nil)
		return button, button
	}},
	"link_focused": {200, 24, func() (fyne.CanvasObject, fyne.Focusable) {
		link := form.NewLink("Change", nil)
		return link, link
	}},
	"errors": {400, 150, func() (fyne.CanvasObject, fyne.Focusable) {
		summary := form.NewErrorSummary()
		summary.Report(form.Fault{Message: "Enter the batch number"}, form.Fault{Message: "Select the dose"})
		return summary, summary
	}},
	"panel_proceed": still(400, 160, func() fyne.CanvasObject {
		return form.NewPanel(form.PanelProceed, "This person can have the vaccine today.", because)
	}),
	"panel_caution": still(400, 100, func() fyne.CanvasObject { return form.NewPanel(form.PanelCaution, "Keep the person for 15 minutes.") }),
	"panel_tick": {400, 220, func() (fyne.CanvasObject, fyne.Focusable) {
		reason := because
		reason.Source, reason.Tick = "The green book", form.NewCheckbox("Keep the person for 15 minutes and say why", "").Dense()
		return form.NewPanel(form.PanelCaution, "Go on with these precautions.", reason), reason.Tick
	}},
	"notice_good": still(400, 50, func() fyne.CanvasObject { return form.NewNotice(form.NoticeGood, "Checked at 10:02", "") }),
	"notice_problem": still(400, 130, func() fyne.CanvasObject {
		return form.NewNotice(form.NoticeProblem, "The sources disagree", "Choose which of them counts today.", form.Secondary("Try again", nil))
	}),
	"panel_seek": still(400, 100, func() fyne.CanvasObject { return form.NewPanel(form.PanelSeek, "Ask the clinical lead.") }),
	"panel_defer": still(400, 100, func() fyne.CanvasObject {
		return form.NewPanel(form.PanelDefer, "Too early.").SetWord("Defer until 3 June 2022")
	}),
	"panel_stop": still(400, 100, func() fyne.CanvasObject { return form.NewPanel(form.PanelStop, "An allergy.") }),
	"done":       still(400, 100, func() fyne.CanvasObject { return form.NewDone("Saved", "Not sent yet.") }),
	"interruption": still(400, 160, func() fyne.CanvasObject {
		return form.NewInterruption("Stop", []string{"Why"}, form.Reverse("Go back", nil))
	}),
	"inset": still(300, 40, func() fyne.CanvasObject { return form.NewInset(form.Body("Note")) }),
	"tag":   still(200, 24, func() fyne.CanvasObject { return form.NewTag("Accepted", form.ToneGreen, form.IconTick) }),
	"badge": still(200, 24, func() fyne.CanvasObject { return form.NewStatusBadge(form.IconSaved, "Offline", form.White) }),
	"summary": still(500, 120, func() fyne.CanvasObject {
		return form.NewSummaryList(form.SummaryRow{Key: "Name", Value: "SMITH, Jo", Change: func() {}}, form.SummaryRow{Key: "Batch"})
	}),
	"tasks": still(220, 180, func() fyne.CanvasObject {
		return form.NewTaskList(form.Task{Name: "Identity", State: form.TaskDone, OnOpen: func() {}},
			form.Task{Name: "Screening", Note: "3/14", State: form.TaskHere}, form.Task{Name: "Consent"},
			form.Task{Name: "Give", State: form.TaskLater})
	}),
	"rows": still(400, 180, func() fyne.CanvasObject { return sampleRows() }),
	"rows_focused": {400, 180, func() (fyne.CanvasObject, fyne.Focusable) {
		list := sampleRows()
		return list, list
	}},
	"rows_empty": still(400, 180, func() fyne.CanvasObject { return form.NewRowList(form.Column{Title: "Name"}) }),
	"page": still(300, 100, func() fyne.CanvasObject {
		return form.NewPage(form.VStack(20, form.Heading("Long"), form.Body("A"), form.Body("B"), form.Body("C")))
	}),
}

func sampleRows() *form.RowList {
	list := form.NewRowList(form.Column{Title: "Name"}, form.Column{Title: "State", Width: 140}, form.Column{Title: "Days", Width: 80, Right: true})
	list.SetRows([][]form.Cell{
		{{Text: "SMITH, Jo", Bold: true}, {Text: "In file", Tone: form.ToneBlue, Icon: form.IconUp}, {Text: "12", Quiet: true}},
		form.Cells("FEATHERSTONEHAUGH, Bartholomew", "", "3"),
	})
	return list
}

func TestMasters(t *testing.T) {
	for name, m := range masters {
		t.Run(name, func(t *testing.T) {
			dress(t)
			object, focus := m.build()
			window := stage(t, form.Filled(form.Grey5, form.Pad(8, 8, 8, 8, object)), m.width+16, m.height+16)
			if focus != nil {
				form.MoveFocus(focus)
			}
			settle(window)
			test.AssertRendersToMarkup(t, name+".xml", window.Canvas())
		})
	}
}
