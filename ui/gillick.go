package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// gillick asks whether a child understands enough to decide: every statement must be true.
type gillick struct {
	j          *journey
	keys       []string
	statements []*form.YesNoUnknown
	notes      *form.Entry
	nField     *form.Field
	result     *fyne.Container
}

func newGillick(j *journey) *gillick {
	s := &gillick{j: j, notes: form.NewEntry(), result: form.VStack(0)}
	for _, statement := range j.facts.edition.GillickStatements() {
		row := form.NewYesNo(statement.Label, "")
		row.SetAnswer(answerOf(j.visit.Consent.Gillick[statement.Key]))
		row.Advance = true
		row.OnSubmit = j.enter
		row.OnChanged = func(form.Answer) { s.showResult() }
		s.keys, s.statements = append(s.keys, statement.Key), append(s.statements, row)
	}
	s.notes.SetText(j.visit.Consent.Notes)
	s.nField = form.NewField("How did the child show it?", capture.StaysHere, s.notes)
	s.showResult()
	return s
}

func (s *gillick) answers() map[string]string {
	answers := map[string]string{}
	for i, row := range s.statements {
		if word := answerWords[row.Answer()]; word != "" {
			answers[s.keys[i]] = word
		}
	}
	return answers
}

func (s *gillick) showResult() {
	decided, competent := capture.Consent{Gillick: s.answers()}.Competent(s.j.facts.edition.GillickStatements())
	switch {
	case decided && competent:
		s.result.Objects = []fyne.CanvasObject{form.NewNotice(form.NoticeGood, "The child is Gillick competent", "They answer the health questions and decide for themselves.")}
	case decided:
		s.result.Objects = []fyne.CanvasObject{form.NewNotice(form.NoticeWarning, "The child is not Gillick competent", "Continue leads back: somebody with parental responsibility must decide.")}
	default:
		s.result.Objects = nil
	}
	s.j.relayout()
}

func (s *gillick) step() capture.Step { return capture.StepConsent }
func (s *gillick) heading() string    { return "Can the child decide?" }

func (s *gillick) body() fyne.CanvasObject {
	rows := form.VStack(0)
	for _, row := range s.statements {
		rows.Add(row)
	}
	return form.VStack(14, form.Hint("Talk with the child, then say of each statement whether it is true. 1 yes, 2 no."), rows, s.result, s.nField)
}

func (s *gillick) first() fyne.Focusable {
	for _, row := range s.statements {
		if row.Answer() == form.AnswerNone {
			return row
		}
	}
	return s.notes
}

func (s *gillick) keep(visit *capture.Encounter) {
	visit.Consent.Gillick = s.answers()
	visit.Consent.Notes = s.notes.Text
}

func (s *gillick) faults() []form.Fault {
	var faults []form.Fault
	for _, row := range s.statements {
		if row.Answer() == form.AnswerNone {
			faults = append(faults, form.Fault{Message: "Answer: " + row.Question(), Target: row})
		}
	}
	return faults
}

// fields leaves a child who is not competent to the page of the consent, where somebody else is chosen.
func (s *gillick) fields() map[string]fyne.CanvasObject {
	fields := map[string]fyne.CanvasObject{}
	if _, competent := s.j.visit.Consent.Competent(s.j.facts.edition.GillickStatements()); competent {
		fields["consent.notes"] = s.nField
		for i, row := range s.statements {
			fields["consent.gillick."+s.keys[i]] = row
		}
	}
	return fields
}

// take leaves the choice of who decides open again when the child cannot.
func (s *gillick) take(visit *capture.Encounter) {
	if decided, competent := visit.Consent.Competent(s.j.facts.edition.GillickStatements()); decided && !competent {
		visit.Consent.Type = ""
	}
}

func (s *gillick) next(j *journey) station {
	if j.visit.Consent.Type == "" {
		return newConsent(j)
	}
	return newGive(j)
}

func (s *gillick) previous(j *journey) station { return newConsent(j) }
