package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func TestAdditionalCheck(t *testing.T) {
	for name, test := range map[string]struct {
		said capture.Additional
		want []string
	}{
		"nothing asked": {capture.Additional{}, nil},
		"all of it": {capture.Additional{
			HealthCareWorker: "yes", CareHomeWorker: "no", SocialCareWorker: "no", WorkerRole: "doctor", Employer: "RX8XX", Pregnant: "yes",
			PregnancyWeeks: 42, Conditions: []string{"diabetes", "heart"}, ConditionNote: "type 1", Housebound: true, Trial: "made-up trial", LocationType: "outreach",
		}, nil},
		"words that are no answers": {capture.Additional{HealthCareWorker: "unknown", CareHomeWorker: "maybe", SocialCareWorker: "x", Pregnant: "perhaps"},
			[]string{"careHomeWorker", "healthCareWorker", "pregnant", "socialCareWorker"}},
		"43 weeks":             {capture.Additional{Pregnant: "yes", PregnancyWeeks: 43}, []string{"pregnancyWeeks"}},
		"weeks below nought":   {capture.Additional{Pregnant: "yes", PregnancyWeeks: -1}, []string{"pregnancyWeeks"}},
		"weeks, not pregnant":  {capture.Additional{Pregnant: "no", PregnancyWeeks: 10}, []string{"pregnancyWeeks"}},
		"pregnant, not known":  {capture.Additional{Pregnant: "unknown"}, nil},
		"work":                 {capture.Additional{WorkerRole: "juggler"}, []string{"workerRole"}},
		"condition":            {capture.Additional{Conditions: []string{"heart", "hay-fever"}}, []string{"conditions"}},
		"home without letters": {capture.Additional{CareHome: capture.Site{Code: "12345"}}, []string{"careHome.code"}},
		"home too long":        {capture.Additional{CareHome: capture.Site{Code: "VABCDEFGH"}}, []string{"careHome.code"}},
		"sort of place":        {capture.Additional{LocationType: "moon"}, []string{"locationType"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			var fields []string
			for _, fault := range test.said.Check(d.Edition(), capture.COVID19) {
				fields = append(fields, fault.Field)
			}
			assert.Equal(t, test.want, fields)
		})
	}
}

func TestAdditionalStaysWithTheEvent(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Additional = capture.Additional{HealthCareWorker: "yes", LocationType: "care-home"}
	visit.Person.EthnicCategory = "Q"
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"person.ethnicCategory", "additional.careHome.code"}, fieldsOf(err))
	visit.Person.EthnicCategory, visit.Additional.CareHome = "A", capture.Site{Code: "vl123", Name: "Example Lodge"}
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, visit.Additional, event.Additional)
	assert.Equal(t, "care-home", event.LocationType)
	assert.Equal(t, "VL123", event.LocationCode)
	assert.True(t, d.assessor.last.Circumstances.HealthOrCareWorker, "the dose rules know of it")
}

func TestPlaceOfAnotherSortThanTheClinics(t *testing.T) {
	d := newDesk(t)
	clinic, _ := d.Clinic()
	clinic.LocationType = "care-home"
	assert.Equal(t, []string{"locationCode"}, fieldsOf(d.ChangeClinic(t.Context(), clinic)))
	clinic.LocationCode = "VL123"
	require.NoError(t, d.ChangeClinic(t.Context(), clinic))
	visit := ready(t, d)
	visit.Additional.LocationType = "housebound"
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, "housebound", event.LocationType)
	assert.Equal(t, capture.NoLocation, event.LocationCode, "not at the care home")
}

func TestT33_SupplementsOfTheDayOfVaccination(t *testing.T) {
	d := newDesk(t)
	dose := func(day string, kind catalogue.DoseKind, change func(*capture.Event)) capture.Event {
		event := capture.Event{Person: goodPerson(), Disease: capture.COVID19, Kind: kind, Given: &capture.Given{}, At: londonTime(day, "10:00")}
		if change != nil {
			change(&event)
		}
		return event
	}
	severe := func(e *capture.Event) { e.Circumstances.ImmunosuppressedAtPrimary = true }
	for name, test := range map[string]struct {
		event  capture.Event
		pounds map[string]int
	}{
		"31 March":           {dose("2022-03-31", catalogue.ThirdPrimary, severe), map[string]int{"severely-immunosuppressed": 10}},
		"1 April":            {dose("2022-04-01", catalogue.ThirdPrimary, severe), map[string]int{}},
		"before December":    {dose("2021-11-30", catalogue.ThirdPrimary, severe), map[string]int{}},
		"a booster":          {dose("2022-03-31", catalogue.Booster1, severe), map[string]int{}},
		"housebound in May":  {dose("2022-05-12", catalogue.SpringBooster, func(e *capture.Event) { e.Additional.Housebound = true }), map[string]int{"housebound": 10}},
		"housebound, autumn": {dose("2021-10-01", catalogue.Booster1, func(e *capture.Event) { e.LocationType = "housebound" }), map[string]int{"housebound-booster": 30}},
		"said while screened": {dose("2022-03-31", catalogue.ThirdPrimary, func(e *capture.Event) {
			e.Screening.Answers = map[string]capture.Answer{"C17": {Value: "yes", FollowUps: map[string]string{"C17_when": "primary"}}}
		}), map[string]int{"severely-immunosuppressed": 10}},
		"not given": {dose("2022-03-31", catalogue.ThirdPrimary, func(e *capture.Event) { severe(e); e.Given = nil }), map[string]int{}},
		"deleted":   {dose("2022-03-31", catalogue.ThirdPrimary, func(e *capture.Event) { severe(e); e.Action = capture.ActionDelete }), map[string]int{}},
	} {
		t.Run(name, func(t *testing.T) {
			claims, err := d.Claims(test.event)
			require.NoError(t, err)
			pounds := map[string]int{}
			for _, claim := range claims {
				pounds[claim.Key] = claim.Pounds
			}
			assert.Equal(t, test.pounds, pounds)
		})
	}
}
