package form_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

// stageRows stages a list of numbered rows, with room for eight of them, and counts the rows asked for.
func stageRows(t *testing.T, length int) (*form.RowList, fyne.Window, *int) {
	t.Helper()
	dress(t)
	asked := 0
	list := form.NewRowList(form.Column{Title: "Name"}, form.Column{Title: "Number", Width: 100, Right: true})
	list.SetSource(length, func(row int) []form.Cell {
		asked++
		return form.Cells("Person", fmt.Sprint(row))
	})
	window := stage(t, list, 400, 32+8*36+1)
	return list, window, &asked
}

func TestRowList_Keys(t *testing.T) {
	for name, c := range map[string]struct {
		keys []fyne.KeyName
		want int
	}{
		"focus selects the first": {nil, 0},
		"down":                    {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, 2},
		"up stops at the top":     {[]fyne.KeyName{fyne.KeyUp}, 0},
		"page down":               {[]fyne.KeyName{fyne.KeyPageDown}, 7},
		"end":                     {[]fyne.KeyName{fyne.KeyEnd}, 99},
		"down stops at the end":   {[]fyne.KeyName{fyne.KeyEnd, fyne.KeyDown}, 99},
		"home":                    {[]fyne.KeyName{fyne.KeyEnd, fyne.KeyHome}, 0},
		"page up":                 {[]fyne.KeyName{fyne.KeyEnd, fyne.KeyPageUp}, 92},
	} {
		t.Run(name, func(t *testing.T) {
			list, window, _ := stageRows(t, 100)
			form.MoveFocus(list)
			key(window, c.keys...)
			if list.Selected() != c.want {
				t.Errorf("row %d, want %d", list.Selected(), c.want)
			}
		})
	}
}

func TestRowList_EnterOpens(t *testing.T) {
	list, window, _ := stageRows(t, 3)
	opened := -1
	list.OnOpen = func(row int) { opened = row }
	form.MoveFocus(list)
	key(window, fyne.KeyDown, fyne.KeyReturn)
	if opened != 1 {
		t.Errorf("opened %d, want 1", opened)
	}
}

func TestRowList_SecondTapOpens(t *testing.T) {
	list, _, _ := stageRows(t, 3)
	opened := -1
	list.OnOpen = func(row int) { opened = row }
	second := fyne.NewPos(20, 32+36+10)
	test.TapAt(list, second)
	if list.Selected() != 1 || opened != -1 {
		t.Fatalf("after one tap: row %d, opened %d", list.Selected(), opened)
	}
	test.TapAt(list, second)
	if opened != 1 {
		t.Errorf("after two taps: opened %d, want 1", opened)
	}
}

func TestRowList_AsksOnlyForRowsInSight(t *testing.T) {
	list, window, asked := stageRows(t, 100_000)
	form.MoveFocus(list)
	*asked = 0
	key(window, fyne.KeyEnd)
	if *asked > 40 {
		t.Errorf("asked for %d rows to show 8", *asked)
	}
}

func TestRowList_ShorterListKeepsASelection(t *testing.T) {
	list, window, _ := stageRows(t, 10)
	form.MoveFocus(list)
	key(window, fyne.KeyEnd)
	list.SetRows([][]form.Cell{form.Cells("Person", "0"), form.Cells("Person", "1")})
	if list.Selected() != 1 {
		t.Errorf("row %d, want 1", list.Selected())
	}
	list.SetRows(nil)
	if list.Selected() != -1 {
		t.Errorf("row %d of an empty list", list.Selected())
	}
	key(window, fyne.KeyDown, fyne.KeyEnd)
}

func TestRowList_WheelScrolls(t *testing.T) {
	list, window, _ := stageRows(t, 100)
	test.Scroll(window.Canvas(), fyne.NewPos(50, 100), 0, -36)
	test.TapAt(list, fyne.NewPos(20, 32+10))
	if list.Selected() != 2 {
		t.Errorf("the first row in sight is %d, want 2", list.Selected())
	}
}

func TestRowList_BarCanBePulledAndRowsCannot(t *testing.T) {
	list, window, _ := stageRows(t, 100)
	test.Drag(window.Canvas(), fyne.NewPos(50, 100), 0, 100)
	test.TapAt(list, fyne.NewPos(20, 32+10))
	if list.Selected() != 0 {
		t.Errorf("after pulling the rows the first is %d, want 0", list.Selected())
	}
	test.Drag(window.Canvas(), fyne.NewPos(395, 100), 0, 100)
	test.TapAt(list, fyne.NewPos(20, 32+10))
	if list.Selected() < 20 {
		t.Errorf("after pulling the bar the first is %d", list.Selected())
	}
}

// stageWide stages a list of one row and seven columns, of which the first and three more fit.
func stageWide(t *testing.T) (*form.RowList, fyne.Window) {
	t.Helper()
	dress(t)
	columns := []form.Column{{Title: "Row", Width: 50}}
	for n := 1; n <= 6; n++ {
		columns = append(columns, form.Column{Title: fmt.Sprint("C", n), Width: 100})
	}
	list := form.NewRowList(columns...).Sideways()
	list.SetRows([][]form.Cell{form.Cells("1", "a", "b", "c", "d", "e", "f")})
	return list, stage(t, list, 350, 200)
}

func TestRowList_Sideways(t *testing.T) {
	for name, c := range map[string]struct {
		keys        []fyne.KeyName
		first, last int
	}{
		"at first":            {nil, 1, 3},
		"right":               {[]fyne.KeyName{fyne.KeyRight}, 2, 4},
		"stops at the last":   {[]fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight}, 4, 6},
		"left comes back":     {[]fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft}, 2, 4},
		"stops at the first":  {[]fyne.KeyName{fyne.KeyLeft}, 1, 3},
		"rows still go by up": {[]fyne.KeyName{fyne.KeyRight, fyne.KeyUp, fyne.KeyDown}, 2, 4},
	} {
		t.Run(name, func(t *testing.T) {
			list, window := stageWide(t)
			form.MoveFocus(list)
			key(window, c.keys...)
			if first, last, of := list.InSight(); first != c.first || last != c.last || of != 6 {
				t.Errorf("columns %d to %d of %d, want %d to %d of 6", first, last, of, c.first, c.last)
			}
		})
	}
}

func TestRowList_SidewaysKeepsTheFirstColumn(t *testing.T) {
	list, window := stageWide(t)
	told := 0
	list.OnSideways = func() { told++ }
	form.MoveFocus(list)
	key(window, fyne.KeyRight, fyne.KeyRight)
	test.AssertRendersToMarkup(t, "rowlist_sideways.xml", window.Canvas())
	if told != 2 {
		t.Errorf("told %d times, want 2", told)
	}
}

func TestRowList_OtherColumns(t *testing.T) {
	list, _ := stageWide(t)
	list.SetColumns(form.Column{Title: "Row", Width: 50}, form.Column{Title: "Only", Width: 100})
	list.SetRows([][]form.Cell{form.Cells("1", "a")})
	if first, last, of := list.InSight(); first != 1 || last != 1 || of != 1 {
		t.Errorf("columns %d to %d of %d, want the one", first, last, of)
	}
}

func TestRowList_CopiesOnlyWhatItMay(t *testing.T) {
	list, window, _ := stageRows(t, 3)
	form.MoveFocus(list)
	key(window, fyne.KeyDown)
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent("before")
	list.TypedShortcut(&fyne.ShortcutCopy{})
	if clipboard.Content() != "before" {
		t.Errorf("%q was copied", clipboard.Content())
	}
	list.OnCopy = func(row int) string { return fmt.Sprint("id ", row) }
	list.TypedShortcut(&fyne.ShortcutCopy{})
	if clipboard.Content() != "id 1" {
		t.Errorf("copied %q, want id 1", clipboard.Content())
	}
}
