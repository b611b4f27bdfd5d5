package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func TestT14_NotGivenCarriesTheTwoCodesAndNoDose(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Give, visit.NotGiven = nil, &capture.NotGiven{Choice: "contraindicated", Until: today.AddDays(5)}
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Nil(t, event.Given, "no batch, site, route or dose")
	assert.Equal(t, "1324781000000109", event.NotGiven.Situation.Code)
	assert.Equal(t, "1324761000000100", event.NotGiven.Reason.Code)
	assert.Equal(t, "40556911000001102", event.Product.Code, "the vaccine meant")
	assert.True(t, event.NotGiven.Until.IsZero(), "only a deferral has a day")
}

// Every reason of every kind of dose can be recorded, with the codes of its row.
func TestEveryReasonNotToGive(t *testing.T) {
	d := newDesk(t)
	for _, kind := range d.Catalogue.KindKeys(capture.COVID19) {
		choices := d.Edition().NotGivenChoices(kind)
		require.NotEmpty(t, choices, kind)
		for _, choice := range choices {
			visit := ready(t, d)
			visit.Plan.Kind, visit.Give = kind, nil
			visit.NotGiven = &capture.NotGiven{Choice: choice.Key, Until: today.AddDays(1)}
			visit.Consent = capture.Consent{Type: capture.Refusal, By: "Kim Example"}
			event, err := d.Complete(t.Context(), visit)
			require.NoError(t, err, "%s of %s", choice.Key, kind)
			assert.Equal(t, choice.Situation, event.NotGiven.Situation.Code)
			assert.Equal(t, choice.Reason, event.NotGiven.Reason.Code)
			assert.NotEmpty(t, event.NotGiven.Situation.Term+event.NotGiven.Reason.Term)
		}
	}
}

func TestNotGivenRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*capture.Encounter)
		want   []string
	}{
		"no reason":                       {func(e *capture.Encounter) { e.NotGiven.Choice = "because" }, []string{"notGiven.choice"}},
		"deferred without a day":          {func(e *capture.Encounter) { e.NotGiven.Choice = "deferred" }, []string{"notGiven.until"}},
		"deferred to today":               {func(e *capture.Encounter) { e.NotGiven.Choice, e.NotGiven.Until = "deferred", today }, []string{"notGiven.until"}},
		"deferred to tomorrow":            {func(e *capture.Encounter) { e.NotGiven.Choice, e.NotGiven.Until = "deferred", today.AddDays(1) }, nil},
		"who did not consent":             {func(e *capture.Encounter) { e.NotGiven.Choice = "consent-not-given" }, []string{"consent.by"}},
		"answers of nobody":               {func(e *capture.Encounter) { e.Screening.ScreenerID = ""; e.Screening.Answers = answers("C01") }, []string{"screening.screenerId"}},
		"answers of somebody unqualified": {func(e *capture.Encounter) { e.Screening.ScreenerID = "recorder" }, []string{"screening.screenerId"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			visit := ready(t, d)
			visit.Give, visit.NotGiven, visit.Consent = nil, &capture.NotGiven{Choice: "unwell"}, capture.Consent{}
			test.change(&visit)
			event, err := d.Complete(t.Context(), visit)
			assert.Equal(t, test.want, fieldsOf(err))
			if test.want == nil {
				assert.Equal(t, visit.NotGiven.Until, event.NotGiven.Until)
			}
		})
	}
}

func answers(ids ...string) map[string]capture.Answer {
	all := map[string]capture.Answer{}
	for _, id := range ids {
		all[id] = capture.Answer{Value: "no"}
	}
	return all
}

func TestT27_AnUpdateKeepsTheID(t *testing.T) {
	d := newDesk(t)
	event, err := d.Complete(t.Context(), ready(t, d))
	require.NoError(t, err)
	revised := event
	revised.Kind = catalogue.Primary2
	second, err := d.Amend(t.Context(), revised, "wrong dose")
	require.NoError(t, err)
	assert.Equal(t, event.ID, second.ID)
	assert.Equal(t, event.IDURI, second.IDURI)
	assert.Equal(t, capture.ActionUpdate, second.Action)
	assert.Equal(t, []string{"covid"}, d.store.dues[capture.Version{EventID: event.ID, Version: 2}])
}

func TestT34_CloseListsWhatIsUnfinished(t *testing.T) {
	d := newDesk(t)
	first, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	for i := range 15 {
		another := first
		another.ID = "draft-" + string(rune('a'+i))
		another.Step = capture.StepConsent
		require.NoError(t, d.store.SaveDraft(t.Context(), another))
	}
	err = d.CloseClinic(t.Context(), "")
	require.Equal(t, capture.Conflict, capture.CodeOf(err))
	faults := capture.ProblemsOf(err)
	require.Len(t, faults, 17)
	assert.Contains(t, faults[0].Message, "16 visits")
	listed := map[string]bool{}
	for _, fault := range faults[1:] {
		listed[fault.Field] = true
		assert.Contains(t, fault.Message, "Begun at 10:02 on 12 May by Anna Nurse")
		assert.NotContains(t, fault.Message, first.Person.Surname, "names no patient")
	}
	assert.Len(t, listed, 16)
	_, open := d.Clinic()
	assert.True(t, open)
}
