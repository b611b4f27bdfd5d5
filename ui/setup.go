package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// setUp makes a profile on a computer that has none: the first administrator and their passphrase.
type setUp struct {
	app                          *App
	forename, surname, userName  *form.Entry
	number, passphrase, repeated *form.Entry
	body                         *form.Radios
	fields                       map[string]*form.Field
	summary                      *form.ErrorSummary
}

// noBody stands for somebody who is not in a professional register.
const noBody = "none"

func newSetUp(app *App) *setUp {
	s := &setUp{
		app: app, forename: form.NewEntry().SetColumns(24), surname: form.NewEntry().SetColumns(24),
		userName: form.NewEntry().SetColumns(20), number: form.NewEntry().SetColumns(14),
		passphrase: form.NewPasswordEntry().SetColumns(24), repeated: form.NewPasswordEntry().SetColumns(24),
		summary: form.NewErrorSummary(),
	}
	s.body = form.NewRadiosAcross(
		form.Option{Value: "nmc", Label: "NMC"}, form.Option{Value: "gmc", Label: "GMC"}, form.Option{Value: "gphc", Label: "GPhC"},
		form.Option{Value: "hcpc", Label: "HCPC"}, form.Option{Value: noBody, Label: "Not registered"},
	)
	s.fields = map[string]*form.Field{
		"forename":            form.NewField("First name", "", s.forename),
		"surname":             form.NewField("Last name", "", s.surname),
		"userName":            form.NewField("User name", "What you type to sign in, for example a.nurse", s.userName),
		"registration.body":   form.NewField("Professional register", "", s.body),
		"registration.number": form.NewField("Registration number", "", s.number),
		"passphrase":          form.NewField("Passphrase", "8 characters or more. Three unusual words are good", s.passphrase),
		"repeated":            form.NewField("Passphrase again", "", s.repeated),
	}
	return s
}

func (s *setUp) title() string { return "Set up this computer" }

func (s *setUp) content() fyne.CanvasObject {
	f := s.fields
	return form.NewPage(form.Pad(16, 24, 16, 40, form.MaxWidth(860, form.VStack(14,
		s.summary, form.Heading("Set up this computer"),
		form.Body("You become the first administrator. Everything recorded here is kept encrypted; your passphrase opens it."),
		form.Columns(24, nil, f["forename"], f["surname"]), f["userName"],
		f["registration.body"], f["registration.number"],
		form.Columns(24, nil, f["passphrase"], f["repeated"]),
		form.HStack(16, form.Primary("Set up", s.enter)),
	))))
}

func (s *setUp) first() fyne.Focusable { return s.forename }
func (s *setUp) back()                 {}

func (s *setUp) enter() {
	admin := capture.Staff{UserName: s.userName.Text, Forename: s.forename.Text, Surname: s.surname.Text, Admin: true}
	faults := capture.Problems{}
	switch s.body.Selected() {
	case "":
		faults.Add("registration.body", "Choose the register, or Not registered")
	case noBody:
	default:
		admin.Registration = capture.Registration{Body: s.body.Selected(), Number: s.number.Text}
	}
	switch {
	case len([]rune(s.passphrase.Text)) < 8:
		faults.Add("passphrase", "Enter a passphrase of 8 characters or more")
	case s.passphrase.Text != s.repeated.Text:
		faults.Add("repeated", "Enter the same passphrase again: the two differ")
	}
	faults = append(s.app.gate.CheckAdmin(admin), faults...)
	if len(faults) > 0 {
		s.app.refuse(s.summary, fieldFaults(faults, s.fields)...)
		return
	}
	type made struct {
		session *Session
		key     string
	}
	passphrase := s.passphrase.Text
	once(s.app, func(ctx ctx) (made, error) {
		session, key, err := s.app.gate.SetUp(ctx, admin, passphrase)
		return made{session, key}, err
	}, func(m made, err error) {
		if err != nil {
			s.app.refuse(s.summary, fieldFaults(err, s.fields)...)
			return
		}
		s.app.show(&recoveryKey{app: s.app, session: m.session, key: m.key})
	})
}

// recoveryKey shows, once, the key that opens the file when every passphrase is forgotten.
type recoveryKey struct {
	app     *App
	session *Session
	key     string
	wrote   *form.Checkbox
	field   *form.Field
	summary *form.ErrorSummary
}

func (s *recoveryKey) title() string { return "Write down the recovery key" }

func (s *recoveryKey) content() fyne.CanvasObject {
	s.summary = form.NewErrorSummary()
	s.wrote = form.NewCheckbox("I wrote it down and it is kept apart from this computer", "")
	s.wrote.OnSubmit = s.enter
	s.field = form.NewField("", "", s.wrote)
	return form.NewPage(form.Pad(32, 24, 24, 40, form.MaxWidth(760, form.VStack(18,
		s.summary, form.Heading(s.title()),
		form.Body("If every passphrase is forgotten, only this key opens the records. It is shown once and kept nowhere else."),
		form.NewInset(form.LeadStrong(s.key)), s.field,
		form.HStack(16, form.Primary("Continue", s.enter)),
	))))
}

func (s *recoveryKey) first() fyne.Focusable { return s.wrote }
func (s *recoveryKey) back()                 {}

func (s *recoveryKey) enter() {
	if !s.wrote.Ticked() {
		s.app.refuse(s.summary, form.Fault{Message: "Write the key down, then tick the box", Target: s.field})
		return
	}
	s.app.signedIn(s.session)
}
