package ui

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/ui/form"
)

// totals shows the day in numbers and everything that does not add up, and closes the clinic.
type totals struct {
	app      *App
	page     *fyne.Container
	day      capture.Reconciliation
	built    bool // the day was read
	batches  map[string]capture.Batch
	handOver *form.Entry
	summary  *form.ErrorSummary
	close    *form.Button
}

func newTotals(app *App) *totals {
	s := &totals{app: app, handOver: form.NewTextArea(2, 500), summary: form.NewErrorSummary()}
	s.close = form.Primary("Close the clinic", s.enter)
	return s
}

func (s *totals) title() string { return "Totals" }

func (s *totals) content() fyne.CanvasObject {
	s.page = container.NewStack()
	s.reload()
	return s.page
}

// first is the note once nothing stands in the way of closing; before that nothing has the focus, so that Enter closes by no accident.
func (s *totals) first() fyne.Focusable {
	if s.built && len(s.day.Unexplained()) == 0 {
		return s.handOver
	}
	return nil
}
func (s *totals) back() { s.app.show(newBoard(s.app)) }

// reload reads the day and builds the page.
func (s *totals) reload() {
	session := s.app.session
	type read struct {
		day     capture.Reconciliation
		batches []capture.Batch
	}
	ask(s.app.Bridge, s.app.ctx, func(ctx ctx) (read, error) {
		day, err := session.Desk.Reconcile(ctx)
		if err != nil {
			return read{}, err
		}
		batches, err := session.Desk.Store.Batches(ctx)
		return read{day, batches}, err
	}, func(found read, err error) {
		if s.app.session != session || s.app.current != s {
			return
		}
		if err != nil {
			s.page.Objects = []fyne.CanvasObject{form.Pad(20, 24, 20, 40, form.VStack(12, form.Heading("Totals"), form.Lead(faultsOf(err)[0].Message),
				form.HStack(16, form.Secondary("Back to the board", s.back))))}
			s.page.Refresh()
			return
		}
		s.day, s.batches = found.day, map[string]capture.Batch{}
		for _, batch := range found.batches {
			s.batches[batch.ID] = batch
		}
		s.build()
	})
}

func (s *totals) build() {
	day := s.day.Totals
	heading := fmt.Sprintf("%s: %s", day.Day.Plain(), givenWords(day))
	left := form.VStack(18,
		bars("By hour", 60, hourBars(day.Hours)...), bars("By vaccine", 230, countBars(day.Vaccines)...), bars("By dose", 230, countBars(day.Doses)...),
		bars("By batch", 230, countBars(day.Batches)...), bars("By vaccinator", 230, countBars(day.Vaccinators)...), bars("Not given, by reason", 230, countBars(day.Reasons)...))
	s.page.Objects = []fyne.CanvasObject{form.Columns(0, []float32{0, 500},
		form.NewPage(form.Pad(16, 24, 16, 32, form.VStack(16, s.summary, form.Heading(heading), left))),
		form.Filled(form.White, form.NewPage(form.Pad(16, 20, 16, 20, s.closing()))))}
	s.page.Refresh()
	s.built = true
	s.app.focus(s.first())
}

func givenWords(day capture.Totals) string {
	words := fmt.Sprintf("%d given, %d not given", day.Given, day.NotGiven)
	if day.Late > 0 {
		words += fmt.Sprintf(" (%d of them typed in late)", day.Late)
	}
	if day.Deleted > 0 {
		words += fmt.Sprintf(", %d deleted", day.Deleted)
	}
	return words
}

func bars(title string, labels float32, lines ...form.Bar) fyne.CanvasObject {
	return form.NewBars(title, "given", "not given", labels, lines...)
}

func hourBars(hours []capture.HourCount) []form.Bar {
	var lines []form.Bar
	for _, hour := range hours {
		lines = append(lines, form.Bar{Label: fmt.Sprintf("%02d:00", hour.Hour), First: hour.Given, Second: hour.NotGiven})
	}
	return lines
}

func countBars(counts []capture.Count) []form.Bar {
	var lines []form.Bar
	for _, count := range counts {
		lines = append(lines, form.Bar{Label: count.Label, First: count.Given, Second: count.NotGiven})
	}
	return lines
}

// closing is the end of the day: what was counted, every difference with its explanation, and the note for whoever opens next.
func (s *totals) closing() fyne.CanvasObject {
	lines := []fyne.CanvasObject{form.Subheading("End of the day")}
	for _, count := range s.day.Totals.Batches {
		lines = append(lines, s.stockLine(count.Key, count.Label))
	}
	for _, stock := range s.day.Stocks {
		if !s.used(stock.BatchID) {
			lines = append(lines, s.stockLine(stock.BatchID, s.batches[stock.BatchID].Number))
		}
	}
	lines = append(lines, form.Rule())
	if len(s.day.Differences) == 0 {
		lines = append(lines, form.HStack(8, form.NewTag("Everything adds up", form.ToneGreen, form.IconTick)))
	}
	for _, difference := range s.day.Differences {
		lines = append(lines, s.differenceLine(difference))
	}
	note := form.NewField("Note for whoever opens next", "Optional", s.handOver)
	lines = append(lines, form.Rule(), note, form.HStack(16, s.close, form.Secondary("Back", s.back)))
	return form.VStack(12, lines...)
}

func (s *totals) used(batchID string) bool {
	for _, count := range s.day.Totals.Batches {
		if count.Key == batchID {
			return true
		}
	}
	return false
}

func (s *totals) stockLine(batchID, label string) fyne.CanvasObject {
	words := "Not counted yet"
	stock := capture.Stock{BatchID: batchID}
	for _, counted := range s.day.Stocks {
		if counted.BatchID == batchID {
			stock = counted
			words = fmt.Sprintf("%d drawn up · %d thrown away · %d left", stock.Drawn, stock.Wasted, stock.Left)
		}
	}
	link := form.NewLink("Count", func() { s.app.show(newCountStock(s.app, s, stock, label)) })
	link.About = label
	return form.VStack(0, form.Spread(form.Strong(label).OneLine(), link), form.Small(words))
}

func (s *totals) differenceLine(difference capture.Difference) fyne.CanvasObject {
	lines := []fyne.CanvasObject{form.HStack(8, form.NewTag("Difference", form.ToneOrange, form.IconWarning)), form.Body(difference.Sentence)}
	switch {
	case difference.Why != "":
		lines[0] = form.HStack(8, form.NewTag("Explained", form.ToneGrey, form.IconTick))
		lines = append(lines, form.Small(difference.Why))
	case len(difference.Visits) > 0:
		lines = append(lines, form.NewLink("Go to the board", s.back))
	default:
		lines = append(lines, form.NewLink("Explain", func() { s.app.show(newExplain(s.app, s, difference)) }))
	}
	return form.VStack(4, lines...)
}

// enter closes the clinic.
func (s *totals) enter() {
	note := s.handOver.Text
	once(s.app, func(ctx ctx) (struct{}, error) { return struct{}{}, s.app.session.Desk.CloseClinic(ctx, note) },
		func(_ struct{}, err error) {
			if err != nil {
				s.app.refuse(s.summary, faultsOf(err)...)
				return
			}
			s.app.refreshStatus()
			s.app.show(newOpenClinic(s.app))
		})
}

// countStock takes in what was drawn, thrown away and left of a batch.
type countStock struct {
	app                      *App
	from                     *totals
	stock                    capture.Stock
	label                    string
	drawn, wasted, left, why *form.Entry
	summary                  *form.ErrorSummary
	fields                   map[string]*form.Field
}

func newCountStock(app *App, from *totals, stock capture.Stock, label string) *countStock {
	s := &countStock{app: app, from: from, stock: stock, label: label, summary: form.NewErrorSummary(),
		drawn: form.NewEntry().SetColumns(5), wasted: form.NewEntry().SetColumns(5), left: form.NewEntry().SetColumns(5), why: form.NewEntry()}
	if stock.ID != "" {
		s.drawn.SetText(strconv.Itoa(stock.Drawn))
		s.wasted.SetText(strconv.Itoa(stock.Wasted))
		s.left.SetText(strconv.Itoa(stock.Left))
		s.why.SetText(stock.WastedWhy)
	}
	s.fields = map[string]*form.Field{
		"drawn":     form.NewField("Doses drawn up", "Given and thrown away together", s.drawn),
		"wasted":    form.NewField("Of those, thrown away", "", s.wasted),
		"wastedWhy": form.NewField("Why thrown away", "Leave empty when none was", s.why),
		"left":      form.NewField("Doses left", "Not drawn up at the end of the day", s.left),
	}
	return s
}

func (s *countStock) title() string { return "Count doses" }

func (s *countStock) content() fyne.CanvasObject {
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(640, form.VStack(18, s.summary, form.Heading("Count doses"), form.Lead(s.label),
		form.Columns(24, nil, s.fields["drawn"], s.fields["wasted"]), s.fields["wastedWhy"], s.fields["left"],
		form.HStack(16, form.Primary("Keep the count", s.enter), form.Secondary("Back", s.back))))))
}

func (s *countStock) first() fyne.Focusable { return s.drawn }
func (s *countStock) back()                 { s.app.show(s.from) }

func (s *countStock) enter() {
	var faults []form.Fault
	for field, into := range map[string]*int{"drawn": &s.stock.Drawn, "wasted": &s.stock.Wasted, "left": &s.stock.Left} {
		entry := map[string]*form.Entry{"drawn": s.drawn, "wasted": s.wasted, "left": s.left}[field]
		if entry.Text == "" {
			*into = 0
			continue
		}
		n, err := strconv.Atoi(entry.Text)
		if err != nil {
			faults = append(faults, form.Fault{Message: "Enter a number of doses, for example 6", Target: s.fields[field]})
			continue
		}
		*into = n
	}
	if s.drawn.Text == "" {
		faults = append(faults, form.Fault{Message: "Enter how many doses were drawn up", Target: s.fields["drawn"]})
	}
	if len(faults) > 0 {
		s.app.refuse(s.summary, faults...)
		return
	}
	s.stock.WastedWhy = s.why.Text
	stock := s.stock
	once(s.app, func(ctx ctx) (capture.Stock, error) { return s.app.session.Desk.CountStock(ctx, stock) },
		func(_ capture.Stock, err error) {
			if err != nil {
				s.app.refuse(s.summary, fieldFaults(err, s.fields)...)
				return
			}
			s.back()
		})
}

// explain takes in how a difference came about.
type explain struct {
	app        *App
	from       *totals
	difference capture.Difference
	why        *form.Entry
	field      *form.Field
	summary    *form.ErrorSummary
}

func newExplain(app *App, from *totals, difference capture.Difference) *explain {
	s := &explain{app: app, from: from, difference: difference, why: form.NewTextArea(3, 500), summary: form.NewErrorSummary()}
	s.field = form.NewField("How did it come about?", "This stays with the clinic", s.why)
	return s
}

func (s *explain) title() string { return "Explain a difference" }

func (s *explain) content() fyne.CanvasObject {
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(640, form.VStack(18, s.summary, form.Heading("Explain a difference"),
		form.Lead(s.difference.Sentence), s.field, form.HStack(16, form.Primary("Keep the explanation", s.enter), form.Secondary("Back", s.back))))))
}

func (s *explain) first() fyne.Focusable { return s.why }
func (s *explain) back()                 { s.app.show(s.from) }

func (s *explain) enter() {
	why := s.why.Text
	once(s.app, func(ctx ctx) (struct{}, error) {
		return struct{}{}, s.app.session.Desk.Explain(ctx, s.difference.Key, why)
	},
		func(_ struct{}, err error) {
			if err != nil {
				s.app.refuse(s.summary, fieldFaults(err, map[string]*form.Field{"why": s.field})...)
				return
			}
			s.back()
		})
}
