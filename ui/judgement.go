package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// judgement shows the decision with its reasons, and takes the clinician's reason to go on where the rules allow it.
type judgement struct {
	j        *journey
	screener *form.Radios
	reason   *form.Entry
	advice   *form.Entry
	sField   *form.Field
	rField   *form.Field
	aField   *form.Field
	needs    bool // a reason to go on
	advised  bool // a prescriber must have directed it
	stopped  bool
}

func newJudgement(j *journey) *judgement {
	s := &judgement{j: j, reason: form.NewEntry(), advice: form.NewEntry()}
	s.needs = j.facts.decision.NeedsOverride()
	mechanism, _ := j.facts.edition.LegalMechanism(j.facts.clinic.LegalMechanism)
	allowed, prescriber := j.facts.decision.MayGoOn(mechanism)
	s.stopped = s.needs && !allowed
	s.advised = s.needs && prescriber
	if override := j.visit.Screening.Override; override != nil {
		s.reason.SetText(override.Reason)
		s.advice.SetText(override.Advice)
	}
	s.screener = staffRadios(j.facts.clinicians(), firstOf(j.visit.Screening.ScreenerID, j.ownIDIfRegistered()))
	s.screener.OnSubmit = j.enter
	s.sField = form.NewField("Who did the screening?", "", s.screener)
	s.rField = form.NewField("Why go on?", "This is kept with the record, with your name and the time", s.reason)
	hint := "Optional: name and role of whoever you asked"
	if s.advised {
		hint = "Name and registration number of the prescriber who directed this dose"
	}
	s.aField = form.NewField("Who advised?", hint, s.advice)
	return s
}

// ownIDIfRegistered is who is signed in, when they may screen and take consent.
func (j *journey) ownIDIfRegistered() string {
	if user := j.app.session.Desk.User(); user.Registered() {
		return user.ID
	}
	return ""
}

func staffRadios(staff []capture.Staff, chosen string) *form.Radios {
	var options []form.Option
	for _, member := range staff {
		options = append(options, form.Option{Value: member.ID, Label: member.FullName()})
	}
	radios := form.NewRadios(options...).Dense()
	radios.SetSelected(chosen)
	return radios
}

func (s *judgement) step() capture.Step { return capture.StepScreening }
func (s *judgement) heading() string    { return "What screening says" }
func (s *judgement) stops() bool        { return s.stopped }

func (s *judgement) body() fyne.CanvasObject {
	lines := []fyne.CanvasObject{decisionPanel(s.j.facts.decision), s.sField}
	switch {
	case s.stopped:
		lines = append(lines, form.NewInset(form.Body("This vaccine must not be given here. Go back to choose another vaccine, or record why it is not given.")))
	case s.needs:
		lines = append(lines, form.MaxWidth(560, form.VStack(14, s.rField, s.aField)))
	}
	return form.VStack(18, lines...)
}

var panelKinds = map[capture.Outcome]form.PanelKind{
	capture.Proceed: form.PanelProceed, capture.Caution: form.PanelCaution, capture.SeekAdvice: form.PanelSeek,
	capture.Defer: form.PanelDefer, capture.Contraindicated: form.PanelStop,
}

// decisionPanel shows a decision in its colour, with a word, the sentence and every reason.
func decisionPanel(decision capture.Decision) fyne.CanvasObject {
	sentence := "No answer stands in the way."
	switch decision.Outcome {
	case capture.Caution:
		sentence = "Go on with the precautions below."
	case capture.SeekAdvice:
		sentence = "Ask for advice before going on."
	case capture.Defer:
		sentence = "Not today."
		if !decision.DeferUntil.IsZero() {
			sentence = "Not before " + decision.DeferUntil.Plain() + "."
		}
	case capture.Contraindicated:
		sentence = "This vaccine must not be given to this person."
	}
	var reasons []form.Reason
	for _, reason := range decision.Reasons {
		if reason.Outcome == capture.Proceed && reason.Observe == 0 {
			continue
		}
		reasons = append(reasons, panelReason(reason.RuleID, reason.Sentence, reason.Facts, reason.InForceFrom))
	}
	return form.NewPanel(panelKinds[decision.Outcome], sentence, reasons...)
}

// panelReason is one reason as the panel shows it.
func panelReason(rule, sentence string, facts []capture.Fact, since catalogue.Date) form.Reason {
	reason := form.Reason{Sentence: sentence, Rule: rule}
	var read []string
	for _, fact := range facts {
		read = append(read, fact.String())
	}
	reason.Facts = strings.Join(read, " · ")
	if !since.IsZero() {
		reason.Since = since.Short()
	}
	return reason
}

func (s *judgement) first() fyne.Focusable {
	if s.needs && !s.stopped {
		return s.reason
	}
	return s.screener
}

func (s *judgement) keep(visit *capture.Encounter) {
	visit.Screening.ScreenerID = s.screener.Selected()
	desk := s.j.app.session.Desk
	visit.Screening.At = desk.Now().UTC()
	visit.Screening.Override = nil
	if s.needs && !s.stopped && s.reason.Text != "" {
		visit.Screening.Override = &capture.Override{
			ByID: s.screener.Selected(), Reason: s.reason.Text, Advice: s.advice.Text, At: desk.Now().UTC(),
		}
	}
}

func (s *judgement) faults() []form.Fault {
	var faults []form.Fault
	if !s.j.facts.decision.Final() { // the vaccine, the dose or the birthday is missing: questions are asked for before
		faults = append(faults, form.Fault{Message: "Go back and choose the vaccine and the dose: without them nothing can be decided"})
	}
	if s.screener.Selected() == "" {
		faults = append(faults, mark(s.sField, "Choose the registered clinician who did the screening")...)
	}
	if s.needs && !s.stopped && s.reason.Text == "" {
		faults = append(faults, mark(s.rField, "Enter why the vaccine is given against this advice, or record that it is not given")...)
	}
	if s.advised && !s.stopped && s.advice.Text == "" {
		faults = append(faults, mark(s.aField, "Enter the name and registration number of the prescriber")...)
	}
	return faults
}

func (s *judgement) next(j *journey) station {
	if s.stopped {
		return newNotGiven(j)
	}
	return newConsent(j)
}

func (s *judgement) take(visit *capture.Encounter) {
	if s.stopped {
		visit.NotGiven, visit.Give = &capture.NotGiven{}, nil
		if s.j.facts.decision.Outcome == capture.Contraindicated {
			visit.NotGiven.Choice = "contraindicated"
		}
	}
}

func (s *judgement) previous(j *journey) station {
	page := max(0, (len(j.facts.questions.Questions)-1)/perPage)
	return newScreening(j, page)
}
