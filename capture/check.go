package capture

import (
	"deltoid/assets/catalogue"
)

// check lists every fault of an encounter that is to become an event. Fields are paths in the encounter.
func (r room) check(encounter Encounter) Problems {
	var faults Problems
	faults.AddAll("person", encounter.Person.Check(catalogue.DateOf(r.now)))
	if category := encounter.Person.EthnicCategory; category != "" {
		if _, ok := r.edition.EthnicCategory(category); !ok {
			faults.Add("person.ethnicCategory", "Choose an ethnic category, as the person describes it, or leave it out")
		}
	}
	if !encounter.IdentityConfirmed {
		faults.Add("identityConfirmed", "Confirm who this is: ask for the full name and the date of birth")
	}
	r.checkPlan(&faults, encounter)
	r.checkWhen(&faults, encounter)
	r.checkTeam(&faults, encounter)
	r.checkAdditional(&faults, encounter)
	switch {
	case encounter.Give != nil && encounter.NotGiven != nil:
		faults.Add("give", "Record either a dose given or why it was not given, never both")
	case encounter.Give != nil:
		if !encounter.StatusSeen {
			faults.Add("statusSeen", "Look at the earlier vaccinations and ask about others")
		}
		r.checkStatus(&faults, encounter.Status)
		r.checkDecision(&faults, encounter)
		r.checkDirection(&faults, encounter)
		r.checkConsent(&faults, encounter)
		r.checkGive(&faults, encounter)
		r.checkDeskRules(&faults, encounter)
	case encounter.NotGiven != nil:
		r.checkNotGiven(&faults, encounter)
	default:
		faults.Add("give", "Record the dose given, or why it was not given")
	}
	return faults
}

func (r room) checkPlan(faults *Problems, encounter Encounter) {
	product, ok := r.edition.Product(encounter.Plan.Product)
	switch {
	case !ok:
		faults.Add("plan.product", "Choose the vaccine")
	case !product.Offered || product.Disease != encounter.Plan.Disease:
		faults.Add("plan.product", "Choose a vaccine that is offered here")
	case !r.mechanism.For(encounter.Plan.Disease):
		faults.refuse("plan.product", r.mechanism.Label+" is not used for this vaccine. Change the legal mechanism of the clinic, or choose another vaccine")
	}
	if _, ok := r.edition.Procedure(encounter.Plan.Kind, product.Platform); !ok {
		faults.Add("plan.kind", "Choose which dose this is")
	}
	if encounter.Give == nil {
		return
	}
	if _, ok := r.edition.Eligibility(encounter.Plan.Disease, encounter.Plan.Eligibility); !ok {
		faults.Add("plan.eligibility", "Choose why this person is offered the vaccine")
	}
}

// checkNotGiven looks at why no dose was given.
func (r room) checkNotGiven(faults *Problems, encounter Encounter) {
	not := encounter.NotGiven
	choice, ok := r.edition.NotGiven(not.Choice, encounter.Plan.Kind)
	if !ok {
		faults.Add("notGiven.choice", "Choose why the vaccine was not given")
		return
	}
	if choice.AsksUntil {
		switch {
		case not.Until.IsZero():
			faults.Add("notGiven.until", "Enter the earliest day on which the person may come back")
		case !not.Until.After(r.day):
			faults.Add("notGiven.until", "The day to come back must be after today")
		}
	}
	if choice.AsksWho && oneLine(encounter.Consent.By) == "" {
		faults.Add("consent.by", "Enter the name of the person who did not consent")
	}
}
