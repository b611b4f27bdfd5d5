package main

import (
	"context"
	"sync"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
	"deltoid/ui"
)

// practiceCollects is how often the receiver of a training profile looks into its mailbox.
const practiceCollects = 3 * time.Second

// longestAsking is how long built files wait, after the connection came back, for somebody to say that they may go. It is a
// working day: somebody is asked again and again within it, and a computer that nobody looks at still sends in the end.
const longestAsking = 12 * time.Hour

// newSession starts the courier of an unlocked profile and gives the window what it works with. It takes over the
// profile and closes it when it fails.
func newSession(p *profile.Profile) (*ui.Session, error) {
	ctx, stop := context.WithCancel(context.Background())
	if _, err := p.StartPractice(ctx, practiceCollects); err != nil {
		stop()
		_ = p.Close()
		return nil, err
	}
	d := &courierDesk{profile: p, ctx: ctx, wake: make(chan struct{}, 1), done: make(chan struct{}), mesh: ui.Connection{Words: "MESH not tried yet"}}
	p.Courier.Ask = longestAsking
	go func() {
		defer close(d.done)
		_ = p.Courier.Run(ctx, d.wake, d.heard) // it ends only with its context
	}()
	return &ui.Session{
		Desk: p.Desk, Deliveries: d, Training: p.Training, Check: p.Store.CheckPassphrase,
		Close: func() error {
			stop()
			<-d.done
			d.working.Wait()
			return p.Close()
		},
	}, nil
}

// courierDesk is the window's side of the background courier.
type courierDesk struct {
	profile *profile.Profile
	ctx     context.Context // of the session
	wake    chan struct{}
	done    chan struct{}
	working sync.WaitGroup // what takes long and uses the records

	mu      sync.Mutex
	mesh    ui.Connection
	changed func()
}

var _ ui.Deliveries = (*courierDesk)(nil)

// heard takes in what a step of the courier found. Only a reply makes it say that MESH was reached.
func (d *courierDesk) heard(report export.Report) {
	d.mu.Lock()
	back := d.mesh.Back
	if report.Back {
		back = report.At
	}
	d.mesh = connectionOf(report)
	d.mesh.Back = back
	changed := d.changed
	d.mu.Unlock()
	if changed != nil {
		changed()
	}
}

func connectionOf(report export.Report) ui.Connection {
	link := report.Link
	switch {
	case report.Problem != "":
		return ui.Connection{Words: "Needs attention", Problem: report.Problem, Online: link.Online}
	case !link.Known:
		return ui.Connection{Words: "MESH not tried yet"}
	case !link.Online:
		return ui.Connection{Words: "Offline since " + link.Since.In(london).Format("15:04")}
	}
	return ui.Connection{Words: "MESH reached at " + link.Heard.In(london).Format("15:04"), Online: true}
}

// Overview implements ui.Deliveries.
func (d *courierDesk) Overview(ctx context.Context) (export.Overview, error) {
	return d.profile.Store.Overview(ctx)
}

// Files implements ui.Deliveries.
func (d *courierDesk) Files(ctx context.Context) ([]export.Delivery, error) {
	return d.profile.Store.Deliveries(ctx)
}

// Places implements ui.Deliveries.
func (d *courierDesk) Places(ctx context.Context, eventID string) ([]export.Place, error) {
	return d.profile.Store.Places(ctx, eventID)
}

// HeldBack implements ui.Deliveries.
func (d *courierDesk) HeldBack(ctx context.Context) ([]export.HeldBack, error) {
	return d.profile.Store.HeldBack(ctx)
}

// Retry implements ui.Deliveries.
func (d *courierDesk) Retry(ctx context.Context, deliveryID string) error {
	return d.then(d.profile.Courier.Retry(ctx, deliveryID))
}

// Resend implements ui.Deliveries.
func (d *courierDesk) Resend(ctx context.Context, deliveryID string) error {
	if err := d.profile.Courier.Resend(ctx, deliveryID); err != nil {
		return err
	}
	_, err := d.Build(ctx, false, nil)
	return err
}

// Hold implements ui.Deliveries.
func (d *courierDesk) Hold(ctx context.Context, deliveryID string) error {
	return d.profile.Courier.Hold(ctx, deliveryID, "held at the desk")
}

// Unhold implements ui.Deliveries.
func (d *courierDesk) Unhold(ctx context.Context, deliveryID string) error {
	err := d.profile.Courier.Unhold(ctx, deliveryID)
	if err == nil {
		d.profile.Courier.Go()
	}
	return d.then(err)
}

// Resolve implements ui.Deliveries.
func (d *courierDesk) Resolve(ctx context.Context, deliveryID, messageID string) error {
	return d.then(d.profile.Courier.Resolve(ctx, deliveryID, messageID))
}

// then wakes the courier after something was done.
func (d *courierDesk) then(err error) error {
	if err == nil {
		d.nudge()
	}
	return err
}

func (d *courierDesk) nudge() {
	select {
	case d.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Connection implements ui.Deliveries.
func (d *courierDesk) Connection() ui.Connection {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mesh
}

// OnChange implements ui.Deliveries.
func (d *courierDesk) OnChange(changed func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changed = changed
}

var london = catalogue.London
