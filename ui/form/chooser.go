package form

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget = (*Chooser)(nil)
	_ Focuser     = (*Chooser)(nil)
	_ faulty      = (*Chooser)(nil)
	_ named       = (*Chooser)(nil)
)

const (
	// mostRadios is how many options are still shown all at once.
	mostRadios = 8
	// mostFound is how many rows of a long list are seen at a time.
	mostFound = 6
	// chooserWidth is the width of a box to search in.
	chooserWidth = 440
)

// Chooser lets one option be chosen from a list of any length: as Radios while they are few, else by typing
// a part of it into a box. In the box Up and Down move through what was found and Enter takes it.
type Chooser struct {
	widget.BaseWidget

	// OnChanged is called with the value when the choice changes; empty when it was taken away.
	OnChanged func(value string)
	// OnSubmit is called by Enter when there is nothing left to take; when it is nil Enter goes on to the window.
	OnSubmit func()
	// Search and List are what a long list is chosen with, Radios what a short one is. Each is nil in the other case.
	Search *Entry
	List   *RowList
	Radios *Radios

	options  []Option
	found    []int
	name     string
	selected int
	content  *fyne.Container
}

// NewChooser returns a chooser with nothing chosen.
func NewChooser(options ...Option) *Chooser {
	c := &Chooser{content: VStack(focusRing)}
	c.ExtendBaseWidget(c)
	c.SetOptions(options...)
	return c
}

// SetOptions puts other options in place; nothing is chosen then.
func (c *Chooser) SetOptions(options ...Option) {
	c.options, c.selected = options, -1
	c.Search, c.List, c.Radios = nil, nil, nil
	if len(options) <= mostRadios {
		c.buildRadios()
	} else {
		c.buildSearch()
	}
	c.SetName(c.name)
	c.Refresh()
}

func (c *Chooser) buildRadios() {
	c.Radios = NewRadios(c.options...)
	c.Radios.OnChanged = func(value string) {
		c.selected = c.Radios.choice.selected
		c.tell()
	}
	c.Radios.OnKey = func(key *fyne.KeyEvent) bool {
		if isEnter(key) && !c.Radios.choice.pending() && c.OnSubmit != nil {
			c.OnSubmit()
			return true
		}
		return false
	}
	c.content.Objects = []fyne.CanvasObject{c.Radios}
}

func (c *Chooser) buildSearch() {
	c.Search = NewEntry()
	c.Search.SetPlaceHolder("Type to search")
	c.Search.edited = c.edit
	c.Search.OnKey = c.searchKey
	c.List = NewRowList(c.columns()...)
	c.List.Empty = "Nothing matches. Try fewer letters."
	c.List.passive = true
	c.List.OnOpen = func(row int) { c.take(c.found[row]) }
	c.content.Objects = []fyne.CanvasObject{c.Search, c.List}
	c.find("")
}

// columns gives the hints a column when there are any.
func (c *Chooser) columns() []Column {
	for _, option := range c.options {
		if option.Hint != "" {
			return []Column{{}, {}}
		}
	}
	return []Column{{}}
}

// find lists the options that hold every word of the text, and marks the first.
func (c *Chooser) find(text string) {
	words := strings.Fields(strings.ToLower(text))
	var found []int
	for i, option := range c.options {
		if holdsAll(strings.ToLower(option.Label+" "+option.Hint+" "+option.Value), words) {
			found = append(found, i)
		}
	}
	c.found = found
	c.List.selected = -1
	c.List.SetSource(len(found), func(row int) []Cell {
		option := c.options[found[row]]
		return []Cell{{Text: option.Label}, {Text: option.Hint, Quiet: true}}
	})
	c.List.SetLeastRows(min(max(1, len(found)), mostFound))
	if text != "" {
		c.List.Select(0)
	}
}

func holdsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// edit takes the choice away, since the box no longer says it, and finds anew.
func (c *Chooser) edit() {
	changed := c.selected >= 0
	c.selected = -1
	c.find(c.Search.Text)
	c.openList()
	if changed {
		c.tell()
	}
}

// openList shows the list and brings it in sight.
func (c *Chooser) openList() {
	c.List.Show()
	c.Refresh()
	revealFocus(c)
}

func (c *Chooser) searchKey(key *fyne.KeyEvent) bool {
	switch {
	case key.Name == fyne.KeyDown, key.Name == fyne.KeyUp,
		key.Name == fyne.KeyPageDown, key.Name == fyne.KeyPageUp:
		if !c.List.Visible() {
			c.openList()
			return true
		}
		c.List.TypedKey(key)
		return true
	case isEnter(key) && c.List.Visible() && c.List.Selected() >= 0:
		c.List.open()
		return true
	case isEnter(key) && c.OnSubmit != nil:
		c.OnSubmit()
		return true
	default:
		return false
	}
}

// take chooses an option, says it in the box and puts the list away.
func (c *Chooser) take(option int) {
	changed := c.selected != option
	c.show(option)
	MoveFocus(c.Search)
	if changed {
		c.tell()
	}
}

func (c *Chooser) show(option int) {
	c.selected = option
	c.find("")
	c.Search.SetText("")
	if option >= 0 {
		c.Search.SetText(c.options[option].Label)
		c.Search.toEnd()
	}
	show(c.List, option < 0)
	c.Refresh()
}

func (c *Chooser) tell() {
	if c.OnChanged != nil {
		c.OnChanged(c.Selected())
	}
}

// Selected is the value of the chosen option; empty when none is.
func (c *Chooser) Selected() string {
	if c.selected < 0 {
		return ""
	}
	return c.options[c.selected].Value
}

// SetSelected shows a choice that is already known, without telling OnChanged.
func (c *Chooser) SetSelected(value string) {
	option := -1
	for i := range c.options {
		if c.options[i].Value == value {
			option = i
		}
	}
	if c.Radios != nil {
		c.selected = option
		c.Radios.SetSelected(value)
		return
	}
	c.show(option)
}

// SetName says what is chosen; a Field calls it with its label.
func (c *Chooser) SetName(name string) {
	c.name = name
	if c.Radios != nil {
		c.Radios.SetName(name)
		return
	}
	c.Search.Name = name
}

// SetFault shows or takes away the red edges.
func (c *Chooser) SetFault(fault bool) {
	if c.Radios != nil {
		c.Radios.SetFault(fault)
		return
	}
	c.Search.SetFault(fault)
}

// Focusable implements Focuser.
func (c *Chooser) Focusable() fyne.Focusable {
	if c.Radios != nil {
		return c.Radios
	}
	return c.Search
}

// naturalWidth keeps a box to search in to a reading width.
func (c *Chooser) naturalWidth() float32 {
	if c.Radios != nil {
		return 0
	}
	return chooserWidth
}

// CreateRenderer implements fyne.Widget.
func (c *Chooser) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return widget.NewSimpleRenderer(c.content)
}
