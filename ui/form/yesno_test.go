package form_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

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

func TestYesNo_HasNoThirdAnswer(t *testing.T) {
	dress(t)
	row := form.NewYesNo("Does the child know how the vaccine is given?", "")
	window := focused(t, row)
	letters(window, "3")
	if row.Answer() != form.AnswerNone {
		t.Errorf("3 answered %d", row.Answer())
	}
	key(window, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeySpace)
	if row.Answer() != form.AnswerNo {
		t.Errorf("got %d", row.Answer())
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
