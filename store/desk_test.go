package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func TestPeople(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	jo := person("P1", "Jo", "Example", "1947-03-04")
	jo.NHSNumber = nhsNumber(1)
	require.NoError(t, d.SavePerson(ctx, jo, d.entry("person.add")))

	t.Run("found by id and by NHS number", func(t *testing.T) {
		kept, err := d.Person(ctx, "P1")
		require.NoError(t, err)
		require.Equal(t, jo, kept)
		kept, err = d.PersonByNHSNumber(ctx, jo.NHSNumber)
		require.NoError(t, err)
		require.Equal(t, jo, kept)
		require.Equal(t, []capture.Person{jo}, d.Search("exam jo", 5))
	})
	t.Run("not found", func(t *testing.T) {
		_, err := d.Person(ctx, "P0")
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
		_, err = d.PersonByNHSNumber(ctx, nhsNumber(2))
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
		_, err = d.PersonByNHSNumber(ctx, "")
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
	})
	t.Run("an NHS number belongs to one person", func(t *testing.T) {
		twin := person("P2", "Al", "Example", "1947-03-04")
		twin.NHSNumber = jo.NHSNumber
		require.Equal(t, capture.Conflict, capture.CodeOf(d.SavePerson(ctx, twin, d.entry("person.add"))))
		require.Empty(t, d.Search("al", 5), "who was not saved is not found")
	})
	t.Run("a changed NHS number leaves the old one free", func(t *testing.T) {
		changed := jo
		changed.NHSNumber, changed.Surname = nhsNumber(3), "Sample"
		require.NoError(t, d.SavePerson(ctx, changed, d.entry("person.change")))
		_, err := d.PersonByNHSNumber(ctx, jo.NHSNumber)
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
		require.Empty(t, d.Search("example", 5))
		require.Equal(t, []capture.Person{changed}, d.Search("sample", 5))
	})
	t.Run("kept after closing", func(t *testing.T) {
		d.reopen()
		require.Len(t, d.Search("jo sample", 5), 1)
		require.Equal(t, 1, d.People())
	})
	t.Run("without an id", func(t *testing.T) {
		require.Equal(t, capture.Invalid, capture.CodeOf(d.SavePerson(ctx, capture.Person{}, d.entry("person.add"))))
	})
}

func TestStaffBatchesClinicsConfiguration(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	colleague := capture.Staff{ID: "staff-2", UserName: "b.clerk", Forename: "Ben", Surname: "Clerk"}
	batch := capture.Batch{ID: "batch-1", Product: "comirnaty30", Number: "ZZTEST01", Expiry: catalogue.MustDate("2022-12-31")}
	early := capture.Clinic{ID: "clinic-1", OpenedAt: time.Date(2022, 5, 11, 8, 0, 0, 0, time.UTC)}
	late := capture.Clinic{ID: "clinic-2", OpenedAt: time.Date(2022, 5, 12, 8, 0, 0, 0, time.UTC)}
	require.NoError(t, d.SaveStaff(ctx, colleague, d.entry("staff.add")))
	require.NoError(t, d.SaveBatch(ctx, batch, d.entry("batch.add")))
	batch.UsedUp = true
	require.NoError(t, d.SaveBatch(ctx, batch, d.entry("batch.used-up")))
	require.NoError(t, d.SaveClinic(ctx, early, d.entry("clinic.open")))
	require.NoError(t, d.SaveClinic(ctx, late, d.entry("clinic.open")))
	none, err := d.Configuration(ctx)
	require.NoError(t, err)
	require.Empty(t, none)
	secret := capture.Configuration{"mesh.password": "made-up"}
	require.NoError(t, d.SaveConfiguration(ctx, secret, d.entry("configuration.save")))
	d.reopen()

	staff, err := d.Staff(ctx)
	require.NoError(t, err)
	first := admin
	first.Admin = true
	require.Equal(t, []capture.Staff{colleague, first}, staff)
	batches, err := d.Batches(ctx)
	require.NoError(t, err)
	require.Equal(t, []capture.Batch{batch}, batches)
	clinics, err := d.Clinics(ctx)
	require.NoError(t, err)
	require.Equal(t, []capture.Clinic{late, early}, clinics)
	configuration, err := d.Configuration(ctx)
	require.NoError(t, err)
	require.Equal(t, secret, configuration)
}

func TestDrafts(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	visit := capture.Encounter{ID: "visit-1", EventID: "event-1", Revision: 1, Step: capture.StepIdentity, Person: person("P1", "Jo", "Example", "1947-03-04")}
	require.NoError(t, d.SaveDraft(ctx, visit))
	require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveDraft(ctx, visit)), "the same revision again")
	visit.Revision, visit.Step = 3, capture.StepConsent
	require.NoError(t, d.SaveDraft(ctx, visit))
	older := visit
	older.Revision = 2
	require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveDraft(ctx, older)), "an older revision")
	kept, err := d.Draft(ctx, visit.ID)
	require.NoError(t, err)
	require.Equal(t, visit, kept)

	t.Run("a final save ends the draft, which never comes back", func(t *testing.T) {
		require.NoError(t, d.SaveEvent(ctx, event("event-1", 1, visit.Person), nil, visit.ID, d.entry("event.save")))
		_, err := d.Draft(ctx, visit.ID)
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
		visit.Revision = 4
		require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveDraft(ctx, visit)))
	})
	t.Run("dropped", func(t *testing.T) {
		other := capture.Encounter{ID: "visit-2", EventID: "event-2", Revision: 1}
		require.NoError(t, d.SaveDraft(ctx, other))
		require.NoError(t, d.DropDraft(ctx, other.ID, d.entry("encounter.discard")))
		require.Equal(t, capture.NotFound, capture.CodeOf(d.DropDraft(ctx, other.ID, d.entry("encounter.discard"))))
		drafts, err := d.Drafts(ctx)
		require.NoError(t, err)
		require.Empty(t, drafts)
	})
}

func TestEvents(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	jo, al := person("P1", "Jo", "Example", "1947-03-04"), person("P2", "Al", "Sample", "1950-01-01")
	first := d.saveEvent("event-1", 1, jo)
	second := d.saveEvent("event-2", 1, jo)
	third := d.saveEvent("event-3", 1, al)
	amended := event("event-1", 2, jo)
	amended.RecordedAt = d.clock.Now().Add(48 * time.Hour)
	require.NoError(t, d.SaveEvent(ctx, amended, nil, "", d.entry("event.update")))
	d.reopen()

	versions, err := d.Event(ctx, "event-1")
	require.NoError(t, err)
	require.Equal(t, []capture.Event{first, amended}, versions)
	_, err = d.Event(ctx, "event-0")
	require.Equal(t, capture.NotFound, capture.CodeOf(err))

	of, err := d.EventsOf(ctx, "P1")
	require.NoError(t, err)
	require.Equal(t, []capture.Event{amended, second}, of)
	on, err := d.EventsOn(ctx, catalogue.MustDate("2022-05-12"))
	require.NoError(t, err)
	require.Equal(t, []capture.Event{amended, second, third}, on, "latest versions, in the order of first saves")
	on, err = d.EventsOn(ctx, catalogue.MustDate("2022-05-14"))
	require.NoError(t, err)
	require.Empty(t, on, "a correction does not move an event to another day")

	t.Run("a version is kept once, and none is left out", func(t *testing.T) {
		for _, version := range []int{0, 1, 2, 4} {
			err := d.SaveEvent(ctx, event("event-1", version, jo), nil, "", d.entry("event.update"))
			require.Equal(t, capture.Conflict, capture.CodeOf(err), "version %d", version)
		}
	})
	t.Run("an event moved to another person leaves the first", func(t *testing.T) {
		require.NoError(t, d.SaveEvent(ctx, event("event-2", 2, al), nil, "", d.entry("event.update")))
		of, err := d.EventsOf(ctx, "P1")
		require.NoError(t, err)
		require.Equal(t, []capture.Event{amended}, of)
		of, err = d.EventsOf(ctx, "P2")
		require.NoError(t, err)
		require.Len(t, of, 2)
	})
}

// A day in London is not a day in UTC: in summer it begins an hour earlier.
func TestEventsOnLondonDay(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	late := event("event-1", 1, person("P1", "Jo", "Example", "1947-03-04"))
	late.RecordedAt = time.Date(2022, 5, 12, 23, 30, 0, 0, time.UTC)
	require.NoError(t, d.SaveEvent(ctx, late, nil, "", d.entry("event.save")))
	on, err := d.EventsOn(ctx, catalogue.MustDate("2022-05-13"))
	require.NoError(t, err)
	require.Len(t, on, 1)
}
