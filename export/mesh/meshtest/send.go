package meshtest

import (
	"net/http"
	"strconv"
	"strings"
)

// send takes a message, or the first of its parts.
func (s *Server) send(r *request) reply {
	if no := checkSendHeaders(r.Header); no != nil {
		return s.refuse(r, *no)
	}
	encoding := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding")))
	if encoding != "" && encoding != "gzip" {
		return s.refuse(r, refusal{status: http.StatusUnprocessableEntity, event: "SEND", code: "UnsupportedContentEncoding", text: "Unsupported content encoding"})
	}
	number, total, ok := 1, 1, true
	if text := r.Header.Get("Mex-Chunk-Range"); text != "" {
		number, total, ok = chunkRange(text)
	}
	if !ok || number != 1 {
		return s.refuse(r, badChunks)
	}
	m := Message{
		From:        r.mailbox.ID,
		To:          strings.ToUpper(strings.TrimSpace(r.Header.Get("Mex-To"))),
		WorkflowID:  strings.TrimSpace(r.Header.Get("Mex-WorkflowID")),
		FileName:    r.Header.Get("Mex-FileName"),
		LocalID:     r.Header.Get("Mex-LocalID"),
		Subject:     r.Header.Get("Mex-Subject"),
		PartnerID:   r.Header.Get("Mex-PartnerID"),
		ContentType: r.Header.Get("Mex-Content-Type"),
		Checksum:    r.Header.Get("Mex-Content-Checksum"),
		Compressed:  isTrue(r.Header.Get("Mex-Content-Compressed")),
		Encrypted:   isTrue(r.Header.Get("Mex-Content-Encrypted")),
		Encoding:    encoding,
		Parts:       make([][]byte, total),
	}
	if m.ContentType == "" {
		m.ContentType = strings.ToLower(r.Header.Get("Content-Type"))
	}
	if no := s.checkParties(r.mailbox, m); no != nil {
		return s.refuse(r, *no)
	}
	if no := s.checkPart(r, m, 1); no != nil {
		return s.refuse(r, *no)
	}
	m.Parts[0] = r.body
	id := s.keep(m, r.now).ID
	if r.version == 1 {
		return writeJSON(http.StatusAccepted, "application/json", map[string]any{"messageID": id})
	}
	return writeJSON(http.StatusAccepted, "application/json", map[string]any{"message_id": id})
}

func (s *Server) checkParties(from Mailbox, m Message) *refusal {
	recipient, known := s.mailboxes[m.To]
	switch {
	case !known:
		return &refusal{status: http.StatusExpectationFailed, event: "SEND", code: "12", text: "Unregistered to address"}
	case !from.maySend(m.WorkflowID), !recipient.takes(m.WorkflowID):
		return &refusal{status: http.StatusExpectationFailed, event: "SEND", code: "17", text: "Workflow ID not registered for mailbox"}
	}
	return nil
}

// checkPart looks at the content of one request. That gzip is really gzip is more than the sandbox asks.
func (s *Server) checkPart(r *request, m Message, number int) *refusal {
	switch {
	case r.tooLong:
		return &refusal{status: http.StatusRequestEntityTooLarge, event: "SEND", text: "Request is too large"}
	case len(r.body) == 0:
		return &refusal{status: http.StatusExpectationFailed, event: "COLLECT", code: "02", text: "Data file is missing or inaccessible."}
	case number < len(m.Parts) && len(r.body) < s.options.MinPartBytes:
		return &refusal{status: http.StatusExpectationFailed, event: "SEND", code: "InvalidHeaderChunks", text: "Chunk is too small"}
	}
	if _, err := m.decoded(r.body); err != nil {
		return &refusal{status: http.StatusExpectationFailed, event: "SEND", code: "Invalid file format", text: "File Level Error (file not formed correctly)"}
	}
	return nil
}

// sendPart takes a later part. The last one completes the message, and is refused while others are missing.
func (s *Server) sendPart(r *request) reply {
	id := r.segment[2]
	number, total, ok := chunkRange(r.Header.Get("Mex-Chunk-Range"))
	if !ok || number < 2 || strconv.Itoa(number) != r.segment[3] {
		return s.refuse(r, badChunks.about(id))
	}
	m := s.find(id)
	switch {
	case m == nil:
		return s.refuse(r, refusal{status: http.StatusNotFound, shape: bare})
	case m.From != r.mailbox.ID:
		return s.refuse(r, notYours)
	case m.Status != Uploading:
		return s.refuse(r, refusal{status: http.StatusLocked, shape: bare})
	case number > len(m.Parts):
		return s.refuse(r, refusal{status: http.StatusNotAcceptable, shape: bare})
	case total != len(m.Parts):
		return s.refuse(r, badChunks.about(m.ID))
	case strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))) != m.Encoding:
		return s.refuse(r, refusal{status: http.StatusExpectationFailed, text: "cannot change content encoding"}.about(m.ID))
	}
	if no := s.checkPart(r, m.Message, number); no != nil {
		return s.refuse(r, no.about(m.ID))
	}
	before := m.Parts[number-1]
	m.Parts[number-1] = r.body
	if number == total && !m.complete() {
		m.Parts[number-1] = before
		return s.refuse(r, badChunks.about(m.ID))
	}
	if number == total {
		m.accept(r.now)
	}
	if r.version == 1 {
		return writeJSON(http.StatusAccepted, "application/json", map[string]any{"messageID": m.ID, "blockID": number})
	}
	return writeJSON(http.StatusAccepted, "application/json", nil)
}

// chunkRange reads "2:3".
func chunkRange(text string) (number, total int, ok bool) {
	first, second, found := strings.Cut(text, ":")
	number, err1 := strconv.Atoi(strings.TrimSpace(first))
	total, err2 := strconv.Atoi(strings.TrimSpace(second))
	return number, total, found && err1 == nil && err2 == nil && number > 0 && number <= total && total <= maxParts
}

// maxParts keeps a mistyped range from filling the memory: 100 GB in parts of 5 MB.
const maxParts = 20_000
