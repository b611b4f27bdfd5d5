package capture

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// freshFor is how long an answer counts as checked (clinical facts 7.6).
const freshFor = 24 * time.Hour

// traced is the NHS number status of a number that the demographics service has confirmed; no other is asked with (7.6).
const traced = "01"

// lookUp is what is known of one person and disease from elsewhere.
type lookUp struct {
	person Person
	state  StatusState
	reason string // why it is not asked; empty when it is
	mayAsk bool
	kept   KeptLook // zero when none is
	now    time.Time
}

// lookUp reads the answer that is kept, after asking for a new one when refresh says so.
func (d *Desk) lookUp(ctx context.Context, person Person, disease string, refresh bool) (lookUp, error) {
	look := lookUp{person: person, now: d.Now()}
	configuration, err := d.Store.Configuration(ctx)
	if err != nil {
		return look, err
	}
	if look.state, look.reason = d.notAsked(configuration, person, disease); look.reason != "" {
		return look, nil
	}
	look.mayAsk = true
	if look.kept, err = d.usableLook(ctx, person, disease); err != nil {
		return look, err
	}
	if refresh {
		if look.kept, err = d.ask(ctx, person, look.kept); err != nil {
			return look, err
		}
		look.now = d.Now()
	}
	look.state = look.kept.state(look.now)
	return look, nil
}

// notAsked tells why nobody is asked about the person; the reason is empty when somebody can be.
func (d *Desk) notAsked(configuration Configuration, person Person, disease string) (state StatusState, reason string) {
	switch {
	case person.Deceased:
		return StatusNotRequested, "No history check: " + person.FullName() + " is recorded as having died. Do not vaccinate; check who this is"
	case !slices.Contains(strings.Fields(configuration.Get(HistoryDiseases)), disease):
		label := disease
		if row, ok := d.Catalogue.Disease(disease); ok {
			label = row.Label
		}
		return StatusNotRequested, label + " history not available nationally. Shown is what is known on this device; ask about other doses"
	case d.Provider == nil:
		return StatusNotRequested, "No history check: it is switched off on this computer. Shown is what is known on this device; ask about other doses"
	case person.NHSNumber == "":
		return StatusNotRequested, "No history check: there is no NHS number. Ask about earlier doses"
	case person.NHSNumberStatus != traced:
		return StatusUnverified, "NHS number not verified, so the history was not checked with it. Ask about earlier doses"
	}
	return "", ""
}

// ask looks the person up and keeps what comes of it: an answer in place of the one before, or that none came.
func (d *Desk) ask(ctx context.Context, person Person, before KeptLook) (KeptLook, error) {
	look := before
	looked := d.Provider.Look(ctx, person, look.Disease)
	if errors.Is(ctx.Err(), context.Canceled) {
		return before, ctx.Err() // nobody waits for the answer any more: that says nothing about the provider
	}
	clinic, _ := d.Clinic()
	look.ClinicID, look.TriedAt = clinic.ID, d.Now().UTC()
	look.Failed, look.Problem = "", looked.Problem
	if looked.State == StatusFresh {
		look.Answer = looked
		if look.Answer.At.IsZero() {
			look.Answer.At = look.TriedAt
		}
		look = look.markedFor(person)
	} else {
		look.Failed = looked.State
	}
	return look, d.Store.KeepLook(context.WithoutCancel(ctx), look, d.entry("status.look", "person/"+person.ID, string(looked.State)))
}

// sentence says what the look-up means for the person, and what to do.
func (l lookUp) sentence() string {
	whose := l.person.FullName() + "'s"
	checked := l.kept.Answer.At.In(catalogue.London).Format("2 January 2006 15:04")
	switch l.state {
	case StatusFresh:
		if len(l.kept.Answer.Found) == 0 && l.kept.Answer.LeftOut == 0 {
			return "Checked " + checked + ": no records found. That is not the same as no vaccinations: a dose can take days to appear, and some never do. Ask about earlier doses"
		}
		return "Checked " + checked + ". A dose of the last days may not be shown yet: ask"
	case StatusStale:
		return "Last checked " + checked + ", more than 24 hours ago. Check again, or go on and ask about earlier doses and when they were"
	case StatusUnavailable:
		return "Temporary problem getting " + whose + " history. Try again, or continue anyway and ask about earlier doses and when they were"
	case StatusNotPermitted:
		return "Problem getting " + whose + " history: the NHS refuses it to this computer. Tell the administrator. Continue anyway and ask about earlier doses and when they were"
	}
	if l.reason != "" {
		return l.reason
	}
	return "Not checked. Check the history, or go on without it and ask about earlier doses"
}

// warnings are what a clinician should look at before trusting the answer; none of them proves anything.
func (l lookUp) warnings() []string {
	var words []string
	answer := l.kept.Answer
	if l.state == StatusFresh && l.kept.Failed != "" {
		words = append(words, "Asked again "+l.kept.TriedAt.In(catalogue.London).Format("2 January 2006 15:04")+" without an answer: shown is the answer before")
	}
	if !answer.BirthDate.IsZero() && answer.BirthDate != l.person.BirthDate {
		words = append(words, "The history has the date of birth "+answer.BirthDate.Plain()+", as it was typed at an earlier dose. Check that these are the patient's own doses before going on")
	}
	if answer.LeftOut > 0 {
		words = append(words, counted(answer.LeftOut, "entry of the history", "entries of the history")+" could not be read and cannot be shown. Ask about other doses")
	}
	return words
}
