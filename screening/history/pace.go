package history

import (
	"context"
	"sync"
	"time"
)

// pace keeps requests apart, whoever sends them.
type pace struct {
	mu   sync.Mutex
	next time.Time // when the next request may go
}

// turn takes a place in the row and tells how long to wait for it.
func (p *pace) turn(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next.Before(now) || p.next.After(now.Add(time.Minute)) { // the clock may have gone back
		p.next = now
	}
	wait := p.next.Sub(now)
	p.next = p.next.Add(gap)
	return wait
}

// wait passes time, or gives up with the context.
func wait(ctx context.Context, how time.Duration) error {
	if how <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(how)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
