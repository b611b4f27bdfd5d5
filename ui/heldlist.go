package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// heldList is the records that are kept out of a file, each with what to put right; Enter opens the record.
type heldList struct {
	app    *App
	object fyne.CanvasObject
	title  *form.Text
	list   *form.RowList
	faults *fyne.Container // of the chosen one, in full
	held   []export.HeldBack
}

// heldRows is how many of the held back records are in sight at a time.
const heldRows = 5

func (h *heldList) make(app *App) {
	h.app = app
	h.title = form.Strong("")
	h.list = form.NewRowList(form.Column{Width: 200}, form.Column{Weight: 1}).SetLeastRows(heldRows)
	h.list.OnOpen = func(row int) { openVersion(app, h.held[row].Version) }
	h.list.OnSelected = h.say
	h.faults = form.VStack(2)
	h.object = form.VStack(6, h.title, h.list, h.faults)
}

func (h *heldList) show(found look, empty string) {
	report := found.table.Report
	h.held = report.HeldBack
	rows := make([][]form.Cell, len(h.held))
	for i, back := range h.held {
		rows[i] = form.Cells(found.people.name(h.app, back.Version.EventID), faultLine(back.Problems))
		rows[i][0].Bold = true
	}
	h.list.Empty = empty
	if found.done {
		h.list.Empty = "Nothing is held back."
	}
	h.list.SetRows(rows)
	switch {
	case report.Held > len(h.held):
		h.title.SetText(fmt.Sprintf("Held back: the first %d of %d. Enter opens the record", len(h.held), report.Held))
	case report.Held > 0:
		h.title.SetText(fmt.Sprintf("Held back: %d. Enter opens the record", report.Held))
	default:
		h.title.SetText("Held back")
	}
	h.say(max(0, h.list.Selected()))
}

// say tells everything that is wrong with one record.
func (h *heldList) say(row int) {
	h.faults.Objects = nil
	if row < len(h.held) {
		for _, problem := range h.held[row].Problems {
			h.faults.Add(form.Body(problem.Message).In(form.Red))
			h.faults.Add(form.Small(columnWords(problem.Field)))
		}
	}
	h.faults.Refresh()
}

// faultLine is what to put right, in one line: the rest stands on the page of what needs attention.
func faultLine(problems capture.Problems) string {
	if len(problems) == 0 {
		return ""
	}
	words := problems[0].Message
	if more := len(problems) - 1; more > 0 {
		words += fmt.Sprintf(" (and %d more)", more)
	}
	return words
}

func heldIDs(held []export.HeldBack) []string {
	ids := make([]string, len(held))
	for i, back := range held {
		ids[i] = back.Version.EventID
	}
	return ids
}
