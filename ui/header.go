package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// header is the blue line at the top: where, when, what is still only here, and who.
type header struct {
	app      *App
	object   *fyne.Container
	place    *form.Text
	state    *form.StatusBadge
	who      *form.Text
	training *form.Tag
	private  *form.Tag
}

func newHeader(app *App) *header {
	h := &header{
		app: app, place: form.Body("").OneLine().In(form.White),
		state: form.NewStatusBadge(form.IconNone, "", form.White), who: form.Body("").OneLine().In(form.White),
	}
	h.training = form.NewTag("Training: nothing leaves this computer", form.ToneYellow, form.IconNone)
	h.training.Hide()
	h.private = privacyTag()
	left := form.HStack(16, form.LeadStrong("Deltoid").OneLine().In(form.White), h.place, h.training, h.private)
	right := form.HStack(24, h.state, h.who)
	h.object = form.Filled(form.Blue, form.Pad(8, 16, 8, 16, form.Spread(left, right)))
	return h
}

// refreshStatus asks what is still only here and shows it in the header, with the clinic in the strip.
func (a *App) refreshStatus() {
	session := a.session
	if session == nil {
		a.header.signedOut()
		a.strip.hide()
		return
	}
	ask(a.Bridge, a.ctx, session.Deliveries.Overview, func(overview export.Overview, err error) {
		if a.session != session {
			return
		}
		a.header.show(session, overview, err)
	})
	type carried struct {
		clinic capture.Clinic
		batch  capture.Batch
		staff  string
		watch  string
	}
	ask(a.Bridge, a.ctx, func(ctx ctx) (carried, error) {
		clinic, open := session.Desk.Clinic()
		if !open {
			return carried{}, nil
		}
		batch, staff, err := carriedOver(ctx, session.Desk, clinic)
		if err != nil {
			return carried{}, err
		}
		watch, err := watchedNow(ctx, session.Desk)
		return carried{clinic, batch, staff, watch}, err
	}, func(c carried, err error) {
		if a.session != session {
			return
		}
		if c.clinic.ID == "" || err != nil {
			a.strip.hide()
			return
		}
		a.strip.show(session.Desk, c.clinic, c.batch, c.staff, c.watch)
	})
}

func (h *header) signedOut() {
	h.place.SetText("")
	h.state.Set(form.IconNone, "")
	h.who.SetText("")
	h.training.Hide()
	h.object.Refresh()
}

func (h *header) show(session *Session, overview export.Overview, err error) {
	place := "No clinic is open"
	if clinic, open := session.Desk.Clinic(); open {
		place = fmt.Sprintf("%s (%s)", clinic.Site.Name, clinic.Site.Code)
	}
	h.place.SetText(place + " · " + session.Desk.Today().Short())
	connection := session.Deliveries.Connection()
	icon := form.IconSaved
	if connection.Online && overview.NotSent() == 0 {
		icon = form.IconTick
	}
	words := connection.Words + " · " + notSent(overview.NotSent())
	if n := overview.Held + overview.Events[export.Refused]; n > 0 {
		words += fmt.Sprintf(", %d to put right", n)
		icon = form.IconWarning
	}
	if err != nil {
		words = "What is not sent could not be counted"
	}
	h.state.Set(icon, words)
	h.who.SetText(session.Desk.User().Name())
	reveal(h.training, session.Training)
	h.object.Refresh()
	h.app.Window.Content().Refresh()
}

// notSent never says "sent" of anything that MESH has not accepted.
func notSent(n int) string {
	switch n {
	case 0:
		return "nothing waits to be sent"
	case 1:
		return "1 saved here, not sent"
	default:
		return fmt.Sprintf("%d saved here, not sent", n)
	}
}

// strip is the line under the header with what is carried over from person to person.
type strip struct {
	object *fyne.Container
	text   *form.Text
}

func newStrip() *strip {
	s := &strip{text: form.Body("").OneLine()}
	s.object = form.Filled(form.PaleBlue, form.Pad(5, 16, 5, 16, s.text))
	s.object.Hide()
	return s
}

func (s *strip) hide() { s.object.Hide() }

func (s *strip) show(desk *capture.Desk, clinic capture.Clinic, batch capture.Batch, givenBy, watch string) {
	edition := desk.Edition()
	product, _ := edition.Product(clinic.Product)
	mechanism, _ := edition.LegalMechanism(clinic.LegalMechanism)
	text := product.Name
	if product.Strength != "" {
		text += ", " + product.Strength
	}
	if batch.ID != "" {
		text += fmt.Sprintf(" · batch %s · use by %s", batch.Number, batch.UseBy(product).Short())
	} else {
		text += " · no batch chosen yet"
	}
	text += " · " + mechanism.Label
	if givenBy != "" {
		text += " · Given by " + givenBy
	}
	if watch != "" {
		text += " · Observation: " + watch
	}
	s.text.SetText(text)
	s.object.Show()
	s.object.Refresh()
}

// carriedOver looks up the batch and the vaccinator that the clinic carries over.
func carriedOver(ctx ctx, desk *capture.Desk, clinic capture.Clinic) (capture.Batch, string, error) {
	batches, err := desk.Store.Batches(ctx)
	if err != nil {
		return capture.Batch{}, "", err
	}
	var batch capture.Batch
	for _, b := range batches {
		if b.ID == clinic.BatchID && b.Product == clinic.Product {
			batch = b
		}
	}
	staff, err := desk.Store.Staff(ctx)
	if err != nil {
		return capture.Batch{}, "", err
	}
	for _, s := range staff {
		if s.ID == clinic.VaccinatorID {
			return batch, s.Name(), nil
		}
	}
	return batch, desk.User().Name(), nil
}

// age is how people say it: 75, or 5 months for a baby.
func age(person capture.Person, on catalogue.Date) string {
	years := person.Age(on)
	if years > 0 {
		return fmt.Sprintf("%d", years)
	}
	months := (on.Year-person.BirthDate.Year)*12 + int(on.Month) - int(person.BirthDate.Month)
	if on.Day < person.BirthDate.Day {
		months--
	}
	if months == 1 {
		return "1 month"
	}
	return fmt.Sprintf("%d months", months)
}

// topAndRest sets the first object at the top and gives the second all the rest, without a gap; Tab goes from one to the other.
type topAndRest struct{}

func (topAndRest) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, body := objects[0], objects[1]
	height := top.MinSize().Height
	top.Move(fyne.Position{})
	top.Resize(fyne.NewSize(size.Width, height))
	body.Move(fyne.NewPos(0, height))
	body.Resize(size.SubtractWidthHeight(0, height))
}

func (topAndRest) MinSize(objects []fyne.CanvasObject) fyne.Size {
	top, body := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(top.Width, body.Width), top.Height+body.Height)
}

// flush stacks objects without a gap, so that coloured lines meet.
type flush struct{}

func (flush) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		height := object.MinSize().Height
		object.Move(fyne.NewPos(0, y))
		object.Resize(fyne.NewSize(size.Width, height))
		y += height
	}
}

func (flush) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, object := range objects {
		if object.Visible() {
			least := object.MinSize()
			size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
		}
	}
	return size
}
