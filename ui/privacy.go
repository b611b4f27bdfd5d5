package ui

import (
	"strings"

	"deltoid/capture"
	"deltoid/ui/form"
)

// nameOf is how lists show a person: by name, or by initials while others can see the screen.
func (a *App) nameOf(person capture.Person) string {
	if !a.private {
		return person.Name()
	}
	return initials(person.Forename) + initials(person.Surname)
}

// initials are the first letters of names: Mary Ann gives M.A.
func initials(names string) string {
	words := ""
	for _, name := range strings.Fields(names) {
		words += strings.ToUpper(string([]rune(name)[:1])) + "."
	}
	return words
}

// bornOf is how lists show when a person was born: the year alone while others can see the screen.
func (a *App) bornOf(person capture.Person) string {
	if a.private {
		return person.BirthDate.String()[:4]
	}
	return person.BirthDate.Short()
}

// numberOf is how lists show an NHS number: the last four digits, enough to compare, while others can see the screen.
func (a *App) numberOf(person capture.Person) string {
	digits := string(person.NHSNumber)
	if a.private && len(digits) >= 4 {
		return "… " + digits[len(digits)-4:]
	}
	return person.NHSNumber.Display()
}

// postcodeOf is how lists show where a person lives: the first half while others can see the screen.
func (a *App) postcodeOf(person capture.Person) string {
	if a.private {
		return strings.Split(person.Postcode, " ")[0]
	}
	return person.Postcode
}

// switchPrivacy shows lists by initials, or by names again.
func (a *App) switchPrivacy() {
	if a.session == nil || a.locked != nil {
		return
	}
	a.private = !a.private
	reveal(a.header.private, a.private)
	a.header.object.Refresh()
	switch page := a.current.(type) {
	case *board:
		page.look()
		page.reload()
	case *records:
		page.reload()
	case *whoHad:
		page.filter()
	case *observing:
		page.reload()
	case *correctPreview:
		page.fill()
	case *buildNow:
		page.fill()
	case *putRight:
		page.fill(page.found)
	case *filePage:
		page.fill(page.shown, nil)
	}
}

// privacyTag stands in the header while lists show initials.
func privacyTag() *form.Tag {
	tag := form.NewTag("Initials only", form.ToneYellow, form.IconNone)
	tag.Hide()
	return tag
}
