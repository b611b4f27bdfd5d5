package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// amend corrects the answers of one record that people get wrong. What is left as it is stays.
type amend struct {
	record     *record
	event      capture.Event
	batch      *form.Chooser // nil when no dose was given, like bodySite and vaccinator
	bodySite   *form.Radios
	vaccinator *form.Chooser
	kind       *form.Radios
	day        *form.DateEntry
	at         *form.Entry
	code, name *form.Entry
	reason     *form.Entry
	fields     map[string]*form.Field
	summary    *form.ErrorSummary
}

// showAmend reads what can be chosen and opens the page.
func showAmend(from *record) {
	app := from.app
	type choices struct {
		batches []capture.Batch
		staff   []capture.Staff
	}
	once(app, func(ctx ctx) (choices, error) {
		var c choices
		var err error
		if c.batches, err = app.session.Desk.Store.Batches(ctx); err != nil {
			return c, err
		}
		c.staff, err = app.session.Desk.Store.Staff(ctx)
		return c, err
	}, func(c choices, err error) {
		if err != nil {
			app.tell(err)
			return
		}
		app.show(newAmend(from, c.batches, c.staff))
	})
}

func newAmend(from *record, batches []capture.Batch, staff []capture.Staff) *amend {
	s := &amend{
		record: from, event: from.event(), day: form.NewDateEntry(), at: form.NewEntry().SetColumns(6),
		code: form.NewEntry().SetColumns(10), name: form.NewEntry(), reason: form.NewEntry(), summary: form.NewErrorSummary(),
	}
	s.day.SetDate(s.event.Day())
	s.at.SetText(clockOf(s.event.At))
	s.code.SetText(s.event.Site.Code)
	s.name.SetText(s.event.Site.Name)
	s.kind = form.NewRadios(s.kinds()...).Dense()
	s.kind.SetSelected(string(s.event.Kind))
	s.fields = map[string]*form.Field{
		"kind": form.NewField("Which dose was it?", "", s.kind), "at": form.NewField("Date of vaccination", "", s.day),
		"time": form.NewField("Time", "", s.at), "site": form.NewField("ODS code of the site", "", s.code),
		"siteName": form.NewField("Name of the site", "", s.name),
		"reason":   form.NewField("Why is the record corrected?", "This stays with the record", s.reason),
	}
	s.kind.OnSubmit, s.day.OnSubmit = s.enter, s.enter
	if s.event.Given != nil {
		s.dose(batches, staff)
	}
	return s
}

// dose are the fields of a dose that was given.
func (s *amend) dose(batches []capture.Batch, staff []capture.Staff) {
	edition := s.record.app.session.Desk.Catalogue.At(s.event.Day())
	product, _ := edition.Product(s.event.Product.Key)
	var options, people, sites []form.Option
	for _, batch := range batches {
		if batch.Product == s.event.Product.Key {
			options = append(options, form.Option{Value: batch.ID, Label: batch.Number, Hint: "use by " + batch.UseBy(product).Short()})
		}
	}
	for _, member := range staff {
		people = append(people, form.Option{Value: member.ID, Label: member.FullName()})
	}
	for _, site := range edition.Sites() {
		if strings.HasSuffix(site.Key, "-cavity") == (product.Route == nasal) {
			sites = append(sites, form.Option{Value: site.Key, Label: site.Label})
		}
	}
	s.batch, s.vaccinator = denseChooser(s.enter, options...), denseChooser(s.enter, people...)
	s.bodySite = form.NewRadios(sites...).Dense()
	s.bodySite.OnSubmit = s.enter
	s.batch.SetSelected(s.event.Given.BatchID)
	s.vaccinator.SetSelected(s.event.Performer.ID)
	s.bodySite.SetSelected(s.siteKey())
	s.fields["batchId"] = form.NewField("Batch", "", s.batch)
	s.fields["vaccinatorId"] = form.NewField("Who gave it?", "", s.vaccinator)
	s.fields["bodySite"] = form.NewField("Where was it given?", "", s.bodySite)
}

// denseChooser is a chooser whose rows are low, where many must fit.
func denseChooser(submit func(), options ...form.Option) *form.Chooser {
	chooser := form.NewChooser(options...)
	chooser.OnSubmit = submit
	if chooser.Radios != nil {
		chooser.Radios.Dense()
	}
	return chooser
}

// siteKey is the place on the body as a key of the catalogue.
func (s *amend) siteKey() string {
	for _, site := range s.record.app.session.Desk.Catalogue.At(s.event.Day()).Sites() {
		if site.Code == s.event.Given.BodySite.Code {
			return site.Key
		}
	}
	return ""
}

func (s *amend) kinds() []form.Option {
	var options []form.Option
	for _, kind := range s.record.app.session.Desk.Catalogue.Kinds(s.event.Disease) {
		options = append(options, form.Option{Value: string(kind.Key), Label: kind.Label})
	}
	return options
}

func (s *amend) title() string         { return "Correct the record of " + s.event.Person.Name() }
func (s *amend) recordOrigin() screen  { return s.record.from }
func (s *amend) back()                 { s.record.app.show(s.record) }
func (s *amend) first() fyne.Focusable { return s.fields[s.firstField()].Focusable() }

func (s *amend) firstField() string {
	if s.batch != nil {
		return "batchId"
	}
	return "kind"
}

func (s *amend) content() fyne.CanvasObject {
	f := s.fields
	when := form.Columns(16, []float32{230, 0}, f["at"], form.Pad(26, 0, 0, 0, f["time"]))
	where := form.Columns(16, []float32{170, 0}, f["site"], f["siteName"])
	columns := []fyne.CanvasObject{when, f["kind"], where}
	if s.batch != nil {
		columns = []fyne.CanvasObject{form.VStack(14, f["batchId"], f["vaccinatorId"]), form.VStack(14, f["bodySite"], when), form.VStack(14, f["kind"], where)}
	}
	return form.NewPage(form.Pad(12, 24, 12, 32, form.MaxWidth(1240, form.VStack(16, s.summary, form.Heading(s.title()),
		form.Body(s.event.Product.Name+", "+moment(s.event.At)+". Change what is wrong. What you leave stays as it is."),
		form.Columns(32, []float32{330, 400, 0}, columns...), form.MaxWidth(820, f["reason"]),
		form.HStack(16, form.Primary("See what changes", s.enter), form.Secondary("Back", s.back))))))
}

// correction is what was changed, with the faults of what cannot be read.
func (s *amend) correction() (capture.Correction, []form.Fault) {
	var c capture.Correction
	var faults []form.Fault
	at, err := s.moment()
	switch {
	case err == errTime:
		faults = append(faults, mark(s.fields["time"], errTime.Message)...)
	case err != nil:
		faults = append(faults, mark(s.fields["at"], err.Error())...)
	case !at.Equal(s.event.At.Truncate(time.Minute)):
		c.At = at
	}
	if s.batch != nil {
		c.BatchID = changed(s.batch.Selected(), s.event.Given.BatchID)
		c.VaccinatorID = changed(s.vaccinator.Selected(), s.event.Performer.ID)
		c.BodySite = changed(s.bodySite.Selected(), s.siteKey())
	}
	c.Kind = catalogue.DoseKind(changed(s.kind.Selected(), string(s.event.Kind)))
	if site := (capture.Site{Code: s.code.Text, Name: s.name.Text}); site != s.event.Site {
		c.Site = site
	}
	return c, faults
}

// changed is a choice that is not what is on record; empty when it is.
func changed(chosen, recorded string) string {
	if chosen == recorded {
		return ""
	}
	return chosen
}

func (s *amend) moment() (time.Time, error) { return momentOf(s.day, s.at) }

// momentOf is a day and a time on the clinic's clock.
func momentOf(day *form.DateEntry, at *form.Entry) (time.Time, error) {
	date, err := day.Date()
	if err != nil {
		return time.Time{}, err
	}
	clock, err := time.Parse("15:04", at.Text)
	if err != nil {
		return time.Time{}, errTime
	}
	return time.Date(date.Year, date.Month, date.Day, clock.Hour(), clock.Minute(), 0, 0, london), nil
}

// enter shows what would change.
func (s *amend) enter() {
	correction, faults := s.correction()
	if len(faults) == 0 && correction == (capture.Correction{}) {
		faults = append(faults, form.Fault{Message: "Change what is wrong first: nothing differs from the record", Target: s.fields[s.firstField()]})
	}
	if strings.TrimSpace(s.reason.Text) == "" {
		faults = append(faults, mark(s.fields["reason"], "Enter why the record is corrected")...)
	}
	app := s.record.app
	if len(faults) > 0 {
		app.refuse(s.summary, faults...)
		return
	}
	once(app, func(ctx ctx) ([]capture.Corrected, error) {
		return app.session.Desk.PreviewCorrection(ctx, []string{s.event.ID}, correction)
	}, func(previews []capture.Corrected, err error) {
		if err == nil {
			err = previews[0].Fault
		}
		if err != nil {
			app.refuse(s.summary, fieldFaults(err, s.fields)...)
			return
		}
		app.show(&amendCheck{amend: s, preview: previews[0]})
	})
}
