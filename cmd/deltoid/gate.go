package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/store"
	"deltoid/ui"
)

// gate is the profile in a data folder, locked until somebody signs in.
type gate struct {
	dir      string
	training bool

	mu    sync.Mutex
	fresh bool
	names []string
	fault error // why the profile cannot be opened; sign-in says it
}

// newGate looks at the folder; with training it makes a training profile where there is none.
func newGate(dir string, training bool) (*gate, error) {
	exists, err := profile.Exists(dir)
	if err != nil {
		return nil, err
	}
	g := &gate{dir: dir, training: training, fresh: !exists}
	if !exists && training {
		p, _, err := profile.CreateTraining(context.Background(), dir, options(false))
		if err != nil {
			return nil, err
		}
		if err := p.Close(); err != nil {
			return nil, err
		}
		g.fresh = false
	}
	if !g.fresh {
		g.look()
	}
	return g, nil
}

func options(acceptClock bool) profile.Options {
	return profile.Options{Version: version, AcceptClock: acceptClock}
}

// look reads who can sign in. A fault is kept for the sign-in screen: a window that does not open says nothing.
func (g *gate) look() {
	locked, err := profile.Open(context.Background(), g.dir, options(false))
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fault = err; err == nil {
		g.names = locked.UserNames()
		g.training = locked.MarkedTraining()
	}
}

// Fresh implements ui.Gate.
func (g *gate) Fresh() bool { return g.fresh }

// Fault implements ui.Gate.
func (g *gate) Fault() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault
}

// UserNames implements ui.Gate.
func (g *gate) UserNames() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.names
}

// Welcome implements ui.Gate.
func (g *gate) Welcome() string {
	if !g.training {
		return ""
	}
	return "Training profile: a.nurse, b.pharmacist and c.recorder sign in with the passphrase “" + profile.TrainingPassphrase + "”. Everybody on the list is made up."
}

// CheckAdmin implements ui.Gate.
func (g *gate) CheckAdmin(admin capture.Staff) capture.Problems {
	rows, err := catalogue.Load()
	if err != nil {
		return capture.Problems{{Code: capture.Environment, Message: "The catalogue in this program is damaged. Install it again", Err: err}}
	}
	return admin.Check(rows.At(catalogue.DateOf(time.Now())))
}

// SetUp implements ui.Gate.
func (g *gate) SetUp(ctx context.Context, admin capture.Staff, passphrase string) (*ui.Session, string, error) {
	p, key, err := profile.Create(ctx, g.dir, options(false), admin, passphrase)
	if err != nil {
		return nil, "", err
	}
	g.fresh = false
	session, err := newSession(p)
	return session, key, err
}

// SignIn implements ui.Gate.
func (g *gate) SignIn(ctx context.Context, userName, passphrase string, acceptClock bool) (*ui.Session, error) {
	locked, err := profile.Open(ctx, g.dir, options(acceptClock))
	if err != nil {
		return nil, err
	}
	p, err := locked.Unlock(ctx, userName, passphrase)
	if errors.Is(err, store.ErrClock) {
		return nil, &capture.Error{Code: capture.Environment, Field: "clock", Message: sentence(err), Err: err}
	}
	if err != nil {
		return nil, err
	}
	return newSession(p)
}

// sentence is what an error says to people.
func sentence(err error) string {
	var fault *capture.Error
	if errors.As(err, &fault) {
		return fault.Message
	}
	return err.Error()
}
