package profile

import (
	"context"
	"fmt"
	"time"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// The practice server's mailboxes. The secrets are for show: the server listens on this computer only, and only while
// its profile is open.
const (
	practiceSender   = "X26PRAC1"
	practiceReceiver = "X26PRAC2"
	practicePassword = "practice-password"
	practiceKey      = "practice-shared-key"
)

// Practice is a MESH on this computer with a receiver who collects what comes, so that the whole way of a file can be
// seen without a network. It keeps its messages in memory, for as long as it runs.
type Practice struct {
	server *meshtest.Server
	done   chan struct{}
	stop   context.CancelFunc
}

// StartPractice starts the practice server of a training profile, to which its courier then sends; the profile's Close
// stops it. With every above zero the receiver looks into its mailbox that often; else call Collect. There is none, and
// no error, for a profile that is not for training, or whose settings name a server of their own on this computer.
func (p *Profile) StartPractice(ctx context.Context, every time.Duration) (*Practice, error) {
	p.practising.Lock()
	defer p.practising.Unlock()
	configuration, err := p.Store.Configuration(ctx)
	if err != nil || !p.Training || configuration.Get("mesh.url") != "" || p.practice != nil {
		return p.practice, err
	}
	server, err := newPracticeServer(p.options.Now)
	if err != nil {
		return nil, err
	}
	if err := p.settleEarlierPractice(ctx); err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, &capture.Error{Code: capture.Environment, Message: "The practice server could not be started on this computer. Check that programs may use the address 127.0.0.1", Err: err}
	}
	p.practice = &Practice{server: server, done: make(chan struct{})}
	p.practice.run(ctx, every)
	return p.practice, nil
}

func newPracticeServer(now func() time.Time) (*meshtest.Server, error) {
	server := meshtest.New(meshtest.Options{SharedKey: practiceKey, Now: now})
	for _, mailbox := range []meshtest.Mailbox{
		{ID: practiceSender, Password: practicePassword, Name: "Deltoid training", ODS: trainingSite.Code},
		{ID: practiceReceiver, Password: practicePassword, Name: "Practice receiver", ODS: "X26"},
	} {
		if err := server.AddMailbox(mailbox); err != nil {
			return nil, err
		}
	}
	return server, nil
}

// running is the practice server, or nil.
func (p *Profile) running() *Practice {
	p.practising.Lock()
	defer p.practising.Unlock()
	return p.practice
}

// settleEarlierPractice brings to an end what an earlier practice server left behind. It ended with its program, and
// the new one knows nothing of it: what the old one had taken, its receiver would have collected next; what it was
// about to take is gone with it and can go again.
func (p *Profile) settleEarlierPractice(ctx context.Context) error {
	deliveries, err := p.Store.Deliveries(ctx)
	if err != nil {
		return err
	}
	for _, delivery := range deliveries {
		switch delivery.State {
		case export.Accepted:
			delivery.State = export.Collected
		case export.Sending:
			delivery.State = export.Built
		default:
			continue
		}
		now := p.options.Now().UTC()
		delivery.ChangedAt, delivery.Attempts, delivery.Problem, delivery.ProblemCode = now, 0, "", ""
		delivery.NextAttempt, delivery.CertainAt = time.Time{}, time.Time{}
		delivery.Past = append(delivery.Past, export.Passage{At: now, State: delivery.State, Note: "the practice server was started anew"})
		if err := p.Store.SaveDelivery(ctx, delivery, p.entry("delivery.practice", "delivery/"+delivery.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (m *Practice) run(ctx context.Context, every time.Duration) {
	ctx, m.stop = context.WithCancel(ctx)
	if every <= 0 {
		close(m.done)
		return
	}
	go func() {
		defer close(m.done)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				_, _ = m.Collect() // the mailbox is there, so it cannot fail
			}
		}
	}()
}

// URL is where the server listens.
func (m *Practice) URL() string { return m.server.URL() }

// Collect lets the receiver fetch and acknowledge what is there, and tells how many files that were.
func (m *Practice) Collect() (files int, err error) {
	messages, err := m.server.Collect(practiceReceiver)
	if err != nil {
		return 0, fmt.Errorf("collect from the practice mailbox: %w", err)
	}
	return len(messages), nil
}

// Close stops the server; a nil Practice has nothing to stop.
func (m *Practice) Close() {
	if m == nil {
		return
	}
	m.stop()
	<-m.done
	_ = m.server.Close() // what was not answered is tried again by the courier
}
