package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// status shows the earlier vaccinations from every source and asks for others. No record found never reads as no
// vaccination.
type status struct {
	j         *journey
	known     capture.Status
	looking   bool // the answer has not come yet
	err       error
	asked     int // number of the latest look-up
	top       *fyne.Container
	conflicts []*conflict
	again     *form.Button // Try again, while that helps
	answer    *form.Radios
	field     *form.Field
	told      *toldDose
	ask       *fyne.Container // hidden until it was decided to go on without the look-up
}

const (
	noOthers       = "none"
	others         = "others"
	othersNotKnown = "unknown"
)

func newStatus(j *journey) *status {
	s := &status{j: j, top: form.VStack(12)}
	s.answer = form.NewRadiosAcross(
		form.Option{Value: noOthers, Label: "No others"},
		form.Option{Value: others, Label: "Yes, one that is not listed"},
		form.Option{Value: othersNotKnown, Label: "They do not know"},
	).Dense()
	s.answer.OnChanged = func(string) {
		s.told.show(s.answer.Selected() == others)
		j.relayout()
	}
	s.answer.OnSubmit = j.enter
	if j.visit.StatusSeen {
		s.answer.SetSelected(noOthers)
	}
	s.field = form.NewField("Have they had any other "+j.facts.adjective(j.visit.Plan.Disease)+" vaccination, here or abroad?", "", s.answer)
	s.told = newToldDose(j)
	s.ask = form.VStack(14, s.field, s.told.extra)
	s.learn(j.facts.status)
	if !j.visit.Status.GoneOn && askAtOnce(j.facts.status) {
		s.look()
	}
	return s
}

// askAtOnce tells that what is kept here is not fresh and that somebody can be asked who has not just failed to answer.
func askAtOnce(known capture.Status) bool {
	return known.CanAsk && (known.LookUp == capture.StatusNotRequested || known.LookUp == capture.StatusStale)
}

// learn takes over what is known.
func (s *status) learn(known capture.Status) {
	s.known = known
	s.j.facts.history = against(known.Doses(), s.j.visit.Plan.Disease)
	s.conflicts = nil
	for _, disagreement := range known.Conflicts {
		s.conflicts = append(s.conflicts, newConflict(s.j, disagreement))
	}
	s.fill()
}

// look asks elsewhere, off the window's thread, so that the page is there meanwhile; a later look-up overtakes an earlier one.
func (s *status) look() {
	s.looking, s.err = true, nil
	s.asked++
	asked, visit, app := s.asked, s.j.visit, s.j.app
	s.fill()
	ask(app.Bridge, app.ctx, func(ctx ctx) (capture.Status, error) {
		return app.session.Desk.Status(ctx, visit, true)
	}, func(known capture.Status, err error) {
		if asked != s.asked {
			return
		}
		s.looking, s.err = false, err
		if err != nil {
			s.fill()
			return
		}
		s.learn(known)
	})
}

// fill shows what is known so far.
func (s *status) fill() {
	lines := []fyne.CanvasObject{s.notice()}
	if !s.looking {
		lines = append(lines, vaccinationList(s.j.facts, s.known.Vaccinations, s.j.visit.Plan.Disease, s.j.relayout))
	}
	for _, c := range s.conflicts {
		lines = append(lines, c.object)
	}
	for _, warning := range s.known.Warnings {
		lines = append(lines, form.NewNotice(form.NoticeWarning, warning, ""))
	}
	s.top.Objects = lines
	open := s.ask.Visible()
	reveal(s.ask, !s.held())
	if !s.shown() || len(s.j.summary.Faults()) > 0 {
		s.j.relayout()
		return
	}
	app := s.j.app
	at := app.Window.Canvas().Focused()
	app.refresh() // Continue and the doses at the left come or go
	if _, button := at.(*form.Button); open && at != nil && !button {
		app.focus(at) // somebody is answering meanwhile
	}
}

// shown tells that the page is what the window shows.
func (s *status) shown() bool { return s.j.app.current == screen(s.j) && s.j.station == station(s) }

// held tells that the look-up has not answered and nobody has decided to go on without it.
func (s *status) held() bool {
	return (s.looking || s.err != nil || s.known.NeedsGoneOn()) && !s.j.visit.Status.GoneOn
}

// notice is the panel of the state, with what can be done about it.
func (s *status) notice() fyne.CanvasObject {
	s.again = nil
	var actions []fyne.CanvasObject
	if s.err != nil || !s.looking && s.known.CanAsk && s.known.LookUp != capture.StatusFresh {
		s.again = form.Secondary("Try again", s.look)
		actions = append(actions, s.again)
	}
	if s.held() && s.err == nil {
		actions = append(actions, form.Secondary("Continue anyway", s.goOnAnyway))
	}
	if s.looking {
		return form.NewNotice(form.NoticeWait, "Getting the history of "+s.j.visit.Person.Name(), "", actions...)
	}
	if s.err != nil {
		return form.NewNotice(form.NoticeProblem, "The records on this device could not be read", faultsOf(s.err)[0].Message, actions...)
	}
	words, rest, _ := strings.Cut(s.known.Sentence, ". ")
	if s.j.visit.Status.GoneOn && s.known.NeedsGoneOn() {
		rest = "Going on without it: ask about earlier doses, and when they were"
	}
	if s.known.State == capture.StatusConflict && !s.known.CheckedAt.IsZero() {
		rest += ". Checked " + moment(s.known.CheckedAt)
	}
	return form.NewNotice(stateNotices[s.known.State], words, rest, actions...)
}

// stateNotices are how each state looks.
var stateNotices = map[capture.StatusState]form.NoticeKind{
	capture.StatusNotRequested: form.NoticeQuiet, capture.StatusFresh: form.NoticeGood,
	capture.StatusStale: form.NoticeWarning, capture.StatusUnavailable: form.NoticeWarning,
	capture.StatusNotPermitted: form.NoticeWarning, capture.StatusUnverified: form.NoticeQuiet,
	capture.StatusConflict: form.NoticeProblem,
}

// moment is a time as people write it: 12 May 2022 10:02.
func moment(at time.Time) string {
	return catalogue.DateOf(at).Short() + " " + at.In(london).Format("15:04")
}

// goOnAnyway opens the question, which must now be asked.
func (s *status) goOnAnyway() {
	s.j.visit.Status.GoneOn = true
	s.j.summary.Clear()
	s.fill()
}

func (s *status) step() capture.Step { return capture.StepStatus }

// goesOn offers no Continue while the way on is to be chosen in the panel of the look-up.
func (s *status) goesOn() string {
	if s.held() {
		return ""
	}
	return "Continue"
}

func (s *status) heading() string {
	return "Earlier " + s.j.facts.adjective(s.j.visit.Plan.Disease) + " vaccinations"
}

func (s *status) body() fyne.CanvasObject { return form.VStack(14, s.top, s.ask) }

func (s *status) first() fyne.Focusable {
	switch {
	case s.held() && s.again != nil:
		return s.again
	case s.held():
		return nil
	case len(s.conflicts) > 0 && s.conflicts[0].keep.Selected() == "":
		return s.conflicts[0].keep
	}
	return s.answer
}

func (s *status) keep(visit *capture.Encounter) {
	visit.StatusSeen = s.answer.Selected() == noOthers || s.answer.Selected() == othersNotKnown
	if s.looking {
		return
	}
	visit.Status.State, visit.Status.CheckedAt = s.known.State, s.known.CheckedAt
	visit.Status.GoneOn = visit.Status.GoneOn && s.known.NeedsGoneOn()
	visit.Status.Chosen = nil
	for _, c := range s.conflicts {
		if choice, ok := c.choice(); ok {
			visit.Status.Chosen = append(visit.Status.Chosen, choice)
		}
	}
}

func (s *status) faults() []form.Fault {
	if s.held() {
		return []form.Fault{{Message: "Wait for the history, try again, or choose Continue anyway and ask about earlier doses"}}
	}
	var faults []form.Fault
	for _, c := range s.conflicts {
		faults = append(faults, c.faults()...)
	}
	switch s.answer.Selected() {
	case "":
		faults = append(faults, mark(s.field, "Ask about other vaccinations and choose an answer")...)
	case others:
		faults = append(faults, s.told.faults()...)
	}
	return faults
}

func (s *status) fields() map[string]fyne.CanvasObject {
	fields := map[string]fyne.CanvasObject{"statusSeen": s.field}
	for _, c := range s.conflicts {
		fields["status.chosen."+c.about.Key] = c.kField
	}
	return fields
}

// take adds the dose that the patient told of.
func (s *status) take(visit *capture.Encounter) {
	if s.answer.Selected() != others {
		return
	}
	if told, ok := s.told.dose(); ok && !slices.Contains(visit.Reported, told) { // Continue is pressed again when saving failed
		visit.Reported = append(visit.Reported, told)
	}
}

func (s *status) next(j *journey) station {
	if s.answer.Selected() != others {
		return newDose(j)
	}
	// There may be more than one to tell of: ask again.
	return newStatus(j)
}

func (s *status) previous(j *journey) station { return newIdentity(j) }
