package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

func TestButton_EnterSpaceAndTapPress(t *testing.T) {
	dress(t)
	pressed := 0
	button := form.Primary("Continue", func() { pressed++ })
	window := focused(t, button)
	key(window, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA)
	test.Tap(button)
	if pressed != 4 {
		t.Errorf("pressed %d times, want 4", pressed)
	}
}

func TestLink_EnterAndTapFollow(t *testing.T) {
	dress(t)
	followed := 0
	link := form.NewLink("Change", func() { followed++ })
	window := focused(t, link)
	key(window, fyne.KeyReturn)
	test.Tap(link)
	if followed != 2 {
		t.Errorf("followed %d times, want 2", followed)
	}
	link.About = "name"
	if got := link.AccessibilityLabel(); got != "Change name" {
		t.Errorf("read out as %q", got)
	}
}

func TestControls_SendF1Out(t *testing.T) {
	dress(t)
	summary := form.NewErrorSummary()
	for name, control := range map[string]fyne.CanvasObject{
		"button":   form.Primary("Continue", nil),
		"link":     form.NewLink("Change", nil),
		"radios":   form.NewRadios(form.Options("a", "b")...),
		"question": form.NewYesNoUnknown("Unwell?", ""),
		"checkbox": form.NewCheckbox("Agreed", ""),
		"rows":     form.NewRowList(form.Column{Title: "Name"}),
		"summary":  summary,
		"entry":    form.NewEntry(),
		"area":     form.NewTextArea(2, 10),
	} {
		t.Run(name, func(t *testing.T) {
			if name == "summary" {
				summary.Report(form.Fault{Message: "Enter the batch number"})
			}
			window := focused(t, control)
			heard := 0
			window.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
			key(window, fyne.KeyF1, fyne.KeyEscape)
			if heard != 2 {
				t.Errorf("heard %d keys, want 2", heard)
			}
		})
	}
}

func TestControls_TargetsAreLargeEnough(t *testing.T) {
	dress(t)
	for name, control := range map[string]fyne.CanvasObject{
		"button": form.Primary("Go", nil), "link": form.NewLink("Change", nil), "box": form.NewCheckbox("A", ""),
		"radios": form.NewRadios(form.Options("a")...), "dense": form.NewRadios(form.Options("a")...).Dense(),
		"question": form.NewYesNoUnknown("A?", ""), "entry": form.NewEntry(),
	} {
		if size := control.MinSize(); size.Height < 24 || size.Width < 24 {
			t.Errorf("%s is %v, want at least 24 by 24", name, size)
		}
	}
}

func TestCheckbox_SpaceTicksAndEnterGoesOn(t *testing.T) {
	dress(t)
	box := form.NewCheckbox("Agreed", "")
	var told []bool
	submitted := 0
	box.OnChanged = func(ticked bool) { told = append(told, ticked) }
	box.OnSubmit = func() { submitted++ }
	window := focused(t, box)
	key(window, fyne.KeySpace, fyne.KeyReturn)
	test.Tap(box)
	if len(told) != 2 || !told[0] || told[1] || submitted != 1 {
		t.Errorf("told %v, submitted %d", told, submitted)
	}
}

func TestYesNoUnknown_Keys(t *testing.T) {
	for name, c := range map[string]struct {
		letters string
		keys    []fyne.KeyName
		want    form.Answer
	}{
		"nothing":         {"", nil, form.AnswerNone},
		"one":             {"1", nil, form.AnswerYes},
		"three":           {"3", nil, form.AnswerUnknown},
		"four":            {"4", nil, form.AnswerNone},
		"right alone":     {"", []fyne.KeyName{fyne.KeyRight}, form.AnswerNone},
		"right and space": {"", []fyne.KeyName{fyne.KeyRight, fyne.KeySpace}, form.AnswerNo},
		"right and enter": {"", []fyne.KeyName{fyne.KeyRight, fyne.KeyReturn}, form.AnswerNo},
	} {
		t.Run(name, func(t *testing.T) {
			dress(t)
			row := form.NewYesNoUnknown("Is the person unwell today?", "")
			window := focused(t, row)
			letters(window, c.letters)
			key(window, c.keys...)
			if row.Answer() != c.want {
				t.Errorf("got %d, want %d", row.Answer(), c.want)
			}
		})
	}
}

func TestYesNoUnknown_UpAndDownGoToTheNeighbours(t *testing.T) {
	dress(t)
	first, second := form.NewYesNoUnknown("First?", ""), form.NewYesNoUnknown("Second?", "")
	window := stage(t, form.VStack(0, first, second), 600, 200)
	form.MoveFocus(first)
	key(window, fyne.KeyDown)
	if window.Canvas().Focused() != second {
		t.Error("Down did not lead to the second question")
	}
	key(window, fyne.KeyUp)
	if window.Canvas().Focused() != first {
		t.Error("Up did not lead back")
	}
	first.Advance = true
	letters(window, "2")
	if window.Canvas().Focused() != second || first.Answer() != form.AnswerNo {
		t.Error("a digit did not answer and go on")
	}
}

func TestYesNoUnknown_DigitStaysForAFollowUp(t *testing.T) {
	dress(t)
	row, next := form.NewYesNoUnknown("First?", ""), form.NewYesNoUnknown("Second?", "")
	row.Advance = true
	details := form.NewEntry()
	row.OnChanged = func(answer form.Answer) {
		if answer == form.AnswerYes {
			row.SetFollowUp(form.NewField("Details", "", details))
		}
	}
	window := stage(t, form.VStack(0, row, next), 600, 300)
	form.MoveFocus(row)
	letters(window, "1")
	if window.Canvas().Focused() != row {
		t.Error("the focus went past the follow-up")
	}
	window.Canvas().FocusNext()
	if window.Canvas().Focused() != details {
		t.Error("Tab does not lead into the follow-up")
	}
}

func TestChooser_FewOptionsAreRadios(t *testing.T) {
	dress(t)
	chooser := form.NewChooser(form.Options("a", "b")...)
	var told []string
	submitted := 0
	chooser.OnChanged = func(value string) { told = append(told, value) }
	chooser.OnSubmit = func() { submitted++ }
	window := stage(t, chooser, 300, 200)
	form.MoveFocus(chooser.Focusable())
	letters(window, "2")
	key(window, fyne.KeyReturn)
	if chooser.Selected() != "b" || len(told) != 1 || submitted != 1 {
		t.Errorf("got %q, told %v, submitted %d", chooser.Selected(), told, submitted)
	}
}

// manyOptions is more than fit as radios.
func manyOptions() []form.Option {
	return form.Options("Adebayo, Ruth", "Ahmed, Nadia", "Baker, Tom", "Chen, Li", "Davies, Huw",
		"Evans, Mair", "Khan, Imran", "Novak, Petra", "Patel, Asha")
}

func TestChooser_SearchAndTake(t *testing.T) {
	dress(t)
	chooser := form.NewChooser(manyOptions()...)
	var told []string
	submitted := 0
	chooser.OnChanged = func(value string) { told = append(told, value) }
	chooser.OnSubmit = func() { submitted++ }
	window := stage(t, chooser, 300, 400)
	form.MoveFocus(chooser.Focusable())
	letters(window, "a")
	key(window, fyne.KeyDown, fyne.KeyReturn)
	if chooser.Selected() != "Ahmed, Nadia" || chooser.Search.Text != "Ahmed, Nadia" || chooser.List.Visible() {
		t.Fatalf("got %q, box %q, list open %v", chooser.Selected(), chooser.Search.Text, chooser.List.Visible())
	}
	key(window, fyne.KeyReturn)
	if submitted != 1 {
		t.Errorf("submitted %d times, want once", submitted)
	}
	key(window, fyne.KeyBackspace)
	if chooser.Selected() != "" || !chooser.List.Visible() {
		t.Error("an edited box still says the old choice")
	}
	if len(told) != 2 || told[1] != "" {
		t.Errorf("told %v", told)
	}
}

func TestChooser_ListIsNoTabStop(t *testing.T) {
	dress(t)
	chooser, after := form.NewChooser(manyOptions()...), form.Primary("Continue", nil)
	window := stage(t, form.VStack(8, chooser, after), 300, 400)
	form.MoveFocus(chooser.Focusable())
	window.Canvas().FocusNext()
	if window.Canvas().Focused() != after {
		t.Error("Tab stops in the list")
	}
}

func TestChooser_TapTakes(t *testing.T) {
	dress(t)
	chooser := form.NewChooser(manyOptions()...)
	stage(t, chooser, 300, 400)
	test.TapAt(chooser.List, fyne.NewPos(20, 50))
	if chooser.Selected() != "Ahmed, Nadia" {
		t.Errorf("got %q", chooser.Selected())
	}
}

func TestErrorSummary_ReportsAndLeadsToTheField(t *testing.T) {
	dress(t)
	summary := form.NewErrorSummary()
	entry := form.NewEntry()
	field := form.NewField("Batch number", "", entry)
	window := stage(t, form.VStack(16, summary, field), 400, 300)
	if summary.Visible() {
		t.Fatal("a summary of nothing is shown")
	}
	summary.Report(form.Fault{Message: "Enter the batch number", Target: field})
	if !summary.Visible() || window.Canvas().Focused() != summary {
		t.Fatal("the summary did not take the focus")
	}
	if field.Error() != "Enter the batch number" {
		t.Errorf("the field says %q", field.Error())
	}
	window.Canvas().FocusNext()
	key(window, fyne.KeyReturn)
	if window.Canvas().Focused() != entry {
		t.Error("the link did not lead to the field")
	}
	summary.Report()
	if summary.Visible() || field.Error() != "" {
		t.Error("the error is still there")
	}
}

func TestErrorSummary_EnterGoesToTheFirstFault(t *testing.T) {
	dress(t)
	summary := form.NewErrorSummary()
	row := form.NewYesNoUnknown("Unwell?", "")
	window := stage(t, form.VStack(16, summary, row), 600, 300)
	summary.Report(form.Fault{Message: "Select yes if the person is unwell", Target: row})
	key(window, fyne.KeyReturn)
	if window.Canvas().Focused() != row || row.Error() == "" {
		t.Error("Enter did not lead to the question")
	}
}

func TestSummaryList_ChangeLinks(t *testing.T) {
	dress(t)
	changed := ""
	list := form.NewSummaryList(
		form.SummaryRow{Key: "Name", Value: "SMITH, Jo", Change: func() { changed = "name" }},
		form.SummaryRow{Key: "NHS number"},
	)
	window := stage(t, list, 500, 200)
	if len(list.Links) != 1 || list.Links[0].AccessibilityLabel() != "Change name" {
		t.Fatalf("links %v", list.Links)
	}
	window.Canvas().FocusNext()
	key(window, fyne.KeyReturn)
	if changed != "name" {
		t.Errorf("changed %q", changed)
	}
}

func TestTaskList_OpensTasks(t *testing.T) {
	dress(t)
	opened := 0
	tasks := form.NewTaskList(form.Task{Name: "Identity", State: form.TaskDone, OnOpen: func() { opened++ }},
		form.Task{Name: "Consent"})
	window := stage(t, tasks, 220, 200)
	window.Canvas().FocusNext()
	key(window, fyne.KeyReturn)
	if opened != 1 || len(tasks.Links) != 1 {
		t.Errorf("opened %d, links %d", opened, len(tasks.Links))
	}
}

func TestPanel_SaysWordAndReasons(t *testing.T) {
	dress(t)
	panel := form.NewPanel(form.PanelDefer, "Too early.", form.Reason{Sentence: "At least 91 days."}).
		SetWord("Defer until 3 June 2022")
	if got := panel.AccessibilityLabel(); got != "Defer until 3 June 2022. Too early.. At least 91 days." {
		t.Errorf("read out as %q", got)
	}
	panel.Set(form.PanelStop, "Do not give this vaccine.")
	if panel.Word() != "Do not give" || panel.Kind() != form.PanelStop || len(panel.Reasons()) != 0 {
		t.Errorf("got %q, %d", panel.Word(), panel.Kind())
	}
}

func TestPage_BringsTheFocusInSight(t *testing.T) {
	dress(t)
	column := form.VStack(20)
	var boxes []*form.Entry
	for range 20 {
		box := form.NewEntry()
		boxes = append(boxes, box)
		column.Add(form.NewField("Name", "", box))
	}
	page := form.NewPage(column)
	window := stage(t, page, 300, 300)
	form.MoveFocus(boxes[15])
	at := absolute(boxes[15])
	if page.Offset() == 0 || at.Y < 0 || at.Y+boxes[15].Size().Height > 300 {
		t.Errorf("the box is at %v with the page scrolled by %v", at, page.Offset())
	}
	form.MoveFocus(boxes[0])
	if at := absolute(boxes[0]); at.Y < 0 {
		t.Errorf("the first box is at %v", at)
	}
	_ = window
}

func TestConfirm_FocusIsOnTheSafeWay(t *testing.T) {
	dress(t)
	behind := form.Primary("Delete", nil)
	window := stage(t, container.NewStack(behind), 700, 400)
	form.MoveFocus(behind)
	confirmed := 0
	ask := func() *form.Dialog {
		return form.Confirm(window.Canvas(), "Delete this record?", "It cannot be undone.", "Delete the record", "Keep it",
			true, func() { confirmed++ })
	}
	dialog := ask()
	if window.Canvas().Focused() != dialog.Actions[1] {
		t.Fatal("the focus is not on Keep it")
	}
	key(window, fyne.KeyReturn)
	if dialog.Shown() || confirmed != 0 {
		t.Fatal("Enter did not keep the record")
	}
	if window.Canvas().Focused() != behind {
		t.Fatal("the focus did not go back")
	}
	dialog = ask()
	window.Canvas().FocusPrevious()
	key(window, fyne.KeyEscape)
	if dialog.Shown() || confirmed != 0 {
		t.Fatal("Escape did not keep the record")
	}
	dialog = ask()
	window.Canvas().FocusPrevious()
	key(window, fyne.KeyReturn)
	if dialog.Shown() || confirmed != 1 {
		t.Error("the record was not deleted")
	}
}

func TestDialog_KeysStayInside(t *testing.T) {
	dress(t)
	window := stage(t, container.NewStack(form.Primary("Go", nil)), 700, 400)
	window.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { t.Errorf("%s went out", key.Name) })
	hidden := false
	var dialog *form.Dialog
	reason := form.NewEntry()
	dialog = form.NewDialog("Why?", form.NewField("Reason", "", reason),
		form.Secondary("Go back", func() { dialog.Hide(); hidden = true }))
	dialog.Show(window.Canvas())
	if window.Canvas().Focused() != reason {
		t.Fatal("the focus is not on the reason")
	}
	key(window, fyne.KeyF1, fyne.KeyEscape)
	if !hidden {
		t.Error("Escape did not close the dialog")
	}
}
