package ui

import (
	"errors"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// signIn asks who works here and for the passphrase that opens the file.
type signIn struct {
	app        *App
	userName   *form.Entry
	passphrase *form.Entry
	clock      *form.Checkbox
	userField  *form.Field
	passField  *form.Field
	summary    *form.ErrorSummary
	button     *form.Button
	clockWrong bool
}

func newSignIn(app *App) *signIn { return &signIn{app: app} }

func (s *signIn) title() string { return "Sign in" }

func (s *signIn) content() fyne.CanvasObject {
	s.userName = form.NewEntry().SetColumns(24)
	s.passphrase = form.NewPasswordEntry().SetColumns(24)
	s.userField = form.NewField("User name", "", s.userName)
	s.passField = form.NewField("Passphrase", "Capital and small letters matter", s.passphrase)
	s.clock = form.NewCheckbox("The computer's clock is right: go on", "")
	s.clock.Hide()
	s.summary = form.NewErrorSummary()
	s.button = form.Primary("Sign in", s.enter)
	if names := s.app.gate.UserNames(); len(names) > 0 {
		s.userName.SetText(names[0])
	}
	lines := []fyne.CanvasObject{s.summary, form.Heading("Sign in"), s.userField, s.passField, s.clock, form.HStack(16, s.button)}
	if welcome := s.app.gate.Welcome(); welcome != "" {
		lines = append(lines, form.NewInset(form.Body(welcome)))
	}
	return form.NewPage(form.Pad(40, 24, 24, 40, form.MaxWidth(560, form.VStack(20, lines...))))
}

func (s *signIn) first() fyne.Focusable {
	if fault := s.app.gate.Fault(); fault != nil {
		s.refuse(fault)
		return s.summary
	}
	if s.userName.Text == "" {
		return s.userName
	}
	return s.passphrase
}

func (s *signIn) back() {}

func (s *signIn) enter() {
	user, passphrase, accept := s.userName.Text, s.passphrase.Text, s.clockWrong && s.clock.Ticked()
	s.button.SetLabel("Opening …")
	once(s.app, func(ctx ctx) (*Session, error) {
		return s.app.gate.SignIn(ctx, user, passphrase, accept)
	}, func(session *Session, err error) {
		s.button.SetLabel("Sign in")
		if err != nil {
			s.refuse(err)
			return
		}
		s.app.signedIn(session)
	})
}

func (s *signIn) refuse(err error) {
	var fault *capture.Error
	message := "Deltoid could not open its file. Nothing was changed. " + err.Error()
	var target fyne.CanvasObject = s.passField
	if errors.As(err, &fault) {
		message = fault.Message
		if fault.Field == "" {
			target = nil // the file is to blame, not what was typed
		}
		if fault.Field == "clock" {
			s.clockWrong = true
			s.clock.Show()
			target = s.clock
		}
		if fault.Field == "userName" {
			target = s.userField
		}
	}
	s.app.refuse(s.summary, form.Fault{Message: message, Target: target})
}
