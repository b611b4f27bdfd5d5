package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var _ fyne.Widget = (*SummaryList)(nil)

// SummaryRow is one answer to check: what it is, what was said, and what Change does. An empty Value reads
// "Not provided"; a nil Change leaves the link out.
type SummaryRow struct {
	Key    string
	Value  string
	Change func()
}

// SummaryList lists answers to check, each with a link to change it.
type SummaryList struct {
	widget.BaseWidget

	// Links are the Change links of the rows that have one, in their order.
	Links []*Link

	rows    []SummaryRow
	content *fyne.Container
}

// NewSummaryList returns a list of rows.
func NewSummaryList(rows ...SummaryRow) *SummaryList {
	s := &SummaryList{content: VStack(0)}
	s.ExtendBaseWidget(s)
	s.SetRows(rows...)
	return s
}

// SetRows shows other rows.
func (s *SummaryList) SetRows(rows ...SummaryRow) {
	s.rows = rows
	s.Links = nil
	s.content.Objects = nil
	for _, row := range rows {
		s.content.Add(s.line(row))
		s.content.Add(Rule())
	}
	s.Refresh()
}

// Rows are the rows shown.
func (s *SummaryList) Rows() []SummaryRow { return s.rows }

// line draws one row.
func (s *SummaryList) line(row SummaryRow) fyne.CanvasObject {
	value := Body(row.Value)
	if row.Value == "" {
		value = Hint("Not provided")
	}
	var action fyne.CanvasObject = canvas.NewRectangle(Clear)
	if row.Change != nil {
		link := NewLink("Change", row.Change)
		link.About = lowerFirst(row.Key)
		s.Links = append(s.Links, link)
		action = link
	}
	parts := []fyne.CanvasObject{topped(Strong(row.Key)), topped(value), topped(action)}
	return Pad(7, 0, 7, 0, &fyne.Container{Layout: summaryColumns{}, Objects: parts})
}

// CreateRenderer implements fyne.Widget.
func (s *SummaryList) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return widget.NewSimpleRenderer(s.content)
}

// summaryColumns gives the key three tenths of the row and the link its own width at the right.
type summaryColumns struct{}

const (
	summaryKey = 0.3
	summaryGap = 16
)

func (summaryColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	key, value, action := objects[0], objects[1], objects[2]
	keyWidth := float32(int(size.Width * summaryKey))
	end := action.MinSize().Width
	key.Move(fyne.Position{})
	key.Resize(fyne.NewSize(keyWidth-summaryGap, size.Height))
	value.Move(fyne.NewPos(keyWidth, 0))
	value.Resize(fyne.NewSize(size.Width-keyWidth-end-summaryGap, size.Height))
	action.Move(fyne.NewPos(size.Width-end-2, 0))
	action.Resize(fyne.NewSize(end, size.Height))
}

func (summaryColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(2*summaryGap, 0)
	for _, object := range objects {
		least := object.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
	}
	return size
}
