package ui

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture/gs1"
	"deltoid/ui/form"
)

// App is the window and what it shows at the moment.
type App struct {
	Window fyne.Window
	Bridge Bridge
	Papers string // folder proposed for documents; empty: the user's own

	gate    Gate
	session *Session
	ctx     context.Context
	header  *header
	strip   *strip
	body    *fyne.Container
	current screen
	minute  time.Time // of the last tick that counted who waits
	idle    idle
	scanner gs1.Options       // how the scanner is set up, read at sign-in
	private bool              // lists show initials: others can see the screen
	locked  *lock             // what covers the window; nil: it is open
	kept    map[string]screen // what colleagues left when they locked, by staff id
	busy    bool              // something is being saved: a second press must not save it again
	waiting func()            // where to go when it is saved, when somebody asked meanwhile
	making  *making           // the files that are being built; nil: none are
	told    string            // how building ended, until Deliveries has shown it
	back    comeback          // of the connection
}

// screen is what fills the window below the header.
type screen interface {
	title() string              // after "Deltoid" in the title of the window
	content() fyne.CanvasObject // built anew each time the screen is shown
	first() fyne.Focusable      // where the focus goes; nil for nowhere
	enter()                     // Enter that no control took
	back()                      // Escape that no control took
}

// New makes the window with the sign-in screen; the caller shows it.
func New(app fyne.App, gate Gate, bridge Bridge) *App {
	app.Settings().SetTheme(form.NewTheme(form.Compact))
	a := &App{Window: app.NewWindow("Deltoid"), Bridge: bridge, gate: gate, ctx: context.Background()}
	a.header = newHeader(a)
	a.strip = newStrip()
	a.body = container.NewStack()
	top := container.New(flush{}, a.header.object, a.strip.object)
	a.Window.SetContent(container.New(topAndRest{}, top, a.body))
	a.Window.SetPadded(false)
	a.Window.SetMainMenu(a.menu())
	a.Window.Canvas().SetOnTypedKey(a.typedKey)
	a.Window.Resize(fyne.NewSize(1366, 768))
	form.HearActivity(a.stirred)
	a.hearScans()
	if bridge.Every != nil {
		bridge.Every(time.Second, a.tick)
	}
	if gate.Fresh() {
		a.show(newSetUp(a))
	} else {
		a.show(newSignIn(a))
	}
	return a
}

// show puts a screen in place of the current one.
func (a *App) show(next screen) {
	if a.locked != nil && next != screen(a.locked) {
		a.locked.behind = next // an answer that comes late must not uncover the window
		return
	}
	if _, isHome := next.(*board); isHome && a.asksNow() {
		next = newBackOnline(a)
	}
	a.current = next
	a.refresh()
}

// refresh builds the current screen anew, with its focus.
func (a *App) refresh() {
	shown := a.current
	content := shown.content()
	if a.current != shown {
		return // building it led on to another screen
	}
	a.body.Objects = []fyne.CanvasObject{content}
	a.body.Refresh()
	a.Window.SetTitle("Deltoid: " + shown.title())
	a.focus(shown.first())
}

func (a *App) focus(target fyne.Focusable) {
	if target == nil {
		a.Window.Canvas().Unfocus()
		return
	}
	a.Window.Canvas().Focus(target)
}

// typedKey takes the keys that no control wanted.
func (a *App) typedKey(key *fyne.KeyEvent) {
	if form.ScanKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		a.current.enter()
	case fyne.KeyEscape:
		a.current.back()
	case fyne.KeyF1:
		a.showHelp()
	}
}

// once runs work off the window's thread unless something is under way already, and shows its result.
func once[T any](a *App, work func(context.Context) (T, error), show func(T, error)) {
	if a.busy {
		return
	}
	a.busy = true
	ask(a.Bridge, a.ctx, work, func(result T, err error) {
		a.busy = false
		show(result, err)
		if next := a.waiting; next != nil {
			a.waiting = nil
			a.leave(next)
		}
	})
}

// signedIn shows the board of a session.
func (a *App) signedIn(session *Session) {
	a.session, a.kept, a.back = session, map[string]screen{}, comeback{}
	a.stirred()
	a.readLock()
	session.Deliveries.OnChange(func() {
		a.Bridge.Back(func() {
			if a.session != session {
				return
			}
			a.refreshStatus()
			if page, ok := a.current.(follower); ok {
				page.follow()
			}
			a.hearConnection()
		})
	})
	a.refreshStatus()
	a.home()
	if n := session.Desk.Unreadable(); n > 0 {
		a.notice("Some records cannot be read",
			fmt.Sprintf("The records of %d people on this computer are damaged and cannot be found here. Everything else works.", n),
			"Ask for help before you add anybody who should be on the list: deltoidctl verify names what is damaged, and a backup can bring it back.")
	}
}

// signOut locks the profile. Drafts were saved at every step.
func (a *App) signOut() {
	if a.locked != nil && a.locked.fault != "" {
		a.notice("Unlock first", "The visit behind this page is not saved yet. Whoever locked the computer can save it.")
		return
	}
	a.leave(func() {
		session := a.session
		a.session, a.locked, a.kept = nil, nil, nil
		a.refreshStatus()
		a.show(newSignIn(a))
		if session != nil {
			a.Bridge.Away(func() { _ = session.Close() }) // what matters is durable already
		}
	})
}

// leave lets the current screen put down its work before going on.
func (a *App) leave(next func()) {
	if a.busy {
		a.waiting = next
		return
	}
	if why, ok := a.current.(*trace); ok {
		why.back() // the visit behind it is put down too
	}
	if visit, ok := a.current.(*journey); ok {
		visit.putDown(next)
		return
	}
	next()
}

// Close puts down what is open and locks the profile, then calls done; the window calls it before it goes.
func (a *App) Close(done func()) {
	a.leave(func() {
		session := a.session
		a.session = nil
		a.Bridge.Away(func() {
			if session != nil {
				_ = session.Close() // what matters is durable already
			}
			a.Bridge.Back(done)
		})
	})
}
