package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// moreAbout asks for the risk groups of somebody at risk and for the work of a worker; others do not come here.
type moreAbout struct {
	j        *journey
	groups   []*form.Checkbox
	keys     []string // of groups
	note     *form.Entry
	health   *form.Checkbox
	careHome *form.Checkbox
	social   *form.Checkbox
	role     *form.Radios
	employer *form.Entry
	gField   *form.Field
	nField   *form.Field
	rField   *form.Field
	eField   *form.Field
}

// asksMore tells whether what is ticked has more to be asked.
func (j *journey) asksMore() bool {
	return j.visit.Circumstances.AtRisk || j.visit.Circumstances.HealthOrCareWorker
}

func newMoreAbout(j *journey) *moreAbout {
	known := j.visit.Additional
	s := &moreAbout{j: j, note: form.NewEntry(), employer: form.NewEntry()}
	for _, group := range j.facts.edition.RiskGroups(j.visit.Plan.Disease) {
		s.keys = append(s.keys, group.Key)
		s.groups = append(s.groups, newBox(j, group.Label, slices.Contains(known.Conditions, group.Key)))
	}
	s.note.SetText(known.ConditionNote)
	s.health = newBox(j, "In health care", known.HealthCareWorker == capture.Yes)
	s.careHome = newBox(j, "In a care home", known.CareHomeWorker == capture.Yes)
	s.social = newBox(j, "Elsewhere in social care", known.SocialCareWorker == capture.Yes)
	var roles []form.Option
	for _, role := range j.facts.edition.WorkerRoles() {
		roles = append(roles, form.Option{Value: role.Key, Label: role.Label})
	}
	s.role = form.NewRadios(roles...).Dense()
	s.role.SetSelected(known.WorkerRole)
	s.role.OnSubmit = j.enter
	s.employer.SetText(known.Employer)
	half := (len(s.groups) + 1) / 2
	s.gField = form.NewField("Which risk groups?", "", form.Columns(16, nil, boxes(s.groups[:half]), boxes(s.groups[half:])))
	s.nField = form.NewField("Condition in words", capture.StaysHere, s.note)
	s.rField = form.NewField("Role", "", s.role)
	s.eField = form.NewField("Employer", "Name or ODS code", s.employer)
	return s
}

func boxes(all []*form.Checkbox) *fyne.Container {
	list := form.VStack(0)
	for _, box := range all {
		list.Add(box)
	}
	return list
}

func (s *moreAbout) step() capture.Step { return capture.StepDose }
func (s *moreAbout) heading() string    { return "More about them" }

func (s *moreAbout) body() fyne.CanvasObject {
	lines := form.VStack(12)
	if s.j.visit.Circumstances.AtRisk {
		lines.Add(s.gField)
		lines.Add(s.nField)
	}
	if s.j.visit.Circumstances.HealthOrCareWorker {
		work := form.NewField("Where do they work?", "", boxes([]*form.Checkbox{s.health, s.careHome, s.social}))
		lines.Add(form.Columns(24, nil, form.VStack(12, work, s.eField), s.rField))
	}
	return lines
}

func (s *moreAbout) first() fyne.Focusable {
	if s.j.visit.Circumstances.AtRisk && len(s.groups) > 0 {
		return s.groups[0]
	}
	return s.health
}

func (s *moreAbout) keep(visit *capture.Encounter) {
	to := &visit.Additional
	if visit.Circumstances.AtRisk {
		to.Conditions, to.ConditionNote = nil, s.note.Text
		for i, box := range s.groups {
			if box.Ticked() {
				to.Conditions = append(to.Conditions, s.keys[i])
			}
		}
	}
	if visit.Circumstances.HealthOrCareWorker {
		to.HealthCareWorker, to.CareHomeWorker, to.SocialCareWorker = s.said(s.health), s.said(s.careHome), s.said(s.social)
		to.WorkerRole, to.Employer = s.role.Selected(), s.employer.Text
	}
}

// said is yes where the place is ticked, and no where another is; nothing while none is: it was not asked.
func (s *moreAbout) said(place *form.Checkbox) string {
	switch {
	case place.Ticked():
		return capture.Yes
	case s.health.Ticked() || s.careHome.Ticked() || s.social.Ticked():
		return capture.No
	}
	return ""
}

func (s *moreAbout) faults() []form.Fault { return nil }

func (s *moreAbout) fields() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"additional.conditions": s.gField, "additional.conditionNote": s.nField, "additional.workerRole": s.rField, "additional.employer": s.eField,
	}
}

func (s *moreAbout) next(j *journey) station     { return newScreening(j, 0) }
func (s *moreAbout) previous(j *journey) station { return newEligible(j) }
