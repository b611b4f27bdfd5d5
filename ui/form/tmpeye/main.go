package main

import (
	"fmt"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"deltoid/ui/form"
)

func main() {
	a := app.NewWithID("test.deltoid.eye")
	a.Settings().SetTheme(form.NewTheme(form.Compact))
	w := a.NewWindow("eye")
	w.SetPadded(false)
	first := form.NewField("First name", "", form.NewEntry().SetColumns(20))
	batch := form.NewEntry().SetColumns(12)
	batchField := form.NewField("Batch number", "As on the pack, for example FP1430", batch)
	nhs := form.NewField("NHS number", "", form.NewNHSNumberEntry(nil))
	date := form.NewDateEntry()
	born := form.NewField("Date of birth", "For example, 27 3 1947", date)
	radios := form.NewRadios(form.Options("Left arm", "Right arm")...)
	site := form.NewField("Where was the vaccine given?", "", radios)
	summary := form.NewErrorSummary()
	q1, q2 := form.NewYesNoUnknown("Is the person unwell today?", ""), form.NewYesNoUnknown("Has the person had a severe allergic reaction to a vaccine, or to any of its parts?", "")
	var staff []form.Option
	for i := range 12 {
		staff = append(staff, form.Option{Value: fmt.Sprint(i), Label: fmt.Sprintf("Nurse %c", 'A'+i)})
	}
	chooser := form.NewChooser(staff...)
	who := form.NewField("Who gives the vaccine?", "", chooser)
	list := form.NewRowList(form.Column{Title: "Name"}, form.Column{Title: "State", Width: 160})
	list.SetSource(1000, func(i int) []form.Cell {
		return []form.Cell{{Text: fmt.Sprint("SMITH, Jo ", i)}, {Text: "In file", Tone: form.ToneBlue, Icon: form.IconUp}}
	})
	list.OnOpen = func(i int) { fmt.Println("open", i) }
	submit := form.Primary("Continue", func() {
		fmt.Println("continue")
		faults := []form.Fault{}
		if batch.Text == "" {
			faults = append(faults, form.Fault{Message: "Enter the batch number", Target: batchField})
		}
		if _, err := date.Date(); err != nil {
			faults = append(faults, form.Fault{Message: err.Error(), Target: born})
		}
		summary.Report(faults...)
	})
	danger := form.Warning("Delete", func() {
		form.Confirm(w.Canvas(), "Delete this record?", "The record will be marked as deleted, and the NHS will be told about it next time.", "Delete the record", "Keep it", true, func() { fmt.Println("deleted") })
	})
	panel := form.NewPanel(form.PanelCaution, "Keep the person for 15 minutes.", form.Reason{Sentence: "A reaction was reported after an earlier dose.", Facts: "Dose of 23 October 2021", Rule: "COV-CAU-02", Since: "21 February 2022"})
	page := form.NewPage(form.VStack(20, summary, form.Heading("Who is this?"), first, batchField, nhs, born, site, form.VStack(0, q1, q2), who, panel, form.HStack(16, submit, form.Secondary("Back", nil), danger)))
	w.SetContent(container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(420, 760), list), page))
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if form.ScanKey(k) {
			return
		}
		fmt.Println("window key", k.Name)
	})
	w.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu("File", &fyne.MenuItem{Label: "Put down", Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl}, Action: func() { fmt.Println("ctrl+s") }})))
	w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { fmt.Println("canvas ctrl+f") })
	form.HearScans(w.Canvas(), time.Now, func(code string) { fmt.Printf("scan %q\n", code) })
	w.Resize(fyne.NewSize(1366, 768))
	if len(os.Args) > 1 {
		go func() { time.Sleep(time.Minute); os.Exit(0) }()
	}
	w.Canvas().Focus(batch)
	w.ShowAndRun()
}
