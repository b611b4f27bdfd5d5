package catalogue

import (
	"regexp"
	"strings"
)

func (l *loader) loadDoseRules(c *content) {
	var keys spans
	for _, r := range l.read("dose_rules.csv", "from", "to", "id", "kind", "cohort", "when", "products", "avoid", "same_product",
		"min_days", "recommended", "off_label?", "due_age?", "source", "confidence") {
		rule := DoseRule{
			Span: r.span(), ID: r.key("id"), Kind: l.kind(r, append(l.kinds[:len(l.kinds):len(l.kinds)], AdviceOnly)),
			Cohort: r.text("cohort"), When: r.condition("when", l.compiler), Products: r.list("products"), Avoid: r.list("avoid"),
			SameProduct: r.yes("same_product"), OffLabel: r.oneOf("off_label", "", "yes", "no") == "yes", MinDays: r.optionalNumber("min_days"), Recommended: r.optionalNumber("recommended"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		rule.DueAge, _ = r.age("due_age")
		l.checkProducts(r, c, "products", rule.Products...)
		l.checkProducts(r, c, "avoid", rule.Avoid...)
		if rule.Recommended != 0 && rule.Recommended < rule.MinDays {
			r.fault("recommended", "the recommended interval is shorter than the minimum", "correct one of the two")
		}
		if rule.Preference() && (len(rule.Products) > 0 || rule.MinDays > 0 || rule.Recommended > 0) {
			r.fault("avoid", "a rule that prefers an alternative entitles nobody, so it has no products and no intervals", "write two rules")
		}
		if rule.When.String() == "" && rule.Kind != AdviceOnly {
			r.fault("when", "the cell is empty, so the rule would cover everybody", "write a condition, at least age >= 0")
		}
		keys.check(r, "id", rule.ID+" "+string(rule.Kind), rule.Span)
		c.doseRules = append(c.doseRules, rule)
	}
}

// Outcomes of screening rules from the mildest to the most severe.
var outcomes = []string{"proceed", "caution", "seek", "defer", "contraindicated"}

func (l *loader) loadScreeningRules(c *content) {
	var ids ruleIDs
	for _, r := range l.read("screening_rules.csv", "from", "to", "id", "disease", "stage", "question", "when", "outcome", "sentence", "facts",
		"defer_from", "defer_days", "observe", "override", "source", "confidence") {
		rule := ScreeningRule{
			Span: r.span(), ID: r.key("id"), Disease: l.diseaseOrAll(r), Stage: r.oneOf("stage", StageScreening, StageDesk),
			Question: r.optional("question"), When: r.condition("when", l.compiler), Outcome: r.oneOf("outcome", outcomes...),
			Sentence: r.text("sentence"), Facts: r.list("facts"), DeferFrom: r.optional("defer_from"), DeferDays: r.optionalNumber("defer_days"),
			Observe: r.optionalNumber("observe"), Override: r.oneOf("override", "", "clinician", "prescriber", "nobody"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		if len(rule.Facts) == 0 {
			rule.Facts = rule.When.Names()
		}
		l.checkRule(r, c, rule)
		ids.check(r, l.diseases, rule)
		c.screeningRules = append(c.screeningRules, rule)
	}
	// Nothing refers to these rules, so their absence would be noticed by nobody else.
	if _, ok := find(c.screeningRules, func(r ScreeningRule) bool { return r.Disease == AllDiseases && r.Stage == StageScreening }); !ok {
		l.problems.add("screening_rules.csv", 0, "", "the rules that hold for every disease are missing", "restore it from the release")
	}
}

// ruleIDs keeps the id of a rule to one rule for each disease: two diseases may word the same check in their own way.
type ruleIDs struct{ spans }

func (s *ruleIDs) check(r row, diseases []string, rule ScreeningRule) {
	if rule.Disease != AllDiseases {
		diseases = []string{rule.Disease}
	}
	before := len(*r.problems)
	for _, disease := range diseases {
		if s.spans.check(r, "id", rule.ID+" of "+disease, rule.Span); len(*r.problems) > before {
			return // say it once
		}
	}
}

// loadDeskRules reads the rules of the desk that hold for every disease.
func (l *loader) loadDeskRules(c *content) {
	var ids spans
	for _, r := range l.read("desk_rules.csv", "from", "to", "id", "when", "outcome", "sentence", "facts", "override", "source", "confidence") {
		rule := ScreeningRule{
			Span: r.span(), ID: r.key("id"), Disease: AllDiseases, Stage: StageDesk, When: r.condition("when", l.compiler),
			Outcome: r.oneOf("outcome", outcomes...), Sentence: r.text("sentence"), Facts: r.list("facts"),
			Override: r.oneOf("override", "", "nobody"), Source: l.source(r), Confidence: r.confidence(),
		}
		if rule.When.String() == "" {
			r.fault("when", "the cell is empty, so the rule would always speak", "write a condition")
		}
		if len(rule.Facts) == 0 {
			rule.Facts = rule.When.Names()
		}
		l.checkRule(r, c, rule)
		ids.check(r, "id", rule.ID, rule.Span)
		c.screeningRules = append(c.screeningRules, rule)
	}
}

func (l *loader) checkRule(r row, c *content, rule ScreeningRule) {
	if rule.When.String() == "" && rule.Stage == StageScreening {
		r.fault("when", "the cell is empty, so the rule would always speak", "write a condition")
	}
	if rule.Question != "" && !hasQuestion(c, rule.Question) {
		r.fault("question", quoted(rule.Question)+" is no question", "use an id from questions.csv")
	}
	stops := rule.Outcome == "seek" || rule.Outcome == "defer" || rule.Outcome == "contraindicated"
	if stops != (rule.Override != "") {
		r.fault("override", "a rule that stops says who may go on, and no other does", "write clinician, prescriber or nobody, or clear the cell")
	}
	if rule.DeferFrom != "" {
		l.checkDate(r, "defer_from", rule.DeferFrom)
	}
	if (rule.DeferFrom != "" || rule.DeferDays != 0) && (rule.Outcome != "defer" || rule.DeferFrom == "") {
		r.fault("defer_from", "only a rule that defers counts days, and it counts them from a date", "write a date fact, or clear defer_from and defer_days")
	}
	l.checkFacts(r, "facts", rule.Facts)
	l.checkFacts(r, "sentence", placeholders(rule.Sentence))
	if strings.HasSuffix(rule.Sentence, ".") {
		r.fault("sentence", "the sentence ends with a full stop", "leave it out; the desk adds it where it needs one")
	}
}

func (l *loader) checkFacts(r row, column string, names []string) {
	for _, name := range names {
		if l.names[name] == "" && !l.dates[name] {
			r.fault(column, quoted(name)+" is no fact", "use a name from facts.csv, a question or a follow-up")
		}
	}
}

var placeholder = regexp.MustCompile(`\{([A-Za-z0-9_]+)\}`)

// placeholders are the names of facts in braces that a sentence shows.
func placeholders(sentence string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(sentence, -1) {
		names = append(names, match[1])
	}
	return names
}
