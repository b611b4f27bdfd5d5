package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// team asks who gave the vaccine and who prepared it. Under a direction for one person both are the screener, unless somebody
// says why not.
type team struct {
	j          *journey
	vaccinator *form.Radios
	preparer   *form.Radios
	split      *form.Entry
	vField     *form.Field
	pField     *form.Field
	sField     *form.Field
	object     *fyne.Container
}

// sameHands is the choice that the vaccinator prepared the vaccine too.
const sameHands = "same"

func newTeam(j *journey, given capture.Give) *team {
	t := &team{j: j, split: form.NewEntry()}
	carried := firstOf(j.facts.clinic.VaccinatorID, j.app.session.Desk.User().ID)
	t.vaccinator = staffRadios(j.facts.staff, firstOf(given.VaccinatorID, carried))
	t.vaccinator.OnSubmit = j.enter
	t.vaccinator.OnChanged = func(string) { t.show() }
	options := []form.Option{{Value: sameHands, Label: "Who gave it"}}
	for _, member := range j.facts.staff {
		options = append(options, form.Option{Value: member.ID, Label: member.FullName()})
	}
	t.preparer = form.NewRadios(options...).Dense()
	t.preparer.OnSubmit = j.enter
	switch {
	case given.PreparedByID != "" && given.PreparedByID != given.VaccinatorID:
		t.preparer.SetSelected(given.PreparedByID)
	case given.PreparedByID != "":
		t.preparer.SetSelected(sameHands)
	}
	t.split.SetText(given.SplitReason)
	t.vField = form.NewField("Who gave it?", "", t.vaccinator)
	t.pField = form.NewField("Who prepared it?", "", t.preparer)
	t.sField = form.NewField("Why did another than the screener give it?", "One person screens and vaccinates under this direction.", t.split)
	t.object = form.VStack(14, t.vField, t.sField, t.pField)
	t.show()
	return t
}

func (t *team) show() {
	one := t.j.facts.mechanism().OnePerson
	reveal(t.pField, !one)
	reveal(t.sField, one && t.vaccinator.Selected() != t.j.visit.Screening.ScreenerID)
	t.j.relayout()
}

// ask opens the reason for two people, when the desk wants it.
func (t *team) ask() { reveal(t.sField, true) }

func (t *team) keep(give *capture.Give) {
	give.VaccinatorID = t.vaccinator.Selected()
	if t.sField.Visible() {
		give.SplitReason = t.split.Text
	}
	switch chosen := t.preparer.Selected(); {
	case t.j.facts.mechanism().OnePerson:
		give.PreparedByID = t.j.visit.Screening.ScreenerID // one person does it all
	case chosen == sameHands:
		give.PreparedByID = give.VaccinatorID
	default:
		give.PreparedByID = chosen
	}
}

func (t *team) faults() []form.Fault {
	var faults []form.Fault
	if t.vaccinator.Selected() == "" {
		faults = append(faults, mark(t.vField, "Choose who gave the vaccine")...)
	}
	if t.pField.Visible() && t.preparer.Selected() == "" {
		faults = append(faults, mark(t.pField, "Choose who prepared the vaccine")...)
	}
	return faults
}

func (t *team) fields() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"give.vaccinatorId": t.vField, "give.preparedById": t.pField, "give.splitReason": t.sField}
}
