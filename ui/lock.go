package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// lock covers the window of a shared computer until a colleague says who they are. The work behind it is kept.
type lock struct {
	app     *App
	behind  screen // what whoever locked comes back to
	by      capture.Staff
	fault   string // why the visit behind could not be saved
	staff   []capture.Staff
	who     *form.Radios
	secret  *form.Entry
	wField  *form.Field
	sField  *form.Field
	summary *form.ErrorSummary
	button  *form.Button
}

// lock puts down what is open and covers the window. A visit that cannot be saved stays in memory: the patient's details must
// not stay in sight.
func (a *App) lock() {
	switch {
	case a.session == nil || a.locked != nil:
		return
	case a.busy:
		a.waiting = a.lock
		return
	}
	form.HideDialogs(a.Window.Canvas())
	page := &lock{app: a, behind: a.current, by: a.session.Desk.User(), summary: form.NewErrorSummary()}
	visit := visitOf(a.current)
	if visit == nil {
		page.open()
		return
	}
	visit.station.keep(&visit.visit)
	visit.visit.Step = visit.station.step()
	kept := visit.visit
	once(a, func(ctx ctx) (capture.Encounter, error) { return a.session.Desk.SaveDraft(ctx, kept) }, func(kept capture.Encounter, err error) {
		if err == nil {
			visit.visit = kept
		} else {
			page.fault = "The visit behind this page could not be saved and is kept in memory: do not switch the computer off. " + faultsOf(err)[0].Message
		}
		page.open()
	})
}

// visitOf is the visit that a screen shows or waits before; nil when there is none.
func visitOf(current screen) *journey {
	switch page := current.(type) {
	case *journey:
		return page
	case *trace:
		return page.j
	}
	return nil
}

// open reads who may come back, and covers the window.
func (s *lock) open() {
	s.app.locked = s
	s.build()
	s.app.show(s)
	session := s.app.session
	ask(s.app.Bridge, s.app.ctx, session.Desk.Store.Staff, func(staff []capture.Staff, err error) {
		if s.app.locked != s {
			return
		}
		if err != nil {
			s.app.refuse(s.summary, faultsOf(err)...)
			return
		}
		names := s.app.gate.UserNames()
		s.staff = slices.DeleteFunc(staff, func(m capture.Staff) bool { return m.ID != s.by.ID && !slices.Contains(names, m.UserName) })
		s.offer()
		s.app.refresh()
	})
}

func (s *lock) build() {
	s.secret = form.NewPasswordEntry().SetColumns(24)
	s.secret.OnSubmitted = func(string) { s.enter() }
	s.who = form.NewRadios()
	s.who.OnChanged = func(string) { s.ask() }
	s.who.OnSubmit = func() { s.app.focus(s.secret) }
	s.wField, s.sField = form.NewField("Who works here now?", "", s.who), form.NewField("Passphrase", "", s.secret)
	s.button = form.Primary("Unlock", s.enter)
	s.staff = []capture.Staff{s.by}
	s.offer()
}

// offer lists the colleagues, whoever locked first.
func (s *lock) offer() {
	slices.SortStableFunc(s.staff, func(a, b capture.Staff) int {
		switch s.by.ID {
		case a.ID:
			return -1
		case b.ID:
			return 1
		}
		return 0
	})
	var options []form.Option
	for _, member := range s.staff {
		options = append(options, form.Option{Value: member.ID, Label: member.FullName()})
	}
	chosen := firstOf(s.who.Selected(), s.by.ID)
	s.who.SetOptions(options...)
	s.who.Dense().SetSelected(chosen)
	s.ask()
}

func (s *lock) chosen() capture.Staff {
	i := slices.IndexFunc(s.staff, func(m capture.Staff) bool { return m.ID == s.who.Selected() })
	if i < 0 {
		return s.by
	}
	return s.staff[i]
}

func (s *lock) byPIN() bool { return s.app.session.Desk.MayUsePIN(s.chosen()) }

// ask words the field by what opens the desk for whoever is chosen.
func (s *lock) ask() {
	label, hint := "Passphrase", "Capital and small letters matter"
	switch {
	case s.byPIN():
		label, hint = "PIN", "The digits you chose"
	case s.chosen().PINHash != "":
		hint = "Once a day; then the PIN is enough"
	}
	s.sField.SetLabel(label)
	s.sField.SetHint(hint)
	s.secret.SetText("")
}

func (s *lock) title() string         { return "Locked" }
func (s *lock) first() fyne.Focusable { return s.secret }
func (s *lock) back()                 {}

func (s *lock) content() fyne.CanvasObject {
	lines := form.VStack(20, s.summary, form.Heading("Locked"), form.Lead("Locked by "+s.by.Name()+". The work is kept."))
	if s.fault != "" {
		lines.Add(form.NewNotice(form.NoticeProblem, "Not saved", s.fault))
	}
	for _, object := range []fyne.CanvasObject{s.wField, s.sField, form.HStack(16, s.button, form.Secondary("Sign out", s.app.signOut))} {
		lines.Add(object)
	}
	return form.NewPage(form.Pad(32, 24, 24, 40, form.MaxWidth(640, lines)))
}

// enter lets whoever is chosen in, by PIN or by passphrase.
func (s *lock) enter() {
	member, secret, byPIN, session := s.chosen(), s.secret.Text, s.byPIN(), s.app.session
	once(s.app, func(ctx ctx) (struct{}, error) {
		if byPIN {
			return struct{}{}, session.Desk.SwitchByPIN(ctx, member.ID, secret)
		}
		proved, err := session.Check(ctx, member.UserName, secret)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, session.Desk.SignIn(ctx, proved)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.ask()
			message := "The passphrase is not right. Check capital letters, then try again"
			if problems := capture.ProblemsOf(err); len(problems) > 0 {
				message = problems[0].Message
			}
			s.app.refuse(s.summary, form.Fault{Message: message, Target: s.sField})
			return
		}
		s.app.unlocked(s)
	})
}

// unlocked goes on where whoever came back left off; a colleague comes to the board, or to where they were when they locked.
func (a *App) unlocked(page *lock) {
	a.locked = nil
	a.stirred()
	a.refreshStatus()
	user := a.session.Desk.User()
	if user.ID == page.by.ID {
		a.show(page.behind)
		return
	}
	a.kept[page.by.ID] = page.behind
	behind := a.kept[user.ID]
	delete(a.kept, user.ID)
	switch visit := visitOf(behind); {
	case visit != nil: // a colleague may have gone on with it: it is picked up as it is kept
		a.show(newBoard(a))
		startVisit(a, visit.visit.Person.ID, visit.visit.Plan.Disease)
	case behind != nil:
		a.show(behind)
	default:
		a.home()
	}
}

// home is the board, or the clinic while none is open.
func (a *App) home() {
	if _, open := a.session.Desk.Clinic(); !open {
		a.show(newOpenClinic(a))
		return
	}
	a.show(newBoard(a))
}
