package form_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

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
