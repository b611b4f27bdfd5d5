package ui

import (
	"time"

	"deltoid/capture"
	"deltoid/ui/form"
)

// idle locks a window that nobody touches.
type idle struct {
	after   time.Duration // 0: never
	touched time.Time     // when somebody last did something
	warning *form.Dialog  // while it is open
}

// warned is how long before the lock somebody is asked whether they are there.
const warned = time.Minute

// stirred notes that somebody is there.
func (a *App) stirred() {
	if a.session == nil {
		return
	}
	a.idle.touched = a.session.Desk.Now()
	if open := a.idle.warning; open != nil {
		a.idle.warning = nil
		open.Hide()
	}
}

// readLock takes over the time from the settings.
func (a *App) readLock() {
	session := a.session
	ask(a.Bridge, a.ctx, session.Desk.Store.Configuration, func(configuration capture.Configuration, err error) {
		if err == nil && a.session == session {
			a.idle.after = configuration.LockAfter()
			a.scanner = configuration.Scanner(session.Desk.Today())
		}
	})
}

// watchIdle asks whether anybody is there, and then locks.
func (a *App) watchIdle() {
	if a.idle.after == 0 || a.locked != nil {
		return
	}
	switch idle := a.session.Desk.Now().Sub(a.idle.touched); {
	case idle >= a.idle.after:
		a.idle.warning = nil
		a.lock()
	case idle >= max(a.idle.after-warned, a.idle.after/2) && a.idle.warning == nil:
		a.warn()
	}
}

func (a *App) warn() {
	stay := form.Secondary("I am here", a.stirred)
	a.idle.warning = form.NewDialog("Are you there?", form.VStack(10,
		form.Body("Nobody has touched this computer for a while. It locks in a minute; your work is kept."), form.Body("Any key keeps it open.")), stay)
	a.idle.warning.Show(a.Window.Canvas())
}
