package form_test

import (
	"testing"

	"deltoid/ui/form"
)

func TestPage_BringsTheFocusInSight(t *testing.T) {
	dress(t)
	column := form.VStack(20)
	var boxes []*form.Entry
	for range 20 {
		box := form.NewEntry()
		boxes = append(boxes, box)
		column.Add(form.NewField("Name", "", box))
	}
	page := form.NewPage(column)
	window := stage(t, page, 300, 300)
	form.MoveFocus(boxes[15])
	at := absolute(boxes[15])
	if page.Offset() == 0 || at.Y < 0 || at.Y+boxes[15].Size().Height > 300 {
		t.Errorf("the box is at %v with the page scrolled by %v", at, page.Offset())
	}
	form.MoveFocus(boxes[0])
	if at := absolute(boxes[0]); at.Y < 0 {
		t.Errorf("the first box is at %v", at)
	}
	_ = window
}

// A page that is built anew takes over its controls; those before it must not answer for it.
func TestPage_TheLatestBringsTheFocusInSight(t *testing.T) {
	dress(t)
	column := form.VStack(20)
	var boxes []*form.Entry
	for range 20 {
		box := form.NewEntry()
		boxes = append(boxes, box)
		column.Add(form.NewField("Name", "", box))
	}
	window := stage(t, form.NewPage(column), 300, 300)
	var page *form.Page
	for range 20 {
		page = form.NewPage(column)
		window.SetContent(page)
		settle(window)
	}
	form.MoveFocus(boxes[15])
	if page.Offset() == 0 {
		t.Error("a page that was replaced was scrolled instead")
	}
}
