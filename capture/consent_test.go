package capture_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// aged is an encounter of somebody of an age in completed years today.
func aged(years int) capture.Encounter {
	person := goodPerson()
	person.BirthDate = catalogue.MustDate("2022-05-12")
	person.BirthDate.Year -= years
	return capture.Encounter{Person: person}
}

func keys(options []catalogue.Consent) (keys []string) {
	for _, option := range options {
		keys = append(keys, option.Key)
	}
	return keys
}

// gillick answers every statement with the same word.
func gillick(d desk, answer string) map[string]string {
	answers := map[string]string{}
	for _, statement := range d.Edition().GillickStatements() {
		answers[statement.Key] = answer
	}
	return answers
}

func TestT18_ConsentOffered(t *testing.T) {
	d := newDesk(t)
	for name, test := range map[string]struct {
		age     int
		consent capture.Consent
		want    []string
	}{
		"16 consents":                 {16, capture.Consent{}, []string{"CT1", "CT8"}},
		"12 does not, but may":        {12, capture.Consent{}, []string{"CT2", "CT7", "CT8"}},
		"12 found competent":          {12, capture.Consent{Gillick: gillick(d, "yes")}, []string{"CT2", "CT7", "CT8"}},
		"12 found not competent":      {12, capture.Consent{Gillick: gillick(d, "no")}, []string{"CT2", "CT8"}},
		"17 without capacity":         {17, capture.Consent{LacksCapacity: true}, []string{"CT2", "CT3", "CT4", "CT5", "CT8"}},
		"80 without capacity":         {80, capture.Consent{LacksCapacity: true}, []string{"CT3", "CT4", "CT5", "CT6", "CT8"}},
		"80":                          {80, capture.Consent{}, []string{"CT1", "CT8"}},
		"a child that lacks capacity": {8, capture.Consent{LacksCapacity: true}, []string{"CT2", "CT8"}},
	} {
		t.Run(name, func(t *testing.T) {
			encounter := aged(test.age)
			encounter.Consent = test.consent
			assert.Equal(t, test.want, keys(d.ConsentOptions(encounter)))
		})
	}
}

// What the desk does not offer is refused when it is saved all the same, and what it offers is not.
func TestT18_OnlyWhatIsOfferedIsTaken(t *testing.T) {
	d := newDesk(t)
	rapid.Check(t, func(rt *rapid.T) {
		visit := ready(t, d)
		defer func() { _ = d.Discard(t.Context(), visit.ID, "over") }()
		visit.Person = aged(rapid.IntRange(5, 100).Draw(rt, "age")).Person
		visit.Person.ID = "P1"
		option := rapid.SampledFrom(d.Edition().Consents()).Draw(rt, "option")
		visit.Consent = capture.Consent{
			Type: option.Key, By: "Kim Example", Relationship: "Parent", Consulted: "the family", ClinicianID: "nurse", Notes: "explained well",
			LacksCapacity: rapid.Bool().Draw(rt, "lacks capacity"), Gillick: gillick(d, "yes"),
		}
		offered := slices.Contains(keys(d.ConsentOptions(visit)), option.Key) && option.Given
		_, err := d.Review(t.Context(), visit)
		if offered != (err == nil) {
			rt.Fatalf("%s offered: %v, but %v", option.Key, offered, err)
		}
	})
}

func TestT19_ConsentByAnotherNamesThem(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Person = aged(8).Person
	visit.Person.ID = "P1"
	visit.Consent = capture.Consent{Type: "CT2", By: " ", Relationship: "Mother", ClinicianID: "nurse"}
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"consent.by"}, fieldsOf(err))
	visit.Consent.By, visit.Consent.Relationship = "Kim Example", ""
	_, err = d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"consent.relationship"}, fieldsOf(err))
	visit.Consent.Relationship, visit.Consent.ClinicianID = "Mother", ""
	_, err = d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"consent.clinicianId"}, fieldsOf(err))
	visit.Consent.ClinicianID = "recorder"
	_, err = d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"consent.clinicianId"}, fieldsOf(err), "the recorder is not registered")
	visit.Consent.ClinicianID = "pharmacist"
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, "2038243", event.ConsentBy.Registration.Number)
}

func TestGillick(t *testing.T) {
	d := newDesk(t)
	statements := d.Edition().GillickStatements()
	require.Len(t, statements, 5)
	rapid.Check(t, func(t *rapid.T) {
		consent := capture.Consent{Gillick: map[string]string{}}
		said := map[string]int{}
		for _, statement := range statements {
			answer := rapid.SampledFrom([]string{"yes", "no", ""}).Draw(t, statement.Key)
			consent.Gillick[statement.Key] = answer
			said[answer]++
		}
		decided, competent := consent.Competent(statements)
		if competent != (said["yes"] == 5) || decided != (said["no"] > 0 || said["yes"] == 5) {
			t.Fatalf("%v: decided %v, competent %v", said, decided, competent)
		}
	})
	decided, competent := capture.Consent{}.Competent(nil)
	assert.False(t, decided || competent, "no statements decide nothing")
}

func TestGillickAtSaving(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*capture.Consent)
		want   []string
	}{
		"competent":       {func(*capture.Consent) {}, nil},
		"one not said":    {func(c *capture.Consent) { delete(c.Gillick, "delivery") }, []string{"consent.gillick.delivery"}},
		"one not known":   {func(c *capture.Consent) { c.Gillick["disease"] = "unknown" }, []string{"consent.gillick.disease"}},
		"one no":          {func(c *capture.Consent) { c.Gillick["side-effects"] = "no" }, []string{"consent.type"}},
		"nothing noted":   {func(c *capture.Consent) { c.Notes = " " }, []string{"consent.notes"}},
		"share not asked": {func(c *capture.Consent) { c.Share = "perhaps" }, []string{"consent.share"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			visit := ready(t, d)
			visit.Person = aged(13).Person
			visit.Person.ID = "P1"
			visit.Consent = capture.Consent{Type: "CT7", ClinicianID: "nurse", Notes: "answers in own words", Gillick: gillick(d, "yes"), Share: "no"}
			test.change(&visit.Consent)
			event, err := d.Complete(t.Context(), visit)
			assert.Equal(t, test.want, fieldsOf(err))
			if test.want == nil {
				assert.Equal(t, visit.Consent.Gillick, event.Consent.Gillick, "the answers stay with the event")
			}
		})
	}
}

func TestBestInterestsNameWhoWasConsulted(t *testing.T) {
	for _, key := range []string{"CT4", "CT5"} {
		d := newDesk(t)
		visit := ready(t, d)
		visit.Consent = capture.Consent{Type: key, By: "Alex Advocate", ClinicianID: "nurse", LacksCapacity: true}
		_, err := d.Complete(t.Context(), visit)
		assert.Equal(t, []string{"consent.consulted"}, fieldsOf(err))
		visit.Consent.Consulted = "the daughter, by telephone"
		event, err := d.Complete(t.Context(), visit)
		require.NoError(t, err)
		assert.True(t, event.Consent.LacksCapacity)
	}
}

func TestConsentComesBeforeTheDose(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Give.At = now.Add(-time.Hour).Truncate(time.Minute)
	visit.Consent.At = visit.Give.At.Add(time.Minute)
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"consent.at"}, fieldsOf(err))
	visit.Consent.At = visit.Give.At.Add(59 * time.Second)
	_, err = d.Complete(t.Context(), visit)
	require.NoError(t, err, "the same minute")
}

func fieldsOf(err error) (fields []string) {
	for _, fault := range capture.ProblemsOf(err) {
		fields = append(fields, fault.Field)
	}
	return fields
}
