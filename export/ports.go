package export

import (
	"context"
	"io"
	"iter"
	"time"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// Kind names an extract; it is part of configuration keys and of the ledger. Profiles lists those there are.
type Kind string

// The extracts that are shipped, beside those of version 5.
const (
	Covid         Kind = "covid"      // COVID-19 daily clinical
	Flu           Kind = "flu"        // seasonal influenza daily clinical
	MMR           Kind = "mmr"        // measles, mumps and rubella
	AttributeRows Kind = "attributes" // further questions about COVID-19 vaccinations
	ReactionRows  Kind = "reactions"  // adverse reactions to COVID-19 vaccinations
	Hourly        Kind = "hourly"     // counts of COVID-19 vaccinations by hour
)

// State is where a delivery stands. Only what the NHS side said makes it Accepted or Collected.
type State string

// States of a delivery, in order; Refused and Held wait for a person.
const (
	Built     State = "built"     // the file is kept here, complete
	Sending   State = "sending"   // the request may have left; its outcome is settled before anything else is tried
	Accepted  State = "accepted"  // MESH has taken it and given a message id
	Collected State = "collected" // the receiver's software has fetched and acknowledged it
	Refused   State = "refused"   // MESH or the receiver said no; Problem says why
	Held      State = "held"      // a person stopped it
)

// Delivery is one extract file's way through MESH. It carries no patient data.
type Delivery struct {
	ID          string    `json:"id"` // UUID, sent as Mex-LocalID
	Kind        Kind      `json:"kind"`
	FileName    string    `json:"fileName"` // never used twice
	WorkflowID  string    `json:"workflowId"`
	To          string    `json:"to"` // mailbox of the receiver
	Rows        int       `json:"rows"`
	Bytes       int64     `json:"bytes"`
	SHA256      string    `json:"sha256"` // lower-case hex of the file
	State       State     `json:"state"`
	MessageID   string    `json:"messageId,omitempty"`
	BuiltAt     time.Time `json:"builtAt"`
	ChangedAt   time.Time `json:"changedAt"`
	Attempts    int       `json:"attempts"` // since the last change of state
	NextAttempt time.Time `json:"nextAttempt,omitzero"`
	CertainAt   time.Time `json:"certainAt,omitzero"` // of a file in doubt: when "not known to MESH" means not taken
	Problem     string    `json:"problem,omitempty"`  // in plain words, with what to do
	ProblemCode string    `json:"problemCode,omitempty"`
	Counts      bool      `json:"counts,omitempty"` // its rows are counts, in each of which several events are
	Period      time.Time `json:"period,omitzero"`  // start of the hour that an hourly file is about
	Answer      *Answered `json:"answer,omitempty"` // what the receiver said of it; nil: nothing
	Past        []Passage `json:"past,omitempty"`   // every change, oldest first

	Upload *mesh.Upload `json:"upload,omitempty"` // of a file that goes in several parts: how it is cut, and how far it has come
}

// Passage is one change in a delivery's life.
type Passage struct {
	At    time.Time `json:"at"`
	State State     `json:"state"`
	Note  string    `json:"note,omitempty"`
}

// Waiting is an event, or a reaction to one, with versions that an extract has yet to carry.
type Waiting struct {
	Event    capture.Event     // latest version there is, also when an earlier one waits because its file was refused
	Reaction *capture.Reaction // of an extract of adverse reactions: latest version; Event is the vaccination it follows, and Carried a version of the reaction
	Doubt    bool              // a restored backup does not know whether the receiver has an earlier version
	Seqs     []int64           // of the pending rows, in commit order
	Since    time.Time         // commit time of the first
	Carried  int               // version that the receiver has, as far as is known: see Ledger.Carried
}

// Version is what waits: the event as it is, or the reaction to it.
func (w Waiting) Version() capture.Version {
	if w.Reaction != nil {
		return capture.Version{EventID: w.Reaction.ID, Version: w.Reaction.Version}
	}
	return capture.Version{EventID: w.Event.ID, Version: w.Event.Version}
}

// HeldBack is an event or a reaction kept out of a file because the receiving side would refuse its row.
type HeldBack struct {
	Version  capture.Version  `json:"version"`
	Kind     Kind             `json:"kind"`
	Problems capture.Problems `json:"problems"`
	At       time.Time        `json:"at"`
}

// Place is where one version of an event or of a reaction is, for one extract.
type Place struct {
	Version    capture.Version  `json:"version"`
	Kind       Kind             `json:"kind"`
	DeliveryID string           `json:"deliveryId,omitempty"` // empty: only on this device
	Row        int              `json:"row,omitempty"`        // first data row is 1; 0: collapsed into a later version
	State      State            `json:"state,omitempty"`      // of the delivery
	FileName   string           `json:"fileName,omitempty"`
	MessageID  string           `json:"messageId,omitempty"`
	Rows       int              `json:"rows,omitempty"`    // how many, from Row on; 0: the row counts several records
	Outcome    Outcome          `json:"outcome,omitempty"` // what the receiver said of the row; empty: nothing
	Held       capture.Problems `json:"held,omitempty"`
	Since      time.Time        `json:"since"` // commit time of the version
}

// Outcome is what the receiver said of a row.
type Outcome string

// The outcomes. Silence is none of them.
const (
	RowAccepted Outcome = "accepted"
	RowRejected Outcome = "rejected"
	RowRequeued Outcome = "requeued" // rejected, and the record was put back among the waiting ones
)

// FileRow is where a record is in a file: the way back from a row to the version of the event, or of the
// reaction where the extract is about those, that caused it.
type FileRow struct {
	Row     int             `json:"row"`
	Rows    int             `json:"rows"` // how many, from Row on; 0: the row counts several records
	Version capture.Version `json:"version"`
	Outcome Outcome         `json:"outcome,omitempty"`
}

// Overview is what the header and the Deliveries screen count.
type Overview struct {
	Waiting int           `json:"waiting"` // events not in any file yet, held back ones included
	Held    int           `json:"held"`    // of them, held back
	Oldest  time.Time     `json:"oldest,omitzero"`
	Events  map[State]int `json:"events"` // events by the state of the file they are in
	Files   map[State]int `json:"files"`
}

// NotSent counts the events that MESH has not accepted: they exist only here.
func (o Overview) NotSent() int {
	return o.Waiting + o.Events[Built] + o.Events[Sending] + o.Events[Refused] + o.Events[Held]
}

// Ledger is what building and sending need of a place that keeps things. A nil error means durable.
type Ledger interface {
	// Waiting gives the records with versions committed before a moment, in commit order of their first waiting version:
	// events, or for an extract of adverse reactions those, each with its event.
	Waiting(ctx context.Context, kind Kind, before time.Time) iter.Seq2[Waiting, error]
	// Carried is the newest version of an event or a reaction in a row of an extract that was refused neither with its file
	// nor by itself; 0 when there is none.
	Carried(ctx context.Context, kind Kind, id string) (version int, err error)
	// Event gives every version, oldest first.
	Event(ctx context.Context, id string) ([]capture.Event, error)
	// Reaction gives every version of an adverse reaction, oldest first.
	Reaction(ctx context.Context, id string) ([]capture.Reaction, error)
	// InHour gives the versions, oldest first and committed before a moment, of each event of which one happened in the
	// hour that begins at start.
	InHour(ctx context.Context, start, before time.Time) iter.Seq2[[]capture.Event, error]
	// Begin starts a file. Nothing of it counts before Finish; what a crash leaves behind is dropped at the next start.
	Begin(ctx context.Context, delivery Delivery) (Building, error)
	// Deliveries come newest first.
	Deliveries(ctx context.Context) ([]Delivery, error)
	Delivery(ctx context.Context, id string) (Delivery, error)
	// Content is the file's bytes, as built.
	Content(ctx context.Context, id string) (io.ReadCloser, error)
	// SaveDelivery keeps a change of state together with its audit entry.
	SaveDelivery(ctx context.Context, delivery Delivery, entry capture.AuditEntry) error
	// Release puts a refused delivery's rows back among the waiting ones, so that they go into a new file.
	Release(ctx context.Context, deliveryID string, entry capture.AuditEntry) error
	// Places is where each version of an event or of a reaction is, for each extract.
	Places(ctx context.Context, id string) ([]Place, error)
	// FileRows is which version of which event, or reaction, caused each row of a file, in the order of rows; versions that need no row
	// of their own are left out.
	FileRows(ctx context.Context, deliveryID string) iter.Seq2[FileRow, error]
	HeldBack(ctx context.Context) ([]HeldBack, error)
	Overview(ctx context.Context) (Overview, error)
	Configuration(ctx context.Context) (capture.Configuration, error)
	// Audit appends an entry for something that changes no record, such as a copy that leaves the store.
	Audit(ctx context.Context, entry capture.AuditEntry) error
}

// Building is a file being written. Writes are kept sealed.
type Building interface {
	io.Writer
	// Row says that data row n (from 1) carries the event; n 0 says that nothing need be sent for it any more.
	Row(n int, waiting Waiting) error
	// Rows says that the event has count data rows from the first one on; count 0 says that it shares that row with others.
	Rows(first, count int, waiting Waiting) error
	// Hold keeps the event waiting and says why. A later Finish without a Hold for it clears the reason.
	Hold(waiting Waiting, problems capture.Problems) error
	// Finish makes the file, its rows and the audit entry durable in one transaction. A file name used before is a Conflict.
	Finish(ctx context.Context, delivery Delivery, entry capture.AuditEntry) error
	// Discard drops the file; after Finish it does nothing.
	Discard() error
}

// Settler is a Building that can keep what was decided about events although there is no file: which are held back
// and why, and which need not be sent any more.
type Settler interface {
	Settle(ctx context.Context, entry capture.AuditEntry) error
}
