package capture

import (
	"context"
	"time"
)

// Store is what the desk needs of a place that keeps things. A method that returns nil has made its change durable:
// it survives a power cut. Faults come as *Error: NotFound, Conflict or Environment.
type Store interface {
	// Search looks in memory for people matching every word typed, best first: names, parts of an NHS number, a date of birth, a postcode.
	Search(query string, limit int) []Person
	Person(ctx context.Context, id string) (Person, error)
	PersonByNHSNumber(ctx context.Context, number NHSNumber) (Person, error)
	SavePerson(ctx context.Context, person Person, entry AuditEntry) error

	Staff(ctx context.Context) ([]Staff, error)
	SaveStaff(ctx context.Context, staff Staff, entry AuditEntry) error
	Batches(ctx context.Context) ([]Batch, error)
	SaveBatch(ctx context.Context, batch Batch, entry AuditEntry) error
	// Clinics come newest first.
	Clinics(ctx context.Context) ([]Clinic, error)
	SaveClinic(ctx context.Context, clinic Clinic, entry AuditEntry) error

	Drafts(ctx context.Context) ([]Encounter, error)
	Draft(ctx context.Context, id string) (Encounter, error)
	// SaveDraft refuses with Conflict a revision that is not newer than the one kept.
	SaveDraft(ctx context.Context, encounter Encounter) error
	DropDraft(ctx context.Context, id string, entry AuditEntry) error

	// SaveEvent makes, in one durable transaction: the event version, a pending row for each extract named in dues,
	// the audit entry, and the end of the draft (draftID may be empty). A version that is kept already is a Conflict.
	SaveEvent(ctx context.Context, event Event, dues []string, draftID string, entry AuditEntry) error
	// SaveCorrection makes a later version of an event and of the reactions to its dose durable, all of it or nothing, each as
	// SaveEvent and SaveReaction do.
	SaveCorrection(ctx context.Context, event Event, dues []string, reactions []DueReaction, entry AuditEntry) error
	// Event gives every version, oldest first.
	Event(ctx context.Context, id string) ([]Event, error)
	// EventsOf gives the latest version of each of a person's events, oldest first.
	EventsOf(ctx context.Context, personID string) ([]Event, error)
	// EventsOn gives the latest version of each event recorded on a day, in the order they were saved.
	EventsOn(ctx context.Context, day Date) ([]Event, error)
	// Unsent tells whether the latest version of an event, or the file it is in, has not been taken by the NHS.
	Unsent(ctx context.Context, eventID string) (bool, error)

	// KeptLook is the look-up kept of a person and a disease; NotFound when none is.
	KeptLook(ctx context.Context, personID, disease string) (KeptLook, error)
	KeptLooks(ctx context.Context) ([]KeptLook, error)
	// KeepLook puts a look-up in place of the one before, for its person and disease.
	KeepLook(ctx context.Context, look KeptLook, entry AuditEntry) error
	// DropLooks removes look-ups; one that is gone already is no error.
	DropLooks(ctx context.Context, looks []KeptLook, entry AuditEntry) error

	// EachEvent walks over the latest version of every event, in the order they were first saved; it stops at the first error.
	EachEvent(ctx context.Context, visit func(Event) error) error

	// Stocks are what was counted in a clinic, by id.
	Stocks(ctx context.Context, clinicID string) ([]Stock, error)
	SaveStock(ctx context.Context, stock Stock, entry AuditEntry) error

	// SaveReaction makes, in one durable transaction: a version of a reaction, a pending row for each extract named in dues,
	// and the audit entry. A version that is kept already, or does not follow the latest, is a Conflict.
	SaveReaction(ctx context.Context, reaction Reaction, dues []string, entry AuditEntry) error
	// Reaction gives every version, oldest first.
	Reaction(ctx context.Context, id string) ([]Reaction, error)
	// ReactionsOf gives the latest version of each reaction linked to an event, oldest first, deleted ones too.
	ReactionsOf(ctx context.Context, eventID string) ([]Reaction, error)

	// Observation is how the observation after the dose of an event ended; NotFound while it has not.
	Observation(ctx context.Context, eventID string) (Observation, error)
	SaveObservation(ctx context.Context, observation Observation, entry AuditEntry) error

	// Packs are the numbers on packs that are bound to a product.
	Packs(ctx context.Context) ([]Pack, error)
	SavePack(ctx context.Context, pack Pack, entry AuditEntry) error

	Configuration(ctx context.Context) (Configuration, error)
	SaveConfiguration(ctx context.Context, configuration Configuration, entry AuditEntry) error
	// Audit appends an entry for something that changes no record, such as signing in.
	Audit(ctx context.Context, entry AuditEntry) error
}

// DueReaction is a version of a reaction with the extracts that must carry it.
type DueReaction struct {
	Reaction Reaction
	Dues     []string
}

// Salvager is a store that opens although some of its records cannot be read, and counts them.
type Salvager interface{ Unreadable() int }

// Refresher is a store that another program may change meanwhile; Refresh takes in what it added to the list of people.
type Refresher interface {
	Refresh(ctx context.Context) error
}

// Extracts is what the desk needs to know of the files its events go out in.
type Extracts interface {
	// Due names the extracts that must carry the event.
	Due(Event) []string
	// DueReaction names the extracts that must carry a reaction to the dose of an event.
	DueReaction(Reaction, Event) []string
	// Check lists what the receiving side would refuse, while the patient is still there.
	Check(Event, Configuration) Problems
}

// AuditEntry is one line of the audit chain: who did what to what. It carries no patient data: Subject is an opaque id.
type AuditEntry struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`      // staff id
	Action  string    `json:"action"`  // for example event.save
	Subject string    `json:"subject"` // for example event/0c…/1
	Note    string    `json:"note,omitempty"`
}
