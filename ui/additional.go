package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// additional asks what is kept beside the vaccination. Every part is closed until its box is ticked, so that a visit that
// needs none of it is not held up.
type additional struct {
	j        *journey
	risk     *form.Checkbox
	groups   []*form.Checkbox
	keys     []string // of groups
	note     *form.Entry
	worker   *form.Checkbox
	places   map[string]*form.Checkbox // where a worker works, by the name of the answer
	role     *form.Radios
	employer *form.Entry
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

// part is a box with what opens when it is ticked.
type part struct {
	box  *form.Checkbox
	open *fyne.Container
}

func newAdditional(j *journey) *additional {
	known, circumstances := j.visit.Additional, j.visit.Circumstances
	a := &additional{
		j: j, note: form.NewEntry(), employer: form.NewEntry().SetColumns(24), homeCode: form.NewEntry().SetColumns(8),
		homeName: form.NewEntry().SetColumns(24), weeks: form.NewEntry().SetColumns(4), trialIs: form.NewEntry(),
		places: map[string]*form.Checkbox{}, at: map[string]fyne.CanvasObject{},
	}
	a.risk = a.box("In a clinical risk group", circumstances.AtRisk || len(known.Conditions) > 0)
	a.worker = a.box("Works in health or social care", circumstances.HealthOrCareWorker || known.WorkerRole != "")
	a.home = a.box("Lives in a care home", circumstances.CareHomeResident)
	a.pregnant = a.box("Pregnant", known.Pregnant == capture.Yes)
	a.bound = a.box("Housebound", known.Housebound)
	a.trial = a.box("In a vaccine trial", known.Trial != "")
	a.note.SetText(known.ConditionNote)
	a.employer.SetText(known.Employer)
	a.homeCode.SetText(known.CareHome.Code)
	a.homeName.SetText(known.CareHome.Name)
	if known.PregnancyWeeks > 0 {
		a.weeks.SetText(strconv.Itoa(known.PregnancyWeeks))
	}
	a.trialIs.SetText(known.Trial)
	a.ethnic = newEthnic(j)
	a.parts = []part{
		{a.risk, a.riskPart(known)}, {a.pregnant, a.fieldOf("additional.pregnancyWeeks", "Weeks of pregnancy", "1 to 42. Leave empty if not known", a.weeks)},
		{a.home, a.homePart()}, {a.worker, a.workerPart(known)}, {a.bound, form.VStack(0)},
		{a.trial, a.fieldOf("additional.trial", "Name of the trial", "", a.trialIs)},
	}
	for i, p := range a.parts {
		p.open = form.Pad(2, 0, 8, 34, p.open)
		a.parts[i] = p
		reveal(p.open, p.box.Ticked())
		p.box.OnChanged = func(ticked bool) {
			reveal(p.open, ticked)
			j.relayout()
		}
	}
	return a
}

func (a *additional) box(label string, ticked bool) *form.Checkbox {
	box := form.NewCheckbox(label, "").Dense()
	box.SetTicked(ticked)
	box.OnSubmit = a.j.enter
	return box
}

func (a *additional) fieldOf(path, label, hint string, input fyne.CanvasObject) *fyne.Container {
	field := form.NewField(label, hint, input)
	a.at[path] = field
	return form.VStack(10, field)
}

func (a *additional) riskPart(known capture.Additional) *fyne.Container {
	list := form.VStack(0)
	for _, group := range a.j.facts.edition.RiskGroups(a.j.visit.Plan.Disease) {
		box := a.box(group.Label, slices.Contains(known.Conditions, group.Key))
		a.groups, a.keys = append(a.groups, box), append(a.keys, group.Key)
		list.Add(box)
	}
	a.at["additional.conditions"] = a.risk
	return form.VStack(8, list, a.fieldOf("additional.conditionNote", "Condition in words", "", a.note))
}

func (a *additional) homePart() *fyne.Container {
	return form.Columns(12, []float32{130, 0},
		a.fieldOf("additional.careHome.code", "ODS code", "", a.homeCode), a.fieldOf("additional.careHome.name", "Name of the home", "", a.homeName))
}

func (a *additional) workerPart(known capture.Additional) *fyne.Container {
	for place, said := range map[string]string{
		"health": known.HealthCareWorker, "care-home": known.CareHomeWorker, "social": known.SocialCareWorker,
	} {
		a.places[place] = a.box(workPlaces[place], said == capture.Yes)
	}
	var roles []form.Option
	for _, role := range a.j.facts.edition.WorkerRoles() {
		roles = append(roles, form.Option{Value: role.Key, Label: role.Label})
	}
	a.role = form.NewRadios(roles...).Dense()
	a.role.SetSelected(known.WorkerRole)
	a.role.OnSubmit = a.j.enter
	return form.VStack(8, form.VStack(0, a.places["health"], a.places["care-home"], a.places["social"]),
		a.fieldOf("additional.workerRole", "Role", "", a.role),
		a.fieldOf("additional.employer", "Employer", "Name or ODS code", a.employer))
}

var workPlaces = map[string]string{"health": "In health care", "care-home": "In a care home", "social": "Elsewhere in social care"}

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

// keep takes over what is ticked; what is closed was not asked.
func (a *additional) keep(visit *capture.Encounter) {
	to := &visit.Additional
	*to = capture.Additional{LocationType: to.LocationType, Housebound: a.bound.Ticked()}
	visit.Circumstances.AtRisk = a.risk.Ticked()
	visit.Circumstances.CareHomeResident = a.home.Ticked()
	visit.Circumstances.HealthOrCareWorker = a.worker.Ticked()
	if a.risk.Ticked() {
		for i, box := range a.groups {
			if box.Ticked() {
				to.Conditions = append(to.Conditions, a.keys[i])
			}
		}
		to.ConditionNote = a.note.Text
	}
	if a.worker.Ticked() {
		to.HealthCareWorker, to.CareHomeWorker = a.said("health"), a.said("care-home")
		to.SocialCareWorker, to.WorkerRole, to.Employer = a.said("social"), a.role.Selected(), a.employer.Text
	}
	if a.home.Ticked() {
		to.CareHome = capture.Site{Code: a.homeCode.Text, Name: a.homeName.Text}
	}
	if a.pregnant.Ticked() {
		to.Pregnant = capture.Yes
		to.PregnancyWeeks, _ = strconv.Atoi(a.weeks.Text) // faults refuses what is no number
	}
	if a.trial.Ticked() {
		to.Trial = a.trialIs.Text
	}
	visit.Person.EthnicCategory = a.ethnic.code()
}

// said is yes where the place is ticked, and no where another is: a worker was asked.
func (a *additional) said(place string) string {
	if a.places[place].Ticked() {
		return capture.Yes
	}
	for _, other := range a.places {
		if other.Ticked() {
			return capture.No
		}
	}
	return ""
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

func (a *additional) fields() map[string]fyne.CanvasObject {
	fields := map[string]fyne.CanvasObject{}
	for path, field := range a.at {
		fields[path] = field
	}
	return fields
}

// ethnic asks for the ethnic category, which the patient says of themselves.
type ethnic struct {
	chooser *form.Chooser
	known   string
	object  *fyne.Container
}

func newEthnic(j *journey) *ethnic {
	e := &ethnic{known: j.visit.Person.EthnicCategory}
	var options []form.Option
	for _, category := range j.facts.edition.EthnicCategories() {
		options = append(options, form.Option{Value: category.Code, Label: category.Label})
	}
	e.chooser = form.NewChooser(options...)
	e.chooser.SetSelected(e.known)
	e.chooser.OnSubmit = j.enter
	field := form.NewField("Ethnic category", "As the patient says. Type a part of it.", e.chooser)
	field.Hide()
	said, words := "Not asked", "Ask"
	if category, ok := j.facts.edition.EthnicCategory(e.known); ok {
		said, words = category.Label, "Change"
	}
	var line *fyne.Container
	link := form.NewLink(words, func() {
		line.Hide()
		field.Show()
		j.relayout()
		j.app.focus(field.Focusable())
	})
	link.About = "the ethnic category"
	line = form.Columns(12, []float32{0, 60}, form.VStack(0, form.Strong("Ethnic category"), form.Body(said)), link)
	e.object = form.VStack(0, line, field)
	return e
}

func (e *ethnic) code() string { return firstOf(e.chooser.Selected(), e.known) }
