package ui

import "deltoid/capture"

// nameOf is how lists show a person.
func (a *App) nameOf(person capture.Person) string { return person.Name() }
