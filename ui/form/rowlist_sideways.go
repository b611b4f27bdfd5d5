package form

import "fyne.io/fyne/v2"

// SetColumns gives the list other columns, and no rows until SetRows or SetSource.
func (l *RowList) SetColumns(columns ...Column) {
	l.columns, l.side = columns, min(1, len(columns)-1)
	l.SetRows(nil)
}

// Sideways lets the list have more columns than fit, each as wide as its Width. The first always stays in sight; Left and
// Right, or the wheel with Shift, move through the others.
func (l *RowList) Sideways() *RowList {
	l.sideways, l.side = true, min(1, len(l.columns)-1)
	return l
}

// InSight are the first and the last column now shown beside the one that stays, counted from 1; zeros when there is none.
func (l *RowList) InSight() (first, last, of int) {
	columns := l.placed(l.room())
	if len(columns) < 2 {
		return 0, 0, max(0, len(l.columns)-1)
	}
	return columns[1].n, columns[len(columns)-1].n, len(l.columns) - 1
}

// MoveSideways brings columns further on, or back, in sight.
func (l *RowList) MoveSideways(by int) {
	if !l.sideways || len(l.columns) < 2 {
		return
	}
	to := max(1, min(l.side+by, l.lastSide()))
	if to == l.side && by != 0 {
		return
	}
	l.side = to
	if by != 0 {
		l.Refresh()
	}
	if l.OnSideways != nil {
		l.OnSideways()
	}
}

func (l *RowList) turn(key fyne.KeyName) {
	if key == fyne.KeyLeft {
		l.MoveSideways(-1)
		return
	}
	l.MoveSideways(1)
}

// roll moves by the wheel, one column for each notch.
func (l *RowList) roll(pixels float32) {
	switch {
	case pixels > 0:
		l.MoveSideways(-1)
	case pixels < 0:
		l.MoveSideways(1)
	}
}

// lastSide is the column from which on all the rest fit.
func (l *RowList) lastSide() int {
	room := l.room() - l.columns[0].Width
	side := len(l.columns)
	for side > 1 && l.columns[side-1].Width <= room {
		side--
		room -= l.columns[side].Width
	}
	return min(side, len(l.columns)-1)
}

// placedColumn is a column in sight.
type placedColumn struct {
	Column
	n    int // in the list
	room float32
}

// placed are the columns that are in sight in a width, the last one cut off where it ends.
func (l *RowList) placed(width float32) []placedColumn {
	var placed []placedColumn
	if !l.sideways {
		for i, room := range l.widths(width) {
			placed = append(placed, placedColumn{l.columns[i], i, room})
		}
		return placed
	}
	for i, column := range l.columns {
		if i > 0 && i < l.side {
			continue
		}
		if width <= 0 {
			break
		}
		placed = append(placed, placedColumn{column, i, min(column.Width, width)})
		width -= column.Width
	}
	return placed
}

// TypedShortcut implements fyne.Shortcutable: Ctrl+C copies what the list lets be copied of the selected row.
func (l *RowList) TypedShortcut(shortcut fyne.Shortcut) {
	if _, copies := shortcut.(*fyne.ShortcutCopy); !copies || l.OnCopy == nil || l.selected < 0 {
		passShortcut(l, shortcut)
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(l.OnCopy(l.selected))
}
