package profile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/screening/history/historytest"
)

// traced is somebody of the training list whose number was traced.
func traced(t *testing.T, p *profile.Profile) capture.Person {
	t.Helper()
	for _, person := range p.Desk.Find("example", 50) {
		if person.NHSNumber != "" {
			person.NHSNumberStatus = "01"
			require.NoError(t, p.Store.SavePerson(t.Context(), person, capture.AuditEntry{At: time.Now(), By: p.Staff.ID, Action: "person.change", Subject: "test"}))
			return person
		}
	}
	t.Fatal("nobody on the list has a number")
	return capture.Person{}
}

func TestHistoryIsOffByDefault(t *testing.T) {
	p := mustTrain(t, t.TempDir(), newClock())
	assert.Nil(t, p.Desk.Provider)
	assert.Nil(t, mustLive(t).Desk.Provider)
}

// mustLive is a profile for live work.
func mustLive(t *testing.T) *profile.Profile {
	t.Helper()
	admin := capture.Staff{UserName: "d.lead", Forename: "Dana", Surname: "Lead"}
	p, _, err := profile.Create(t.Context(), t.TempDir(), profile.Options{Now: newClock().now}, admin, "three plain words")
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestHistorySettings(t *testing.T) {
	p := mustTrain(t, t.TempDir(), newClock())
	assert.Equal(t, capture.Refused, capture.CodeOf(p.ChangeSetting(t.Context(), "history.url", "https://api.example.invalid/FHIR/R4")))
	require.NoError(t, p.ChangeSetting(t.Context(), "history.url", "http://127.0.0.1:9/FHIR/R4"))
	live := mustLive(t)
	assert.Equal(t, capture.Invalid, capture.CodeOf(live.ChangeSetting(t.Context(), "history.url", "http://api.example.invalid/FHIR/R4")))
	require.NoError(t, live.ChangeSetting(t.Context(), "history.url", "https://api.example.invalid/FHIR/R4"))
	require.NoError(t, live.ChangeSetting(t.Context(), "history.url", ""))
	assert.Equal(t, capture.Invalid, capture.CodeOf(live.ChangeSetting(t.Context(), "history.diseases", "PLAGUE")))
}

func TestT22_TheWholeWayWithoutANetwork(t *testing.T) {
	server := historytest.New(historytest.Options{})
	require.NoError(t, server.Start())
	t.Cleanup(func() { _ = server.Close() })
	dir, c := t.TempDir(), newClock()
	p := mustTrain(t, dir, c)
	require.NoError(t, p.ChangeSetting(t.Context(), "history.url", server.URL()))
	person := traced(t, p)
	server.Put(person.NHSNumber.Digits(), historytest.Bundle(person.NHSNumber.Digits(), person.BirthDate.String(),
		historytest.Dose{ID: "A1", At: "2021-03-01", Vaccine: "39114911000001105", Procedure: "1324681000000101"}))
	require.NoError(t, p.Close())
	p = mustOpen(t, dir, c, "a.nurse")
	visit, err := p.Desk.Start(t.Context(), person.ID)
	require.NoError(t, err)

	status, err := p.Desk.Status(t.Context(), visit, true)
	require.NoError(t, err)
	require.Equal(t, capture.StatusFresh, status.State, status.Problem)
	require.Len(t, status.Doses(), 1)
	suggestion, err := p.Desk.NextDose(t.Context(), visit)
	require.NoError(t, err)
	require.Equal(t, "primary2", string(suggestion.Kind), "the dose on record elsewhere counts")

	require.NoError(t, server.Close())
	c.at = c.at.Add(25 * time.Hour)
	status, err = p.Desk.Status(t.Context(), visit, true)
	require.NoError(t, err)
	assert.Equal(t, capture.StatusUnavailable, status.State)
	assert.Len(t, status.Doses(), 1, "what was known stays")
	report, err := p.Store.Verify(t.Context(), nil)
	require.NoError(t, err)
	assert.Empty(t, report.Faults)
}

// Settings that cannot work, such as those of another version, show in the status and keep nobody from signing in.
func TestSettingsThatCannotWorkAreTold(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	p := mustTrain(t, dir, c)
	configuration, err := p.Store.Configuration(t.Context())
	require.NoError(t, err)
	configuration["history.url"] = "https://api.example.invalid/FHIR/R4"
	require.NoError(t, p.Store.SaveConfiguration(t.Context(), configuration, capture.AuditEntry{At: c.at, By: p.Staff.ID, Action: "settings.change", Subject: "test"}))
	person := traced(t, p)
	require.NoError(t, p.Close())
	p = mustOpen(t, dir, c, "a.nurse")
	status, err := p.Desk.Status(t.Context(), capture.Encounter{Person: person}, true)
	require.NoError(t, err)
	assert.Equal(t, capture.StatusUnavailable, status.State)
	assert.Contains(t, status.Problem, "outside this computer")
}
