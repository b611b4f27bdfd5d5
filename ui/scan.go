package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/capture/gs1"
	"deltoid/ui/form"
)

// hearScans takes what a barcode reader types, whatever has the focus.
func (a *App) hearScans() {
	window := a.Window.Canvas()
	if a.Bridge.Now == nil {
		form.HearScans(window, nil, nil, nil)
		return
	}
	form.HearScans(window, a.Bridge.Now, a.isCode, a.heard)
}

// isCode tells a code from what a person typed in a burst. While nobody works here nothing is one.
func (a *App) isCode(text string) bool {
	return a.session != nil && a.locked == nil && gs1.Classify(text, a.scanner).Kind != gs1.KindUnknown
}

// heard tells a person's code from that of a vaccine pack by how the scanner of this desk is set up.
func (a *App) heard(code string) {
	session := a.session
	if session == nil || a.locked != nil || a.busy {
		return
	}
	ask(a.Bridge, a.ctx, session.Desk.Store.Configuration, func(configuration capture.Configuration, err error) {
		switch {
		case a.session != session || a.locked != nil:
		case err != nil:
			a.tell(err)
		default:
			a.scanned(gs1.Classify(code, configuration.Scanner(session.Desk.Today())))
		}
	})
}

// scanned gives a scan to the screen that is shown.
func (a *App) scanned(scan gs1.Scan) {
	switch page := a.current.(type) {
	case *addBatch:
		a.pack(scan, func(pack scannedPack) { page.fill(pack) })
	case *openClinic:
		a.pack(scan, func(pack scannedPack) { page.fill(pack) })
	case *bindPack:
		a.refuseScan("Choose the vaccine of the pack scanned before, or go back.")
	case *journey:
		if _, gives := page.station.(*give); gives {
			a.pack(scan, func(pack scannedPack) { a.packForVisit(page, pack) })
			return
		}
		a.person(scan, func() { a.personInVisit(page, scan) })
	case *board, *records, *observing, *saved, *deliveries, *totals, *inForce:
		a.person(scan, func() { a.findScanned(scan) })
	default:
		a.person(scan, func() {
			a.refuseScan("Finish or leave this page first. On the board (Ctrl+1) the code finds the person.")
		})
	}
}

// person goes on with a person's code and refuses any other.
func (a *App) person(scan gs1.Scan, then func()) {
	if fault := scan.For(gs1.KindPerson); fault != nil {
		a.refuseScan(fault.Message)
		return
	}
	then()
}

func (a *App) refuseScan(sentence string) { a.notice("This code is not used here", sentence) }

// findScanned opens the person of a code, or looks for it on the board or among the records.
func (a *App) findScanned(scan gs1.Scan) {
	text := firstOf(capture.NHSNumber(scan.NHSNumber).Display(), scan.Booking)
	if list, ok := a.current.(*records); ok {
		list.search.SetText(text)
		return
	}
	if scan.NHSNumber == "" {
		a.lookFor(text)
		return
	}
	session := a.session
	once(a, func(ctx ctx) (capture.Person, error) {
		return session.Desk.Store.PersonByNHSNumber(ctx, capture.NHSNumber(scan.NHSNumber))
	}, func(person capture.Person, err error) {
		switch {
		case capture.IsNotFound(err):
			a.lookFor(text)
		case err != nil:
			a.tell(err)
		default:
			startJourney(a, person.ID)
		}
	})
}

// lookFor puts a text into the search of the board, which says when nobody matches.
func (a *App) lookFor(text string) {
	home, ok := a.current.(*board)
	if !ok {
		home = newBoard(a)
		a.show(home)
	}
	home.search.SetText(text)
	home.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	a.focus(home.search)
}

// personInVisit compares a code with the person of the visit.
func (a *App) personInVisit(visit *journey, scan gs1.Scan) {
	person := visit.visit.Person
	switch {
	case scan.Booking != "":
		a.refuseScan("A booking reference is of no use here. Put this record down with Ctrl+S, then scan it on the board.")
	case scan.NHSNumber == string(person.NHSNumber):
		a.notice("The same person", "This is the NHS number of "+person.Name()+". Ask for the name and the date of birth all the same.")
	default:
		a.notice("Somebody else", "This code is not that of "+person.Name()+". Stop and compare: put this record down with Ctrl+S, then scan on the board.")
	}
}
