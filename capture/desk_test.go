package capture_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// ready is an encounter with everything a dose needs.
func ready(t *testing.T, d desk) capture.Encounter {
	t.Helper()
	visit, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	visit.IdentityConfirmed, visit.StatusSeen = true, true
	visit.Plan.Kind, visit.Plan.Eligibility = catalogue.Primary1, "age"
	visit.Screening.ScreenerID = "nurse"
	visit.Consent = capture.Consent{Type: "CT1", ClinicianID: "nurse"}
	visit.Give = &capture.Give{BatchID: "good", BodySite: "left-upper-arm", Route: "im", AmountML: "0.3", VaccinatorID: "nurse"}
	visit, err = d.SaveDraft(t.Context(), visit)
	require.NoError(t, err)
	return visit
}

func TestDeskCompleteGiven(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)

	assert.Equal(t, visit.EventID, event.ID)
	assert.Equal(t, 1, event.Version)
	assert.Equal(t, capture.ActionNew, event.Action)
	assert.Equal(t, now, event.At)
	assert.Nil(t, event.NotGiven)
	require.NotNil(t, event.Given)
	assert.Equal(t, "1324681000000101", event.Given.Procedure.Code)
	assert.Equal(t, "FP1430", event.Given.BatchNumber)
	assert.Equal(t, "368208006", event.Given.BodySite.Code)
	assert.Equal(t, "78421000", event.Given.Route.Code)
	assert.Equal(t, "258773002", event.Given.Unit.Code)
	assert.Equal(t, "40556911000001102", event.Product.Code)
	assert.Equal(t, "413294000", event.CareSetting.Code)
	assert.Equal(t, "443684005", event.Indication.Code)
	assert.Equal(t, capture.NoLocation, event.LocationCode)
	assert.Equal(t, "https://fhir.hl7.org.uk/Id/nmc-number", event.Performer.RegistrationURI)
	assert.True(t, event.PrimarySource)

	assert.Equal(t, []string{"covid"}, d.store.dues[capture.Version{EventID: event.ID, Version: 1}])
	assert.Empty(t, d.store.drafts, "the draft ends with the event")
	last := d.store.audit[len(d.store.audit)-1]
	assert.Equal(t, "event.given", last.Action)
	assert.Equal(t, "nurse", last.By)
}

func TestDeskCompleteNotGiven(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Give, visit.NotGiven = nil, &capture.NotGiven{Choice: "contraindicated", Note: " PEG\tallergy "}
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Nil(t, event.Given)
	require.NotNil(t, event.NotGiven)
	assert.Equal(t, "1324781000000109", event.NotGiven.Situation.Code)
	assert.Equal(t, "1324761000000100", event.NotGiven.Reason.Code)
	assert.Equal(t, "PEG allergy", event.NotGiven.Note)
	assert.Equal(t, "nurse", event.Performer.ID)
}

func TestDeskCompleteRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		change func(d desk, visit *capture.Encounter)
		field  string
		words  string
	}{
		"identity not confirmed": {func(_ desk, v *capture.Encounter) { v.IdentityConfirmed = false }, "identityConfirmed", "Confirm who this is"},
		"status not seen":        {func(_ desk, v *capture.Encounter) { v.StatusSeen = false }, "statusSeen", "Look at the earlier vaccinations"},
		"both outcomes":          {func(_ desk, v *capture.Encounter) { v.NotGiven = &capture.NotGiven{Choice: "unwell"} }, "give", "never both"},
		"no outcome":             {func(_ desk, v *capture.Encounter) { v.Give = nil }, "give", "Record the dose given"},
		"unknown product":        {func(_ desk, v *capture.Encounter) { v.Plan.Product = "aspirin" }, "plan.product", "Choose the vaccine"},
		"history-only product":   {func(_ desk, v *capture.Encounter) { v.Plan.Product = "coronavac" }, "plan.product", "Choose a vaccine that is offered here"},
		"no dose kind":           {func(_ desk, v *capture.Encounter) { v.Plan.Kind = "" }, "plan.kind", "Choose which dose"},
		"no eligibility":         {func(_ desk, v *capture.Encounter) { v.Plan.Eligibility = "" }, "plan.eligibility", "Choose why"},
		"no screener":            {func(_ desk, v *capture.Encounter) { v.Screening.ScreenerID = "" }, "screening.screenerId", "Choose who did"},
		"T20 screener not registered": {func(_ desk, v *capture.Encounter) { v.Screening.ScreenerID = "recorder" },
			"screening.screenerId", "registered clinician"},
		"no consent":                {func(_ desk, v *capture.Encounter) { v.Consent.Type = "" }, "consent.type", "Choose who gave consent"},
		"T19 parent without a name": {func(_ desk, v *capture.Encounter) { v.Consent.Type, v.Consent.Relationship = "CT2", "mother" }, "consent.by", "Enter the name"},
		"consent refused": {func(_ desk, v *capture.Encounter) {
			v.Consent = capture.Consent{Type: capture.Refusal, ClinicianID: "nurse", By: "x", Relationship: "y"}
		}, "consent.type", "Consent was refused"},
		"no batch":                 {func(_ desk, v *capture.Encounter) { v.Give.BatchID = "" }, "give.batchId", "Choose the batch"},
		"batch of another vaccine": {func(_ desk, v *capture.Encounter) { v.Give.BatchID = "other" }, "give.batchId", "another vaccine"},
		"expired batch":            {func(_ desk, v *capture.Encounter) { v.Give.BatchID = "old" }, "give.batchId", "could be used until 11 May 2022"},
		"no site":                  {func(_ desk, v *capture.Encounter) { v.Give.BodySite = "" }, "give.bodySite", "Choose where"},
		"no vaccinator":            {func(_ desk, v *capture.Encounter) { v.Give.VaccinatorID = "" }, "give.vaccinatorId", "Choose who gave"},
		"amount not a number":      {func(_ desk, v *capture.Encounter) { v.Give.AmountML = "a bit" }, "give.amountMl", "Enter the dose"},
		"amount of nothing":        {func(_ desk, v *capture.Encounter) { v.Give.AmountML = "0.0" }, "give.amountMl", "Enter the dose"},
		"five places":              {func(_ desk, v *capture.Encounter) { v.Give.AmountML = "0.30001" }, "give.amountMl", "Enter the dose"},
		"K08 unusual amount":       {func(_ desk, v *capture.Encounter) { v.Give.AmountML = "0.5" }, "give.amountReason", "The usual dose is 0.3 ml"},
		"in the future":            {func(_ desk, v *capture.Encounter) { v.Give.At = now.Add(time.Minute) }, "give.at", "today or in the past"},
		"too long ago":             {func(_ desk, v *capture.Encounter) { v.Give.At = now.AddDate(-1, 0, -2) }, "give.at", "within the last 365 days"},
		"a detail of the person":   {func(_ desk, v *capture.Encounter) { v.Person.Surname = "" }, "person.surname", "Enter the last name"},
		"an unanswered question": {func(d desk, _ *capture.Encounter) {
			d.assessor.decide = func(capture.Case) capture.Decision { return capture.Decision{Missing: []string{"C01"}} }
		}, "screening.answers.C01", "Answer this question"},
		"contraindicated": {func(d desk, v *capture.Encounter) {
			d.assessor.decide = decided(capture.Contraindicated, capture.OverrideNobody)
			v.Screening.Override = &capture.Override{ByID: "nurse", Reason: "they insist", Advice: "Dr X"}
		}, "screening", "must not be given"},
		"advice without a reason": {func(d desk, _ *capture.Encounter) {
			d.assessor.decide = decided(capture.SeekAdvice, capture.OverrideClinician)
		}, "screening.override", "a clinician must give a reason"},
		"override by somebody not registered": {func(d desk, v *capture.Encounter) {
			d.assessor.decide = decided(capture.SeekAdvice, capture.OverrideClinician)
			v.Screening.Override = &capture.Override{ByID: "recorder", Reason: "why not"}
		}, "screening.override.byId", "Only a registered clinician"},
		"prescriber not named": {func(d desk, v *capture.Encounter) {
			d.assessor.decide = decided(capture.Defer, capture.OverridePrescriber)
			v.Screening.Override = &capture.Override{ByID: "nurse", Reason: "about to start treatment"}
		}, "screening.override.advice", "Enter the prescriber"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			visit := ready(t, d)
			test.change(d, &visit)
			_, err := d.Complete(t.Context(), visit)
			require.Error(t, err)
			messages := map[string]string{}
			for _, fault := range capture.ProblemsOf(err) {
				messages[fault.Field] = fault.Message
			}
			assert.Contains(t, messages, test.field)
			assert.Contains(t, messages[test.field], test.words)
			assert.Empty(t, d.store.events, "nothing may be saved")
			assert.Len(t, d.store.drafts, 1, "the draft stays")
		})
	}
}

func decided(outcome capture.Outcome, override string) func(capture.Case) capture.Decision {
	return func(capture.Case) capture.Decision {
		return capture.Decision{Outcome: outcome, Reasons: []capture.Reason{{RuleID: "X1", Outcome: outcome, Sentence: "A rule spoke", Override: override}}}
	}
}

func TestDeskCompleteWithOverride(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	d.assessor.decide = decided(capture.SeekAdvice, capture.OverrideClinician)
	visit.Screening.Override = &capture.Override{ByID: "nurse", Reason: "allergy clinic agreed", At: now}
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, "allergy clinic agreed", event.Screening.Override.Reason)
	assert.Equal(t, capture.SeekAdvice, event.Decision.Outcome)
}

func TestDeskCompleteNamesEveryFaultAtOnce(t *testing.T) {
	d := newDesk(t)
	visit, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	visit.Give = &capture.Give{}
	_, err = d.Complete(t.Context(), visit)
	assert.GreaterOrEqual(t, len(capture.ProblemsOf(err)), 9)
}

func TestDeskCompleteTwiceSavesOnce(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	d.store.afterSave = errors.New("the answer was lost")
	_, err := d.Complete(t.Context(), visit)
	require.Error(t, err)
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, visit.EventID, event.ID)
	assert.Len(t, d.store.events[event.ID], 1)
	assert.Len(t, d.store.order, 1)
}

func TestDeskKeepsTheDraftWhenSavingFails(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	d.store.saveEventErr = &capture.Error{Code: capture.Environment, Message: "The disk is full"}
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, capture.Environment, capture.CodeOf(err))
	assert.Len(t, d.store.drafts, 1)
	_, err = d.Complete(t.Context(), visit)
	require.NoError(t, err, "the same encounter can be saved again")
}

func TestDeskStart(t *testing.T) {
	d := newDesk(t)
	first, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	again, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	assert.Equal(t, first.ID, again.ID, "a draft is picked up, not begun twice")
	assert.Equal(t, capture.COVID19, first.Plan.Disease)
	assert.Equal(t, "comirnaty30_rtu", first.Plan.Product, "carried over from the clinic")
	assert.Empty(t, first.Screening.Answers, "nothing is answered beforehand")

	_, err = d.Start(t.Context(), "P999")
	assert.True(t, capture.IsNotFound(err))
}

func TestDeskStartNeedsAClinic(t *testing.T) {
	d := newDesk(t)
	d.store.clinics = nil
	require.NoError(t, d.SignIn(t.Context(), d.store.staff[0]))
	_, err := d.Start(t.Context(), "P1")
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
}

func TestDeskCloseClinic(t *testing.T) {
	d := newDesk(t)
	opened, _ := d.Clinic()
	require.NoError(t, d.CloseClinic(t.Context(), ""))
	_, open := d.Clinic()
	assert.False(t, open)
	closed := d.store.clinics[0]
	assert.Equal(t, opened.ID, closed.ID)
	assert.Equal(t, now, closed.ClosedAt)
	assert.Equal(t, "clinic.close", d.store.audit[len(d.store.audit)-1].Action)

	require.NoError(t, d.SignIn(t.Context(), d.store.staff[0]))
	_, open = d.Clinic()
	assert.False(t, open, "it stays closed at the next sign-in")
	_, err := d.Start(t.Context(), "P1")
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
	assert.Equal(t, capture.Refused, capture.CodeOf(d.CloseClinic(t.Context(), "")), "only once")
}

func TestDeskCloseClinicWaitsForWhatIsInProgress(t *testing.T) {
	d := newDesk(t)
	visit, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	elsewhere := capture.Encounter{ID: "other", ClinicID: "another day's", Revision: 1}
	require.NoError(t, d.store.SaveDraft(t.Context(), elsewhere))
	err = d.CloseClinic(t.Context(), "")
	assert.Equal(t, capture.Conflict, capture.CodeOf(err))
	assert.ErrorContains(t, err, "1 visit of this clinic is not finished")
	second := visit
	second.ID = "second"
	require.NoError(t, d.store.SaveDraft(t.Context(), second))
	assert.ErrorContains(t, d.CloseClinic(t.Context(), ""), "2 visits of this clinic are not finished")
	_, open := d.Clinic()
	assert.True(t, open)

	require.NoError(t, d.Discard(t.Context(), visit.ID, "walked away"))
	require.NoError(t, d.Discard(t.Context(), second.ID, "walked away"))
	require.NoError(t, d.CloseClinic(t.Context(), ""), "unfinished visits of other clinics do not matter")
}

func TestDeskDiscardNeedsAReason(t *testing.T) {
	d := newDesk(t)
	visit, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	require.Error(t, d.Discard(t.Context(), visit.ID, "  "))
	assert.Len(t, d.store.drafts, 1)
	require.NoError(t, d.Discard(t.Context(), visit.ID, "walked away"))
	assert.Empty(t, d.store.drafts)
}

func TestDeskBatchesAreUsableOnesFirstExpiringFirst(t *testing.T) {
	d := newDesk(t)
	batches, err := d.Batches(t.Context(), "comirnaty30_rtu")
	require.NoError(t, err)
	var numbers []string
	for _, batch := range batches {
		numbers = append(numbers, batch.Number)
	}
	assert.Equal(t, []string{"FP1431", "FP1430"}, numbers)
}

func TestDeskAddBatch(t *testing.T) {
	d := newDesk(t)
	added, err := d.AddBatch(t.Context(), capture.Batch{Product: "vaxzevria", Number: " 4120z001 ", Expiry: today.AddDays(30)})
	require.NoError(t, err)
	assert.Equal(t, "4120Z001", added.Number, "T30: lower case is put right")
	_, err = d.AddBatch(t.Context(), capture.Batch{Product: "vaxzevria", Number: "4120Z001", Expiry: today.AddDays(30)})
	assert.ErrorContains(t, err, "already a batch", "T31")
	_, err = d.AddBatch(t.Context(), capture.Batch{})
	assert.Len(t, capture.ProblemsOf(err), 3)
}

func TestBatchUseBy(t *testing.T) {
	rows, err := catalogue.Load()
	require.NoError(t, err)
	for name, test := range map[string]struct {
		product, thawed, expiry, day string
		expired                      bool
	}{
		"T15 concentrate after 31 days":      {"comirnaty30_conc", "2022-04-01", "2022-09-30", "2022-05-03", true},
		"T15 concentrate on day 31":          {"comirnaty30_conc", "2022-04-01", "2022-09-30", "2022-05-02", false},
		"T16 ready to use on day 70":         {"comirnaty30_rtu", "2022-03-01", "2022-09-30", "2022-05-10", false},
		"T16 ready to use on day 71":         {"comirnaty30_rtu", "2022-03-01", "2022-09-30", "2022-05-11", true},
		"the label is earlier than the thaw": {"comirnaty30_rtu", "2022-05-01", "2022-05-09", "2022-05-10", true},
	} {
		t.Run(name, func(t *testing.T) {
			product, ok := rows.At(today).Product(test.product)
			require.True(t, ok)
			batch := capture.Batch{ThawedOn: catalogue.MustDate(test.thawed), Expiry: catalogue.MustDate(test.expiry)}
			assert.Equal(t, test.expired, batch.Expired(product, catalogue.MustDate(test.day)))
		})
	}
}

func TestDeskAddPerson(t *testing.T) {
	d := newDesk(t)
	person := goodPerson()
	_, err := d.AddPerson(t.Context(), person)
	assert.Equal(t, capture.Conflict, capture.CodeOf(err), "the number is on the list already")
	person.NHSNumber = ""
	added, err := d.AddPerson(t.Context(), person)
	require.NoError(t, err)
	assert.Equal(t, "03", added.NHSNumberStatus)
	assert.LessOrEqual(t, len(added.ID), 20)
}

func TestDeskHistoryMergesWhatThePatientTold(t *testing.T) {
	d := newDesk(t)
	_, err := d.Complete(t.Context(), ready(t, d))
	require.NoError(t, err)
	day := catalogue.DateOf(now)
	doses, err := d.History(t.Context(), "P1", []capture.Dose{
		{Date: day, Disease: capture.COVID19, Product: "comirnaty30_rtu"},                   // the same one
		{Date: day.AddDays(-100), Disease: capture.COVID19, Product: "vaxzevria"},           // another
		{Date: day.AddDays(-100), Disease: "influenza", Product: "aqiv", Country: "abroad"}, // of something else
	})
	require.NoError(t, err)
	require.Len(t, doses, 3)
	assert.Equal(t, capture.SourceReported, doses[0].Source)
	assert.Equal(t, capture.SourceHere, doses[2].Source)
}

func TestDeskAmendAndDelete(t *testing.T) {
	d := newDesk(t)
	event, err := d.Complete(t.Context(), ready(t, d))
	require.NoError(t, err)

	revised := event
	given := *event.Given
	given.BatchNumber = "FP1431"
	revised.Given, revised.IDURI = &given, "https://elsewhere.example"
	_, err = d.Amend(t.Context(), revised, "")
	require.ErrorContains(t, err, "Enter why")
	second, err := d.Amend(t.Context(), revised, "wrong batch typed")
	require.NoError(t, err)
	assert.Equal(t, 2, second.Version)
	assert.Equal(t, capture.ActionUpdate, second.Action)
	assert.Equal(t, event.ID, second.ID)
	assert.Equal(t, event.IDURI, second.IDURI, "the namespace never changes")
	assert.Equal(t, "wrong batch typed", second.Change.Reason)

	both := revised
	both.NotGiven = &capture.NotGivenAs{}
	_, err = d.Amend(t.Context(), both, "x")
	require.ErrorContains(t, err, "never both")

	third, err := d.Delete(t.Context(), event.ID, "another person")
	require.NoError(t, err)
	assert.Equal(t, capture.ActionDelete, third.Action)
	_, err = d.Amend(t.Context(), revised, "again")
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
	assert.Len(t, d.store.events[event.ID], 3, "every version is kept")

	doses, err := d.History(t.Context(), "P1", nil)
	require.NoError(t, err)
	assert.Empty(t, doses, "a deleted dose is not in the history")
}

func TestDeskAsksTheAssessorAsOfTheDayOfVaccination(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Give.At = now.AddDate(0, 0, -2)
	_, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, catalogue.MustDate("2022-05-10"), d.assessor.last.Day)
}

func TestReviewWarnsWithoutStopping(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	d.extracts.warnings.Add("PERSON_POSTCODE", "has two spaces")
	review, err := d.Review(t.Context(), visit)
	require.NoError(t, err)
	assert.Len(t, review.Warnings, 1)
	_, err = d.Complete(t.Context(), visit)
	require.NoError(t, err, "what the NHS would refuse is kept all the same")
}

func TestBoosterProcedureFollowsTheSettingWithItsTerm(t *testing.T) {
	for code, term := range map[string]string{
		"":                 "Immunisation course to maintain protection",
		"1363791000000101": "Administration of fourth dose",
		"no such code":     "Immunisation course to maintain protection",
	} {
		d := newDesk(t)
		if code != "" {
			d.store.configuration["covid.procedure.booster"] = code
		}
		visit := ready(t, d)
		visit.Plan.Kind = catalogue.SpringBooster
		event, err := d.Complete(t.Context(), visit)
		require.NoError(t, err)
		assert.Contains(t, event.Given.Procedure.Term, term, "code %q", code)
	}
}

func TestDecisionMayGoOn(t *testing.T) {
	pgd, psd := catalogue.LegalMechanism{Key: "pgd"}, catalogue.LegalMechanism{Key: "psd", AgainstRules: true}
	reasons := func(all ...capture.Reason) capture.Decision { return capture.Decision{Reasons: all} }
	for name, test := range map[string]struct {
		decision            capture.Decision
		mechanism           catalogue.LegalMechanism
		allowed, prescriber bool
	}{
		"nothing in the way":                    {reasons(), pgd, true, false},
		"caution does not count":                {reasons(capture.Reason{Outcome: capture.Caution, Override: capture.OverrideNobody}), pgd, true, false},
		"advice, by a clinician":                {reasons(capture.Reason{Outcome: capture.SeekAdvice, Override: capture.OverrideClinician}), pgd, true, false},
		"too early, by a prescriber":            {reasons(capture.Reason{Outcome: capture.Defer, Override: capture.OverridePrescriber}), pgd, true, true},
		"nobody":                                {reasons(capture.Reason{Outcome: capture.Defer, Override: capture.OverrideNobody}), psd, false, false},
		"WF-L5 contraindicated under a PGD":     {reasons(capture.Reason{Outcome: capture.Contraindicated, Override: capture.OverridePrescriber}), pgd, false, false},
		"WF-L5 contraindicated under a PSD":     {reasons(capture.Reason{Outcome: capture.Contraindicated, Override: capture.OverridePrescriber}), psd, true, true},
		"the strictest of several reasons wins": {reasons(capture.Reason{Outcome: capture.SeekAdvice, Override: capture.OverrideClinician}, capture.Reason{Outcome: capture.Defer, Override: capture.OverridePrescriber}), pgd, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			allowed, prescriber := test.decision.MayGoOn(test.mechanism)
			assert.Equal(t, test.allowed, allowed)
			assert.Equal(t, test.prescriber, prescriber)
		})
	}
}

func TestOneClinicAtATime(t *testing.T) {
	d := newDesk(t)
	_, err := d.OpenClinic(t.Context(), goodClinic())
	assert.Equal(t, capture.Conflict, capture.CodeOf(err))
	require.NoError(t, d.CloseClinic(t.Context(), ""))
	clinic := goodClinic()
	clinic.Site.Code = " rx8xx "
	opened, err := d.OpenClinic(t.Context(), clinic)
	require.NoError(t, err)
	assert.Equal(t, "RX8XX", opened.Site.Code)
	assert.Equal(t, capture.NoLocation, opened.LocationCode)
}

func TestClinicCheck(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*capture.Clinic)
		field  string
	}{
		"no code":           {func(c *capture.Clinic) { c.Site.Code = "" }, "site.code"},
		"only digits":       {func(c *capture.Clinic) { c.Site.Code = "12345" }, "site.code"},
		"a urn":             {func(c *capture.Clinic) { c.Site.Code = "URN:X" }, "site.code"},
		"too long":          {func(c *capture.Clinic) { c.Site.Code = "RX8XXRX8XXRX8" }, "site.code"},
		"no name":           {func(c *capture.Clinic) { c.Site.Name = "" }, "site.name"},
		"long place":        {func(c *capture.Clinic) { c.LocationCode = "RX8XXRX8X" }, "locationCode"},
		"no care setting":   {func(c *capture.Clinic) { c.CareSetting = "" }, "careSetting"},
		"unknown mechanism": {func(c *capture.Clinic) { c.LegalMechanism = "because" }, "legalMechanism"},
		"history product":   {func(c *capture.Clinic) { c.Product = "coronavac" }, "product"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			require.NoError(t, d.CloseClinic(t.Context(), ""))
			clinic := goodClinic()
			test.change(&clinic)
			_, err := d.OpenClinic(t.Context(), clinic)
			faults := capture.ProblemsOf(err)
			require.Len(t, faults, 1)
			assert.Equal(t, test.field, faults[0].Field)
		})
	}
}
