package catalogue

import "slices"

// riskGroup is a clinical risk group with the diseases whose vaccines it is offered for.
type riskGroup struct {
	Code
	diseases []string
}

// RiskGroups lists the clinical risk groups that are asked about for a vaccination against a disease.
func (e *Edition) RiskGroups(disease string) []Code {
	var codes []Code
	for _, group := range e.riskGroups {
		if forDisease(group.diseases, disease) {
			codes = append(codes, group.Code)
		}
	}
	return codes
}

// WorkerRoles lists what health-care and care-home workers do.
func (e *Edition) WorkerRoles() []Code { return slices.Clone(e.workerRoles) }

// WorkerRole finds what a worker does by our key.
func (e *Edition) WorkerRole(key string) (Code, bool) { return byKey(e.workerRoles, key) }

// LateReasons lists why a vaccination may be recorded days after it.
func (e *Edition) LateReasons() []Code { return slices.Clone(e.lateReasons) }

// LateReason finds a reason for recording late by our key.
func (e *Edition) LateReason(key string) (Code, bool) { return byKey(e.lateReasons, key) }

// GillickStatements are what a child under 16 must understand to consent, five of them.
func (e *Edition) GillickStatements() []Code { return slices.Clone(e.gillick) }

func (l *loader) loadRiskGroups(c *content) {
	var keys spans
	for _, r := range l.read("risk_groups.csv", "from", "to", "key", "diseases", "label", "source", "confidence") {
		group := riskGroup{
			Code:     Code{Span: r.span(), Key: r.key("key"), Label: r.text("label"), Source: l.source(r), Confidence: r.confidence()},
			diseases: l.someDiseases(r),
		}
		keys.check(r, "key", group.Key, group.Span)
		c.riskGroups = append(c.riskGroups, group)
	}
}

// Supplement is a payment that may be claimed for a dose beside the fee for giving it.
type Supplement struct {
	Span
	Key, Label string
	Disease    string
	When       Condition // over the facts of the event
	Pounds     int       // of one dose
	Source     string
	Confidence string
}

// Supplements lists the payments in force for doses against a disease.
func (e *Edition) Supplements(disease string) []Supplement {
	return slices.DeleteFunc(slices.Clone(e.supplements), func(s Supplement) bool { return s.Disease != disease })
}

func (l *loader) loadSupplements(c *content) {
	var keys spans
	for _, r := range l.read("supplements.csv", "from", "to", "key", "disease", "when", "pounds", "label", "source", "confidence") {
		supplement := Supplement{
			Span: r.span(), Key: r.key("key"), Label: r.text("label"), Disease: l.disease(r), When: r.condition("when", l.compiler),
			Pounds: r.number("pounds"), Source: l.source(r), Confidence: r.confidence(),
		}
		if supplement.When.String() == "" {
			r.fault("when", "the cell is empty, so every dose would be claimed for", "write a condition")
		}
		keys.check(r, "key", supplement.Key, supplement.Span)
		c.supplements = append(c.supplements, supplement)
	}
}
