package form_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

// snap writes a picture for the eye to testdata/eye when DELTOID_EYE is set.
func snap(t *testing.T, window fyne.Window, name string) {
	t.Helper()
	settle(window)
	picture := window.Canvas().Capture()
	if os.Getenv("DELTOID_EYE") == "" {
		return
	}
	file, err := os.Create(filepath.Join("testdata", "eye", name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
}

func TestGallery_Inputs(t *testing.T) {
	for name, sizes := range map[string]form.Sizes{"compact": form.Compact, "comfortable": form.Comfortable} {
		t.Run(name, func(t *testing.T) {
			dressIn(t, sizes)
			inputs(t, sizes, name)
		})
	}
}

func inputs(t *testing.T, sizes form.Sizes, name string) {
	plain := form.NewField("First name", "", form.NewEntry().SetColumns(20))
	focused := form.NewField("Batch number", "As on the pack, for example FP1430", form.NewEntry().SetColumns(12))
	focused.Input().(*form.Entry).SetText("FP14")
	wrong := form.NewField("NHS number", "", form.NewEntry().SetColumns(14))
	wrong.Input().(*form.Entry).SetText("999 123 456")
	wrong.SetError("NHS number must have 10 digits")
	born := form.NewField("Date of birth", "For example, 27 3 1947", form.NewDateEntry())
	partly := form.NewDateEntry()
	partly.Day.SetText("27")
	partly.Year.SetText("1947")
	missing := form.NewField("Date of vaccination", "For example, 12 5 2022", partly)
	missing.SetError("Date of vaccination must include a month")
	notes := form.NewField("Notes", "What the next colleague should know", form.NewTextArea(3, 2000))

	radios := form.NewRadios(
		form.Option{Value: "l", Label: "Left arm"},
		form.Option{Value: "r", Label: "Right arm", Hint: "Where the person asks for it"},
		form.Option{Value: "o", Label: "Another site, which takes so many words to name that the label wraps to a second line"},
	)
	radios.SetSelected("r")
	site := form.NewField("Where was the vaccine given?", "", radios)
	across := form.NewRadiosAcross(form.Options("Yes", "No", "Not known")...)
	consent := form.NewField("Does the person agree?", "", across)
	dense := form.NewRadios(form.Options("0.3 ml", "0.5 ml")...).Dense()
	dose := form.NewField("Dose", "", dense)
	dose.SetError("Select the dose")

	buttons := form.HStack(16, form.Primary("Continue", nil), form.Secondary("Back", nil),
		form.Warning("Delete the record", nil), form.NewLink("Put down and save", nil))

	left := form.VStack(sizes.Group, form.Heading("Who is this?"), plain, focused, wrong, born, missing, notes)
	right := form.VStack(sizes.Group, site, consent, dose, buttons)
	window := stage(t, form.Filled(form.Grey5, form.Pad(16, 24, 16, 24,
		form.Columns(48, []float32{0, 0}, left, right))), 1366, 900)
	window.Canvas().Focus(focused.Focusable())
	snap(t, window, "inputs-entry-"+name)
	window.Canvas().Focus(radios)
	snap(t, window, "inputs-radios-"+name)
	window.Canvas().Focus(across)
	snap(t, window, "inputs-across-"+name)
	window.Canvas().Focus(buttons.Objects[0].(fyne.Focusable))
	snap(t, window, "inputs-button-"+name)
	window.Canvas().Focus(buttons.Objects[3].(fyne.Focusable))
	snap(t, window, "inputs-link-"+name)
	window.Canvas().Focus(partly.Month)
	snap(t, window, "inputs-date-"+name)
}

func TestGallery_Panels(t *testing.T) {
	dress(t)
	why := []form.Reason{
		{Sentence: "At least 91 days since the last dose.", Facts: "Last dose 23 October 2021, 201 days ago", Rule: "COV-INT-03", Since: "21 February 2022"},
		{Sentence: "No allergic reaction to an earlier dose.", Facts: "Answered No by A. Nurse", Rule: "COV-CI-01", Since: "8 December 2020"},
	}
	left := form.VStack(16,
		form.NewPanel(form.PanelProceed, "This person can have a spring booster today.", why...),
		form.NewPanel(form.PanelCaution, "Keep the person for 15 minutes.", why[1]),
		form.NewPanel(form.PanelSeek, "Ask the clinical lead before you go on."),
	)
	right := form.VStack(16,
		form.NewPanel(form.PanelDefer, "Too early for the next dose.", why[0]).SetWord("Defer until 3 June 2022"),
		form.NewPanel(form.PanelStop, "The person had a severe allergic reaction to an earlier dose."),
		form.NewDone("Vaccination saved", "Saved on this laptop. Not sent yet."),
		form.NewInterruption("The batch expires today", []string{"Batch FP1430 must be used by 18 May 2022."},
			form.Reverse("Go back", nil), form.NewLink("Continue anyway", nil).In(form.White)),
		form.NewInset(form.Body("Another dose was recorded here 3 minutes ago.")),
	)
	precaution := why[1]
	precaution.Source = "Green book, chapter 14a"
	precaution.Tick = form.NewCheckbox("Use a fine needle, press firmly for two minutes, and warn of a bruise", "").Dense()
	precaution.Tick.SetTicked(true)
	notices := form.VStack(12,
		form.NewNotice(form.NoticeGood, "Checked 12 May 2022 10:02", ""),
		form.NewNotice(form.NoticeQuiet, "No history check", "The look-up is off on this computer. Ask about earlier vaccinations."),
		form.NewNotice(form.NoticeWait, "Getting the history of Jo Smith", ""),
		form.NewNotice(form.NoticeWarning, "Temporary problem getting Jo's history", "Try again, or go on and ask about earlier doses and their dates.",
			form.Secondary("Try again", nil), form.Secondary("Continue anyway", nil)),
		form.NewNotice(form.NoticeProblem, "Two sources disagree", "Choose which of them counts today."),
		form.NewPanel(form.PanelCaution, "Go on with the precautions below.", precaution, why[0]),
		form.NewYesNo("Does the child know which disease the vaccine prevents?", ""),
	)
	other := stage(t, form.Filled(form.Grey5, form.Pad(16, 24, 16, 24, notices)), 760, 760)
	other.Canvas().Focus(precaution.Tick)
	snap(t, other, "notices")
	window := stage(t, form.Filled(form.Grey5, form.Pad(16, 24, 16, 24,
		form.Columns(32, []float32{0, 0}, left, right))), 1100, 760)
	snap(t, window, "panels")
}

func TestGallery_Lists(t *testing.T) {
	dress(t)
	summary := form.NewSummaryList(
		form.SummaryRow{Key: "Name", Value: "SMITH, Jo", Change: func() {}},
		form.SummaryRow{Key: "NHS number", Value: "999 123 4567", Change: func() {}},
		form.SummaryRow{Key: "Ethnic category", Change: func() {}},
		form.SummaryRow{Key: "Batch", Value: "FP1430, Comirnaty 30 ready to use, use by 18 May 2022, given from a vial that was opened at 09:40"},
	)
	rows := make([][]form.Cell, 40)
	for i := range rows {
		rows[i] = []form.Cell{{Text: "SMITH, Jo", Bold: true}, {Text: "999 123 4567"}, {Text: "4 Mar 1947"},
			{Text: "In file", Tone: form.ToneBlue, Icon: form.IconUp}, {Text: "12", Quiet: true}}
	}
	rows[1][3] = form.Cell{Text: "Needs attention", Tone: form.ToneRed, Icon: form.IconWarning}
	rows[2][0].Text = "FEATHERSTONEHAUGH-CHOLMONDELEY, Bartholomew"
	list := form.NewRowList(form.Column{Title: "Name", Weight: 2}, form.Column{Title: "NHS number", Width: 130},
		form.Column{Title: "Born", Width: 110}, form.Column{Title: "State", Width: 170}, form.Column{Title: "Days", Width: 70, Right: true})
	list.SetRows(rows)
	list.Select(1)
	list.SetLeastRows(8)
	empty := form.NewRowList(form.Column{Title: "Name"}, form.Column{Title: "Born"})
	empty.Empty = "Nobody is waiting."
	tags := form.HStack(8,
		form.NewTag("Saved here", form.ToneGrey, form.IconSaved), form.NewTag("In file", form.ToneBlue, form.IconUp),
		form.NewTag("Accepted by MESH", form.TonePurple, form.IconLock), form.NewTag("Accepted", form.ToneGreen, form.IconTick),
		form.NewTag("Needs attention", form.ToneRed, form.IconWarning), form.NewTag("Due soon", form.ToneOrange, form.IconClock))
	faults := form.NewErrorSummary()
	window := stage(t, form.Filled(form.Grey5, form.Pad(16, 24, 16, 24,
		form.VStack(20, faults, tags, form.Card(summary), list, empty))), 900, 900)
	window.Canvas().Focus(list)
	snap(t, window, "lists-focused")
	window.Canvas().Focus(summary.Links[1])
	faults.Report(form.Fault{Message: "Enter the batch number", Target: list}, form.Fault{Message: "Date of vaccination must be today or in the past"})
	window.Content().Refresh()
	snap(t, window, "lists-faults")
}

func TestGallery_Screening(t *testing.T) {
	dress(t)
	questions := form.VStack(0)
	var rows []*form.YesNoUnknown
	for _, text := range []string{
		"Is the person unwell today?",
		"Has the person had a severe allergic reaction to a vaccine, or to any of its parts?",
		"Is the person taking anticoagulants, or do they have a bleeding disorder?",
		"Is the person pregnant?",
		"Has the person taken part in a trial of a vaccine against coronavirus?",
		"Has the person had a positive test in the past 28 days?",
	} {
		row := form.NewYesNoUnknown(text, "")
		rows = append(rows, row)
		questions.Add(row)
	}
	rows[0].SetAnswer(form.AnswerNo)
	rows[1].SetAnswer(form.AnswerYes)
	rows[1].SetFollowUp(form.NewField("What happened, and when?", "", form.NewEntry()))
	rows[3].SetError("Select yes if the person is pregnant")
	tick := form.NewCheckbox("The person agreed to be observed for 15 minutes", "Not needed after later doses")
	tick.SetTicked(true)
	tick2 := form.NewCheckbox("The person has read the leaflet", "")
	number := form.NewField("NHS number", "", form.NewNHSNumberEntry(nil))
	var staff []form.Option
	for _, name := range []string{"Adebayo, Ruth", "Ahmed, Nadia", "Baker, Tom", "Chen, Li", "Davies, Huw", "Evans, Mair", "Khan, Imran", "Novak, Petra", "O'Brien, Sean", "Patel, Asha"} {
		staff = append(staff, form.Option{Value: name, Label: name, Hint: "Vaccinator"})
	}
	chooser := form.NewChooser(staff...)
	who := form.NewField("Who gives the vaccine?", "", chooser)
	page := form.NewPage(form.VStack(20, form.Heading("Clinical screening"), questions, tick, tick2, form.Columns(24, []float32{0, 0}, number, who)))
	tasks := form.NewTaskList(
		form.Task{Name: "Identity", State: form.TaskDone, OnOpen: func() {}},
		form.Task{Name: "Status", State: form.TaskDone, OnOpen: func() {}},
		form.Task{Name: "Screening", Note: "3/14", State: form.TaskHere},
		form.Task{Name: "Consent"}, form.Task{Name: "Give", State: form.TaskLater, Note: "Not yet"})
	person := form.VStack(4, form.Caption("WHO"), form.LeadStrong("SMITH, Jo"), form.Body("999 123 4567"),
		form.Body("4 Mar 1947 (75)"), form.Small("2 earlier doses, last 201 days ago"))
	header := form.Filled(form.Blue, form.Pad(10, 20, 10, 20, form.Spread(
		form.HStack(16, form.LeadStrong("Deltoid").In(form.White).OneLine(), form.Body("St Example Hall (RX8XX), 12 May 2022").In(form.White).OneLine()),
		form.HStack(24, form.NewStatusBadge(form.IconSaved, "Offline, 12 saved here, not sent", form.White), form.Body("A. Nurse").In(form.White).OneLine()))))
	strip := form.Filled(form.White, form.Pad(8, 20, 8, 20, form.Body("Comirnaty 30 RTU, batch FP1430, use by 18 May, vial opened 09:40, use by 21:40, PGD, given by A. Nurse").OneLine()))
	desk := form.Columns(0, []float32{232, 0, 232}, form.Pad(16, 12, 16, 20, person), form.Pad(8, 0, 0, 0, page), form.Pad(16, 0, 16, 0, form.VStack(8, form.Pad(0, 0, 0, 12, form.Caption("WHERE WE ARE")), tasks)))
	window := stage(t, form.Filled(form.Grey5, form.VStack(0, header, strip, form.Rule(), &fyne.Container{Layout: fixedHeight(670), Objects: []fyne.CanvasObject{desk}})), 1366, 768)
	window.Canvas().Focus(rows[2])
	snap(t, window, "screening")
	window.Canvas().Focus(chooser.Search)
	letters(window, "a")
	settle(window)
	snap(t, window, "screening-chooser")
	form.Confirm(window.Canvas(), "Delete this record?", "The record of 12 May 2022 for SMITH, Jo will be marked as deleted, and the NHS will be told.", "Delete the record", "Keep it", true, func() {})
	snap(t, window, "dialog")
}

// fixedHeight gives what it holds a height, as a real window would.
type fixedHeight float32

func (h fixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width, float32(h)))
}

func (h fixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, float32(h))
}
