package mesh

import (
	"net/http"
	"strings"
	"time"
)

// Type is what a message in the inbox is.
type Type string

// The two types: a file somebody sent, and a report that a message of ours went wrong.
const (
	TypeData   Type = "DATA"
	TypeReport Type = "REPORT"
)

// Headers is what MESH says about a message in the inbox.
type Headers struct {
	MessageID   string // remember it: after a crash before the acknowledgement the same message comes again
	Type        Type
	From, To    string // From may be empty in a report, and To is then our own mailbox
	WorkflowID  string
	FileName    string
	LocalID     string // in a report, the local id of our message
	Subject     string
	PartnerID   string
	ContentType string
	Checksum    string
	Parts       int // 0 in a report
	// Compressed and Encrypted are what the sender said about the content, or noise of the transport. They say
	// nothing about the bytes that Download writes.
	Compressed, Encrypted bool

	// In a report: what went wrong with the message LinkedMessageID of ours.
	LinkedMessageID   string
	StatusCode        string // see Explain
	StatusEvent       string
	StatusDescription string
	StatusSuccess     bool      // nothing went wrong: the MESH client program can report that as well
	StatusAt          time.Time // UTC

	client bool // it came through the MESH client program
}

// IsReport tells that this is no file but a report about a message of ours; it has no content.
func (h Headers) IsReport() bool { return h.Type == TypeReport }

// readHeaders understands what is there and leaves the rest empty: reports lack many.
func readHeaders(id string, h http.Header) Headers {
	_, parts := chunkRange(h.Get("Mex-Chunk-Range"))
	headers := Headers{
		MessageID:         h.Get("Mex-MessageID"),
		Type:              Type(strings.ToUpper(h.Get("Mex-MessageType"))),
		From:              h.Get("Mex-From"),
		To:                h.Get("Mex-To"),
		WorkflowID:        h.Get("Mex-WorkflowID"),
		FileName:          h.Get("Mex-FileName"),
		LocalID:           h.Get("Mex-LocalID"),
		Subject:           h.Get("Mex-Subject"),
		PartnerID:         h.Get("Mex-PartnerID"),
		ContentType:       h.Get("Mex-Content-Type"),
		Checksum:          h.Get("Mex-Content-Checksum"),
		Parts:             parts,
		Compressed:        isYes(h.Get("Mex-Content-Compressed")),
		Encrypted:         isYes(h.Get("Mex-Content-Encrypted")),
		LinkedMessageID:   h.Get("Mex-LinkedMsgID"),
		StatusCode:        h.Get("Mex-StatusCode"),
		StatusEvent:       h.Get("Mex-StatusEvent"),
		StatusDescription: h.Get("Mex-StatusDescription"),
		StatusSuccess:     strings.EqualFold(h.Get("Mex-StatusSuccess"), "SUCCESS"),
		StatusAt:          moment(h.Get("Mex-StatusTimestamp")),
	}
	if headers.MessageID == "" {
		headers.MessageID = id
	}
	if headers.Type == "" {
		headers.Type = TypeData
	}
	if headers.ContentType == "" {
		headers.ContentType = h.Get("Content-Type")
	}
	return headers
}

// chunkRange reads "2:3", part two of three. Nothing, or nonsense, is the whole message. A report says 1:0.
func chunkRange(value string) (number, total int) {
	first, second, found := strings.Cut(value, ":")
	number, ok1 := wholeNumber(first)
	total, ok2 := wholeNumber(second)
	if !found || !ok1 || !ok2 {
		return 1, 1
	}
	return number, total
}

// isYes reads the flags, which come as Y, N, TRUE and the like.
func isYes(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "y", "yes", "true", "t", "1":
		return true
	}
	return false
}
