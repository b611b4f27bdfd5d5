package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// Bridge carries work off the window's thread and its results back. It is the only place that knows about threads.
type Bridge struct {
	Away func(work func()) // off the window's thread
	Back func(show func()) // on the window's thread
	// Now tells how fast keys come, which tells a scan from typing; nil: no scan is heard.
	Now func() time.Time
	// Every calls do on the window's thread again and again; nil: the window does not follow the clock.
	Every func(period time.Duration, do func())
}

// LiveBridge works in goroutines and comes back through Fyne.
func LiveBridge() Bridge {
	return Bridge{
		Away: func(work func()) { go work() },
		Back: fyne.Do,
		Now:  time.Now,
		Every: func(period time.Duration, do func()) {
			go func() {
				for range time.Tick(period) {
					fyne.Do(do)
				}
			}()
		},
	}
}

// DirectBridge does everything at once, in order; tests use it.
func DirectBridge() Bridge {
	direct := func(work func()) { work() }
	return Bridge{Away: direct, Back: direct}
}

// ask does work off the window's thread and shows its result on it.
func ask[T any](b Bridge, ctx context.Context, work func(context.Context) (T, error), show func(T, error)) {
	b.Away(func() {
		result, err := work(ctx)
		b.Back(func() { show(result, err) })
	})
}

// ctx shortens signatures that would otherwise be mostly package names.
type ctx = context.Context
