package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// bindPack asks an administrator, once, which vaccine the packs with a product number are.
type bindPack struct {
	app     *App
	gtin    string
	done    func()
	cancel  func()
	product *form.Chooser
	field   *form.Field
	summary *form.ErrorSummary
}

func newBindPack(app *App, gtin string, done, cancel func()) *bindPack {
	s := &bindPack{app: app, gtin: gtin, done: done, cancel: cancel, summary: form.NewErrorSummary()}
	var options []form.Option
	for _, row := range app.session.Desk.Edition().Products() {
		options = append(options, form.Option{Value: row.Key, Label: joined(row.Name, row.Strength)})
	}
	s.product = form.NewChooser(options...)
	s.product.OnSubmit = s.enter
	s.field = form.NewField("Which vaccine is in this pack?", "Read its name and its strength from the box", s.product)
	return s
}

func (s *bindPack) title() string         { return "A pack that is not known yet" }
func (s *bindPack) first() fyne.Focusable { return s.field.Focusable() }
func (s *bindPack) back()                 { s.cancel() }

func (s *bindPack) content() fyne.CanvasObject {
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(760, form.VStack(18, s.summary, form.Heading(s.title()),
		form.Lead("Product number "+s.gtin), form.Body("You are asked once. From then on every pack with this number is taken for that vaccine; it cannot be changed here."),
		s.field, form.HStack(16, form.Primary("It is this vaccine", s.enter), form.Secondary("Back", s.back))))))
}

func (s *bindPack) enter() {
	product := s.product.Selected()
	once(s.app, func(ctx ctx) (capture.Pack, error) { return s.app.session.Desk.BindPack(ctx, s.gtin, product) },
		func(_ capture.Pack, err error) {
			if err != nil {
				s.app.refuse(s.summary, fieldFaults(err, map[string]*form.Field{"product": s.field})...)
				return
			}
			s.done()
		})
}
