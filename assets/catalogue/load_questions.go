package catalogue

import (
	"slices"
	"strings"
)

// loadQuestions reads the names first, because conditions may use any of them, and compiles afterwards.
func (l *loader) loadQuestions(c *Catalogue) {
	l.dates = map[string]bool{}
	facts := l.read("facts.csv", "name", "type", "meaning", "values", "earliest_of", "also")
	questions := l.read("questions.csv", "from", "to", "set", "id", "order", "text", "hint", "applies", "source", "confidence")
	followUps := l.read("follow_ups.csv", "from", "to", "question", "id", "kind", "text", "options", "on", "when", "required")
	l.domains = map[string][]string{}
	l.nameFacts(facts, l.lists(&c.all))
	l.nameAnswers(questions, followUps)
	compiler, err := newCompiler(l.names, l.domains)
	if err != nil {
		l.problems.add("facts.csv", 0, "", err.Error(), "correct the name")
		compiler, _ = newCompiler(nil, nil)
	}
	l.compiler = compiler
	l.loadFacts(c, facts)
	l.loadSets(&c.all)
	l.loadQuestionRows(&c.all, questions)
	l.loadFollowUps(&c.all, followUps)
}

func (l *loader) loadFacts(c *Catalogue, rows []row) {
	for _, r := range rows {
		fact := Fact{
			Name: r.optional("name"), Type: r.optional("type"), Meaning: r.text("meaning"),
			EarliestOf: r.list("earliest_of"), Also: r.condition("also", l.compiler),
		}
		for _, name := range fact.EarliestOf {
			l.checkDate(r, "earliest_of", name)
		}
		l.checkAlso(r, fact)
		c.facts = append(c.facts, fact)
	}
}

// checkAlso keeps the order of working out facts simple: what makes a fact true are answers only.
func (l *loader) checkAlso(r row, fact Fact) {
	if fact.Also.String() != "" && fact.Type != FactBool {
		r.fault("also", "only a bool can be true as well", "clear the cell or make the fact a bool")
	}
	for _, name := range fact.Also.Names() {
		if !l.answers[name] {
			r.fault("also", quoted(name)+" is no answer", "use questions and follow-ups only")
		}
	}
}

func (l *loader) checkDate(r row, column, name string) {
	if !l.dates[name] {
		r.fault(column, quoted(name)+" is no date", "use a fact or a follow-up of type date")
	}
}

func (l *loader) loadSets(c *content) {
	var diseases spans
	for _, r := range l.read("question_sets.csv", "from", "to", "id", "version", "disease") {
		set := datedSet{Span: r.span(), QuestionSet: QuestionSet{ID: r.key("id"), Version: r.text("version"), Disease: l.disease(r)}}
		diseases.check(r, "disease", set.Disease, set.Span)
		c.sets = append(c.sets, set)
	}
}

func (l *loader) loadQuestionRows(c *content, rows []row) {
	var ids spans
	for _, r := range rows {
		question := datedQuestion{Set: r.text("set"), Question: Question{
			Span: r.span(), ID: r.key("id"), Order: r.number("order"), Text: r.text("text"), Hint: r.optional("hint"),
			Applies: r.condition("applies", l.compiler), Source: l.source(r), Confidence: r.confidence(),
		}}
		if _, ok := find(c.sets, func(s datedSet) bool { return s.ID == question.Set }); !ok {
			r.fault("set", quoted(question.Set)+" is no question set", "use an id from question_sets.csv")
		}
		ids.check(r, "id", question.ID, question.Span)
		c.questions = append(c.questions, question)
	}
	slices.SortStableFunc(c.questions, func(a, b datedQuestion) int { return a.Order - b.Order })
}

func (l *loader) loadFollowUps(c *content, rows []row) {
	var ids spans
	for _, r := range rows {
		followUp := datedFollowUp{Question: r.key("question"), FollowUp: FollowUp{
			Span: r.span(), ID: r.key("id"), Text: r.text("text"), Kind: r.oneOf("kind", "yesno", "choice", "date", "text"),
			Options: r.options("options"), On: r.oneOf("on", "yes", "unknown"), When: r.condition("when", l.compiler), Required: r.yes("required"),
		}}
		if !hasQuestion(c, followUp.Question) {
			r.fault("question", quoted(followUp.Question)+" is no question", "use an id from questions.csv")
		}
		if (followUp.Kind == "choice") != (len(followUp.Options) > 0) {
			r.fault("options", "a choice needs options, and nothing else has them", "write key=Label | key=Label, or clear the cell")
		}
		ids.check(r, "id", followUp.ID, followUp.Span)
		c.followUps = append(c.followUps, followUp)
	}
}

func hasQuestion(c *content, id string) bool {
	_, ok := find(c.questions, func(q datedQuestion) bool { return q.ID == id })
	return ok
}

// options reads the choices of a follow-up: key=Label | key=Label.
func (r row) options(column string) []Option {
	if r.cells[column] == "" {
		return nil
	}
	options, ok := parseOptions(r.cells[column])
	if !ok {
		r.fault(column, "the options cannot be read", "write key=Label | key=Label with different keys")
	}
	return options
}

func parseOptions(text string) ([]Option, bool) {
	var options []Option
	for part := range strings.SplitSeq(text, "|") {
		key, label, found := strings.Cut(part, "=")
		option := Option{Key: strings.TrimSpace(key), Label: strings.TrimSpace(label)}
		twice := slices.ContainsFunc(options, func(o Option) bool { return o.Key == option.Key })
		if !found || !plainKey.MatchString(option.Key) || option.Label == "" || twice {
			return nil, false
		}
		options = append(options, option)
	}
	return options, true
}
