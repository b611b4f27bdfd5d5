package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// additional asks what is kept beside the vaccination. What a box needs to know opens when it is ticked, or on a page of its
// own where that is much, so that a visit that needs none of it is not held up.
type additional struct {
	j        *journey
	risk     *form.Checkbox
	worker   *form.Checkbox
	home     *form.Checkbox
	homeCode *form.Entry
	homeName *form.Entry
	pregnant *form.Checkbox
	weeks    *form.Entry
	trial    *form.Checkbox
	trialIs  *form.Entry
	bound    *form.Checkbox
	ethnic   *ethnic
	parts    []part
	at       map[string]fyne.CanvasObject // where a fault of the desk is shown, by its path
}

// part is a box with what opens when it is ticked; nil: nothing.
type part struct {
	box  *form.Checkbox
	open *fyne.Container
}

func newAdditional(j *journey) *additional {
	known, circumstances := j.visit.Additional, j.visit.Circumstances
	a := &additional{
		j: j, homeCode: form.NewEntry().SetColumns(8), homeName: form.NewEntry().SetColumns(24), weeks: form.NewEntry().SetColumns(4),
		trialIs: form.NewEntry(), at: map[string]fyne.CanvasObject{},
	}
	a.risk = newBox(j, "In a clinical risk group", circumstances.AtRisk)
	a.worker = newBox(j, "Works in health or social care", circumstances.HealthOrCareWorker)
	a.home = newBox(j, "Lives in a care home", circumstances.CareHomeResident)
	a.pregnant = newBox(j, "Pregnant", known.Pregnant == capture.Yes)
	a.bound = newBox(j, "Housebound", known.Housebound)
	a.trial = newBox(j, "In a vaccine trial", known.Trial != "")
	a.homeCode.SetText(known.CareHome.Code)
	a.homeName.SetText(known.CareHome.Name)
	if known.PregnancyWeeks > 0 {
		a.weeks.SetText(strconv.Itoa(known.PregnancyWeeks))
	}
	a.trialIs.SetText(known.Trial)
	a.ethnic = newEthnic(j)
	a.lay()
	return a
}

// newBox is a box to tick on a page of a journey.
func newBox(j *journey, label string, ticked bool) *form.Checkbox {
	box := form.NewCheckbox(label, "").Dense()
	box.SetTicked(ticked)
	box.OnSubmit = j.enter
	return box
}

func (a *additional) lay() {
	home := form.Columns(12, []float32{120, 0},
		a.field("additional.careHome.code", "ODS code", "", a.homeCode), a.field("additional.careHome.name", "Name of the home", "", a.homeName))
	a.parts = []part{
		{a.risk, nil}, {a.worker, nil}, {a.pregnant, form.VStack(0, a.field("additional.pregnancyWeeks", "Weeks of pregnancy", "Leave empty if not known", a.weeks))},
		{a.home, home}, {a.trial, form.VStack(0, a.field("additional.trial", "Name of the trial", "", a.trialIs))}, {a.bound, nil},
	}
	for i, p := range a.parts {
		if p.open == nil {
			continue
		}
		p.open = form.Pad(2, 0, 8, 34, p.open)
		a.parts[i] = p
		reveal(p.open, p.box.Ticked())
		p.box.OnChanged = func(ticked bool) {
			reveal(p.open, ticked)
			a.j.relayout()
		}
	}
}

func (a *additional) field(path, label, hint string, input fyne.CanvasObject) *form.Field {
	field := form.NewField(label, hint, input)
	a.at[path] = field
	return field
}

func (a *additional) object() fyne.CanvasObject {
	lines := form.VStack(2, form.Strong("Also true of them"),
		form.Pad(0, 0, 4, 0, form.Hint("Kept with the record here. The GP is not sent it.")))
	for _, p := range a.parts {
		lines.Add(p.box)
		if p.open != nil {
			lines.Add(p.open)
		}
	}
	lines.Add(form.Pad(6, 0, 0, 0, a.ethnic.object))
	return lines
}

// keep takes over what is ticked; what is not ticked was not asked.
func (a *additional) keep(visit *capture.Encounter) {
	before := visit.Additional
	more := capture.Additional{LocationType: before.LocationType, Housebound: a.bound.Ticked()}
	visit.Circumstances.AtRisk = a.risk.Ticked()
	visit.Circumstances.CareHomeResident = a.home.Ticked()
	visit.Circumstances.HealthOrCareWorker = a.worker.Ticked()
	if a.risk.Ticked() {
		more.Conditions, more.ConditionNote = before.Conditions, before.ConditionNote
	}
	if a.worker.Ticked() {
		more.HealthCareWorker, more.CareHomeWorker, more.SocialCareWorker = before.HealthCareWorker, before.CareHomeWorker, before.SocialCareWorker
		more.WorkerRole, more.Employer = before.WorkerRole, before.Employer
	}
	if a.home.Ticked() {
		more.CareHome = capture.Site{Code: a.homeCode.Text, Name: a.homeName.Text}
	}
	if a.pregnant.Ticked() {
		more.Pregnant = capture.Yes
		more.PregnancyWeeks, _ = strconv.Atoi(a.weeks.Text) // faults refuses what is no number
	}
	if a.trial.Ticked() {
		more.Trial = a.trialIs.Text
	}
	visit.Additional = more
	visit.Person.EthnicCategory = a.ethnic.code()
}

func (a *additional) faults() []form.Fault {
	var faults []form.Fault
	if _, err := strconv.Atoi(a.weeks.Text); err != nil && a.pregnant.Ticked() && a.weeks.Text != "" {
		faults = append(faults, form.Fault{Message: "Enter the weeks of pregnancy as a number, 1 to 42", Target: a.at["additional.pregnancyWeeks"]})
	}
	if a.trial.Ticked() && a.trialIs.Text == "" {
		faults = append(faults, form.Fault{Message: "Enter the name of the trial", Target: a.at["additional.trial"]})
	}
	return faults
}
