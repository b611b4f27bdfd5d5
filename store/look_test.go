package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

func look(personID, disease string) capture.KeptLook {
	at := newClock().Now()
	return capture.KeptLook{
		PersonID: personID, Disease: disease, NHSNumber: nhsNumber(1), ClinicID: "clinic-1", TriedAt: at,
		Answer: capture.Looked{State: capture.StatusFresh, At: at, BirthDate: catalogue.MustDate("1947-03-04"), Found: []capture.Vaccination{{
			Dose: capture.Dose{Date: catalogue.MustDate("2021-03-01"), Disease: disease, Product: "vaxzevria", Source: capture.SourceNational},
			Name: "Vaxzevria", Where: "ZZPLACE", Identifier: capture.Identifier{System: "https://example.invalid/vacc", Value: "ZZRECORD"},
		}}},
	}
}

func (d *desk) clean() {
	d.t.Helper()
	report, err := d.Verify(context.Background(), nil)
	require.NoError(d.t, err)
	require.Empty(d.t, report.Faults)
}

func TestLooks(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	covid, flu := look("P1", capture.COVID19), look("P1", capture.Flu)
	_, err := d.KeptLook(ctx, "P1", capture.COVID19)
	require.Equal(t, capture.NotFound, capture.CodeOf(err))
	require.NoError(t, d.KeepLook(ctx, covid, d.entry("status.look")))
	require.NoError(t, d.KeepLook(ctx, flu, d.entry("status.look")))
	require.NoError(t, d.KeepLook(ctx, look("P2", capture.COVID19), d.entry("status.look")))
	d.clean()

	covid.Failed = capture.StatusUnavailable
	require.NoError(t, d.KeepLook(ctx, covid, d.entry("status.look")))
	d.reopen()
	kept, err := d.KeptLook(ctx, "P1", capture.COVID19)
	require.NoError(t, err)
	require.Equal(t, covid, kept)
	all, err := d.KeptLooks(ctx)
	require.NoError(t, err)
	require.Len(t, all, 3)
	d.clean()

	require.NoError(t, d.DropLooks(ctx, []capture.KeptLook{covid, look("P9", capture.COVID19)}, d.entry("status.forget")))
	_, err = d.KeptLook(ctx, "P1", capture.COVID19)
	require.Equal(t, capture.NotFound, capture.CodeOf(err))
	kept, err = d.KeptLook(ctx, "P1", capture.Flu)
	require.NoError(t, err)
	require.Equal(t, flu, kept)
	d.clean()
	require.Equal(t, capture.Invalid, capture.CodeOf(d.KeepLook(ctx, look("", capture.COVID19), d.entry("status.look"))))
}

func TestLooksAreSealed(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, d.KeepLook(context.Background(), look("P1-in-clear", capture.COVID19), d.entry("status.look")))
	require.NoError(t, d.Close())
	files, err := filepath.Glob(d.options.Path + "*")
	require.NoError(t, err)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, secret := range []string{"ZZPLACE", "ZZRECORD", "P1-in-clear", "vaxzevria", string(nhsNumber(1))} {
			require.False(t, bytes.Contains(raw, []byte(secret)), "%s is in clear in %s", secret, file)
		}
	}
}

func TestVerifyFindsATamperedLook(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, d.KeepLook(context.Background(), look("P1", capture.COVID19), d.entry("status.look")))
	require.NoError(t, d.ExecWriter(`DELETE FROM look`))
	report, err := d.Verify(context.Background(), nil)
	require.NoError(t, err)
	require.Len(t, report.Faults, 1)
	require.Contains(t, report.Faults[0], "Look-up of vaccinations")
}

func TestUnsent(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	of := person("P1", "Jo", "Example", "1947-03-04")
	unsent := func(id string) bool {
		t.Helper()
		waiting, err := d.Unsent(ctx, id)
		require.NoError(t, err)
		return waiting
	}
	d.saveEvent("E1", 1, of)
	require.True(t, unsent("E1"), "in no file yet")
	file := d.build("one.csv")
	require.True(t, unsent("E1"), "in a file that is here")
	for _, state := range []export.State{export.Sending, export.Accepted, export.Collected} {
		file = d.to(file, state)
		require.Equal(t, state == export.Sending, unsent("E1"), state)
	}
	d.saveEvent("E1", 2, of)
	require.True(t, unsent("E1"), "the correction is in no file yet")
	f := d.begin("two.csv")
	f.row(0, d.waiting(future)[0])
	require.NoError(t, f.finish())
	require.False(t, unsent("E1"), "nothing need be sent for it")
	require.NoError(t, d.SaveEvent(ctx, event("E2", 1, of), nil, "", d.entry("event.save")))
	require.False(t, unsent("E2"), "due nowhere")
}
