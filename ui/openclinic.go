package ui

import (
	"fyne.io/fyne/v2"

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
	product    *form.Radios
	batch      *form.Radios
	fields     map[string]*form.Field
	summary    *form.ErrorSummary
}

func newOpenClinic(app *App) *openClinic {
	s := &openClinic{app: app, summary: form.NewErrorSummary(), code: form.NewEntry().SetColumns(10), name: form.NewEntry().SetColumns(30)}
	desk := app.session.Desk
	s.clinic, _ = desk.Clinic()
	edition := desk.Edition()
	s.code.SetText(s.clinic.Site.Code)
	s.name.SetText(s.clinic.Site.Name)
	var settings, products []form.Option
	for _, row := range edition.CareSettings() {
		settings = append(settings, form.Option{Value: row.Key, Label: row.Label})
	}
	for _, row := range edition.Products() {
		products = append(products, form.Option{Value: row.Key, Label: productLabel(row)})
	}
	s.setting = form.NewRadios(settings...).Dense()
	s.product = form.NewRadios(products...).Dense()
	s.batch = form.NewRadios().Dense()
	s.setting.SetSelected(s.clinic.CareSetting)
	s.product.SetSelected(s.clinic.Product)
	s.mechanism = form.NewRadios(s.mechanisms()...).Dense()
	s.mechanism.SetSelected(s.clinic.LegalMechanism)
	s.product.OnChanged = func(string) {
		chosen := s.mechanism.Selected()
		s.mechanism.SetOptions(s.mechanisms()...)
		s.mechanism.SetSelected(chosen)
		s.loadBatches("")
	}
	for _, radios := range []*form.Radios{s.setting, s.mechanism, s.product, s.batch} {
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
	s.loadBatches(s.clinic.BatchID)
	return s
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
		s.summary, form.Heading(s.title()),
		form.Columns(24, nil, s.fields["site.code"], s.fields["site.name"]),
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
			s.app.refuse(s.summary, fieldFaults(err, s.fields)...)
			return
		}
		s.app.refreshStatus()
		s.app.show(newBoard(s.app))
	})
}
