package meshtest

import (
	"net/http"
	"time"
)

// acknowledge takes a message out of the inbox; doing it again changes nothing and is no error.
func (s *Server) acknowledge(r *request) reply {
	m := s.find(r.segment[2])
	switch {
	case m == nil:
		return s.refuse(r, unknownMessage)
	case m.To != r.mailbox.ID:
		return s.refuse(r, notYours)
	case m.Status == Accepted:
		m.collect(r.now)
		delete(s.listed, r.mailbox.ID)
	}
	if r.version == 1 {
		return writeJSON(http.StatusOK, mediaTypes[1], map[string]any{"messageId": m.ID})
	}
	return reply{status: http.StatusOK}
}

func (m *stored) collect(now time.Time) {
	m.Status, m.Collected = Acknowledged, now.UTC()
}
