package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// journey is one person's visit, station by station, between WHO at the left and WHERE WE ARE at the right.
type journey struct {
	app     *App
	visit   capture.Encounter
	facts   facts
	station station
	page    *form.Page
	summary *form.ErrorSummary
	confirm *form.Button // of the last page
}

// station is one page of the journey.
type station interface {
	step() capture.Step
	heading() string
	body() fyne.CanvasObject
	first() fyne.Focusable
	keep(*capture.Encounter)   // takes over all that was typed, finished or not
	faults() []form.Fault      // what stops Continue, all at once
	next(*journey) station     // where Continue leads
	previous(*journey) station // where Back leads; nil: out of the journey
}

// taker is a station that adds something once, when Continue finds no fault.
type taker interface{ take(*capture.Encounter) }

// answerable is a station that knows where each fault the desk may find is to be put right, by the path of the fault.
type answerable interface {
	fields() map[string]fyne.CanvasObject
}

// led is a station that words Continue in its own way; without words it has no such button.
type led interface{ goesOn() string }

// settled is a station from which a person is not turned away: it offers no way to record a dose not given.
type settled interface{ settles() bool }

// finisher is a station that does something of its own on Continue, instead of leading to the next.
type finisher interface{ finish(*journey) }

// startJourney opens a person's visit or picks up its draft.
func startJourney(a *App, personID string) { startVisit(a, personID, "") }

// startVisit is startJourney for a disease other than that of the clinic's vaccine; empty: that one.
func startVisit(a *App, personID, disease string) {
	type opened struct {
		visit capture.Encounter
		facts facts
	}
	once(a, func(ctx ctx) (opened, error) {
		visit, err := a.session.Desk.Start(ctx, personID)
		if err != nil {
			return opened{}, err
		}
		if fresh := visit.Revision == 1; fresh && disease != "" && disease != visit.Plan.Disease {
			visit.Plan = capture.Plan{Disease: disease}
			if visit, err = a.session.Desk.SaveDraft(ctx, visit); err != nil {
				return opened{}, err
			}
		}
		f, err := read(ctx, a.session.Desk, visit)
		return opened{visit, f}, err
	}, func(o opened, err error) {
		if err != nil {
			a.tell(err)
			return
		}
		j := &journey{app: a, visit: o.visit, facts: o.facts}
		j.station = j.resume()
		j.show()
	})
}

// resume is where a draft is picked up: at the first thing that is not done yet.
func (j *journey) resume() station {
	visit := j.visit
	switch {
	case !visit.IdentityConfirmed:
		return newIdentity(j)
	case visit.NotGiven != nil && visit.NotGiven.Choice == "":
		return newNotGiven(j)
	case visit.NotGiven != nil:
		return newCheck(j)
	case !visit.StatusSeen:
		return newStatus(j)
	case !j.done(capture.StepDose): // also when the page was left with what it suggests, and nobody had agreed to it
		return newDose(j)
	case j.unanswered() >= 0:
		return newScreening(j, j.unanswered()/perPage)
	case visit.Consent.Type == "" || !j.facts.decision.Final() || j.facts.decision.NeedsOverride() && visit.Screening.Override == nil:
		return j.judged() // the decision is seen before consent is asked
	case j.facts.mechanism().Prescriber && visit.Direction == nil:
		return newDirection(j)
	case !j.done(capture.StepConsent):
		return newGillick(j)
	case !j.done(capture.StepGive):
		return newGive(j)
	}
	return newCheck(j)
}

func (j *journey) title() string { return j.visit.Person.Name() + ", " + j.station.heading() }

func (j *journey) first() fyne.Focusable {
	if len(j.summary.Faults()) > 0 {
		return nil // the error summary has the focus
	}
	return j.station.first()
}

func (j *journey) content() fyne.CanvasObject {
	j.summary = form.NewErrorSummary()
	middle := form.VStack(12, j.summary, form.Heading(j.station.heading()), j.station.body(), j.footer())
	j.page = form.NewPage(form.Pad(10, 20, 8, 24, form.MaxWidth(820, middle)))
	return form.Columns(0, []float32{270, 0, 220}, j.who(), j.page, j.where())
}

// relayout makes room for what an answer has opened or closed.
func (j *journey) relayout() {
	if j.page != nil { // nil while the page is being built
		j.page.Refresh()
	}
}

func (j *journey) footer() fyne.CanvasObject {
	words := "Continue"
	if page, ok := j.station.(led); ok {
		words = page.goesOn()
	}
	var buttons []fyne.CanvasObject
	if words != "" {
		j.confirm = form.Primary(words, j.enter)
		buttons = append(buttons, j.confirm)
	}
	if page, ok := j.station.(settled); !ok || !page.settles() {
		buttons = append(buttons, form.Secondary("Vaccine not given", j.notGiven))
	}
	return form.Pad(4, 0, 0, 0, form.HStack(16, append(buttons, form.Secondary("Back", j.back))...))
}

// enter is Continue.
func (j *journey) enter() {
	if j.app.busy {
		return
	}
	j.station.keep(&j.visit)
	if faults := j.station.faults(); len(faults) > 0 {
		j.refuse(faults)
		return
	}
	if last, ok := j.station.(finisher); ok {
		last.finish(j)
		return
	}
	if page, ok := j.station.(taker); ok {
		page.take(&j.visit)
	}
	j.goOn()
}

// goOn saves the draft and leads on, unless the desk finds a fault in what was entered here.
func (j *journey) goOn() {
	j.save(func() {
		if faults := j.found(); len(faults) > 0 {
			j.refuse(faults)
			return
		}
		j.to(j.station.next(j))
	})
}

// found is what the desk finds wrong in what this page asks for.
func (j *journey) found() []form.Fault {
	page, ok := j.station.(answerable)
	if !ok {
		return nil
	}
	var faults []form.Fault
	fields := page.fields()
	for _, problem := range j.facts.problems {
		if field := fields[problem.Field]; field != nil {
			faults = append(faults, form.Fault{Message: problem.Message, Target: field})
		}
	}
	return faults
}

// back goes to the station before, without losing what was typed.
func (j *journey) back() {
	if j.app.busy {
		return
	}
	j.station.keep(&j.visit)
	before := j.station.previous(j)
	if before == nil {
		j.putDown(func() { j.app.show(newBoard(j.app)) })
		return
	}
	j.move(func() station { return j.station.previous(j) })
}

// notGiven leaves the way of a dose for the way of a reason.
func (j *journey) notGiven() {
	if j.app.busy {
		return
	}
	j.station.keep(&j.visit)
	j.visit.Give = nil
	if j.visit.NotGiven == nil {
		j.visit.NotGiven = &capture.NotGiven{}
	}
	j.move(func() station { return newNotGiven(j) })
}

// move saves the draft and shows another station, built from fresh facts.
func (j *journey) move(to func() station) { j.save(func() { j.to(to()) }) }

// to shows a station.
func (j *journey) to(next station) {
	j.station = next
	j.visit.Step = next.step()
	j.show()
}

// save keeps the draft and reads the facts anew before it goes on; when it cannot, the page stays.
func (j *journey) save(after func()) {
	type saved struct {
		visit capture.Encounter
		facts facts
	}
	visit := j.visit
	once(j.app, func(ctx ctx) (saved, error) {
		kept, f, err := gather(ctx, j.app.session.Desk, visit)
		return saved{kept, f}, err
	}, func(s saved, err error) {
		if err != nil {
			j.refuse(faultsOf(err))
			return
		}
		j.visit, j.facts = s.visit, s.facts
		after()
	})
}

// show puts the station on the screen, with what it was shown for when something was missing.
func (j *journey) show() {
	j.app.show(j)
	if page, ok := j.station.(*screening); ok && len(page.complaints()) > 0 {
		j.refuse(page.complaints())
	}
}

// refuse shows what is wrong above the question and next to each field. Nothing typed is touched.
func (j *journey) refuse(faults []form.Fault) {
	j.app.refuse(j.summary, faults...)
	j.page.ToTop()
}

// putDown saves the draft and goes on; a draft is never lost because of a fault in saving, so the page stays then.
func (j *journey) putDown(next func()) {
	j.station.keep(&j.visit)
	j.visit.Step = j.station.step()
	visit := j.visit
	once(j.app, func(ctx ctx) (capture.Encounter, error) {
		return j.app.session.Desk.SaveDraft(ctx, visit)
	}, func(kept capture.Encounter, err error) {
		if err != nil {
			j.refuse(faultsOf(err))
			return
		}
		j.visit = kept
		next()
	})
}

// unanswered is the number of the first question without an answer, from 0; -1 when there is none.
func (j *journey) unanswered() int {
	for i, question := range j.facts.questions.Questions {
		if j.visit.Screening.Answers[question.ID].Value == "" {
			return i
		}
	}
	return -1
}
