package meshtest

import (
	"net/http"
	"strings"
)

// stampV2 is the form of times in version 2: ISO without a zone, with microseconds.
const stampV2 = "2006-01-02T15:04:05.000000"

// track tells the sender where a message stands; to anybody else it does not exist.
func (s *Server) track(r *request) reply {
	id := r.URL.Query().Get("messageID")
	if id == "" {
		return s.refuse(r, refusal{status: http.StatusBadRequest, shape: validation, place: "query", fields: []string{"messageID"}, text: "field required"})
	}
	m := s.find(id)
	if m == nil || m.From != r.mailbox.ID {
		return s.refuse(r, notFound)
	}
	if r.version == 1 {
		return writeJSON(http.StatusOK, mediaTypes[1], s.trackingV1(m))
	}
	return writeJSON(http.StatusOK, mediaTypes[2], s.trackingV2(m))
}

// trackByLocalID always answers in version 1.
func (s *Server) trackByLocalID(r *request) reply {
	var found []*stored
	for _, m := range s.messages {
		if m.From == r.mailbox.ID && m.LocalID == r.segment[3] {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 0:
		return s.refuse(r, notFound)
	case 1:
		return writeJSON(http.StatusOK, "application/json", s.trackingV1(found[0]))
	}
	return s.refuse(r, refusal{status: http.StatusMultipleChoices, text: "Multiple Choices"})
}

var notFound = refusal{status: http.StatusNotFound, text: "Not Found"}

func (s *Server) trackingV2(m *stored) map[string]any {
	to := s.mailboxes[m.To]
	fields := map[string]any{
		"message_id":         m.ID,
		"local_id":           latin1(m.LocalID),
		"workflow_id":        latin1(m.WorkflowID),
		"filename":           latin1(m.FileName),
		"expiry_time":        stamp(m.expires(), stampV2),
		"upload_timestamp":   stamp(m.Uploaded, stampV2),
		"recipient":          m.To,
		"recipient_name":     to.Name,
		"recipient_ods_code": to.ODS,
		"recipient_org_code": to.ODS,
		"status":             string(m.Status),
		"status_success":     true, // even when undeliverable, as in the live service: the status decides
	}
	for name := range fields {
		without(fields, name)
	}
	return fields
}

func (s *Server) trackingV1(m *stored) map[string]any {
	to, from := s.mailboxes[m.To], s.mailboxes[m.From]
	return map[string]any{
		"addressType":          "ALL",
		"checksum":             m.Checksum,
		"chunkCount":           len(m.Parts),
		"compressFlag":         flag(m.Compressed),
		"contentEncoding":      m.Encoding,
		"downloadTimestamp":    stamp(m.Collected, stampV1),
		"dtsId":                m.ID,
		"encryptedFlag":        flag(m.Encrypted),
		"expiryTime":           stamp(m.expires(), stampV1),
		"failureDate":          stamp(m.Failed, stampV1),
		"failureDiagnostic":    m.failure(),
		"fileName":             latin1(m.FileName),
		"fileSize":             m.size(),
		"isCompressed":         flag(m.Encoding == "gzip"),
		"localId":              latin1(m.LocalID),
		"meshRecipientOdsCode": to.ODS,
		"messageId":            m.ID,
		"messageType":          "Data",
		"partnerId":            latin1(m.PartnerID),
		"recipient":            m.To,
		"recipientName":        to.Name,
		"sender":               m.From,
		"senderName":           from.Name,
		"senderOdsCode":        from.ODS,
		"status":               strings.ToUpper(string(m.Status[:1])) + string(m.Status[1:]),
		"statusSuccess":        "SUCCESS",
		"subject":              latin1(m.Subject),
		"uploadTimestamp":      stamp(m.Uploaded, stampV1),
		"version":              "1.0",
		"workflowId":           latin1(m.WorkflowID),
	}
}
