package export_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"time"

	"deltoid/export/mesh"
)

// fakeMESH is MESH as the courier sees it, with faults on demand. It counts what it took.
type fakeMESH struct {
	now    func() time.Time
	taken  map[string][]string  // message ids by local id
	late   map[string]time.Time // messages it is still storing: known from then on
	bodies map[string]string
	status map[string]mesh.Tracking // by message id; accepted when absent

	faults     []fault // of the coming sends, in order
	down       error   // every call fails so
	trackFails error
	lookFails  error
	onTrack    func() // called when asked where a message stands; may be nil
	onSend     func() // called while a message is sent; may be nil

	handshakes, sends, asks, tracks, resumes int
}

// fault is what goes wrong with one send.
type fault struct {
	err   error
	taken bool          // MESH takes the message all the same
	after time.Duration // and knows it only then
	crash bool          // the program dies in the middle
}

// crashed is what a fault with crash panics with.
type crashed struct{}

func newFakeMESH(now func() time.Time) *fakeMESH {
	return &fakeMESH{now: now, taken: map[string][]string{}, late: map[string]time.Time{}, bodies: map[string]string{}, status: map[string]mesh.Tracking{}}
}

func (m *fakeMESH) Handshake(context.Context) error {
	m.handshakes++
	return m.down
}

func (m *fakeMESH) Send(_ context.Context, message mesh.Message) (string, error) {
	m.sends++
	if m.onSend != nil {
		m.onSend()
	}
	if m.down != nil {
		return "", m.down
	}
	var f fault
	if len(m.faults) > 0 {
		f, m.faults = m.faults[0], m.faults[1:]
	}
	if f.err == nil && !f.crash || f.taken {
		if err := m.take(message, f.after); err != nil {
			return "", err
		}
	}
	if f.crash {
		panic(crashed{})
	}
	if f.err != nil {
		return "", f.err
	}
	return m.taken[message.LocalID][0], nil
}

func (m *fakeMESH) take(message mesh.Message, after time.Duration) error {
	if err := message.Check(); err != nil {
		return err
	}
	body, err := message.Body()
	if err != nil {
		return err
	}
	content, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	m.bodies[message.LocalID] = string(content)
	m.taken[message.LocalID] = append(m.taken[message.LocalID], fmt.Sprintf("M%d", len(m.taken)+1))
	if after > 0 {
		m.late[message.LocalID] = m.now().Add(after)
	}
	return nil
}

func (m *fakeMESH) Reconcile(_ context.Context, localID string) (string, bool, error) {
	m.asks++
	switch ids := m.taken[localID]; {
	case m.down != nil || m.lookFails != nil:
		return "", false, cmp.Or(m.down, m.lookFails)
	case len(ids) == 0, m.now().Before(m.late[localID]):
		return "", false, nil
	case len(ids) > 1:
		return "", false, &mesh.Error{Kind: mesh.ErrAmbiguous}
	default:
		return ids[0], true, nil
	}
}

func (m *fakeMESH) Resume(_ context.Context, message mesh.Message) (string, error) {
	m.resumes++
	return m.taken[message.LocalID][0], m.down
}

func (m *fakeMESH) SendOnce(ctx context.Context, message mesh.Message) (string, error) {
	return m.Send(ctx, message)
}

func (m *fakeMESH) Check(context.Context) []mesh.Finding { return nil }

// Nothing ever comes from this MESH.
func (m *fakeMESH) Inbox(context.Context, mesh.InboxOptions) ([]string, error) { return nil, m.down }

func (m *fakeMESH) Download(context.Context, string, io.Writer) (mesh.Headers, error) {
	return mesh.Headers{}, failure(mesh.ErrNotFound)
}

func (m *fakeMESH) Acknowledge(context.Context, string) error { return nil }

func (m *fakeMESH) Track(_ context.Context, messageID string) (mesh.Tracking, error) {
	m.tracks++
	if m.onTrack != nil {
		m.onTrack()
	}
	if m.down != nil || m.trackFails != nil {
		return mesh.Tracking{}, cmp.Or(m.down, m.trackFails)
	}
	if found, ok := m.status[messageID]; ok {
		return found, nil
	}
	return mesh.Tracking{MessageID: messageID, Status: mesh.StatusAccepted}, nil
}

func failure(kind error) error { return &mesh.Error{Op: "send message", Kind: kind} }
