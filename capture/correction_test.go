package capture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// correct previews a correction of one record.
func correct(t *testing.T, d desk, event capture.Event, correction capture.Correction) capture.Corrected {
	t.Helper()
	previews, err := d.PreviewCorrection(t.Context(), []string{event.ID}, correction)
	require.NoError(t, err)
	require.Len(t, previews, 1)
	return previews[0]
}

func TestEveryAnswerThatGoesWrongCanBePutRight(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	earlier := now.Add(-90 * time.Minute)
	for name, test := range map[string]struct {
		correction capture.Correction
		want       func(*capture.Event)
	}{
		"site": {capture.Correction{Site: capture.Site{Code: " rx8yy", Name: "Example  Library"}},
			func(e *capture.Event) { e.Site = capture.Site{Code: "RX8YY", Name: "Example Library"} }},
		"time": {capture.Correction{At: earlier}, func(e *capture.Event) { e.At = earlier }},
		"place on the body": {capture.Correction{BodySite: "right-upper-arm"},
			func(e *capture.Event) {
				e.Given.BodySite = capture.Coded{Code: "368209003", Term: "Right upper arm structure (body structure)"}
			}},
		"which dose": {capture.Correction{Kind: catalogue.Primary2}, func(e *capture.Event) {
			e.Kind = catalogue.Primary2
			e.Given.Procedure.Code = "1324691000000104"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := correct(t, d, event, test.correction)
			require.NoError(t, got.Fault)
			assert.Empty(t, got.Warnings)
			want, given := event, *event.Given
			want.Given = &given
			test.want(&want)
			want.Given.Procedure.Term, want.Given.BodySite.Term = got.After.Given.Procedure.Term, got.After.Given.BodySite.Term
			assert.Equal(t, want, got.After)
			assert.NotEmpty(t, got.After.Given.Procedure.Term)
			assert.Equal(t, event, got.Before)
		})
	}
	vaccinator := correct(t, d, event, capture.Correction{VaccinatorID: "pharmacist"})
	assert.Equal(t, "2038243", vaccinator.After.Performer.Registration.Number, "as registered")
	assert.Equal(t, event.RecordedBy, vaccinator.After.RecordedBy)
}

func TestABoosterKeepsItsConfiguredCodeWhenTheDoseIsCorrected(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	booster := correct(t, d, event, capture.Correction{Kind: catalogue.Booster1}).After.Given.Procedure
	d.store.configuration["covid.procedure.booster"] = event.Given.Procedure.Code
	assert.NotEqual(t, booster.Code, correct(t, d, event, capture.Correction{Kind: catalogue.Booster1}).After.Given.Procedure.Code)
}

func TestANotGivenDoseCanBeOfAnotherKind(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.Give, visit.NotGiven = nil, &capture.NotGiven{Choice: "contraindicated"}
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	after := correct(t, d, event, capture.Correction{Kind: catalogue.Primary2})
	require.NoError(t, after.Fault)
	assert.NotEqual(t, event.NotGiven.Situation.Code, after.After.NotGiven.Situation.Code, "the code says which dose was not given")
	assert.Equal(t, event.NotGiven.Reason, after.After.NotGiven.Reason)
	assert.ErrorContains(t, correct(t, d, event, capture.Correction{BodySite: "left-upper-arm"}).Fault, "No dose was given")
}

func TestWhatACorrectionMayNotSay(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	for field, correction := range map[string]capture.Correction{
		"at": {At: now.Add(time.Minute)}, "bodySite": {BodySite: "nose"}, "kind": {Kind: catalogue.FluFirst}, "site": {Site: capture.Site{Code: "12345", Name: "Digits"}},
	} {
		got := correct(t, d, event, correction)
		require.Error(t, got.Fault, field)
		assert.Equal(t, field, capture.ProblemsOf(got.Fault)[0].Field)
		assert.Equal(t, event, got.After, "nothing is half changed")
	}
	_, err := d.PreviewCorrection(t.Context(), []string{event.ID, event.ID}, capture.Correction{At: now})
	assert.Equal(t, "at", capture.ProblemsOf(err)[0].Field)
}

func TestABatchPastItsUseIsAWarningWhenItWasTrulyGiven(t *testing.T) {
	d := newDesk(t)
	got := correct(t, d, vaccinated(t, d), capture.Correction{BatchID: "old"})
	require.NoError(t, got.Fault)
	assert.Equal(t, []string{"Batch FP0001 could be used until 11 May 2022, before the day of this dose: 12 May 2022"}, got.Warnings)
}

func TestOnlyTheOrganisationThatRecordedMayChange(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	elsewhere := event
	elsewhere.ID, elsewhere.Site = "elsewhere", capture.Site{Code: "RTGXX", Name: "Another Hall"}
	require.NoError(t, d.store.SaveEvent(t.Context(), elsewhere, nil, "", capture.AuditEntry{}))
	assert.Equal(t, capture.Forbidden, capture.CodeOf(correct(t, d, elsewhere, capture.Correction{BatchID: "soon"}).Fault))
	_, err := d.Amend(t.Context(), elsewhere, "wrong batch")
	assert.ErrorContains(t, err, "This record is of Another Hall (RTGXX)")
	_, err = d.Delete(t.Context(), elsewhere.ID, "wrong person")
	assert.Equal(t, capture.Forbidden, capture.CodeOf(err))

	told := elsewhere
	told.ID, told.PrimarySource = "told", false
	require.NoError(t, d.store.SaveEvent(t.Context(), told, nil, "", capture.AuditEntry{}))
	_, err = d.Delete(t.Context(), told.ID, "told wrongly")
	assert.NoError(t, err, "it was recorded here")
}
