package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deltoid/capture"
	"deltoid/ui/form"
)

// menu holds every command with its chord: Fyne hears a menu's chord even while a text box has the focus.
func (a *App) menu() *fyne.MainMenu {
	area := fyne.NewMenu("Go to",
		a.command("Board", fyne.Key1, func() { a.goTo(func() screen { return newBoard(a) }) }),
		a.command("Observation", fyne.Key3, func() { a.goTo(func() screen { return newObserving(a) }) }),
		a.command("Records", fyne.Key4, func() { a.goTo(func() screen { return newRecords(a) }) }),
		a.command("Deliveries", fyne.Key5, func() { a.goTo(func() screen { return newDeliveries(a) }) }),
		a.command("Totals", fyne.Key6, func() { a.goTo(func() screen { return newTotals(a) }) }),
		a.command("Clinic", fyne.Key7, func() { a.goTo(func() screen { return newOpenClinic(a) }) }),
		a.command("Rules in force", fyne.Key8, func() { a.goTo(func() screen { return newInForce(a) }) }),
		fyne.NewMenuItemSeparator(),
		a.command("Find a person", fyne.KeyF, func() { a.goTo(func() screen { return newBoard(a) }) }),
	)
	work := fyne.NewMenu("Record",
		a.command("Put down", fyne.KeyS, func() {
			if _, ok := a.current.(*journey); ok {
				a.goTo(func() screen { return newBoard(a) })
			}
		}),
		a.command("Vaccine not given", fyne.KeyN, func() {
			if visit, ok := a.current.(*journey); ok {
				visit.notGiven()
			}
		}),
		a.command("Send now", fyne.KeyE, func() {
			a.goTo(func() screen { return newDeliveries(a) })
			if list, ok := a.current.(*deliveries); ok {
				list.enter()
			}
		}),
		fyne.NewMenuItemSeparator(),
		a.command("Names or initials", fyne.KeyP, a.switchPrivacy),
		a.command("Lock", fyne.KeyL, a.lock),
		a.command("Set your PIN", fyne.KeyK, func() { a.goTo(func() screen { return newSetPIN(a) }) }),
		fyne.NewMenuItem("Sign out", func() {
			if a.session != nil {
				a.signOut()
			}
		}),
	)
	help := fyne.NewMenu("Help", fyne.NewMenuItem("Help for this screen (F1)", a.showHelp))
	return fyne.NewMainMenu(area, work, help)
}

func (a *App) command(label string, key fyne.KeyName, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, func() {
		a.stirred()
		do()
	})
	item.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	return item
}

// goTo leaves what is open, which saves it, and shows an area.
func (a *App) goTo(area func() screen) {
	if a.session == nil || a.locked != nil {
		return
	}
	a.leave(func() { a.show(area()) })
}

// addBatch takes in a batch and comes back to the visit with the batch chosen.
func (a *App) addBatch(j *journey) {
	j.station.keep(&j.visit)
	back := func() { j.move(func() station { return newGive(j) }) }
	a.show(newAddBatch(a, j.visit.Plan.Product, func(added capture.Batch) {
		if j.visit.Give != nil {
			j.visit.Give.BatchID = added.ID
		}
		back()
	}, back))
}

// tell shows a fault that belongs to no field of the screen.
func (a *App) tell(err error) {
	a.notice("There is a problem", faultsOf(err)[0].Message)
}

// notice says something over the window, with one way on.
func (a *App) notice(title string, lines ...string) {
	var words []fyne.CanvasObject
	for _, line := range lines {
		words = append(words, form.Body(line))
	}
	var dialog *form.Dialog
	close := form.Secondary("Close", func() { dialog.Hide() })
	dialog = form.NewDialog(title, form.VStack(10, words...), close)
	dialog.Show(a.Window.Canvas())
}
