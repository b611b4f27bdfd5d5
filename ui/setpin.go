package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// setPIN chooses the short number with which somebody comes back to a locked desk.
type setPIN struct {
	app            *App
	pin, repeated  *form.Entry
	pField, rField *form.Field
	summary        *form.ErrorSummary
}

func newSetPIN(app *App) *setPIN {
	s := &setPIN{app: app, pin: form.NewPasswordEntry().SetColumns(8), repeated: form.NewPasswordEntry().SetColumns(8), summary: form.NewErrorSummary()}
	s.pField = form.NewField("PIN", fmt.Sprintf("%d to %d digits that are hard to guess", capture.MinPIN, capture.MaxPIN), s.pin)
	s.rField = form.NewField("PIN again", "", s.repeated)
	return s
}

func (s *setPIN) title() string         { return "Set your PIN" }
func (s *setPIN) first() fyne.Focusable { return s.pin }
func (s *setPIN) back()                 { s.app.home() }

func (s *setPIN) content() fyne.CanvasObject {
	words := fmt.Sprintf("With it %s comes back to this computer after a lock, on a day on which the passphrase was entered. After %d wrong ones the passphrase is asked for.",
		s.app.session.Desk.User().Name(), capture.WrongPINs)
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(640, form.VStack(18, s.summary, form.Heading(s.title()), form.Body(words),
		s.pField, s.rField, form.HStack(16, form.Primary("Set the PIN", s.enter), form.Secondary("Back", s.back))))))
}

func (s *setPIN) enter() {
	pin := s.pin.Text
	if pin != s.repeated.Text {
		s.app.refuse(s.summary, mark(s.rField, "Enter the same PIN again: the two differ")...)
		return
	}
	once(s.app, func(ctx ctx) (struct{}, error) { return struct{}{}, s.app.session.Desk.SetPIN(ctx, pin) }, func(_ struct{}, err error) {
		if err != nil {
			s.app.refuse(s.summary, fieldFaults(err, map[string]*form.Field{"pin": s.pField})...)
			return
		}
		s.app.home()
		s.app.notice("Your PIN is set", "Ctrl+L locks this computer. You come back with the PIN; your colleagues with theirs.")
	})
}
