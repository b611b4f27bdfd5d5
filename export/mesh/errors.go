package mesh

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// The kinds of failure. Every *[Error] is of exactly one kind; ask with errors.Is.
var (
	// ErrOffline: no connection could be made (name not found, refused, no route). Nothing was sent. Wait for the network.
	ErrOffline = errors.New("no connection to MESH, nothing was sent; try again when the network is back")

	// ErrTemporary: not done, and may be tried again later with the same content; see Error.RetryAfter.
	ErrTemporary = errors.New("not done; try again later")

	// ErrRefused: mailbox, password, shared key or clock were refused (403). Stop, and tell the operator: going on
	// may lock the mailbox.
	ErrRefused = errors.New("refused; check mailbox id, password, shared key and this computer's clock")

	// ErrPermanent: this request will never be accepted as it is. *[Invalid] counts as this kind.
	ErrPermanent = errors.New("refused for good; correct the request")

	// ErrUnknownOutcome: a message may or may not have been taken. Never send it again blindly: see Client.Resume.
	ErrUnknownOutcome = errors.New("the message may or may not have been taken; look it up by its local id before sending again")

	// ErrUnfinished: MESH has some parts of a message, but not all. Nothing reaches the recipient before Client.Resume has
	// sent the rest. It counts as ErrUnknownOutcome too: the message must not be sent a second time.
	ErrUnfinished error = unfinishedKind{}

	// ErrHandedOver: the MESH client program on this computer has the message, and has not said yet that MESH took it. It
	// counts as ErrUnknownOutcome too: the message must not be sent a second time; Folder.Reconcile tells when it is known.
	ErrHandedOver error = handedKind{}

	// ErrNotSent: the MESH client program on this computer could not send the message, and MESH does not have it. It counts
	// as ErrPermanent too; Folder.Send may try again.
	ErrNotSent error = notSentKind{}

	// ErrNotFound: MESH does not know the message (404).
	ErrNotFound = errors.New("MESH does not know it")

	// ErrAmbiguous: MESH holds several messages with this local id (300). Stop, and ask the service desk.
	ErrAmbiguous = errors.New("several messages have this local id; ask the service desk which one counts")

	// ErrGone: the message is no longer held for download: acknowledged, expired or in error (410).
	ErrGone = errors.New("no longer held for download")

	// ErrClientCertificate: our certificate was missing or not accepted. Nothing was taken.
	ErrClientCertificate = errors.New("the client certificate was not accepted; check certificate, key and environment")

	// ErrServerCertificate: the server could not prove to be MESH. Nothing was sent.
	ErrServerCertificate = errors.New("the server's certificate is not trusted, nothing was sent; check address and CA bundle")
)

// unfinishedKind is the type of ErrUnfinished.
type unfinishedKind struct{}

func (unfinishedKind) Error() string {
	return "MESH has only a part of the message so far; go on with the rest, do not send it anew"
}

func (unfinishedKind) Is(target error) bool { return target == ErrUnknownOutcome }

// handedKind is the type of ErrHandedOver.
type handedKind struct{}

func (handedKind) Error() string {
	return "the MESH client has the message and will say when MESH has taken it; do not send it anew"
}

func (handedKind) Is(target error) bool { return target == ErrUnknownOutcome }

// notSentKind is the type of ErrNotSent.
type notSentKind struct{}

func (notSentKind) Error() string { return "the MESH client could not send the message" }

func (notSentKind) Is(target error) bool { return target == ErrPermanent }

// Error is a call that did not end well, with all that the service desk asks for.
type Error struct {
	Op         string // what was being done, for example "send message"
	Kind       error  // one of the Err… values above
	Status     int    // HTTP status, 0 when there was no answer
	Code       string // code from the body, for example "12"; see Explain
	Event      string // phase from the body: SEND, RECEIVE, TRANSFER, COLLECT
	Message    string // description from the body, one line, shortened
	InternalID string // id of the request inside MESH
	MessageID  string // id of the message concerned, when the body names it
	RetryAfter time.Duration
	Field      Field // the setting to look at first; empty when no setting is in question
	Err        error // what happened underneath, when there was no answer
}

// Error is one line: what was done, the kind with its cure, the details.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op + ": " + e.Kind.Error())
	var details []string
	add := func(label, value string) {
		if value != "" {
			details = append(details, label+value)
		}
	}
	if e.Status != 0 {
		add("HTTP ", strconv.Itoa(e.Status))
	}
	add("code ", e.Code)
	add("event ", e.Event)
	add("", e.Message)
	add("", meanings[normal(e.Code)])
	add("message id ", e.MessageID)
	add("internal id ", e.InternalID)
	if e.Err != nil {
		add("", e.Err.Error())
	}
	if len(details) > 0 {
		b.WriteString(" (" + strings.Join(details, "; ") + ")")
	}
	return b.String()
}

// Unwrap gives the kind and the cause to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}
