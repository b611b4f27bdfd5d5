package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// Of a long list the latest are shown at once: as many as this, and all of the last 18 months.
const (
	latestShown  = 5
	recentMonths = 18
)

// vaccinationList shows what is known, newest first.
func vaccinationList(f facts, known []capture.Vaccination, disease string, changed func()) fyne.CanvasObject {
	if len(known) == 0 {
		return form.NewInset(form.Body("No records found. That does not mean that there was no vaccination: ask."))
	}
	shown := 0
	for shown < len(known) && (shown < latestShown || f.today.DaysSince(known[shown].Date) <= recentMonths*31) {
		shown++
	}
	list := form.VStack(0, form.Rule())
	add := func(rows []capture.Vaccination) {
		for _, row := range rows {
			list.Add(form.Pad(6, 0, 6, 0, vaccinationRow(f, row, disease)))
			list.Add(form.Rule())
		}
	}
	add(known[:shown])
	if shown == len(known) {
		return list
	}
	var more *form.Link
	more = form.NewLink(fmt.Sprintf("Show %d earlier", len(known)-shown), func() {
		more.Hide()
		add(known[shown:])
		changed()
	})
	return form.VStack(8, list, more)
}

// sourceTones dress the badge of where an entry was learnt from.
var sourceTones = map[string]form.Tone{
	capture.SourceNational: form.ToneGreen, capture.SourceHere: form.ToneBlue, capture.SourceReported: form.ToneGrey,
}

// vaccinationRow is one entry: when, what, how long ago, and from where it is known. Where it was given says more to
// people than the batch, which stands last.
func vaccinationRow(f facts, row capture.Vaccination, disease string) fyne.CanvasObject {
	name := row.Name
	if row.NotGiven {
		name = "Not given: " + name
	}
	what := form.VStack(0, form.Body(name))
	detail := detailOf(row)
	if row.Disease != "" && row.Disease != disease {
		detail = strings.TrimSuffix(f.disease(row.Disease).Label+" · "+detail, " · ")
	}
	if detail != "" {
		what.Add(form.Small(detail))
	}
	day, ago := "Date not known", form.VStack(0)
	if !row.Date.IsZero() {
		day = row.Date.Short()
		days := f.today.DaysSince(row.Date)
		ago.Add(form.Body(upperFirst(daysAgo(days))))
		if days >= 7 {
			ago.Add(form.Small(weeks(days)))
		}
	}
	badges := form.VStack(4, form.NewTag(upperFirst(row.Source), sourceTones[row.Source], form.IconNone))
	if row.SetAside {
		badges.Add(form.NewTag("Does not count today", form.ToneYellow, form.IconCross))
	}
	if row.Pending != "" {
		badges.Add(form.NewTag("Pending "+string(row.Pending), form.ToneOrange, form.IconClock))
	}
	return form.Columns(12, []float32{130, 0, 140, 170}, form.Strong(day), what, ago, badges)
}

func detailOf(row capture.Vaccination) string {
	detail := row.Where
	if row.Restricted {
		detail = "Place not shown"
	}
	if row.Batch == "" {
		return detail
	}
	if detail != "" {
		detail += " · "
	}
	return detail + "batch " + row.Batch
}
