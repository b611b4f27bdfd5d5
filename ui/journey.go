package ui

import (
	"fmt"

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

// finisher is a station that does something of its own on Continue, instead of leading to the next.
type finisher interface{ finish(*journey) }

// startJourney opens a person's visit or picks up its draft.
func startJourney(a *App, personID string) {
	type opened struct {
		visit capture.Encounter
		facts facts
	}
	once(a, func(ctx ctx) (opened, error) {
		visit, err := a.session.Desk.Start(ctx, personID)
		if err != nil {
			return opened{}, err
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
	buttons := []fyne.CanvasObject{}
	switch s := j.station.(type) {
	case *check:
		j.confirm = form.Primary("Confirm and save", j.enter)
		buttons = append(buttons, j.confirm)
	case *identity:
		buttons = append(buttons, form.Primary("Continue", j.enter))
	case *notGiven:
		buttons = append(buttons, form.Primary("Continue", j.enter))
	case *judgement:
		if s.stops() {
			buttons = append(buttons, form.Primary("Record why it is not given", j.enter))
			break
		}
		buttons = append(buttons, form.Primary("Continue", j.enter), form.Secondary("Vaccine not given", j.notGiven))
	default:
		buttons = append(buttons, form.Primary("Continue", j.enter), form.Secondary("Vaccine not given", j.notGiven))
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
	j.move(func() station { return j.station.next(j) })
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
func (j *journey) move(to func() station) {
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
		j.station = to()
		j.visit.Step = j.station.step()
		j.show()
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

// who is the left column: two identifiers and the earlier doses are on every page.
func (j *journey) who() fyne.CanvasObject {
	person := j.visit.Person
	number := person.NHSNumber.Display()
	if number == "" {
		number = "NHS number not known"
	}
	lines := []fyne.CanvasObject{
		form.Caption("WHO"),
		form.LeadStrong(person.Name()),
		form.Lead(number),
		form.Body(fmt.Sprintf("%s (%s)", person.BirthDate.Short(), age(person, j.facts.today))),
		form.Body(person.Postcode),
		form.Rule(),
	}
	return form.Filled(form.White, form.Pad(20, 16, 16, 16, form.VStack(6, append(lines, j.doses()...)...)))
}

func (j *journey) doses() []fyne.CanvasObject {
	doses := j.facts.history
	if len(doses) == 0 {
		return []fyne.CanvasObject{form.Body("No earlier dose is known here")}
	}
	last := doses[len(doses)-1]
	count := "1 earlier dose"
	if len(doses) > 1 {
		count = fmt.Sprintf("%d earlier doses", len(doses))
	}
	lines := []fyne.CanvasObject{
		form.Strong(count),
		form.Body("last " + daysAgo(j.facts.today.DaysSince(last.Date))),
	}
	for i := len(doses) - 1; i >= 0 && i >= len(doses)-4; i-- {
		product, _ := j.facts.edition.Product(doses[i].Product)
		lines = append(lines, form.Small(doses[i].Date.Short()+" · "+product.Name))
	}
	return lines
}

func daysAgo(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}

// where is the right column.
func (j *journey) where() fyne.CanvasObject {
	steps := []struct {
		step  capture.Step
		label string
	}{
		{capture.StepIdentity, "Identity"}, {capture.StepStatus, "Status"}, {capture.StepDose, "Dose"},
		{capture.StepScreening, "Screening"}, {capture.StepConsent, "Consent"}, {capture.StepGive, "Give"},
		{capture.StepCheck, "Check and save"},
	}
	now := j.station.step()
	if j.visit.NotGiven != nil {
		steps[4].step, steps[4].label = capture.StepNotGiven, "Not given"
		steps = append(steps[:5], steps[6])
	}
	var tasks []form.Task
	for _, s := range steps {
		task := form.Task{Name: s.label, State: form.TaskToDo}
		switch {
		case s.step == now:
			task.State = form.TaskHere
			if page, ok := j.station.(*screening); ok {
				task.Note = page.progress()
			}
		case j.done(s.step):
			task.State = form.TaskDone
		}
		tasks = append(tasks, task)
	}
	return form.Filled(form.White, form.Pad(20, 16, 16, 16, form.VStack(10, form.Caption("WHERE WE ARE"), form.NewTaskList(tasks...))))
}

// done tells whether a step has what it is for; a step that was jumped over is not done.
func (j *journey) done(step capture.Step) bool {
	visit := j.visit
	switch step {
	case capture.StepIdentity:
		return visit.IdentityConfirmed
	case capture.StepStatus:
		return visit.StatusSeen
	case capture.StepDose:
		return visit.Plan.Kind != "" && visit.Plan.Product != "" && visit.Plan.Eligibility != ""
	case capture.StepScreening:
		return len(j.facts.questions.Questions) > 0 && j.unanswered() < 0
	case capture.StepConsent:
		return visit.Consent.Type != ""
	case capture.StepGive:
		return visit.Give != nil && visit.Give.BodySite != "" && visit.Give.BatchID != ""
	case capture.StepNotGiven:
		return visit.NotGiven != nil && visit.NotGiven.Choice != ""
	}
	return false
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
