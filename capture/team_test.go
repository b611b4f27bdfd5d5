package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

// under is a desk whose clinic works under a legal mechanism.
func under(t *testing.T, mechanism string) desk {
	t.Helper()
	d := newDesk(t)
	clinic, _ := d.Clinic()
	clinic.LegalMechanism = mechanism
	require.NoError(t, d.ChangeClinic(t.Context(), clinic))
	return d
}

func TestT20_OnlyARegisteredClinicianScreens(t *testing.T) {
	d := under(t, "national-protocol")
	visit := ready(t, d)
	require.NoError(t, d.SignIn(t.Context(), d.store.staff[2]))
	kept := d.store.drafts[visit.ID]

	answered := visit
	answered.Screening.Answers = map[string]capture.Answer{"C01": {Value: "no"}}
	answered.Screening.ScreenerID = ""
	_, err := d.SaveDraft(t.Context(), answered)
	assert.Equal(t, []string{"screening.screenerId"}, fieldsOf(err), "their own answers")
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
	answered.Screening.ScreenerID = "recorder"
	_, err = d.SaveDraft(t.Context(), answered)
	assert.Equal(t, []string{"screening.screenerId"}, fieldsOf(err), "their own name")
	assert.Equal(t, kept, d.store.drafts[visit.ID], "nothing was kept")
	_, err = d.Complete(t.Context(), answered)
	assert.Contains(t, fieldsOf(err), "screening.screenerId")

	answered.Screening.ScreenerID = "nurse"
	answered.Consent.ClinicianID = "recorder"
	_, err = d.SaveDraft(t.Context(), answered)
	assert.Equal(t, []string{"consent.clinicianId"}, fieldsOf(err))
	answered.Consent.ClinicianID = "nurse"
	_, err = d.SaveDraft(t.Context(), answered)
	require.NoError(t, err, "they may type what a clinician asked")
}

func TestFivePeopleOfTheNationalProtocol(t *testing.T) {
	d := under(t, "national-protocol")
	visit := ready(t, d)
	require.NoError(t, d.SignIn(t.Context(), d.store.staff[2]))
	visit.Screening.ScreenerID, visit.Consent.ClinicianID = "nurse", "pharmacist"
	visit.Give.PreparedByID, visit.Give.VaccinatorID = "recorder", "recorder"
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, "nurse", event.Screener.ID)
	assert.Equal(t, "12A3456B", event.Screener.Registration.Number)
	assert.Equal(t, "https://fhir.hl7.org.uk/Id/nmc-number", event.Screener.RegistrationURI)
	assert.Equal(t, "pharmacist", event.ConsentBy.ID)
	assert.Equal(t, "recorder", event.Preparer.ID)
	assert.Equal(t, "recorder", event.Performer.ID)
	assert.Equal(t, "recorder", event.RecordedBy.ID)
	assert.Nil(t, event.OverriddenBy)
}

func TestRoles(t *testing.T) {
	for name, test := range map[string]struct {
		mechanism string
		change    func(*capture.Encounter)
		want      []string
	}{
		"PGD by one":                   {"pgd", func(*capture.Encounter) {}, nil},
		"WF-L2 PGD by two":             {"pgd", func(e *capture.Encounter) { e.Give.VaccinatorID = "pharmacist" }, []string{"give.splitReason"}},
		"WF-L2 PGD by two with reason": {"pgd", func(e *capture.Encounter) { e.Give.VaccinatorID, e.Give.SplitReason = "pharmacist", "called away" }, nil},
		"PGD, not registered":          {"pgd", func(e *capture.Encounter) { e.Give.VaccinatorID = "recorder" }, []string{"give.splitReason"}},
		"PGD, prepared by another":     {"pgd", func(e *capture.Encounter) { e.Give.PreparedByID = "recorder" }, []string{"give.preparedById"}},
		"preparer not in the team":     {"pgd", func(e *capture.Encounter) { e.Give.PreparedByID = "nobody" }, []string{"give.preparedById"}},
		"protocol by two":              {"national-protocol", func(e *capture.Encounter) { e.Give.VaccinatorID = "recorder" }, nil},
		"WF-L3 PSD without direction":  {"psd", func(*capture.Encounter) {}, []string{"direction.prescriber", "direction.number", "direction.on"}},
		"WF-L3 PSD": {"psd", func(e *capture.Encounter) {
			e.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "C1234567", On: today}
		}, nil},
		"WF-L3 directed tomorrow": {"psd", func(e *capture.Encounter) {
			e.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "C1234567", On: today.AddDays(1)}
		}, []string{"direction.on"}},
		"a number without digits": {"psd", func(e *capture.Encounter) {
			e.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "GMC", On: today}
		}, []string{"direction.number"}},
		"prescriber, vaccinator not registered": {"prescriber", func(e *capture.Encounter) {
			e.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "C1234567", On: today}
			e.Give.VaccinatorID = "recorder"
		}, []string{"give.vaccinatorId"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := under(t, test.mechanism)
			visit := ready(t, d)
			test.change(&visit)
			event, err := d.Complete(t.Context(), visit)
			assert.Equal(t, test.want, fieldsOf(err))
			if test.want == nil {
				assert.Equal(t, visit.Give.SplitReason, event.Given.SplitReason)
				assert.Equal(t, visit.Direction, event.Direction)
			}
		})
	}
}

// WF-L5: what screening excludes goes on only under a direction.
func TestExcludedGoesOnOnlyUnderADirection(t *testing.T) {
	for mechanism, goesOn := range map[string]bool{"pgd": false, "national-protocol": false, "psd": true, "prescriber": true} {
		d := under(t, mechanism)
		visit := ready(t, d)
		d.assessor.decide = decided(capture.Contraindicated, capture.OverridePrescriber)
		visit.Screening.Override = &capture.Override{ByID: "pharmacist", Reason: "agreed with the specialist"}
		visit.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "C1234567", On: today}
		event, err := d.Complete(t.Context(), visit)
		if !goesOn {
			assert.Equal(t, []string{"screening"}, fieldsOf(err), mechanism)
			continue
		}
		require.NoError(t, err, mechanism)
		require.NotNil(t, event.OverriddenBy)
		assert.Equal(t, "2038243", event.OverriddenBy.Registration.Number)
		assert.Equal(t, "C1234567", event.Direction.Number)
	}
}

func TestWrittenInstructionIsNotForCOVID19(t *testing.T) {
	d := newDesk(t)
	clinic, _ := d.Clinic()
	clinic.LegalMechanism = "written-instruction"
	assert.Equal(t, []string{"legalMechanism"}, fieldsOf(d.ChangeClinic(t.Context(), clinic)))
	visit := ready(t, d)
	d.store.clinics[0].LegalMechanism = "written-instruction"
	require.NoError(t, d.SignIn(t.Context(), d.store.staff[0])) // takes the clinic up as it is kept
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"plan.product"}, fieldsOf(err))
}

func TestPrecautionsAreTicked(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	d.assessor.decide = func(capture.Case) capture.Decision {
		return capture.Decision{Outcome: capture.Caution, Reasons: []capture.Reason{
			{RuleID: "C18-stable", Outcome: capture.Caution, Sentence: "Fine needle"},
			{RuleID: "C21-yes", Outcome: capture.Caution, Sentence: "Lying down"},
			{RuleID: "C08", Outcome: capture.Proceed},
		}}
	}
	visit.Screening.Precautions = []string{"C18-stable", "C99-gone"}
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"screening.precautions.C21-yes"}, fieldsOf(err))
	visit.Screening.Precautions = append(visit.Screening.Precautions, "C21-yes")
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, []string{"C18-stable", "C21-yes"}, event.Screening.Precautions, "those of the decision")

	assert.Empty(t, capture.Decision{}.Precautions())
}
