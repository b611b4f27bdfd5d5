package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// judgement shows the decision with its reasons, has the precautions ticked off, and takes the clinician's reason to go on
// where the rules allow it.
type judgement struct {
	j           *journey
	precautions map[string]*form.Checkbox // by rule id
	screener    *form.Radios
	reason      *form.Entry
	advice      *form.Entry
	sField      *form.Field
	rField      *form.Field
	aField      *form.Field
	needs       bool // a reason to go on
	advised     bool // a prescriber must have directed it
	stopped     bool
}

func newJudgement(j *journey) *judgement {
	s := &judgement{j: j, reason: form.NewEntry(), advice: form.NewEntry(), precautions: map[string]*form.Checkbox{}}
	s.needs = j.facts.decision.NeedsOverride()
	allowed, prescriber := j.facts.decision.MayGoOn(j.facts.mechanism())
	s.stopped = s.needs && !allowed
	s.advised = s.needs && prescriber
	if override := j.visit.Screening.Override; override != nil {
		s.reason.SetText(override.Reason)
		s.advice.SetText(override.Advice)
	}
	if !s.stopped {
		for _, reason := range j.facts.decision.Reasons {
			if reason.Outcome == capture.Caution {
				box := form.NewCheckbox(reason.Sentence, "").Dense()
				box.SetTicked(slices.Contains(j.visit.Screening.Precautions, reason.RuleID))
				box.OnSubmit = j.enter
				s.precautions[reason.RuleID] = box
			}
		}
	}
	s.screener = registeredRadios(j.facts.clinicians(), firstOf(j.visit.Screening.ScreenerID, j.ownIDIfRegistered()))
	s.screener.OnSubmit = j.enter
	s.sField = form.NewField("Who did the screening?", "", s.screener)
	s.rField = form.NewField("Why go on?", "Kept with the screener's name, registration and the time", s.reason)
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

// staffRadios ask for a colleague.
func staffRadios(staff []capture.Staff, chosen string) *form.Radios {
	return namedRadios(staff, chosen, capture.Staff.FullName)
}

// registeredRadios ask for a clinician and show the registration that is kept with the record.
func registeredRadios(staff []capture.Staff, chosen string) *form.Radios {
	return namedRadios(staff, chosen, registeredName)
}

func namedRadios(staff []capture.Staff, chosen string, name func(capture.Staff) string) *form.Radios {
	var options []form.Option
	for _, member := range staff {
		options = append(options, form.Option{Value: member.ID, Label: name(member)})
	}
	radios := form.NewRadios(options...).Dense()
	radios.SetSelected(chosen)
	return radios
}

func (s *judgement) step() capture.Step { return capture.StepScreening }
func (s *judgement) heading() string    { return "What screening says" }
func (s *judgement) settles() bool      { return s.stopped }

func (s *judgement) goesOn() string {
	if s.stopped {
		return "Record why it is not given"
	}
	return "Continue"
}

func (s *judgement) body() fyne.CanvasObject {
	why := form.NewLink("Why? Every rule that was looked at", s.j.showTrace)
	lines := []fyne.CanvasObject{form.VStack(8, s.panel(), why)}
	switch {
	case s.stopped:
		lines = append(lines, s.sField,
			form.NewInset(form.Body("This vaccine must not be given here. Go back to choose another vaccine, or record why it is not given.")))
	case s.needs:
		lines = append(lines, form.Columns(24, []float32{300, 0}, s.sField, form.VStack(14, s.rField, s.aField)))
	default:
		lines = append(lines, s.sField)
	}
	return form.VStack(14, lines...)
}

var panelKinds = map[capture.Outcome]form.PanelKind{
	capture.Proceed: form.PanelProceed, capture.Caution: form.PanelCaution, capture.SeekAdvice: form.PanelSeek,
	capture.Defer: form.PanelDefer, capture.Contraindicated: form.PanelStop,
}

// panel shows the decision in its colour, with a word, the sentence and every reason.
func (s *judgement) panel() fyne.CanvasObject {
	decision := s.j.facts.decision
	var reasons []form.Reason
	for _, reason := range decision.Reasons {
		if reason.Outcome == capture.Proceed && reason.Observe == 0 {
			continue
		}
		shown := panelReason(reason.RuleID, reason.Sentence, reason.Facts, reason.InForceFrom, reason.Source)
		shown.Tick = s.precautions[reason.RuleID]
		reasons = append(reasons, shown)
	}
	return form.NewPanel(panelKinds[decision.Outcome], decisionSentence(decision), reasons...)
}

func decisionSentence(decision capture.Decision) string {
	switch decision.Outcome {
	case capture.Caution:
		return "Go on with the precautions below. Tick each one when it is taken."
	case capture.SeekAdvice:
		return "Ask for advice before going on."
	case capture.Defer:
		if !decision.DeferUntil.IsZero() {
			return "Not before " + decision.DeferUntil.Plain() + "."
		}
		return "Not today."
	case capture.Contraindicated:
		return "This vaccine must not be given to this person."
	}
	return "No answer stands in the way."
}

// panelReason is one reason as the panel shows it.
func panelReason(rule, sentence string, facts []capture.Fact, since catalogue.Date, source string) form.Reason {
	reason := form.Reason{Sentence: sentence, Rule: rule, Source: source}
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
	for _, reason := range s.j.facts.decision.Reasons {
		if box := s.precautions[reason.RuleID]; box != nil && !box.Ticked() {
			return box
		}
	}
	if s.needs && !s.stopped {
		return s.reason
	}
	return s.screener
}

func (s *judgement) keep(visit *capture.Encounter) {
	desk := s.j.app.session.Desk
	visit.Screening.ScreenerID = s.screener.Selected()
	visit.Screening.At = desk.Now().UTC()
	visit.Screening.Precautions = nil
	for _, reason := range s.j.facts.decision.Reasons {
		if box := s.precautions[reason.RuleID]; box != nil && box.Ticked() {
			visit.Screening.Precautions = append(visit.Screening.Precautions, reason.RuleID)
		}
	}
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
	for _, reason := range s.j.facts.decision.Reasons {
		if box := s.precautions[reason.RuleID]; box != nil && !box.Ticked() {
			faults = append(faults, form.Fault{Message: "Tick when it is done: " + reason.Sentence, Target: box})
		}
	}
	if s.screener.Selected() == "" {
		faults = append(faults, mark(s.sField, "Choose the registered clinician who did the screening")...)
	}
	if s.needs && !s.stopped && s.reason.Text == "" {
		faults = append(faults, mark(s.rField, "Enter why the vaccine is given against this advice")...)
	}
	if s.advised && !s.stopped && s.advice.Text == "" {
		faults = append(faults, mark(s.aField, "Enter the name and registration number of the prescriber")...)
	}
	return faults
}

func (s *judgement) fields() map[string]fyne.CanvasObject {
	if s.stopped {
		return nil // the way leads to a dose not given
	}
	fields := map[string]fyne.CanvasObject{
		"screening.screenerId": s.sField, "screening.override": s.rField, "screening.override.byId": s.sField, "screening.override.advice": s.aField,
	}
	for rule, box := range s.precautions {
		fields["screening.precautions."+rule] = box
	}
	return fields
}

func (s *judgement) next(j *journey) station {
	if s.stopped {
		return newNotGiven(j)
	}
	if j.facts.mechanism().Prescriber {
		return newDirection(j)
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
