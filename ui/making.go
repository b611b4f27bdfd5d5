package ui

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"deltoid/export"
)

// making is the building of files, which goes on while people work on. There is one at a time.
type making struct {
	app    *App
	stop   context.CancelFunc
	words  string // how far it is
	titles map[export.Kind]string
	queued atomic.Bool // a word on how far it is waits for the window's thread
}

// aside is where finished files go beside, or in place of, MESH; the zero value is MESH alone.
type aside struct {
	folder string // for a copy of each; empty: none
	hold   bool   // they are not to go through MESH
}

// madeAll is what building came to.
type madeAll struct {
	files  []export.Made
	copies int
}

// maker is a page that shows how far building is, and how it ended.
type maker interface {
	screen
	showMaking()
	showMade()
}

// build makes a file of what waits for each extract. It never says sent: the states do, when MESH has said so.
func (a *App) build(where aside) {
	if a.making != nil || a.session == nil {
		return
	}
	session := a.session
	within, stop := context.WithCancel(a.ctx)
	m := &making{app: a, stop: stop, words: "Building files", titles: map[export.Kind]string{}}
	a.making, a.told = m, ""
	a.tellMaking()
	ask(a.Bridge, within, func(ctx ctx) (madeAll, error) {
		var all madeAll
		extracts, err := session.Deliveries.Extracts(ctx)
		if err != nil {
			return all, err
		}
		for _, extract := range extracts {
			m.titles[extract.Kind] = extract.Title
		}
		if all.files, err = session.Deliveries.Build(ctx, where.hold, m.progress); err != nil || where.folder == "" {
			return all, err
		}
		for _, made := range all.files {
			if made.Delivery.ID == "" {
				continue
			}
			if _, err := session.Deliveries.Save(ctx, made.Delivery.ID, where.folder); err != nil {
				return all, err
			}
			all.copies++
		}
		return all, nil
	}, func(all madeAll, err error) {
		stop()
		a.making = nil
		if a.session != session {
			return
		}
		a.told = madeWords(all, where, err)
		if page, ok := a.current.(maker); ok {
			page.showMade()
		}
		a.refreshStatus()
	})
}

// progress shows how far building is; what comes while the window still draws the last word is left out.
func (m *making) progress(kind export.Kind, records int) {
	if m.queued.Swap(true) {
		return
	}
	m.app.Bridge.Back(func() {
		m.queued.Store(false)
		if m.app.making != m {
			return
		}
		m.words = fmt.Sprintf("Building %s: %s looked at", firstOf(m.titles[kind], string(kind)), count(records, "record"))
		m.app.tellMaking()
	})
}

func (a *App) tellMaking() {
	if page, ok := a.current.(maker); ok {
		page.showMaking()
	}
}

// takeTold gives how building ended, once.
func (a *App) takeTold() string {
	words := a.told
	a.told = ""
	return words
}

// madeWords say what came of building, and what was not done.
func madeWords(all madeAll, where aside, err error) string {
	files, rows, held := 0, 0, 0
	for _, made := range all.files {
		held += made.Report.Held
		if made.Delivery.ID != "" {
			files++
			rows += made.Delivery.Rows
		}
	}
	words := "Nothing new to put into a file."
	switch {
	case err != nil && files == 0:
		words = "Nothing was built."
	case files > 0:
		words = fmt.Sprintf("%s with %s %s built.", count(files, "file"), count(rows, "row"), wasWere(files)) + " " + goes(files, all.copies, where)
	}
	if held > 0 {
		words += fmt.Sprintf(" %s held back.", count(held, "record"))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return "Stopped. " + words + " What was begun is gone on with the next time."
	case err != nil:
		return faultsOf(err)[0].Message + ". " + words
	}
	return words
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// goes tells the way of files that were built.
func goes(files, copies int, where aside) string {
	words := ""
	if where.folder != "" {
		words = fmt.Sprintf("%s saved in %s. ", countThem(copies, files), where.folder)
	}
	if where.hold {
		return words + "Held here: nothing goes through MESH."
	}
	if files == 1 {
		return words + "It is sent when MESH accepts it."
	}
	return words + "They are sent when MESH accepts them."
}

// countThem says how many of the files, in the fewest words.
func countThem(copies, files int) string {
	switch {
	case copies == files && files == 1:
		return "A copy is"
	case copies == files:
		return "Copies of all are"
	}
	return fmt.Sprintf("Copies of %d of them are", copies)
}
