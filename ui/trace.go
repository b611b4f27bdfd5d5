package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	engine "deltoid/screening"
	"deltoid/ui/form"
)

// explainer is an assessor that says which rules it looked at.
type explainer interface {
	Explain(capture.Case) ([]engine.Trace, error)
}

// trace shows every rule that the decision looked at: those that spoke first, then those that did not.
type trace struct {
	j      *journey
	rules  []engine.Trace
	list   *form.RowList
	detail *fyne.Container
}

// showTrace works out the trace and shows it; the page of the decision waits behind it.
func (j *journey) showTrace() {
	j.station.keep(&j.visit)
	visit, desk := j.visit, j.app.session.Desk
	assessor, ok := desk.Assessor.(explainer)
	if !ok {
		return
	}
	once(j.app, func(ctx ctx) ([]engine.Trace, error) {
		who, err := desk.Case(ctx, visit)
		if err != nil {
			return nil, err
		}
		return assessor.Explain(who)
	}, func(rules []engine.Trace, err error) {
		if err != nil {
			j.refuse(faultsOf(err))
			return
		}
		slices.SortStableFunc(rules, func(a, b engine.Trace) int {
			switch {
			case a.Spoke == b.Spoke:
				return 0
			case a.Spoke:
				return -1
			}
			return 1
		})
		j.app.show(&trace{j: j, rules: rules})
	})
}

func (t *trace) title() string { return "Why: every rule that was looked at" }

func (t *trace) content() fyne.CanvasObject {
	t.list = form.NewRowList(
		form.Column{Title: "Rule", Width: 160}, form.Column{Title: "What it says", Weight: 1}, form.Column{Title: "Spoke", Width: 120})
	t.detail = container.NewStack()
	t.list.OnSelected = t.show
	rows := make([][]form.Cell, len(t.rules))
	for i, rule := range t.rules {
		rows[i] = []form.Cell{{Text: rule.RuleID, Bold: rule.Spoke}, {Text: rule.Sentence}, {Text: "No", Quiet: true}}
		if rule.Spoke {
			rows[i][2] = form.Cell{Text: "Yes", Tone: form.ToneBlue, Icon: form.IconTick}
		}
	}
	t.list.SetRows(rows)
	if len(rows) > 0 {
		t.list.Select(0)
		t.show(0)
	}
	about := form.Hint(t.j.visit.Person.Name() + ", " + t.j.facts.today.Plain() + ". " + count(len(t.rules), "rule") + " in force were looked at; those that spoke come first.")
	top := form.VStack(10, form.Heading(t.title()), about, form.HStack(16, form.Secondary("Back", t.back)))
	left := container.New(topAndRest{}, form.Pad(0, 0, 14, 0, top), t.list)
	return form.Columns(0, []float32{0, 440}, form.Pad(20, 24, 12, 24, left),
		form.Filled(form.White, form.Pad(20, 20, 12, 20, form.NewPage(t.detail))))
}

// show sets out one rule: what it says, since when, of what, and the values it looked at.
func (t *trace) show(row int) {
	rule := t.rules[row]
	spoke := form.NewTag("Did not speak", form.ToneGrey, form.IconNone)
	if rule.Spoke {
		spoke = form.NewTag("Spoke", form.ToneBlue, form.IconTick)
	}
	lines := form.VStack(10, form.Subheading(rule.RuleID), spoke, form.Body(rule.Sentence+"."))
	add := func(name, value string) {
		if value != "" {
			lines.Add(form.VStack(2, form.Caption(name), form.Body(value)))
		}
	}
	if rule.Outcome != "" {
		add("OUTCOME", outcomeNames[rule.Outcome])
	}
	for _, fact := range rule.Facts {
		add("FACT", fact.String())
	}
	add("CONDITION", rule.Condition)
	if !rule.InForceFrom.IsZero() {
		add("IN FORCE FROM", rule.InForceFrom.Plain())
	}
	add("SOURCE", rule.Source)
	add("HOW SURE", rule.Confidence)
	t.detail.Objects = []fyne.CanvasObject{lines}
	t.detail.Refresh()
}

// outcomeNames are the outcomes in words.
var outcomeNames = map[capture.Outcome]string{
	capture.Proceed: "Proceed", capture.Caution: "Caution", capture.SeekAdvice: "Seek advice",
	capture.Defer: "Defer", capture.Contraindicated: "Do not give",
}

func (t *trace) first() fyne.Focusable { return t.list }
func (t *trace) enter()                { t.back() }
func (t *trace) back()                 { t.j.show() }
