package form

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget       = (*Entry)(nil)
	_ fyne.Focusable    = (*Entry)(nil)
	_ fyne.Shortcutable = (*Entry)(nil)
	_ fyne.Tabbable     = (*Entry)(nil)
	_ fyne.Accessible   = (*Entry)(nil)
	_ faulty            = (*Entry)(nil)
)

// Entry is a box for text. Enter calls OnSubmitted, or goes to the window where that is nil; function keys
// and the chords Fyne would swallow go out too.
type Entry struct {
	widget.Entry
	Keys

	// MaxLength is the most letters that can be typed or pasted; zero is no limit.
	MaxLength int
	// Name is what a screen reader calls the box; a Field sets it from its label.
	Name string
	// OnShortcut has the first look at Ctrl and Alt chords and returns true to keep one.
	OnShortcut func(fyne.Shortcut) bool
	// OnFocus is called when the focus arrives (true) and when it leaves (false). It must not move the focus.
	OnFocus func(bool)

	columns int
	fault   bool
	focused bool

	// The inner hooks of the inputs built on an Entry.
	keepRune  func(rune) bool   // true when the letter is used up and not to be shown
	keepPaste func(string) bool // the same for a pasted text
	typed     func(rune)        // after a letter got in
	edited    func()            // after any change by the user
	takesTab  func() bool       // true while Tab is to be left out
}

// faulty is an input that can show that something is wrong with it.
type faulty interface{ SetFault(bool) }

// NewEntry returns an empty box for one line of text.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// NewTextArea returns a box for several lines. Tab leaves it; Ctrl+Enter calls OnSubmitted.
func NewTextArea(rows, maxLength int) *Entry {
	e := &Entry{MaxLength: maxLength}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	e.ExtendBaseWidget(e)
	return e
}

// NewPasswordEntry returns a box that hides what is typed. Pasting works: nobody needs to remember.
func NewPasswordEntry() *Entry {
	e := NewEntry()
	e.Password = true
	return e
}

// SetColumns sizes the box for about this many letters, a hint of how long the answer is.
func (e *Entry) SetColumns(letters int) *Entry {
	e.columns = letters
	e.Refresh()
	return e
}

// naturalWidth is the width for the columns; zero is all there is.
func (e *Entry) naturalWidth() float32 {
	if e.columns == 0 {
		return 0
	}
	sizes := sizesOf(e)
	zero := fyne.MeasureText("0", sizes.Body.Size, fyne.TextStyle{}).Width
	return float32(int(zero*float32(e.columns)+2*sizes.inputPadding())) + 4
}

// selectAll marks everything, so that the next letter takes its place.
func (e *Entry) selectAll() {
	if e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// toEnd puts the cursor behind the last letter.
func (e *Entry) toEnd() {
	e.CursorColumn = len([]rune(e.Text))
	e.Refresh()
}

// SetFault shows or takes away the red border.
func (e *Entry) SetFault(fault bool) {
	e.fault = fault
	e.Refresh()
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	revealFocus(e)
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// AcceptsTab implements fyne.Tabbable: Tab leaves the box, also one of several lines.
func (e *Entry) AcceptsTab() bool {
	return e.Keys.AcceptsTab() || e.takesTab != nil && e.takesTab()
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(letter rune) {
	if e.Password {
		stir()
	} else if reader.letter(e, letter) {
		return
	}
	if e.keepRune != nil && e.keepRune(letter) {
		return
	}
	if e.MaxLength > 0 && e.room() <= 0 {
		return
	}
	e.Entry.TypedRune(letter)
	if e.typed != nil {
		e.typed(letter)
	}
	e.wasEdited()
}

func (e *Entry) snapshot() (func(), int) {
	text, column, row := e.Text, e.CursorColumn, e.CursorRow
	return func() {
		e.SetText(text)
		e.CursorColumn, e.CursorRow = column, row
		e.Refresh()
		e.wasEdited()
	}, scanText
}

func (e *Entry) wasEdited() {
	if e.edited != nil {
		e.edited()
	}
}

// room is how many letters can still be put in.
func (e *Entry) room() int {
	return e.MaxLength - len([]rune(e.Text)) + len([]rune(e.SelectedText()))
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if !e.Password && reader.key(key) || e.claim(key) {
		return
	}
	if e.leaves(key) {
		passKey(e, key)
		return
	}
	if key.Name == fyne.KeyTab {
		return
	}
	e.Entry.TypedKey(key)
	if key.Name == fyne.KeyBackspace || key.Name == fyne.KeyDelete {
		e.wasEdited()
	}
}

// leaves tells the keys a box of text has no use for.
func (e *Entry) leaves(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		return !e.MultiLine && e.OnSubmitted == nil
	case fyne.KeyEscape,
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		return true
	default:
		return false
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	if e.OnShortcut != nil && e.OnShortcut(shortcut) {
		return
	}
	switch s := shortcut.(type) {
	case *fyne.ShortcutPaste:
		e.paste(s)
	case *desktop.CustomShortcut:
		e.chord(s)
	default:
		e.Entry.TypedShortcut(shortcut)
	}
}

// paste takes no more of the clipboard than there is room for.
func (e *Entry) paste(shortcut *fyne.ShortcutPaste) {
	text := shortcut.Clipboard.Content()
	if !e.MultiLine {
		text = strings.Join(strings.Fields(text), " ")
	}
	if e.keepPaste != nil && e.keepPaste(text) {
		return
	}
	if letters := []rune(text); e.MaxLength > 0 && len(letters) > e.room() {
		text = string(letters[:max(0, e.room())])
	}
	e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &cut{shortcut.Clipboard, text}})
	e.wasEdited()
}

// cut is a clipboard that shows only part of what it holds.
type cut struct {
	fyne.Clipboard
	text string
}

// Content implements fyne.Clipboard.
func (c *cut) Content() string { return c.text }

// chord keeps the moves by word that Fyne's Entry knows and hands the rest to the window.
func (e *Entry) chord(shortcut *desktop.CustomShortcut) {
	switch shortcut.KeyName {
	case fyne.KeyRightBracket:
		if !reader.letter(e, groupSeparator) {
			passShortcut(e, shortcut)
		}
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyHome, fyne.KeyEnd:
		e.Entry.TypedShortcut(shortcut)
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.OnSubmitted != nil {
			e.OnSubmitted(e.Text)
			return
		}
		passShortcut(e, shortcut)
	default:
		passShortcut(e, shortcut)
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (e *Entry) AccessibilityLabel() string {
	if e.Password {
		return e.Name
	}
	return strings.TrimSpace(e.Name + " " + e.Text)
}

// AccessibilityRole implements fyne.Accessible.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// SetName says what the box is for; a Field calls it with its label.
func (e *Entry) SetName(name string) { e.Name = name }

// CreateRenderer implements fyne.Widget: Fyne's own box with our border and focus mark over it.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	r := &entryRenderer{
		WidgetRenderer: e.Entry.CreateRenderer(),
		entry:          e,
		ring:           newFrame(Yellow),
		edge:           newFrame(Grey1),
	}
	r.dress()
	return r
}

type entryRenderer struct {
	fyne.WidgetRenderer
	entry      *Entry
	ring, edge *frame
}

func (r *entryRenderer) Layout(fyne.Size) {
	r.WidgetRenderer.Layout(r.box())
	r.dress()
}

// box is the size of the box as drawn: one line stays one control high, also beside something higher.
func (r *entryRenderer) box() fyne.Size {
	size := r.entry.Size()
	if !r.entry.MultiLine {
		size.Height = min(size.Height, r.WidgetRenderer.MinSize().Height)
	}
	return size
}

func (r *entryRenderer) MinSize() fyne.Size {
	size := r.WidgetRenderer.MinSize()
	size.Width = max(size.Width, r.entry.naturalWidth())
	return size
}

func (r *entryRenderer) Refresh() {
	r.dress()
	r.WidgetRenderer.Refresh()
}

// dress draws the border for the present state.
func (r *entryRenderer) dress() {
	size := r.box()
	r.ring.show(r.entry.focused)
	r.ring.placeAround(fyne.Position{}, size, focusRing)
	switch {
	case r.entry.focused:
		r.edge.paint(Black)
		r.edge.place(fyne.Position{}, size, focusEdge)
	case r.entry.fault:
		r.edge.paint(Red)
		r.edge.place(fyne.Position{}, size, inputEdge)
	default:
		r.edge.paint(Grey1)
		r.edge.place(fyne.Position{}, size, inputEdge)
	}
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := r.ring.objects()
	for _, object := range r.WidgetRenderer.Objects() {
		// Fyne's own border is left out: how far it reaches in differs between painters.
		if border, ok := object.(*canvas.Rectangle); ok && border.StrokeWidth > 0 {
			continue
		}
		objects = append(objects, object)
	}
	return append(objects, r.edge.objects()...)
}
