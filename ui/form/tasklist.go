package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

var _ fyne.Widget = (*TaskList)(nil)

// TaskState is how far a task has come.
type TaskState int

// The states of a task.
const (
	TaskToDo TaskState = iota
	TaskHere
	TaskDone
	TaskLater // cannot be started yet
)

// Task is one step of the way. Note is a word at its right, such as 3/14. With OnOpen its name is a link.
type Task struct {
	Name   string
	Note   string
	State  TaskState
	OnOpen func()
}

// TaskList shows where we are: what is done, what is now, what is still to come.
type TaskList struct {
	widget.BaseWidget

	// Links are the links of the tasks that can be opened, in their order.
	Links []*Link

	tasks   []Task
	content *fyne.Container
}

// NewTaskList returns a list of tasks.
func NewTaskList(tasks ...Task) *TaskList {
	t := &TaskList{content: VStack(0)}
	t.ExtendBaseWidget(t)
	t.SetTasks(tasks...)
	return t
}

// SetTasks shows other tasks.
func (t *TaskList) SetTasks(tasks ...Task) {
	t.tasks, t.Links, t.content.Objects = tasks, nil, nil
	for _, task := range tasks {
		t.content.Add(t.line(task))
	}
	t.Refresh()
}

// Tasks are the tasks shown.
func (t *TaskList) Tasks() []Task { return t.tasks }

// taskDress is how a state looks.
var taskDress = map[TaskState]struct {
	icon   Icon
	colour color.NRGBA
}{
	TaskToDo:  {IconDot, Grey1},
	TaskHere:  {IconHere, Blue},
	TaskDone:  {IconTick, Green},
	TaskLater: {IconDot, Grey3},
}

func (t *TaskList) line(task Task) fyne.CanvasObject {
	dress := taskDress[task.State]
	name := t.name(task)
	note := newText(task.Note, scaleSmall, false, Grey1).OneLine()
	icon := Middle(dress.icon.Draw(dress.colour, 20))
	row := Pad(6, 12, 6, 12, Columns(10, []float32{20}, icon, Spread(name, note)))
	if task.State != TaskHere {
		return row
	}
	bar := canvas.NewRectangle(Blue)
	return container.NewStack(Filled(White, row), FixedWidth(4, bar))
}

func (t *TaskList) name(task Task) fyne.CanvasObject {
	if task.OnOpen != nil {
		link := NewLink(task.Name, task.OnOpen)
		t.Links = append(t.Links, link)
		return link
	}
	colour := Black
	if task.State == TaskLater {
		colour = Grey1
	}
	return newText(task.Name, scaleBody, task.State == TaskHere, colour).OneLine()
}

// CreateRenderer implements fyne.Widget.
func (t *TaskList) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return widget.NewSimpleRenderer(t.content)
}
