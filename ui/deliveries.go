package ui

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/export"
	"deltoid/ui/form"
)

// deliveries shows what is still only here, every file with its state, and what was held back.
type deliveries struct {
	app     *App
	list    *form.RowList
	detail  *fyne.Container
	above   *fyne.Container
	message *form.Text
	send    *form.Button
	files   []export.Delivery
	counts  export.Overview
	buttons []fyne.CanvasObject // of the file that is shown
}

func newDeliveries(app *App) *deliveries {
	return &deliveries{app: app, message: form.Strong("").OneLine()}
}

// title says how far everything is, so that the window's title tells it also to those who do not see the lanes.
func (d *deliveries) title() string {
	switch {
	case d.counts.NotSent() > 0:
		return fmt.Sprintf("Deliveries, %d not sent", d.counts.NotSent())
	case d.counts.Events[export.Accepted] > 0:
		return "Deliveries, accepted by MESH"
	case d.counts.Events[export.Collected] > 0:
		return "Deliveries, all collected"
	}
	return "Deliveries"
}

func (d *deliveries) content() fyne.CanvasObject {
	d.list = form.NewRowList(
		form.Column{Title: "File", Weight: 1}, form.Column{Title: "Built", Width: 130},
		form.Column{Title: "Rows", Width: 60, Right: true}, form.Column{Title: "State", Width: 190},
	)
	d.list.Empty = "No file was built yet."
	d.list.OnSelected = d.show
	d.list.OnOpen = d.show
	d.detail = container.NewStack()
	d.above = container.NewStack()
	d.send = form.Primary("Send now", d.enter)
	d.reload()
	top := form.VStack(14, form.Heading("Deliveries"), d.above, form.HStack(16, d.send, d.message))
	left := container.New(topAndRest{}, form.Pad(0, 0, 14, 0, top), d.list)
	return form.Columns(0, []float32{0, 420}, form.Pad(20, 24, 12, 24, left),
		form.Filled(form.White, form.Pad(20, 20, 12, 20, form.NewPage(d.detail))))
}

func (d *deliveries) first() fyne.Focusable { return d.send }
func (d *deliveries) back()                 { d.app.show(newBoard(d.app)) }

// enter builds a file of what waits and wakes the courier. It never says sent: the states do, when MESH has said so.
func (d *deliveries) enter() {
	once(d.app, d.app.session.Deliveries.SendNow, func(words string, err error) {
		if err != nil {
			words = faultsOf(err)[0].Message
		}
		d.message.SetText(words)
		d.reload()
		d.app.refreshStatus()
	})
}

func (d *deliveries) reload() {
	type state struct {
		overview export.Overview
		files    []export.Delivery
		held     []export.HeldBack
	}
	session := d.app.session
	ask(d.app.Bridge, d.app.ctx, func(ctx ctx) (state, error) {
		var s state
		var err error
		if s.overview, err = session.Deliveries.Overview(ctx); err != nil {
			return s, err
		}
		if s.files, err = session.Deliveries.Files(ctx); err != nil {
			return s, err
		}
		s.held, err = session.Deliveries.HeldBack(ctx)
		return s, err
	}, func(s state, err error) {
		if d.app.session != session {
			return
		}
		if err != nil {
			d.message.SetText("Deliveries could not be read: " + rootMessage(err))
			return
		}
		d.counts = s.overview
		d.showOverview(s.overview, s.held)
		if d.app.current == screen(d) {
			d.app.Window.SetTitle("Deltoid: " + d.title())
		}
		d.files = s.files
		rows := make([][]form.Cell, len(s.files))
		for i, file := range s.files {
			words := stateWords(file.State)
			rows[i] = form.Cells(file.FileName, clock(file.BuiltAt), fmt.Sprint(file.Rows), words)
			rows[i][3].Tone = stateTones[words]
		}
		selected := max(0, d.list.Selected())
		d.list.SetRows(rows)
		if len(rows) > 0 {
			d.show(min(selected, len(rows)-1))
		}
	})
}

// showOverview counts the records in each lane, from only here to collected.
func (d *deliveries) showOverview(overview export.Overview, held []export.HeldBack) {
	lane := func(words string, count int, note string) fyne.CanvasObject {
		return form.Filled(form.White, form.Pad(10, 12, 10, 12, form.VStack(2,
			form.HStack(8, form.Subheading(fmt.Sprint(count)), stateTag(words)), form.Small(note))))
	}
	oldest := "Nothing waits"
	if overview.Waiting > 0 && !overview.Oldest.IsZero() {
		oldest = "oldest since " + clock(overview.Oldest)
	}
	accepted := overview.Events[export.Accepted]
	lanes := []fyne.CanvasObject{
		lane(savedHere, overview.Waiting, oldest),
		lane(inFile, overview.Events[export.Built]+overview.Events[export.Sending], "waits for MESH"),
		lane(acceptedByMESH, accepted, "not yet collected"),
		lane(collectedByNHS, overview.Events[export.Collected], "fetched by the receiver"),
	}
	lines := []fyne.CanvasObject{form.Columns(10, nil, lanes...)}
	if problem := d.app.session.Deliveries.Connection().Problem; problem != "" {
		lines = append(lines, form.Strong(problem).In(form.Red))
	}
	if attention := overview.Events[export.Refused] + overview.Events[export.Held]; attention > 0 {
		lines = append(lines, form.Strong(fmt.Sprintf("%d records are in files that need attention.", attention)).In(form.Red))
	}
	for i, record := range held {
		if i == 3 {
			lines = append(lines, form.Body(fmt.Sprintf("and %d more held back", len(held)-i)))
			break
		}
		lines = append(lines, form.Body("Held back: record "+short(record.Version.EventID)+": "+record.Problems.Error()).In(form.Red))
	}
	d.above.Objects = []fyne.CanvasObject{form.VStack(8, lines...)}
	d.above.Refresh()
	d.app.body.Refresh()
}

// show tells a file's whole life, with the ids that the MESH service desk asks for.
func (d *deliveries) show(row int) {
	if row < 0 || row >= len(d.files) {
		return
	}
	file := d.files[row]
	lines := []fyne.CanvasObject{
		form.Subheading(file.FileName), stateTag(stateWords(file.State)),
	}
	if file.Problem != "" {
		lines = append(lines, form.Strong(file.Problem).In(form.Red))
	}
	if !file.NextAttempt.IsZero() && (file.State == export.Built || file.State == export.Sending) {
		lines = append(lines, form.Body("Next attempt at "+clock(file.NextAttempt)))
	}
	held := d.holdsFocus()
	if d.buttons = d.actions(file); len(d.buttons) > 0 {
		lines = append(lines, form.HStack(16, d.buttons...))
	}
	lines = append(lines, form.NewSummaryList(
		form.SummaryRow{Key: "Rows", Value: fmt.Sprint(file.Rows)},
		form.SummaryRow{Key: "Size", Value: fmt.Sprintf("%d bytes", file.Bytes)},
		form.SummaryRow{Key: "To mailbox", Value: orNotProvided(file.To)},
		form.SummaryRow{Key: "Workflow ID", Value: file.WorkflowID},
		form.SummaryRow{Key: "Message ID", Value: orNotProvided(file.MessageID)},
		form.SummaryRow{Key: "Local ID", Value: file.ID},
	), form.Strong("What happened"))
	for _, passage := range file.Past {
		words := clock(passage.At) + " · " + stateWords(passage.State)
		if passage.Note != "" {
			words += " · " + passage.Note
		}
		lines = append(lines, form.Small(words))
	}
	d.detail.Objects = []fyne.CanvasObject{form.VStack(10, lines...)}
	d.detail.Refresh()
	if held { // its button is gone: the focus must not go with it
		d.app.focus(d.list)
	}
}

// holdsFocus tells whether the focus is on a button of the file that is shown.
func (d *deliveries) holdsFocus() bool {
	focused, ok := d.app.Window.Canvas().Focused().(fyne.CanvasObject)
	return ok && slices.Contains(d.buttons, focused)
}

// actions are what a person may do about a file as it stands.
func (d *deliveries) actions(file export.Delivery) []fyne.CanvasObject {
	port := d.app.session.Deliveries
	button := func(label string, act func(ctx, string) error) fyne.CanvasObject {
		return form.Secondary(label, func() { d.act(file.ID, act) })
	}
	switch file.State {
	case export.Built:
		return []fyne.CanvasObject{button("Hold", port.Hold)}
	case export.Held:
		return []fyne.CanvasObject{button("Let it go", port.Unhold)}
	case export.Refused:
		return []fyne.CanvasObject{button("Try again", port.Retry), button("Send the rows again", port.Resend)}
	}
	return nil
}

func (d *deliveries) act(id string, act func(ctx, string) error) {
	once(d.app, func(ctx ctx) (struct{}, error) { return struct{}{}, act(ctx, id) },
		func(_ struct{}, err error) {
			if err != nil {
				d.message.SetText(faultsOf(err)[0].Message)
			}
			d.reload()
			d.app.refreshStatus()
		})
}

// clock is a moment on the clinic's wall clock.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(london).Format("2 Jan 15:04")
}

// short is enough of an opaque id to tell records apart by eye.
func short(id string) string { return id[:min(8, len(id))] }
