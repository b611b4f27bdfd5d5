package ui

import (
	"slices"

	"deltoid/capture"
	"deltoid/ui/form"
)

// tick is one fact about the person that rules look at.
type tick struct {
	box *form.Checkbox
	set func(*capture.Circumstances) *bool
}

// circumstances are the facts that can be ticked, by the name that rules know them under.
var circumstances = []struct {
	fact, label string
	set         func(*capture.Circumstances) *bool
}{
	{"at_risk", "At clinical risk", func(c *capture.Circumstances) *bool { return &c.AtRisk }},
	{"household_contact", "Lives with immunosuppressed person", func(c *capture.Circumstances) *bool { return &c.HouseholdContact }},
	{"care_home", "Lives in a care home", func(c *capture.Circumstances) *bool { return &c.CareHomeResident }},
	{"immunosuppressed", "Immunosuppressed now", func(c *capture.Circumstances) *bool { return &c.Immunosuppressed }},
	{"immunosuppressed_at_primary", "Severely immunosuppressed at dose 1 or 2", func(c *capture.Circumstances) *bool { return &c.ImmunosuppressedAtPrimary }},
	{"health_or_care_worker", "Health or care worker", func(c *capture.Circumstances) *bool { return &c.HealthOrCareWorker }},
	{"carer", "Carer", func(c *capture.Circumstances) *bool { return &c.Carer }},
}

// circumstanceTicks are the boxes for what the rules of a disease look at, ticked as known.
func circumstanceTicks(f facts, disease string, known *capture.Circumstances) []tick {
	var ticks []tick
	for _, row := range circumstances {
		if !f.matters(row.fact, disease) {
			continue
		}
		box := form.NewCheckbox(row.label, "").Dense()
		box.SetTicked(*row.set(known))
		ticks = append(ticks, tick{box, row.set})
	}
	return ticks
}

// matters tells whether a rule in force for a disease looks at a fact.
func (f facts) matters(fact, disease string) bool {
	kinds := f.catalogue.KindKeys(disease)
	for _, rule := range f.edition.DoseRules() {
		if slices.Contains(kinds, rule.Kind) && slices.Contains(rule.When.Names(), fact) {
			return true
		}
	}
	for _, rule := range f.edition.ScreeningRules(disease) {
		if slices.Contains(rule.When.Names(), fact) {
			return true
		}
	}
	return false
}
