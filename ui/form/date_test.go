package form_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/ui/form"
)

// stageDate stages three boxes with the focus on the day and a clock that stands still.
func stageDate(t *testing.T) (*form.DateEntry, fyne.Window, *time.Time) {
	t.Helper()
	dress(t)
	date := form.NewDateEntry()
	clock := time.Date(2022, 5, 12, 9, 0, 0, 0, time.UTC)
	date.Now = func() time.Time { return clock }
	window := stage(t, date, 400, 100)
	form.MoveFocus(date.Day)
	return date, window, &clock
}

func TestDateEntry_MovesOnAfterTwoDigits(t *testing.T) {
	date, window, _ := stageDate(t)
	letters(window, "27031947")
	got, err := date.Date()
	if err != nil || got != catalogue.MustDate("1947-03-27") {
		t.Errorf("got %v and %v", got, err)
	}
	if window.Canvas().Focused() != date.Year {
		t.Error("the focus is not on the year")
	}
}

func TestDateEntry_SeparatorsMoveOn(t *testing.T) {
	date, window, _ := stageDate(t)
	letters(window, "7/3/1947")
	if got, err := date.Date(); err != nil || got != catalogue.MustDate("1947-03-07") {
		t.Errorf("got %v and %v", got, err)
	}
}

func TestDateEntry_TabJustAfterMovingOnIsLeftOut(t *testing.T) {
	date, window, clock := stageDate(t)
	letters(window, "27")
	if !date.Month.AcceptsTab() {
		t.Error("a Tab at once would skip the month")
	}
	key(window, fyne.KeyTab)
	if date.Month.Text != "" {
		t.Errorf("Tab typed %q", date.Month.Text)
	}
	*clock = clock.Add(time.Second)
	if date.Month.AcceptsTab() {
		t.Error("Tab no longer works")
	}
}

func TestDateEntry_BackspaceGoesBack(t *testing.T) {
	date, window, _ := stageDate(t)
	letters(window, "27")
	key(window, fyne.KeyBackspace)
	if window.Canvas().Focused() != date.Day {
		t.Fatal("the focus is not back on the day")
	}
	key(window, fyne.KeyBackspace)
	if date.Day.Text != "2" {
		t.Errorf("day is %q, want 2", date.Day.Text)
	}
}

func TestDateEntry_PasteWholeDate(t *testing.T) {
	date, _, _ := stageDate(t)
	changed := 0
	date.OnChanged = func() { changed++ }
	paste(date.Day, "27 March 1947")
	if got, err := date.Date(); err != nil || got != catalogue.MustDate("1947-03-27") {
		t.Errorf("got %v and %v", got, err)
	}
	if changed != 1 {
		t.Errorf("told %d changes, want 1", changed)
	}
}

func TestDateEntry_EnterSubmits(t *testing.T) {
	date, window, _ := stageDate(t)
	submitted := 0
	date.OnSubmit = func() { submitted++ }
	key(window, fyne.KeyReturn)
	if submitted != 1 {
		t.Errorf("submitted %d times, want once", submitted)
	}
}

func TestDateEntry_SetDate(t *testing.T) {
	date, _, _ := stageDate(t)
	want := catalogue.MustDate("2022-05-12")
	date.SetDate(want)
	if got, err := date.Date(); err != nil || got != want {
		t.Errorf("got %v and %v", got, err)
	}
	date.SetDate(catalogue.Date{})
	if !date.Empty() {
		t.Error("the boxes are not empty")
	}
}

func TestDateEntry_FaultMarksTheMissingPart(t *testing.T) {
	date, _, _ := stageDate(t)
	date.Day.SetText("27")
	date.Year.SetText("1947")
	field := form.NewField("Date of birth", "", date)
	_, err := date.Date()
	if err == nil || err.Error() != "Date of birth must include a month" {
		t.Fatalf("got %v", err)
	}
	field.SetError(err.Error())
	if field.Focusable() != date.Month {
		t.Error("the error does not lead to the month")
	}
	field.SetError("")
	if field.Focusable() != date.Day {
		t.Error("without an error the day comes first")
	}
}
