package meshtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// download serves the first part, which is the whole message when there is one.
func (s *Server) download(r *request) reply { return s.serve(r, 1) }

// downloadPart serves one part by its number.
func (s *Server) downloadPart(r *request) reply {
	number, err := strconv.Atoi(r.segment[3])
	if err != nil || number < 1 {
		return s.refuse(r, unknownMessage)
	}
	return s.serve(r, number)
}

func (s *Server) serve(r *request, number int) reply {
	m := s.find(r.segment[2])
	switch {
	case m == nil:
		return s.refuse(r, unknownMessage)
	case m.To != r.mailbox.ID:
		return s.refuse(r, notYours)
	case m.Status != Accepted:
		return s.refuse(r, gone.about(m.ID))
	case m.Report && number == 1:
		return reply{status: http.StatusOK, header: m.headers(1)}
	case number > len(m.Parts):
		return s.refuse(r, unknownMessage)
	}
	content, encoding, err := m.encodedFor(r, m.Parts[number-1])
	if err != nil {
		return s.refuse(r, refusal{status: http.StatusInternalServerError, shape: bare})
	}
	header := m.headers(number)
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
		header.Set("Mex-Content-Compressed", "Y")
	}
	header.Set("Content-Type", m.contentTypeFor(r))
	header.Set("Content-Length", strconv.Itoa(len(content)))
	status := http.StatusOK
	if number < len(m.Parts) {
		status = http.StatusPartialContent
	}
	return reply{status: status, header: header, body: content}
}

var gone = refusal{status: http.StatusGone, event: "SEND", code: "Message already accepted", text: "Message no longer available for download"}

// head serves the headers alone, to the recipient and to the sender.
func (s *Server) head(r *request) reply {
	m := s.find(r.segment[2])
	switch {
	case m == nil, m.To != r.mailbox.ID && m.From != r.mailbox.ID:
		return s.refuse(r, unknownMessage)
	case m.To == r.mailbox.ID && m.Status != Accepted:
		return s.refuse(r, gone.about(m.ID))
	}
	return reply{status: http.StatusOK, header: m.headers(1)}
}

// encodedFor follows what the client accepts: stored gzip is passed on or undone, and in version 2 plain content is
// compressed on the way.
func (m *stored) encodedFor(r *request, part []byte) (content []byte, encoding string, err error) {
	wantsGzip := strings.Contains(strings.ToLower(r.Header.Get("Accept-Encoding")), "gzip")
	switch {
	case m.Encoding == "gzip" && wantsGzip:
		return part, "gzip", nil
	case m.Encoding == "gzip":
		content, err = m.decoded(part)
		return content, "", err
	case r.version == 2 && wantsGzip:
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := z.Write(part); err != nil {
			return nil, "", fmt.Errorf("compress part: %w", err)
		}
		if err := z.Close(); err != nil {
			return nil, "", fmt.Errorf("compress part: %w", err)
		}
		return packed.Bytes(), "gzip", nil
	}
	return part, "", nil
}

// contentTypeFor is the sender's type for whole messages of version 2, and plain bytes otherwise.
func (m *stored) contentTypeFor(r *request) string {
	if r.version == 1 || len(m.Parts) > 1 || m.ContentType == "" {
		return "application/octet-stream"
	}
	if strings.HasPrefix(m.ContentType, "text/") && !strings.Contains(m.ContentType, "charset") {
		return m.ContentType + "; charset=utf-8"
	}
	return m.ContentType
}

// headers are those of part number; empty ones are left out.
func (m *stored) headers(number int) http.Header {
	values := map[string]string{
		"Mex-From":               m.From,
		"Mex-To":                 m.To,
		"Mex-WorkflowID":         m.WorkflowID,
		"Mex-Chunk-Range":        fmt.Sprintf("%d:%d", number, len(m.Parts)),
		"Mex-Total-Chunks":       strconv.Itoa(len(m.Parts)),
		"Mex-AddressType":        "ALL",
		"Mex-LocalID":            m.LocalID,
		"Mex-PartnerID":          m.PartnerID,
		"Mex-FileName":           m.FileName,
		"Mex-Subject":            m.Subject,
		"Mex-Version":            "1.0",
		"Mex-MessageType":        m.typeName(),
		"Mex-MessageID":          m.ID,
		"Mex-Content-Checksum":   m.Checksum,
		"Mex-Content-Compressed": flag(m.Compressed),
		"Mex-Content-Encrypted":  flag(m.Encrypted),
		"Mex-Content-Type":       m.ContentType,
		"Mex-LinkedMsgID":        m.LinkedID,
		"Mex-StatusCode":         "00",
		"Mex-StatusEvent":        "TRANSFER",
		"Mex-StatusDescription":  "Transferred to recipient mailbox",
		"Mex-StatusSuccess":      "SUCCESS",
		"Mex-StatusTimestamp":    m.Accepted.Format(stampV1),
		"Last-Modified":          m.Accepted.Format("Mon, 02 Jan 2006 15:04:05") + " UTC", // not GMT, as HTTP wants it
	}
	if m.Report {
		values["Mex-StatusCode"], values["Mex-StatusEvent"] = m.Code, m.Event
		values["Mex-StatusDescription"], values["Mex-StatusSuccess"] = m.Description, "ERROR"
	}
	h := http.Header{}
	for name, value := range values {
		if value != "" {
			h.Set(name, value)
		}
	}
	return h
}

func (m *stored) typeName() string {
	if m.Report {
		return "REPORT"
	}
	return "DATA"
}

func flag(yes bool) string {
	if yes {
		return "Y"
	}
	return ""
}

// stampV1 is the form of times in headers and in version 1.
const stampV1 = "20060102150405"

func stamp(at time.Time, layout string) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(layout)
}
