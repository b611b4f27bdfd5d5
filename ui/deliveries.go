package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/export"
	"deltoid/ui/form"
)

// deliveries shows a lane for each state and every file with where it is; the chosen one can be acted upon.
type deliveries struct {
	app     *App
	list    *form.RowList
	detail  *fyne.Container
	above   *fyne.Container
	ways    *fyne.Container
	message *form.Text
	send    *form.Button
	right   *form.Button // to what is to be put right
	stop    *form.Button // of building; nil: nothing is being built
	found   delivered
	buttons []fyne.CanvasObject // of the file that is shown
}

// delivered is what is known of the way to the NHS.
type delivered struct {
	overview export.Overview
	files    []export.Delivery
	rejected []export.Rejection
}

func newDeliveries(app *App) *deliveries {
	return &deliveries{app: app, message: form.Strong("").OneLine()}
}

// title says how far everything is, so that the window's title tells it also to those who do not see the lanes.
func (d *deliveries) title() string {
	switch counts := d.found.overview; {
	case counts.NotSent() > 0:
		return fmt.Sprintf("Deliveries, %d not sent", counts.NotSent())
	case counts.Events[export.Accepted] > 0:
		return "Deliveries, accepted by MESH"
	case counts.Events[export.Collected] > 0:
		return "Deliveries, all collected"
	}
	return "Deliveries"
}

func (d *deliveries) content() fyne.CanvasObject {
	d.list = form.NewRowList(
		form.Column{Title: "File", Weight: 1}, form.Column{Title: "Built", Width: 136}, form.Column{Title: "Rows", Width: 70, Right: true},
		form.Column{Title: "State", Width: 196},
	)
	d.list.Empty = "No file was built yet."
	d.list.OnSelected = d.show
	d.list.OnOpen = d.open
	d.detail = container.NewStack()
	d.above = container.NewStack()
	d.ways = container.NewStack()
	d.send = form.Primary("Send now", d.enter)
	d.right = form.Secondary("Put right", func() { d.app.show(newPutRight(d.app)) })
	d.message.SetText(d.app.takeTold())
	d.showMaking()
	d.reload()
	top := form.VStack(12, form.Heading("Deliveries"), d.above, d.ways)
	rest := form.Columns(0, []float32{0, 400}, form.Pad(0, 24, 12, 24, d.list),
		form.Filled(form.White, form.Pad(12, 12, 12, 12, form.NewPage(d.detail))))
	return container.New(topAndRest{}, form.Pad(14, 24, 12, 24, top), rest)
}

func (d *deliveries) first() fyne.Focusable {
	if d.app.making != nil {
		return d.list
	}
	return d.send
}
func (d *deliveries) back() { d.app.show(newBoard(d.app)) }

// enter builds a file of what waits for each extract and wakes the courier.
func (d *deliveries) enter() { d.app.build(aside{}) }

// showMaking implements maker: the ways on, or how far building is.
func (d *deliveries) showMaking() {
	ways := []fyne.CanvasObject{
		d.send, form.Secondary("Build now", func() { d.app.show(newBuildNow(d.app)) }),
		d.right, d.message,
	}
	if making := d.app.making; making != nil {
		if d.stop == nil {
			d.stop = form.Secondary("Stop", making.stop)
		}
		ways = []fyne.CanvasObject{d.stop, form.Strong(making.words + "…").OneLine()}
	}
	d.ways.Objects = []fyne.CanvasObject{form.HStack(16, ways...)}
	d.ways.Refresh()
	if focused := d.app.Window.Canvas().Focused(); focused == fyne.Focusable(d.send) && d.app.making != nil {
		d.app.focus(d.list) // the button is gone; Enter once more must not stop what it began
	}
}

// showMade implements maker.
func (d *deliveries) showMade() {
	d.message.SetText(d.app.takeTold())
	if focused := d.app.Window.Canvas().Focused(); d.stop != nil && focused == fyne.Focusable(d.stop) {
		d.app.focus(d.right) // a press that was meant for Stop must not send
	}
	d.stop = nil
	d.showMaking()
	d.reload()
}

// follower is a page that shows what the courier has changed meanwhile.
type follower interface{ follow() }

func (d *deliveries) follow() { d.reload() }

func (d *deliveries) reload() {
	session := d.app.session
	ask(d.app.Bridge, d.app.ctx, func(ctx ctx) (delivered, error) {
		var found delivered
		var err error
		if found.overview, err = session.Deliveries.Overview(ctx); err != nil {
			return found, err
		}
		if found.files, err = session.Deliveries.Files(ctx); err != nil {
			return found, err
		}
		found.rejected, err = session.Deliveries.Rejected(ctx)
		return found, err
	}, func(found delivered, err error) {
		if d.app.session != session {
			return
		}
		if err != nil {
			d.message.SetText("Deliveries could not be read: " + rootMessage(err))
			d.list.Empty = "The files could not be read."
			d.list.SetRows(nil)
			return
		}
		d.found = found
		d.showLanes()
		if d.app.current == screen(d) {
			d.app.Window.SetTitle("Deltoid: " + d.title())
		}
		d.fill()
	})
}

// fill lists the files; the chosen one stays chosen when a newer one has come.
func (d *deliveries) fill() {
	rows := make([][]form.Cell, len(d.found.files))
	for i, file := range d.found.files {
		rows[i] = form.Cells(file.FileName, clock(file.BuiltAt), fmt.Sprint(file.Rows), "")
		rows[i][3].Text, rows[i][3].Tone = fileTag(file)
	}
	selected := max(0, d.list.Selected())
	d.list.SetRows(rows)
	if len(rows) > 0 {
		d.show(min(selected, len(rows)-1))
	}
}

func (d *deliveries) showLanes() {
	lines := []fyne.CanvasObject{laneRow(lanesOf(d.found, d.app.session.Desk.Now()))}
	if problem := d.app.session.Deliveries.Connection().Problem; problem != "" {
		lines = append(lines, form.Strong(problem).In(form.Red))
	}
	d.above.Objects = []fyne.CanvasObject{form.VStack(8, lines...)}
	d.above.Refresh()
	label := "Put right"
	if n := d.found.overview.Held + len(d.found.rejected); n > 0 {
		label = fmt.Sprintf("Put right: %d", n)
	}
	d.right.SetLabel(label)
	d.ways.Refresh()
	d.app.body.Refresh()
}

// open shows a file with its rows.
func (d *deliveries) open(row int) {
	if row >= 0 && row < len(d.found.files) {
		d.app.show(newFilePage(d.app, d.found.files[row]))
	}
}

// show tells where a file is and what can be done about it.
func (d *deliveries) show(row int) {
	if row < 0 || row >= len(d.found.files) {
		return
	}
	file := d.found.files[row]
	words, tone := fileTag(file)
	lines := []fyne.CanvasObject{form.Strong(file.FileName), form.HStack(0, form.NewTag(words, tone, form.IconNone))}
	if file.Problem != "" {
		lines = append(lines, form.Strong(file.Problem).In(form.Red))
	}
	if next := nextWords(file); next != "" {
		lines = append(lines, form.Body(next))
	}
	held := d.holdsFocus()
	d.buttons = append(fileActions(d.app, file, d.done), form.Secondary("Open", func() { d.open(row) }))
	for some := range slices.Chunk(d.buttons, 2) {
		lines = append(lines, form.HStack(16, some...))
	}
	lines = append(lines, form.Body(receiverSentence(file)), form.Strong("What happened"))
	for _, passage := range slices.Backward(file.Past) {
		lines = append(lines, form.Small(passageWords(passage)))
	}
	d.detail.Objects = []fyne.CanvasObject{form.VStack(8, lines...)}
	d.detail.Refresh()
	if held { // its button is gone: the focus must not go with it
		d.app.focus(d.list)
	}
}

// nextWords say when something happens to a file by itself.
func nextWords(file export.Delivery) string {
	if file.NextAttempt.IsZero() || file.State != export.Built && file.State != export.Sending {
		return ""
	}
	words := "Next attempt at " + clock(file.NextAttempt) + "."
	if why := codes[file.ProblemCode]; why != "" && file.Problem == "" {
		words = upperFirst(why) + ". " + words
	}
	return words
}

// holdsFocus tells whether the focus is on a button of the file that is shown.
func (d *deliveries) holdsFocus() bool {
	focused, ok := d.app.Window.Canvas().Focused().(fyne.CanvasObject)
	return ok && slices.Contains(d.buttons, focused)
}

// done is after somebody did something about a file.
func (d *deliveries) done(err error) {
	d.message.SetText("")
	if err != nil {
		d.message.SetText(faultsOf(err)[0].Message)
	}
	d.reload()
	d.app.refreshStatus()
}
