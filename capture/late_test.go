package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func TestRecordingLate(t *testing.T) {
	reason := &capture.Late{Reason: "outage"}
	for name, test := range map[string]struct {
		days   int
		admin  bool
		late   *capture.Late
		config map[string]string
		want   []string
	}{
		"two days":                   {2, false, nil, nil, nil},
		"three days, nobody's":       {3, false, reason, nil, []string{"give.at"}},
		"three days, no reason":      {3, true, nil, nil, []string{"late.reason"}},
		"three days":                 {3, true, reason, nil, nil},
		"a reason that is none":      {3, true, &capture.Late{Reason: "busy"}, nil, []string{"late.reason"}},
		"other, without words":       {3, true, &capture.Late{Reason: "other"}, nil, []string{"late.note"}},
		"other, in words":            {3, true, &capture.Late{Reason: "other", Note: "flood"}, nil, nil},
		"a year":                     {365, true, reason, nil, nil},
		"a year and a day":           {366, true, reason, nil, []string{"give.at"}},
		"a longer soft limit":        {10, false, nil, map[string]string{"retro.covid.soft_days": "10"}, nil},
		"a shorter hard limit":       {31, true, reason, map[string]string{"retro.covid.max_days": "30"}, []string{"give.at"}},
		"before the programme":       {550, true, reason, map[string]string{"retro.covid.max_days": "1000"}, []string{"give.at"}},
		"limits of another disease":  {3, true, reason, map[string]string{"retro.max_days": "1"}, nil},
		"a limit that is no number":  {366, true, reason, map[string]string{"retro.covid.max_days": "long"}, []string{"give.at"}},
		"the first day may be moved": {300, true, reason, map[string]string{"retro.covid.before_programme": "2022-01-01"}, []string{"give.at"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			visit := ready(t, d)
			if test.admin {
				require.NoError(t, d.SignIn(t.Context(), d.store.staff[1]))
			}
			for key, value := range test.config {
				require.Empty(t, (capture.Configuration{key: value}).Check())
				d.store.configuration[key] = value
			}
			visit.Give.At = now.AddDate(0, 0, -test.days)
			visit.Late = test.late
			// The vaccine and its batch were there before the programme began, so that only the date can be wrong.
			visit.Plan.Product = "comirnaty30_conc"
			d.store.batches = append(d.store.batches, capture.Batch{ID: "conc", Product: "comirnaty30_conc", Number: "EJ0553", Expiry: today.AddDays(30)})
			visit.Give.BatchID = "conc"
			event, err := d.Complete(t.Context(), visit)
			assert.Subset(t, fieldsOf(err), test.want)
			if test.want == nil {
				require.NoError(t, err)
				assert.Equal(t, test.late, event.Late)
				assert.True(t, event.PrimarySource)
				assert.Empty(t, event.ReportOrigin)
			} else {
				assert.Error(t, err)
			}
		})
	}
}

func TestDoseOfAnotherOrganisation(t *testing.T) {
	d := newDesk(t)
	visit := ready(t, d)
	visit.GivenBy = &capture.Site{Code: "rx9yy", Name: "Elsewhere Hall"}
	_, err := d.Complete(t.Context(), visit)
	assert.Equal(t, []string{"givenBy.code"}, fieldsOf(err))
	d.store.configuration["retro.covid.requires_same_site"] = "false"
	wrong := visit
	wrong.GivenBy = &capture.Site{Code: "12345"}
	_, err = d.Complete(t.Context(), wrong)
	assert.Equal(t, []string{"givenBy.code"}, fieldsOf(err))
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.False(t, event.PrimarySource)
	assert.Equal(t, "RX9YY", event.ReportOrigin)
	assert.Equal(t, "RX9YY", event.Site.Code)

	own := ready(t, d)
	own.GivenBy = &capture.Site{Code: "rx8xx"}
	event, err = d.Complete(t.Context(), own)
	require.NoError(t, err)
	assert.True(t, event.PrimarySource, "our own site")
	assert.Equal(t, "St Example Hall", event.Site.Name)
}
