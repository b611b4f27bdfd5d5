package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

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
		option, chosen := j.facts.edition.Consent(visit.Consent.Type)
		_, competent := visit.Consent.Competent(j.facts.edition.GillickStatements())
		return chosen && (!option.Gillick || competent)
	case capture.StepGive:
		return visit.Give != nil && visit.Give.BodySite != "" && visit.Give.BatchID != ""
	case capture.StepNotGiven:
		return visit.NotGiven != nil && visit.NotGiven.Choice != ""
	}
	return false
}
