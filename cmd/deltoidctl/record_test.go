package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// mustTrain makes a training profile at the time of the samples.
func mustTrain(t *testing.T) *profile.Profile {
	t.Helper()
	now, err := time.Parse(time.RFC3339, scriptNow)
	require.NoError(t, err)
	p, _, err := profile.CreateTraining(t.Context(), t.TempDir(), profile.Options{Now: func() time.Time { return now }})
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func mustSample(t *testing.T, name string) encounterFile {
	t.Helper()
	file, faults, err := readFile(samples+"/"+name, nil)
	require.NoError(t, err)
	require.Empty(t, faults)
	return file
}

// begin adds the person of a sample and starts their visit, as the desk does when they come in.
func begin(t *testing.T, p *profile.Profile, file encounterFile) (*reading, capture.Encounter) {
	t.Helper()
	r, err := resolve(t.Context(), p.Desk, file)
	require.NoError(t, err)
	require.Empty(t, r.faults)
	person, err := p.Desk.AddPerson(t.Context(), r.encounter.Person)
	require.NoError(t, err)
	draft, err := p.Desk.Start(t.Context(), person.ID)
	require.NoError(t, err)
	return r, draft
}

func drafts(t *testing.T, p *profile.Profile) []capture.Encounter {
	t.Helper()
	all, err := p.Store.Drafts(t.Context())
	require.NoError(t, err)
	return all
}

func TestRecordLeavesTheDesksDraftsAlone(t *testing.T) {
	p, file := mustTrain(t), mustSample(t, "given.json")
	_, draft := begin(t, p, file)
	draft.IdentityConfirmed = true
	_, err := p.Desk.SaveDraft(t.Context(), draft)
	require.NoError(t, err)

	done, err := recordOne(t.Context(), p, file, nil)
	require.NoError(t, err)
	require.Equal(t, refused, done.Outcome)
	require.Equal(t, []string{"$.person"}, pathsOf(done.Faults))
	require.Len(t, drafts(t, p), 1)
}

func TestRecordTakesUpWhatWasInterrupted(t *testing.T) {
	for name, interrupt := range map[string]func(p *profile.Profile, r *reading, draft capture.Encounter) error{
		"after it was begun": func(*profile.Profile, *reading, capture.Encounter) error { return nil },
		"before the last step": func(p *profile.Profile, r *reading, draft capture.Encounter) error {
			filled := r.encounter
			filled.ID, filled.EventID, filled.Revision, filled.Person = draft.ID, draft.EventID, draft.Revision, draft.Person
			_, err := p.Desk.SaveDraft(t.Context(), filled)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, file := mustTrain(t), mustSample(t, "given.json")
			file.ID = "" // so that only the draft can tell
			r, draft := begin(t, p, file)
			require.NoError(t, interrupt(p, r, draft))

			done, err := recordOne(t.Context(), p, file, nil)
			require.NoError(t, err)
			require.Equal(t, recorded, done.Outcome, done.Faults)
			assert.Equal(t, draft.EventID, done.EventID)
			assert.Empty(t, drafts(t, p))
			event, err := eventOf(t.Context(), p, done.EventID)
			require.NoError(t, err)
			events, err := p.Store.EventsOf(t.Context(), event.Person.ID)
			require.NoError(t, err)
			assert.Len(t, events, 1)
		})
	}
}

func TestRecordCorrectsThePersonsDetails(t *testing.T) {
	p, file := mustTrain(t), mustSample(t, "given.json")
	_, err := p.Desk.AddPerson(t.Context(), capture.Person{
		NHSNumber: "9997000013", Forename: "josephine", Surname: "MADEUP", BirthDate: file.Person.BirthDate, Gender: "2", Postcode: "LS7 7ZZ", Practice: "Example Surgery",
	})
	require.NoError(t, err)
	done, err := recordOne(t.Context(), p, file, nil)
	require.NoError(t, err)
	require.Equal(t, recorded, done.Outcome, done.Faults)
	person, err := p.Store.PersonByNHSNumber(t.Context(), "9997000013")
	require.NoError(t, err)
	assert.Equal(t, "LS1 9ZZ", person.Postcode, "what the file says anew is kept")
	assert.Equal(t, "Example Surgery", person.Practice, "what it does not say stays")
	event, err := eventOf(t.Context(), p, done.EventID)
	require.NoError(t, err)
	assert.Equal(t, person, event.Person)
}

func TestRecordFindsByNameAndBirthday(t *testing.T) {
	p := mustTrain(t)
	file := encounterFile{
		IdentityConfirmed: true,
		Plan:              planPart{Product: "comirnaty30_rtu", Kind: "primary1"},
		NotGiven:          &notGivenPart{Choice: "declined"},
	}
	someone := profile.Cohort(p.Desk.Today())[20]
	file.Person = personPart{Forename: someone.Forename, Surname: someone.Surname, BirthDate: someone.BirthDate}
	done, err := recordOne(t.Context(), p, file, nil)
	require.NoError(t, err)
	require.Equal(t, recorded, done.Outcome, done.Faults)
	event, err := eventOf(t.Context(), p, done.EventID)
	require.NoError(t, err)
	assert.Equal(t, someone.NHSNumber, event.Person.NHSNumber)

	twin := profile.Cohort(p.Desk.Today())[88]
	file.Person = personPart{Forename: twin.Forename, Surname: twin.Surname, BirthDate: twin.BirthDate}
	done, err = recordOne(t.Context(), p, file, nil)
	require.NoError(t, err)
	require.Equal(t, refused, done.Outcome)
	require.Contains(t, done.Faults[0].Message, "give the NHS number")
}

func TestRecordInAClinicOpenedEarlier(t *testing.T) {
	p, file := mustTrain(t), mustSample(t, "declined.json")
	file.Clinic = &clinicPart{Site: "RX8XX", Day: p.Desk.Today()}
	done, err := recordOne(t.Context(), p, file, nil)
	require.NoError(t, err)
	require.Equal(t, recorded, done.Outcome, done.Faults)

	file.ID, file.Clinic.Site = "", "NOWHERE"
	done, err = recordOne(t.Context(), p, file, nil)
	require.NoError(t, err)
	require.Equal(t, refused, done.Outcome)
	require.Contains(t, pathsOf(done.Faults), "$.clinic")
}
