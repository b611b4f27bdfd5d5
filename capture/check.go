package capture

import (
	"fmt"
	"strconv"
	"strings"

	"deltoid/assets/catalogue"
)

// check lists every fault of an encounter that is to become an event. Fields are paths in the encounter.
func (r room) check(encounter Encounter) Problems {
	var faults Problems
	today := catalogue.DateOf(r.now)
	faults.AddAll("person", encounter.Person.Check(today))
	if !encounter.IdentityConfirmed {
		faults.Add("identityConfirmed", "Confirm who this is: ask for the full name and the date of birth")
	}
	r.checkPlan(&faults, encounter)
	r.checkWhen(&faults, encounter)
	switch {
	case encounter.Give != nil && encounter.NotGiven != nil:
		faults.Add("give", "Record either a dose given or why it was not given, never both")
	case encounter.Give != nil:
		if !encounter.StatusSeen {
			faults.Add("statusSeen", "Look at the earlier vaccinations and ask about others")
		}
		r.checkDecision(&faults, encounter)
		faults.AddAll("consent", encounter.Consent.Check(r.edition, r.staff))
		if encounter.Consent.Type == Refusal {
			faults.Add("consent.type", "Consent was refused: record why the vaccine was not given")
		}
		r.checkGive(&faults, encounter)
	case encounter.NotGiven != nil:
		if _, ok := r.edition.NotGiven(encounter.NotGiven.Choice, encounter.Plan.Kind); !ok {
			faults.Add("notGiven.choice", "Choose why the vaccine was not given")
		}
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
	}
	if _, ok := r.edition.Procedure(encounter.Plan.Kind, product.Platform); !ok {
		faults.Add("plan.kind", "Choose which dose this is")
	}
	if encounter.Give == nil {
		return
	}
	if _, ok := r.edition.Eligibility(encounter.Plan.Eligibility); !ok {
		faults.Add("plan.eligibility", "Choose why this person is offered the vaccine")
	}
}

func (r room) checkWhen(faults *Problems, encounter Encounter) {
	when := encounter.When(r.now)
	field := "give.at"
	if encounter.NotGiven != nil {
		field = "notGiven.at"
	}
	limit, err := strconv.Atoi(r.configuration.Get("retro.max_days"))
	if err != nil {
		limit = 365
	}
	switch {
	case when.After(r.now):
		faults.Add(field, "Date of vaccination must be today or in the past")
	case catalogue.DateOf(r.now).DaysSince(r.day) > limit:
		faults.Add(field, fmt.Sprintf("Date of vaccination must be within the last %d days", limit))
	case r.day.Before(encounter.Person.BirthDate):
		faults.Add(field, "Date of vaccination must be after the date of birth")
	}
}

func (r room) checkDecision(faults *Problems, encounter Encounter) {
	if r.assessErr != nil {
		*faults = append(*faults, &Error{Code: Refused, Field: "screening", Message: "Screening could not be worked out; check the vaccine and the dose", Err: r.assessErr})
		return
	}
	for _, question := range r.decision.Missing {
		faults.Add("screening.answers."+question, "Answer this question: yes, no or not known")
	}
	screener, known := r.staff(encounter.Screening.ScreenerID)
	switch {
	case !known:
		faults.Add("screening.screenerId", "Choose who did the screening")
	case !screener.Registered():
		faults.Add("screening.screenerId", "Screening must be done by a registered clinician; choose one with a registration number")
	}
	if !r.decision.NeedsOverride() || !r.decision.Final() {
		return
	}
	mechanism, _ := r.edition.LegalMechanism(r.clinic.LegalMechanism)
	allowed, prescriber := r.decision.MayGoOn(mechanism)
	sentence := r.decision.Reasons[0].Sentence
	switch override := encounter.Screening.Override; {
	case !allowed:
		*faults = append(*faults, &Error{Code: Refused, Field: "screening", Message: sentence + ". This dose must not be given; record why it was not given"})
	case override == nil || oneLine(override.Reason) == "":
		*faults = append(*faults, &Error{Code: Refused, Field: "screening.override", Message: sentence + ". To go on, a clinician must give a reason"})
	default:
		clinician, ok := r.staff(override.ByID)
		if !ok || !clinician.Registered() {
			faults.Add("screening.override.byId", "Only a registered clinician may go on; choose one with a registration number")
		}
		if prescriber && oneLine(override.Advice) == "" {
			faults.Add("screening.override.advice", "Enter the prescriber who directed this dose, with name and registration number")
		}
	}
}

func (r room) checkGive(faults *Problems, encounter Encounter) {
	give := encounter.Give
	product, _ := r.edition.Product(encounter.Plan.Product)
	batch, ok := r.batch(give.BatchID)
	switch {
	case !ok:
		faults.Add("give.batchId", "Choose the batch")
	case batch.Product != encounter.Plan.Product:
		faults.Add("give.batchId", "Choose a batch of "+product.Name+": this one is of another vaccine")
	case batch.Expired(product, r.day):
		*faults = append(*faults, &Error{Code: Refused, Field: "give.batchId", Message: fmt.Sprintf("Batch %s could be used until %s. Choose another batch", batch.Number, batch.UseBy(product).Plain())})
	}
	if _, ok := r.edition.Site(give.BodySite); !ok {
		faults.Add("give.bodySite", "Choose where the injection was given")
	}
	if _, ok := r.edition.Route(give.Route); !ok {
		faults.Add("give.route", "Choose the route")
	}
	switch usual := product.Amount(encounter.Plan.Kind); {
	case !decimalAmount(give.AmountML):
		faults.Add("give.amountMl", "Enter the dose in millilitres, for example "+usual)
	case usual != "" && give.AmountML != usual && oneLine(give.AmountReason) == "":
		faults.Add("give.amountReason", "The usual dose is "+usual+" ml. Enter why another amount was given")
	}
	if _, ok := r.staff(give.VaccinatorID); !ok {
		faults.Add("give.vaccinatorId", "Choose who gave the vaccine")
	}
}

// decimalAmount tells whether text is a positive decimal with at most four places, as extracts carry it.
func decimalAmount(text string) bool {
	whole, places, _ := strings.Cut(text, ".")
	if whole == "" || len(whole) > 3 || len(places) > 4 || !onlyDigits(whole) || !onlyDigits(places) || strings.HasSuffix(text, ".") {
		return false
	}
	value, err := strconv.ParseFloat(text, 64)
	return err == nil && value > 0
}
