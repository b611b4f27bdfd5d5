package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// eventRows says what a version of a record holds, line by line; what it does not have is left empty.
func eventRows(desk *capture.Desk, event capture.Event) []form.SummaryRow {
	edition := desk.Catalogue.At(event.Day())
	mechanism, _ := edition.LegalMechanism(event.LegalMechanism)
	rows := []form.SummaryRow{
		{Key: "Person", Value: event.Person.Name() + " · " + event.Person.BirthDate.Short() + " · " + firstOf(inOnePiece(event.Person.NHSNumber.Display()), "NHS number not known")},
		{Key: "When", Value: moment(event.At)},
		{Key: "Vaccine", Value: event.Product.Name},
		{Key: "Dose", Value: kindWords(desk.Catalogue, event.Kind)},
	}
	if given := event.Given; given != nil {
		rows = append(rows,
			form.SummaryRow{Key: "Batch", Value: given.BatchNumber + ", use by " + given.Expiry.Short()},
			form.SummaryRow{Key: "Where", Value: joined(siteLabel(desk, event), given.Amount+" ml")},
			form.SummaryRow{Key: "Given by", Value: event.Performer.Name()})
	}
	if not := event.NotGiven; not != nil {
		why := not.Label
		if !not.Until.IsZero() {
			why += ", until " + not.Until.Plain()
		}
		rows = append(rows, form.SummaryRow{Key: "Not given", Value: why})
	}
	return append(rows,
		form.SummaryRow{Key: "Authority", Value: mechanism.Label},
		form.SummaryRow{Key: "Site", Value: event.Site.Name + " (" + event.Site.Code + ")"},
		form.SummaryRow{Key: "Typed by", Value: event.RecordedBy.Name()})
}

// inOnePiece keeps the groups of a number on one line.
func inOnePiece(number string) string { return strings.ReplaceAll(number, " ", "\u00a0") }

// siteLabel is where on the body, in the words of the give page.
func siteLabel(desk *capture.Desk, event capture.Event) string {
	for _, site := range desk.Catalogue.At(event.Day()).Sites() {
		if site.Code == event.Given.BodySite.Code {
			return site.Label
		}
	}
	return event.Given.BodySite.Term
}

// compare sets versions of a record side by side, oldest first.
func compare(desk *capture.Desk, versions []capture.Event, heads, abouts []string) fyne.CanvasObject {
	var lines []form.Compared
	at := map[string]int{}
	for v, version := range versions {
		for _, row := range eventRows(desk, version) {
			if _, known := at[row.Key]; !known {
				at[row.Key] = len(lines)
				lines = append(lines, form.Compared{Key: row.Key, Values: make([]string, len(versions))})
			}
			lines[at[row.Key]].Values[v] = row.Value
		}
	}
	return form.NewComparison(heads, abouts, lines...)
}

// versionHead names a version and says why there is it.
func versionHead(event capture.Event, staff map[string]string) (head, about string) {
	switch event.Action {
	case capture.ActionUpdate:
		head = fmt.Sprintf("Version %d: corrected", event.Version)
	case capture.ActionDelete:
		head = fmt.Sprintf("Version %d: deleted", event.Version)
	default:
		return fmt.Sprintf("Version %d", event.Version), "Saved " + clock(event.RecordedAt) + " by " + event.RecordedBy.Name()
	}
	return head, clock(event.Change.At) + " by " + firstOf(staff[event.Change.ByID], "somebody who left") + ": " + event.Change.Reason
}

// placeState is one word for where a version is.
func placeState(place export.Place) string {
	switch {
	case len(place.Held) > 0 || place.Outcome == export.RowRejected:
		return needsAttention
	case place.DeliveryID == "":
		return savedHere
	}
	return stateWords(place.State)
}

// placeWord is the sentence beside it.
func placeWord(place export.Place) string {
	switch {
	case len(place.Held) > 0:
		return "Held back: " + messages(place.Held)
	case place.DeliveryID == "":
		return "Saved on this device since " + clock(place.Since) + ". It goes into the next file."
	}
	where := "In " + place.FileName
	switch {
	case place.Row == 0:
		where = "A later version went in its place, in " + place.FileName
	case place.Rows > 1:
		where += fmt.Sprintf(", rows %d to %d", place.Row, place.Row+place.Rows-1)
	case place.Rows == 0:
		where += fmt.Sprintf(", counted in row %d", place.Row)
	default:
		where += fmt.Sprintf(", row %d", place.Row)
	}
	switch place.Outcome {
	case export.RowAccepted:
		where += ". The receiver accepted the row"
	case export.RowRejected:
		where += ". The receiver rejected the row"
	case export.RowRequeued:
		where += ". The receiver rejected the row; the record waits to go again"
	}
	return where + "."
}

// messages are what problems say to people, one after the other.
func messages(problems capture.Problems) string {
	words := make([]string, len(problems))
	for i, problem := range problems {
		words[i] = problem.Message
	}
	return strings.Join(words, ". ")
}

// shipped are the extracts as they are known by their titles.
var shipped = export.Shipped()

// extractName is an extract in the words of its specification.
func extractName(kind export.Kind) string {
	if profile, err := shipped.Find(kind); err == nil {
		return profile.Title
	}
	return string(kind)
}
