package form_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

func TestTaskList_OpensTasks(t *testing.T) {
	dress(t)
	opened := 0
	tasks := form.NewTaskList(form.Task{Name: "Identity", State: form.TaskDone, OnOpen: func() { opened++ }},
		form.Task{Name: "Consent"})
	window := stage(t, tasks, 220, 200)
	window.Canvas().FocusNext()
	key(window, fyne.KeyReturn)
	if opened != 1 || len(tasks.Links) != 1 {
		t.Errorf("opened %d, links %d", opened, len(tasks.Links))
	}
}
