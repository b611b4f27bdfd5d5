package ui

import (
	"time"

	"deltoid/capture"
)

// tick follows the clock of the desk, once a second.
func (a *App) tick() {
	if a.session == nil {
		return
	}
	a.watchIdle()
	if page, ok := a.current.(*observing); ok {
		page.tick()
	}
	if minute := a.session.Desk.Now().Truncate(time.Minute); minute != a.minute {
		a.minute = minute
		a.readLock()
		a.refreshStatus()
	}
}

// watchedNow says for the strip how many wait after a dose; empty when nobody does.
func watchedNow(ctx ctx, desk *capture.Desk) (string, error) {
	people, err := desk.Watched(ctx)
	waiting, over := 0, 0
	for _, person := range people {
		if person.Ended == nil {
			waiting++
			if person.Left(desk.Now()) <= 0 {
				over++
			}
		}
	}
	if waiting == 0 {
		return "", err
	}
	return watchWords(waiting, over), err
}
