package mesh

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// What MESH asks of those who collect (NHS MESH API specification), and what we bear.
const (
	PollPause      = 5 * time.Minute // between two looks into the inbox
	HandshakePause = 24 * time.Hour
	ArrivalBytes   = 64 << 20 // the longest message we take; the answers of the NHS are some kilobytes
)

// Arrival is a message that has come for us.
type Arrival struct {
	Headers
	Content []byte // empty in a report
}

// Postbox empties an inbox, in the pace MESH asks for. Have one for each mailbox: two collect everything twice.
type Postbox struct {
	Source Source
	Now    func() time.Time

	Options        InboxOptions
	PollPause      time.Duration // zero: PollPause
	HandshakePause time.Duration // zero: HandshakePause
	ArrivalBytes   int           // zero: ArrivalBytes

	// Looked and Greeted are when the inbox was last listed and the last handshake was made. Keep them, and give them
	// back, where a program is started often.
	Looked, Greeted time.Time

	mu      sync.Mutex
	waiting []string        // listed, not done
	stored  map[string]bool // stored, not acknowledged
	broken  map[string]int  // how often each broke off
}

// Collection is what one Collect did.
type Collection struct {
	Taken int       // messages that were stored and acknowledged
	Aside []Aside   // messages that could not be read; they stay in the inbox, and MESH gives them up after five days
	Next  time.Time // before then nothing new is asked for
}

// Aside is a message that could not be read.
type Aside struct {
	MessageID string
	Err       error
}

// Collect gives every message that waits to store, and acknowledges it when store returns nil, which means durable: MESH
// does not keep it any longer. After a crash between the two a message comes again; know it by its id.
//
// When it is too soon to look, nothing is done. One message that cannot be read does not hold up the others. Trouble
// with MESH or with storing ends it with an error; the next Collect goes on where it was.
func (b *Postbox) Collect(ctx context.Context, store func(context.Context, Arrival) error) (done Collection, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stored == nil {
		b.stored, b.broken = map[string]bool{}, map[string]int{}
	}
	err = b.look(ctx)
	for err == nil && len(b.waiting) > 0 {
		if err = b.one(ctx, b.waiting[0], store, &done); err == nil {
			b.waiting = b.waiting[1:]
		}
	}
	done.Next = b.due()
	return done, err
}

// Due is when there may be something to do.
func (b *Postbox) Due() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.due()
}

func (b *Postbox) due() time.Time {
	if len(b.waiting) > 0 || b.Looked.IsZero() {
		return b.Now()
	}
	return b.Looked.Add(cmp.Or(b.PollPause, PollPause))
}

// look lists the inbox when it is time, with a handshake before it once a day.
func (b *Postbox) look(ctx context.Context) error {
	now := b.Now()
	if len(b.waiting) > 0 || now.Before(b.due()) {
		return nil
	}
	if b.Greeted.IsZero() || now.Sub(b.Greeted) >= cmp.Or(b.HandshakePause, HandshakePause) {
		if err := b.Source.Handshake(ctx); err != nil {
			return err
		}
		b.Greeted = now
	}
	ids, err := b.Source.Inbox(ctx, b.Options)
	if err != nil && len(ids) == 0 {
		return err
	}
	b.waiting, b.Looked = ids, now // a later page that failed comes with the next look
	return nil
}

// one brings a message from the inbox to the caller's store. Its error is trouble that the next message would have too.
func (b *Postbox) one(ctx context.Context, id string, store func(context.Context, Arrival) error, done *Collection) error {
	if !b.stored[id] {
		arrival, err := b.fetch(ctx, id)
		switch {
		case errors.Is(err, ErrNotFound), errors.Is(err, ErrGone):
			return nil // collected by somebody else, or given up
		case err != nil && b.isItsOwnFault(id, err):
			done.Aside = append(done.Aside, Aside{id, err})
			return nil
		case err != nil:
			return err
		}
		if err := store(ctx, arrival); err != nil {
			return fmt.Errorf("store message %s: %w", id, err)
		}
		b.stored[id] = true
	}
	err := b.Source.Acknowledge(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrGone) {
		return err
	}
	delete(b.stored, id)
	delete(b.broken, id)
	done.Taken++
	return nil
}

func (b *Postbox) fetch(ctx context.Context, id string) (Arrival, error) {
	content := &basket{limit: cmp.Or(b.ArrivalBytes, ArrivalBytes)}
	headers, err := b.Source.Download(ctx, id, content)
	return Arrival{headers, content.Bytes()}, err
}

var errTooLong = errors.New("the message is longer than anything that is expected here")

// basket is a buffer that does not take everything.
type basket struct {
	bytes.Buffer
	limit int
}

func (b *basket) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.limit {
		return 0, errTooLong
	}
	return b.Buffer.Write(p)
}

// brokenOften is how often a message may break off before it is thought to be broken itself.
const brokenOften = 3

// isItsOwnFault tells trouble with one message from trouble with MESH or the network: the request was answered, and the
// answer is bad.
func (b *Postbox) isItsOwnFault(id string, err error) bool {
	var failed *Error
	switch {
	case errors.Is(err, errTooLong), errors.Is(err, ErrPermanent):
		return true
	case !errors.Is(err, ErrTemporary) || !errors.As(err, &failed) || failed.Status/100 != 2:
		return false
	}
	var network net.Error
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &network) {
		b.broken[id]++
		return b.broken[id]%brokenOften == 0
	}
	return true
}
