package ui

import (
	"fmt"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// openClinic chooses once what holds for everybody today; it also changes it later.
type openClinic struct {
	app        *App
	clinic     capture.Clinic
	code, name *form.Entry
	setting    *form.Radios
	mechanism  *form.Radios
	disease    *form.Radios // shortens the list of vaccines
	product    *form.Radios
	batch      *form.Radios
	fields     map[string]*form.Field
	against    *form.Field
	summary    *form.ErrorSummary
	note       *fyne.Container // what whoever closed last has left; hidden when that is nothing
}

func newOpenClinic(app *App) *openClinic {
	s := &openClinic{app: app, note: form.VStack(0), summary: form.NewErrorSummary(), code: form.NewEntry().SetColumns(10), name: form.NewEntry().SetColumns(30)}
	desk := app.session.Desk
	s.clinic, _ = desk.Clinic()
	edition := desk.Edition()
	s.code.SetText(s.clinic.Site.Code)
	s.name.SetText(s.clinic.Site.Name)
	var settings []form.Option
	for _, row := range edition.CareSettings() {
		settings = append(settings, form.Option{Value: row.Key, Label: row.Label})
	}
	s.setting = form.NewRadios(settings...).Dense()
	s.disease = diseaseRadios(s.diseases())
	s.product = form.NewRadios().Dense()
	s.batch = form.NewRadios().Dense()
	s.setting.SetSelected(s.clinic.CareSetting)
	if chosen, ok := edition.Product(s.clinic.Product); ok {
		s.disease.SetSelected(chosen.Disease)
		s.listProducts()
		s.product.SetSelected(s.clinic.Product)
	}
	s.disease.OnChanged = func(string) {
		s.listProducts()
		s.hintProducts()
		s.app.body.Refresh()
	}
	s.mechanism = form.NewRadios(s.mechanisms()...).Dense()
	s.mechanism.SetSelected(s.clinic.LegalMechanism)
	s.product.OnChanged = func(string) {
		chosen := s.mechanism.Selected()
		s.mechanism.SetOptions(s.mechanisms()...)
		s.mechanism.SetSelected(chosen)
		s.loadBatches("")
	}
	for _, radios := range []*form.Radios{s.setting, s.mechanism, s.disease, s.product, s.batch} {
		radios.OnSubmit = s.enter
	}
	s.fields = map[string]*form.Field{
		"site.code":      form.NewField("ODS code of the site", "For example RX8XX", s.code),
		"site.name":      form.NewField("Name of the site", "", s.name),
		"careSetting":    form.NewField("Care setting", "", s.setting),
		"legalMechanism": form.NewField("Legal mechanism", "", s.mechanism),
		"product":        form.NewField("Vaccine", "", s.product),
		"batchId":        form.NewField("Batch in use", "", s.batch),
	}
	s.against = form.NewField("Vaccines against", "", s.disease)
	s.hintProducts()
	s.loadBatches(s.clinic.BatchID)
	s.note.Hide()
	if s.clinic.ID == "" {
		s.readNote()
	}
	return s
}

// readNote shows the note of the clinic that was closed last.
func (s *openClinic) readNote() {
	ask(s.app.Bridge, s.app.ctx, s.app.session.Desk.Store.Clinics, func(clinics []capture.Clinic, err error) {
		if err != nil || len(clinics) == 0 || clinics[0].HandOver == "" {
			return
		}
		last := clinics[0]
		words := fmt.Sprintf("Note from the last clinic, %s, %s: %s", last.Site.Name, clock(last.ClosedAt), last.HandOver)
		s.note.Objects = []fyne.CanvasObject{form.NewInset(form.Strong(words))}
		s.note.Show()
		s.app.body.Refresh()
	})
}

// mechanisms are those used for the vaccine chosen.
func (s *openClinic) mechanisms() []form.Option {
	edition := s.app.session.Desk.Edition()
	product, _ := edition.Product(s.product.Selected())
	var options []form.Option
	for _, row := range edition.LegalMechanisms() {
		if row.For(product.Disease) {
			options = append(options, form.Option{Value: row.Key, Label: row.Label})
		}
	}
	return options
}

// diseases are those that a vaccine in force protects from.
func (s *openClinic) diseases() []catalogue.Disease {
	desk := s.app.session.Desk
	products := desk.Edition().Products()
	return slices.DeleteFunc(desk.Catalogue.Diseases(), func(disease catalogue.Disease) bool {
		return !slices.ContainsFunc(products, func(p catalogue.Product) bool { return p.Disease == disease.Key })
	})
}

// listProducts offers the vaccines against the chosen disease.
func (s *openClinic) listProducts() {
	var options []form.Option
	for _, row := range s.app.session.Desk.Edition().Products() {
		if row.Disease == s.disease.Selected() {
			options = append(options, form.Option{Value: row.Key, Label: productLabel(row)})
		}
	}
	s.product.SetOptions(options...)
	s.batch.SetOptions()
}

// hintProducts says how to come to a list of vaccines while there is none.
func (s *openClinic) hintProducts() {
	hint := ""
	if s.disease.Selected() == "" {
		hint = "Choose what they protect from first"
	}
	s.fields["product"].SetHint(hint)
}

func (s *openClinic) loadBatches(chosen string) {
	product := s.product.Selected()
	if product == "" {
		return
	}
	desk := s.app.session.Desk
	ask(s.app.Bridge, s.app.ctx, func(ctx ctx) ([]capture.Batch, error) { return desk.Batches(ctx, product) },
		func(batches []capture.Batch, err error) {
			if err != nil || product != s.product.Selected() {
				return
			}
			row, _ := desk.Edition().Product(product)
			var options []form.Option
			for _, batch := range batches {
				options = append(options, form.Option{Value: batch.ID, Label: batch.Number, Hint: "use by " + batch.UseBy(row).Short()})
			}
			s.batch.SetOptions(options...)
			s.batch.SetSelected(chosen)
			s.app.body.Refresh()
		})
}

func (s *openClinic) title() string {
	if s.clinic.ID == "" {
		return "Open the clinic"
	}
	return "Change the clinic"
}

func (s *openClinic) content() fyne.CanvasObject {
	label := "Open the clinic"
	if s.clinic.ID != "" {
		label = "Save the change"
	}
	add := form.NewLink("Add a batch", func() {
		if s.product.Selected() == "" {
			s.app.refuse(s.summary, form.Fault{Message: "Choose the vaccine first", Target: s.fields["product"]})
			return
		}
		s.app.show(newAddBatch(s.app, s.product.Selected(),
			func(added capture.Batch) { s.app.show(s); s.loadBatches(added.ID) }, func() { s.app.show(s) }))
	})
	return form.NewPage(form.Pad(16, 24, 16, 40, form.MaxWidth(1180, form.VStack(14,
		s.summary, form.Heading(s.title()), s.note,
		form.Columns(24, []float32{200, 330, 0}, s.fields["site.code"], s.fields["site.name"], s.against),
		form.Columns(24, nil, s.fields["product"],
			form.VStack(14, form.VStack(6, s.fields["batchId"], add), s.fields["legalMechanism"]), s.fields["careSetting"]),
		form.HStack(16, form.Primary(label, s.enter), form.Secondary("Back", s.back)),
	))))
}

func (s *openClinic) first() fyne.Focusable {
	switch {
	case s.code.Text == "":
		return s.code
	case s.mechanism.Selected() == "":
		return s.mechanism
	}
	return s.product
}

func (s *openClinic) back() {
	if s.clinic.ID != "" {
		s.app.show(newBoard(s.app))
	}
}

func (s *openClinic) enter() {
	clinic := s.clinic
	clinic.Site = capture.Site{Code: s.code.Text, Name: s.name.Text}
	clinic.CareSetting, clinic.LegalMechanism = s.setting.Selected(), s.mechanism.Selected()
	clinic.Product, clinic.BatchID = s.product.Selected(), s.batch.Selected()
	desk := s.app.session.Desk
	once(s.app, func(ctx ctx) (struct{}, error) {
		if clinic.ID != "" {
			return struct{}{}, desk.ChangeClinic(ctx, clinic)
		}
		_, err := desk.OpenClinic(ctx, clinic)
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		if err != nil {
			s.app.refuse(s.summary, fieldFaults(err, s.places())...)
			return
		}
		s.app.refreshStatus()
		s.app.show(newBoard(s.app))
	})
}

// places are where faults are put right: a vaccine that is missing, at the disease while none is chosen.
func (s *openClinic) places() map[string]*form.Field {
	places := maps.Clone(s.fields)
	if s.disease.Selected() == "" {
		places["product"] = s.against
	}
	return places
}
