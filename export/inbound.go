package export

import (
	"context"
	"time"

	"deltoid/capture"
)

// Inbound is a message that has come for us through MESH, and what became of it here. Its content is kept beside it.
type Inbound struct {
	ID         string    `json:"id"` // MESH's message id
	At         time.Time `json:"at"` // when it was kept here
	From       string    `json:"from,omitempty"`
	WorkflowID string    `json:"workflowId,omitempty"`
	FileName   string    `json:"fileName,omitempty"`
	Subject    string    `json:"subject,omitempty"`
	LocalID    string    `json:"localId,omitempty"` // the sender's; in a report, of our message
	Bytes      int64     `json:"bytes"`
	SHA256     string    `json:"sha256"` // lower-case hex of the content
	Report     *Notice   `json:"report,omitempty"`

	State      InboundState `json:"state"`
	DeliveryID string       `json:"deliveryId,omitempty"` // the delivery it is about
	Outcome    string       `json:"outcome,omitempty"`    // what it says, or why nobody can make anything of it, in plain words
}

// Notice is what MESH itself says about a message of ours; it has no content.
type Notice struct {
	MessageID string    `json:"messageId,omitempty"` // of our message
	Code      string    `json:"code,omitempty"`
	Event     string    `json:"event,omitempty"`
	Text      string    `json:"text,omitempty"` // as MESH words it
	Words     string    `json:"words"`          // what happened and what to do
	At        time.Time `json:"at,omitzero"`
	Success   bool      `json:"success,omitempty"` // nothing went wrong
}

// InboundState is what became of a message that came.
type InboundState string

// The states. Unknown and Faulty are for a person; nothing is ever dropped.
const (
	InboundArrived InboundState = "arrived" // kept, and not looked into yet
	InboundSettled InboundState = "settled" // taken in: what it says stands at the delivery
	InboundUnknown InboundState = "unknown" // neither a report nor an answer to a file of ours
	InboundFaulty  InboundState = "faulty"  // about a file of ours, and it cannot be taken in as it is
	InboundClosed  InboundState = "closed"  // a person has dealt with it
)

// Mail keeps what comes through MESH. A nil error means durable.
type Mail interface {
	AnswerBook
	// KeepInbound keeps a message as it came. One whose id is known stays as it is, and that is no error.
	KeepInbound(ctx context.Context, message Inbound, content []byte, entry capture.AuditEntry) error
	// SaveInbound keeps what became of a message: its State, DeliveryID and Outcome.
	SaveInbound(ctx context.Context, message Inbound, entry capture.AuditEntry) error
	Inbound(ctx context.Context, id string) (Inbound, error)
	// InboundIn gives the messages in some state, oldest first; all of them when none is named.
	InboundIn(ctx context.Context, states ...InboundState) ([]Inbound, error)
	InboundContent(ctx context.Context, id string) ([]byte, error)
	// Contact is the zero Contact when nothing was saved.
	Contact(ctx context.Context) (Contact, error)
	SaveContact(ctx context.Context, contact Contact) error
}

// AnswerNamed is the name under which a message is an answer to a file; empty when it is none. A MESH client passes the
// name on as subject or local id.
func (m Inbound) AnswerNamed() string {
	for _, name := range []string{m.FileName, m.Subject, m.LocalID} {
		if IsAnswer(name) {
			return name
		}
	}
	return ""
}
