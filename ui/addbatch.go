package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// addBatch takes in a batch in the middle of a visit or of opening a clinic, also without a connection.
type addBatch struct {
	app     *App
	product string
	after   func(capture.Batch)
	cancel  func()
	number  *form.Entry
	expiry  *form.DateEntry
	thawed  *form.DateEntry
	nField  *form.Field
	eField  *form.Field
	tField  *form.Field
	summary *form.ErrorSummary
	button  *form.Button
	scanned string // what to do with what a scan has filled in; empty: nothing was scanned
}

func newAddBatch(app *App, product string, after func(capture.Batch), cancel func()) *addBatch {
	s := &addBatch{
		app: app, product: product, after: after, cancel: cancel,
		number: form.NewEntry().SetColumns(20), expiry: form.NewDateEntry(), thawed: form.NewDateEntry(),
		summary: form.NewErrorSummary(),
	}
	s.nField = form.NewField("Batch number", "As printed on the box", s.number)
	s.eField = form.NewField("Expiry date", "On the carton or the thaw label in use", s.expiry)
	s.tField = form.NewField("Thawed on", "Leave empty if it was not frozen", s.thawed)
	return s
}

func (s *addBatch) title() string { return "Add a batch" }

func (s *addBatch) content() fyne.CanvasObject {
	product, _ := s.app.session.Desk.Edition().Product(s.product)
	fields := []fyne.CanvasObject{s.summary, form.Heading("Add a batch"), form.Lead(product.Name)}
	if s.scanned != "" {
		fields = append(fields, form.NewInset(form.Body(s.scanned)))
	}
	fields = append(fields, s.nField, s.eField)
	if product.ThawDays > 0 {
		fields = append(fields, s.tField)
	}
	s.button = form.Primary("Add the batch", s.enter)
	fields = append(fields, form.HStack(16, s.button, form.Secondary("Back", s.back)))
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(640, form.VStack(18, fields...))))
}

func (s *addBatch) back() { s.cancel() }

// first is the batch number, or what the code of a pack has left to be done.
func (s *addBatch) first() fyne.Focusable {
	product, _ := s.app.session.Desk.Edition().Product(s.product)
	switch {
	case s.number.Text == "":
		return s.number
	case s.expiry.Empty():
		return s.expiry.Day
	case product.ThawDays > 0 && s.thawed.Empty():
		return s.thawed.Day
	}
	return s.button
}

func (s *addBatch) enter() {
	batch := capture.Batch{Product: s.product, Number: s.number.Text}
	var faults []form.Fault
	var err error
	if !s.expiry.Empty() {
		if batch.Expiry, err = s.expiry.Date(); err != nil {
			faults = append(faults, form.Fault{Message: err.Error(), Target: s.eField})
		}
	}
	if !s.thawed.Empty() {
		if batch.ThawedOn, err = s.thawed.Date(); err != nil {
			faults = append(faults, form.Fault{Message: err.Error(), Target: s.tField})
		}
	}
	if len(faults) > 0 {
		s.app.refuse(s.summary, faults...)
		return
	}
	once(s.app, func(ctx ctx) (capture.Batch, error) { return s.app.session.Desk.AddBatch(ctx, batch) },
		func(added capture.Batch, err error) {
			if err == nil {
				s.after(added)
				return
			}
			fields := map[string]*form.Field{"number": s.nField, "expiry": s.eField, "thawedOn": s.tField}
			s.app.refuse(s.summary, fieldFaults(err, fields)...)
		})
}
