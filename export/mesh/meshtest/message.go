package meshtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Status is where a message stands.
type Status string

// The statuses of the specification.
const (
	Uploading     Status = "uploading"
	Accepted      Status = "accepted"
	Acknowledged  Status = "acknowledged"
	Undeliverable Status = "undeliverable"
)

// Message is a message as the server holds it. Content is what its sender meant.
type Message struct {
	ID          string
	From, To    string // mailbox ids; From is empty in a report
	WorkflowID  string
	FileName    string
	LocalID     string
	Subject     string
	PartnerID   string
	ContentType string
	Checksum    string
	Compressed  bool // as the sender flagged it
	Encrypted   bool
	Encoding    string   // "gzip" or empty: how each part was uploaded
	Parts       [][]byte // as uploaded; a part that has not come yet is nil

	Report      bool   // tells of a failure of LinkedID; has no parts
	LinkedID    string // in a report
	Code, Event string // in a report
	Description string // in a report

	Status    Status
	Uploaded  time.Time // when its first part came
	Accepted  time.Time // when it was complete
	Collected time.Time // when it was acknowledged
	Failed    time.Time // when it was given up
}

// stored adds what only the server needs.
type stored struct {
	Message
	order int // position in the server's life, for the pages of an inbox
}

// snapshot is a copy that shares nothing with the server.
func (m *stored) snapshot() Message {
	c := m.Message
	c.Parts = make([][]byte, len(m.Parts))
	for i, part := range m.Parts {
		c.Parts[i] = slices.Clone(part)
	}
	return c
}

// Content joins the parts and undoes the compression of each.
func (m Message) Content() ([]byte, error) {
	var content bytes.Buffer
	for i, part := range m.Parts {
		plain, err := m.decoded(part)
		if err != nil {
			return nil, fmt.Errorf("read part %d of message %s: %w", i+1, m.ID, err)
		}
		content.Write(plain)
	}
	return content.Bytes(), nil
}

func (m Message) decoded(part []byte) ([]byte, error) {
	if m.Encoding != "gzip" {
		return part, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(part))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// size is what was uploaded, in bytes.
func (m Message) size() int {
	n := 0
	for _, part := range m.Parts {
		n += len(part)
	}
	return n
}

// complete tells whether all parts are there.
func (m Message) complete() bool {
	return !slices.ContainsFunc(m.Parts, func(part []byte) bool { return part == nil })
}

// find returns the message with an id, whose letters may be of either case.
func (s *Server) find(id string) *stored {
	id = strings.ToUpper(id)
	for _, m := range s.messages {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// keep gives a message its id and its place.
func (s *Server) keep(m Message, now time.Time) *stored {
	m.ID = s.newID(now)
	m.Uploaded = now.UTC()
	if m.FileName == "" && !m.Report {
		m.FileName = m.ID + ".dat"
	}
	kept := &stored{Message: m, order: s.serial}
	if m.complete() {
		kept.accept(now)
	} else {
		kept.Status = Uploading
	}
	s.messages = append(s.messages, kept)
	return kept
}

func (m *stored) accept(now time.Time) {
	m.Status, m.Accepted = Accepted, now.UTC()
}

// newID has the form of the live service: time to the microsecond and six hexadecimal digits.
func (s *Server) newID(now time.Time) string {
	s.serial++
	return fmt.Sprintf("%s%06d_%06X", now.UTC().Format("20060102150405"), now.Nanosecond()/1000, s.serial)
}
