package form

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"deltoid/assets/catalogue"
)

var (
	_ fyne.Widget = (*DateEntry)(nil)
	_ Focuser     = (*DateEntry)(nil)
	_ faulty      = (*DateEntry)(nil)
	_ named       = (*DateEntry)(nil)
)

// DateEntry is three boxes for day, month and year. Days and months may have one digit, months may be
// words, and a whole date may be pasted into any box. What was typed is read by Date alone, so a date
// that is not finished can never be taken for one.
type DateEntry struct {
	widget.BaseWidget

	// Day, Month and Year are the boxes.
	Day, Month, Year *Entry
	// Subject names the date in messages, as in "date of birth"; a Field sets it from its label.
	Subject string
	// OnChanged is called after each change by the user.
	OnChanged func()
	// OnSubmit is called by Enter in any box; when it is nil Enter goes on to the window.
	OnSubmit func()
	// Now tells the time, by which a Tab typed just after the boxes moved on is left out.
	Now func() time.Time

	moved   time.Time // when a full box last moved on
	content *fyne.Container
}

// tabGrace is how long after the boxes moved on a Tab is taken for the habit of typing 27 Tab 3 Tab.
const tabGrace = 500 * time.Millisecond

// NewDateEntry returns three empty boxes.
func NewDateEntry() *DateEntry {
	d := &DateEntry{Now: time.Now}
	d.Day, d.Month, d.Year = NewEntry().SetColumns(3), NewEntry().SetColumns(4), NewEntry().SetColumns(5)
	d.Day.MaxLength, d.Month.MaxLength, d.Year.MaxLength = 2, 9, 4
	d.wire(nil, d.Day, d.Month)
	d.wire(d.Day, d.Month, d.Year)
	d.wire(d.Month, d.Year, nil)
	d.content = HStack(16,
		VStack(2, Body("Day"), d.Day),
		VStack(2, Body("Month"), d.Month),
		VStack(2, Body("Year"), d.Year),
	)
	d.SetName("Date")
	d.ExtendBaseWidget(d)
	return d
}

// wire makes one box part of the date: before and after are its neighbours, nil at the ends.
func (d *DateEntry) wire(before, box, after *Entry) {
	box.keepRune = func(letter rune) bool {
		if !strings.ContainsRune("/-., ", letter) {
			return false
		}
		if box.Text != "" && after != nil {
			d.moveOn(after)
		}
		return true
	}
	box.typed = func(rune) {
		if after != nil && len(box.Text) == 2 && isDigits(box.Text) {
			d.moveOn(after)
		}
	}
	box.edited = func() {
		if d.OnChanged != nil {
			d.OnChanged()
		}
	}
	box.keepPaste = d.pasteWhole
	box.takesTab = func() bool { return d.Now().Sub(d.moved) < tabGrace }
	box.OnKey = func(key *fyne.KeyEvent) bool {
		switch {
		case key.Name == fyne.KeyBackspace && box.Text == "" && before != nil:
			MoveFocus(before)
			before.toEnd()
			return true
		case isEnter(key) && d.OnSubmit != nil:
			d.OnSubmit()
			return true
		default:
			return false
		}
	}
}

// moveOn takes the focus to the next box and marks what is in it for typing over.
func (d *DateEntry) moveOn(next *Entry) {
	d.moved = d.Now()
	MoveFocus(next)
	next.selectAll()
}

// pasteWhole spreads a whole date over the boxes and tells whether it was one.
func (d *DateEntry) pasteWhole(text string) bool {
	date, err := readWholeDate(text)
	if err != nil {
		return false
	}
	d.SetDate(date)
	if d.OnChanged != nil {
		d.OnChanged()
	}
	return true
}

// SetDate fills the boxes; the zero date empties them.
func (d *DateEntry) SetDate(date catalogue.Date) {
	day, month, year := dateParts(date)
	d.Day.SetText(day)
	d.Month.SetText(month)
	d.Year.SetText(year)
}

// Empty tells that no box holds anything.
func (d *DateEntry) Empty() bool {
	return strings.TrimSpace(d.Day.Text+d.Month.Text+d.Year.Text) == ""
}

// Date reads the boxes. The error is a *DateError, in words ready for the Field and the error summary.
func (d *DateEntry) Date() (catalogue.Date, error) {
	subject := d.Subject
	if subject == "" {
		subject = "date"
	}
	return readDate(subject, d.Day.Text, d.Month.Text, d.Year.Text)
}

// SetName names the boxes for a screen reader and, unless there is one, sets the Subject of messages.
func (d *DateEntry) SetName(name string) {
	if d.Subject == "" && name != "Date" {
		d.Subject = lowerFirst(name)
	}
	d.Day.Name, d.Month.Name, d.Year.Name = name+", day", name+", month", name+", year"
}

// SetFault shows which boxes are at fault: those the error of Date names, or all of them.
func (d *DateEntry) SetFault(fault bool) {
	day, month, year := fault, fault, fault
	if _, err := d.Date(); fault && err != nil {
		wrong := err.(*DateError)
		day, month, year = wrong.Day, wrong.Month, wrong.Year
	}
	d.Day.SetFault(day)
	d.Month.SetFault(month)
	d.Year.SetFault(year)
}

// Focusable implements Focuser: the first box at fault, or else the day.
func (d *DateEntry) Focusable() fyne.Focusable {
	for _, box := range []*Entry{d.Day, d.Month, d.Year} {
		if box.fault {
			return box
		}
	}
	return d.Day
}

// naturalWidth keeps the boxes at the left.
func (d *DateEntry) naturalWidth() float32 { return d.content.MinSize().Width }

// CreateRenderer implements fyne.Widget.
func (d *DateEntry) CreateRenderer() fyne.WidgetRenderer {
	d.ExtendBaseWidget(d)
	return widget.NewSimpleRenderer(d.content)
}
