package catalogue

import "slices"

// Edition is the reference data in force on one day. Its lists are in the order of the files; callers may change them.
type Edition struct {
	since Date
	content
}

// Since is the first day on which exactly this edition was in force.
func (e *Edition) Since() Date { return e.since }

// Products lists what the desk may give.
func (e *Edition) Products() []Product {
	return slices.DeleteFunc(slices.Clone(e.products), func(p Product) bool { return !p.Offered })
}

// AllProducts adds to Products those that are only known from histories.
func (e *Edition) AllProducts() []Product { return slices.Clone(e.products) }

// Product finds a product by our key.
func (e *Edition) Product(key string) (Product, bool) {
	return find(e.products, func(p Product) bool { return p.Key == key })
}

// ProductByAMP finds a product by the code that is sent (dm+d AMP). Terms change, codes do not.
func (e *Edition) ProductByAMP(code string) (Product, bool) {
	return find(e.products, func(p Product) bool { return code != "" && p.AMP == code })
}

// Packs lists the packs of every product.
func (e *Edition) Packs() []Pack { return slices.Clone(e.packs) }

// ProductByPack finds the product in a pack by the pack's code (dm+d AMPP).
func (e *Edition) ProductByPack(code string) (Product, bool) {
	pack, ok := find(e.packs, func(p Pack) bool { return p.Code == code })
	if !ok {
		return Product{}, false
	}
	return e.Product(pack.Product)
}

// NotGivenChoices lists the reasons for not giving a dose of a kind.
func (e *Edition) NotGivenChoices(kind DoseKind) []NotGivenChoice {
	return slices.DeleteFunc(slices.Clone(e.notGiven), func(c NotGivenChoice) bool { return c.Kind != kind })
}

// NotGiven finds a reason for not giving a dose of a kind.
func (e *Edition) NotGiven(key string, kind DoseKind) (NotGivenChoice, bool) {
	return find(e.notGiven, func(c NotGivenChoice) bool { return c.Key == key && c.Kind == kind })
}

// Situation finds a situation by its code.
func (e *Edition) Situation(code string) (Code, bool) { return byCode(e.situations, code) }

// Situations lists every situation code.
func (e *Edition) Situations() []Code { return slices.Clone(e.situations) }

// Reason finds a reason for not giving a dose by its code.
func (e *Edition) Reason(code string) (Code, bool) { return byCode(e.reasons, code) }

// Reasons lists every code for not giving a dose.
func (e *Edition) Reasons() []Code { return slices.Clone(e.reasons) }

// DoseRules lists the rules of who may have which dose.
func (e *Edition) DoseRules() []DoseRule { return slices.Clone(e.doseRules) }

// DoseRulesOf lists the rules of who may have a dose of a kind.
func (e *Edition) DoseRulesOf(kind DoseKind) []DoseRule {
	return only(e.doseRules, func(r *DoseRule) bool { return r.Kind == kind })
}

// ScreeningRules lists the rules of a disease, and of all, that screening applies.
func (e *Edition) ScreeningRules(disease string) []ScreeningRule {
	return e.rules(disease, StageScreening)
}

// DeskRules lists the rules of a disease, and of all, that the desk applies when the dose is recorded.
func (e *Edition) DeskRules(disease string) []ScreeningRule { return e.rules(disease, StageDesk) }

func (e *Edition) rules(disease, stage string) []ScreeningRule {
	return only(e.screeningRules, func(r *ScreeningRule) bool {
		return (r.Disease == disease || r.Disease == AllDiseases) && r.Stage == stage
	})
}

// only copies the rows that are wanted. Rows are large and a decision asks for many, so it takes the room they need and no more.
func only[T any](rows []T, wanted func(*T) bool) []T {
	count := 0
	for i := range rows {
		if wanted(&rows[i]) {
			count++
		}
	}
	kept := make([]T, 0, count)
	for i := range rows {
		if wanted(&rows[i]) {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

// QuestionSet is the questions of a disease in order, each with the follow-ups in force; empty when there are none.
func (e *Edition) QuestionSet(disease string) QuestionSet {
	dated, ok := find(e.sets, func(s datedSet) bool { return s.Disease == disease })
	if !ok {
		return QuestionSet{Disease: disease}
	}
	set := dated.QuestionSet
	for _, question := range e.questions {
		if question.Set == set.ID {
			set.Questions = append(set.Questions, e.withFollowUps(question.Question))
		}
	}
	return set
}

func (e *Edition) withFollowUps(question Question) Question {
	for _, followUp := range e.followUps {
		if followUp.Question == question.ID {
			question.FollowUps = append(question.FollowUps, followUp.FollowUp)
		}
	}
	return question
}

func byKey(codes []Code, key string) (Code, bool) {
	return find(codes, func(c Code) bool { return c.Key == key })
}

func byCode(codes []Code, code string) (Code, bool) {
	return find(codes, func(c Code) bool { return c.Code == code })
}
