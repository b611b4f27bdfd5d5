package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// perPage is how many questions fit on a page at 1366 by 768 with a follow-up open.
const perPage = 5

// screening asks the questions of the set, a page at a time; each has its own answer and none is pre-filled.
type screening struct {
	j    *journey
	page int
	asks []*asked
	who  *form.Radios // the clinician who asks, when whoever types may not; nil: nobody needs to say
	wFor *form.Field
	// insists: the decision sent us back here for what it misses
	insists bool
}

// asked is one question on the page with the follow-ups its answer opens.
type asked struct {
	question  catalogue.Question
	choice    *form.YesNoUnknown
	followUps []*followUp
}

var answerWords = map[form.Answer]string{
	form.AnswerNone: "", form.AnswerYes: capture.Yes, form.AnswerNo: capture.No, form.AnswerUnknown: capture.Unknown,
}

func answerOf(words string) form.Answer {
	for answer, word := range answerWords {
		if word == words {
			return answer
		}
	}
	return form.AnswerNone
}

func (a *asked) value() string { return answerWords[a.choice.Answer()] }

// followUp is one further question.
type followUp struct {
	row    catalogue.FollowUp
	radios *form.Radios
	date   *form.DateEntry
	text   *form.Entry
	field  *form.Field
}

func newScreening(j *journey, page int) *screening {
	s := &screening{j: j, page: page}
	questions := j.facts.questions.Questions
	start := min(page*perPage, len(questions))
	end := min(start+perPage, len(questions))
	for _, question := range questions[start:end] {
		s.asks = append(s.asks, s.ask(question))
	}
	user := j.app.session.Desk.User()
	if !j.facts.edition.May(j.facts.clinic.LegalMechanism, catalogue.TaskScreen, user.Registered()) {
		s.who = registeredRadios(j.facts.clinicians(), j.visit.Screening.ScreenerID)
		s.who.OnSubmit = j.enter
		s.wFor = form.NewField("Which clinician asks the questions?", "You may type the answers for them.", s.who)
	}
	return s
}

func (s *screening) ask(question catalogue.Question) *asked {
	answer := s.j.visit.Screening.Answers[question.ID]
	a := &asked{question: question, choice: form.NewYesNoUnknown(question.Text, question.Hint)}
	a.choice.SetAnswer(answerOf(answer.Value))
	a.choice.OnSubmit = s.j.enter
	for _, row := range question.FollowUps {
		a.followUps = append(a.followUps, newFollowUp(row, answer.FollowUps[row.ID], s.j.enter))
	}
	a.showFollowUps()
	a.choice.OnChanged = func(form.Answer) {
		a.showFollowUps()
		s.j.relayout()
		s.goOn(a)
	}
	return a
}

// goOn moves the focus to what is to be answered next.
func (s *screening) goOn(from *asked) {
	for _, f := range from.opened() {
		if f.value() == "" {
			s.j.app.focus(f.field.Focusable())
			return
		}
	}
	for i, a := range s.asks {
		if a == from && i+1 < len(s.asks) {
			s.j.app.focus(s.asks[i+1].choice)
			return
		}
	}
}

func newFollowUp(row catalogue.FollowUp, value string, submit func()) *followUp {
	f := &followUp{row: row}
	switch row.Kind {
	case "date":
		f.date = form.NewDateEntry()
		if day, err := catalogue.ParseDate(value); err == nil {
			f.date.SetDate(day)
		}
		f.field = form.NewField(row.Text, "For example, 27 3 2022", f.date)
	case "text":
		f.text = form.NewEntry().SetColumns(44)
		f.text.MaxLength = 500
		f.text.SetText(value)
		f.field = form.NewField(row.Text, "", f.text)
	default:
		options := []form.Option{{Value: capture.Yes, Label: "Yes"}, {Value: capture.No, Label: "No"}, {Value: capture.Unknown, Label: "Not known"}}
		if row.Kind == "choice" {
			options = nil
			for _, option := range row.Options {
				options = append(options, form.Option{Value: option.Key, Label: option.Label})
			}
		}
		f.radios = form.NewRadios(options...).Dense()
		f.radios.SetSelected(value)
		f.radios.OnSubmit = submit
		f.field = form.NewField(row.Text, "", f.radios)
	}
	return f
}

// value is what was answered so far; a date that is not whole is not an answer.
func (f *followUp) value() string {
	switch {
	case f.date != nil:
		day, err := f.date.Date()
		if err != nil {
			return ""
		}
		return day.String()
	case f.text != nil:
		return f.text.Text
	default:
		return f.radios.Selected()
	}
}

// opened are the follow-ups that the answer opens.
func (a *asked) opened() []*followUp {
	var opened []*followUp
	for _, f := range a.followUps {
		if a.value() == f.row.On {
			opened = append(opened, f)
		}
	}
	return opened
}

func (a *asked) showFollowUps() {
	var fields []fyne.CanvasObject
	for _, f := range a.opened() {
		fields = append(fields, f.field)
	}
	a.choice.SetFollowUp(fields...)
}

func (s *screening) step() capture.Step { return capture.StepScreening }

func (s *screening) heading() string {
	if s.pages() > 1 {
		return fmt.Sprintf("Clinical screening, page %d of %d", s.page+1, s.pages())
	}
	return "Clinical screening"
}

func (s *screening) pages() int {
	return max(1, (len(s.j.facts.questions.Questions)+perPage-1)/perPage)
}

// progress is how many questions have their answer.
func (s *screening) progress() string {
	answered := 0
	for _, question := range s.j.facts.questions.Questions {
		if s.j.visit.Screening.Answers[question.ID].Value != "" {
			answered++
		}
	}
	return fmt.Sprintf("%d/%d", answered, len(s.j.facts.questions.Questions))
}

func (s *screening) body() fyne.CanvasObject {
	rows := []fyne.CanvasObject{form.Hint("Ask each question. 1 yes, 2 no, 3 not known.")}
	if s.wFor != nil && s.page == 0 {
		rows = append(rows, form.Pad(0, 0, 8, 0, s.wFor))
	}
	for _, a := range s.asks {
		rows = append(rows, a.choice)
	}
	return form.VStack(4, rows...)
}

func (s *screening) first() fyne.Focusable {
	if s.who != nil && s.page == 0 && s.who.Selected() == "" {
		return s.who
	}
	for _, a := range s.asks {
		if a.value() == "" {
			return a.choice
		}
	}
	if len(s.asks) > 0 {
		return s.asks[0].choice
	}
	return nil
}

func (s *screening) keep(visit *capture.Encounter) {
	answers := map[string]capture.Answer{}
	for id, answer := range visit.Screening.Answers {
		answers[id] = answer
	}
	for _, a := range s.asks {
		answer := capture.Answer{Value: a.value()}
		if answer.Value == "" {
			delete(answers, a.question.ID)
			continue
		}
		for _, f := range a.opened() {
			if f.value() == "" {
				continue
			}
			if answer.FollowUps == nil {
				answer.FollowUps = map[string]string{}
			}
			answer.FollowUps[f.row.ID] = f.value()
		}
		answers[a.question.ID] = answer
	}
	visit.Screening.Answers = answers
	visit.Screening.SetID, visit.Screening.SetVersion = s.j.facts.questions.ID, s.j.facts.questions.Version
	visit.Screening.Override = nil // it was given for other answers
	if s.who != nil {
		visit.Screening.ScreenerID = s.who.Selected()
	}
}

func (s *screening) faults() []form.Fault {
	var faults []form.Fault
	if s.who != nil && s.who.Selected() == "" {
		faults = append(faults, mark(s.wFor, "Choose the registered clinician who asks the questions")...)
	}
	for _, a := range s.asks {
		if a.value() == "" {
			faults = append(faults, form.Fault{Message: "Answer: " + a.question.Text, Target: a.choice})
		}
		for _, f := range a.opened() {
			whole := f.date == nil || f.date.Empty() || f.value() != ""
			if whole && (f.value() != "" || !f.row.Always()) {
				continue // what only sometimes matters, the decision asks for
			}
			message := "Answer: " + f.row.Text
			if f.date != nil {
				if _, err := f.date.Date(); err != nil {
					message = err.Error()
				}
			}
			faults = append(faults, mark(f.field, message)...)
		}
	}
	return faults
}

func (s *screening) next(j *journey) station {
	if s.page+1 < s.pages() {
		return newScreening(j, s.page+1)
	}
	return j.judged()
}

// judged is the decision, or the page of what it still misses: a decision that is not final is never shown.
func (j *journey) judged() station {
	for i, question := range j.facts.questions.Questions {
		if missed(j.facts.decision.Missing, question.ID) {
			page := newScreening(j, i/perPage)
			page.insists = true
			return page
		}
	}
	return newJudgement(j)
}

// missed tells whether a question or one of its follow-ups is among what is missing.
func missed(missing []string, question string) bool {
	return slices.ContainsFunc(missing, func(name string) bool {
		return name == question || strings.HasPrefix(name, question+"_")
	})
}

// complaints are what the decision misses on a page it sent us back to.
func (s *screening) complaints() []form.Fault {
	if !s.insists {
		return nil
	}
	var faults []form.Fault
	for _, a := range s.asks {
		for _, f := range a.opened() {
			if slices.Contains(s.j.facts.decision.Missing, f.row.ID) {
				faults = append(faults, mark(f.field, "Answer: "+f.row.Text)...)
			}
		}
		if slices.Contains(s.j.facts.decision.Missing, a.question.ID) {
			faults = append(faults, form.Fault{Message: "Answer: " + a.question.Text, Target: a.choice})
		}
	}
	return faults
}

func (s *screening) previous(j *journey) station {
	if s.page > 0 {
		return newScreening(j, s.page-1)
	}
	if j.asksMore() {
		return newMoreAbout(j)
	}
	return newEligible(j)
}
