package paper

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// clock is the time of an event on the clinic's clock: 13:19.
func clock(event capture.Event) string { return event.At.In(catalogue.London).Format("15:04") }

// number is an NHS number as people read it, or that there is none.
func number(person capture.Person) string {
	if person.NHSNumber == "" {
		return "Not known"
	}
	return person.NHSNumber.Display()
}

// kindOf is what the desk calls a kind of dose.
func kindOf(known *catalogue.Catalogue, key catalogue.DoseKind) string {
	if kind, ok := known.Kind(key); ok {
		return kind.Label
	}
	return string(key)
}

// place is a site with its code.
func place(site capture.Site) string {
	if site.Code == "" {
		return site.Name
	}
	return site.Name + " (" + site.Code + ")"
}
