package meshtest

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	defaultPage = 500
	minPage     = 10
	maxPage     = 5000
)

// inbox lists what waits for the mailbox, oldest first.
func (s *Server) inbox(r *request) reply {
	query := r.URL.Query()
	size, after := defaultPage, 0
	var err error
	if text := query.Get("max_results"); text != "" {
		if size, err = strconv.Atoi(text); err != nil || size < minPage || size > maxPage {
			return s.refuse(r, refusal{status: http.StatusBadRequest, shape: validation, place: "query", fields: []string{"max_results"},
				text: "must be a number from 10 to 5000"})
		}
	}
	if text := query.Get("continue_from"); text != "" {
		if after, err = readBookmark(text); err != nil {
			return s.refuse(r, refusal{status: http.StatusBadRequest, shape: validation, place: "query", fields: []string{"continue_from"},
				text: "is not from a link of this server"})
		}
	}
	filter := query.Get("workflow_filter")
	if no := s.tooSoon(r, after); no != nil {
		return *no
	}

	ids, last, more := []string{}, 0, false
	for _, m := range s.waiting(r.mailbox.ID) {
		if m.order <= after || !passes(filter, m.WorkflowID) {
			continue
		}
		if len(ids) == size {
			more = true
			break
		}
		ids, last = append(ids, m.ID), m.order
	}
	if r.version == 1 {
		return writeJSON(http.StatusOK, mediaTypes[1], map[string]any{"messages": ids})
	}
	links := map[string]string{"self": inboxLink(r.mailbox.ID, size, filter, 0)}
	if more {
		links["next"] = inboxLink(r.mailbox.ID, size, filter, last)
	}
	return writeJSON(http.StatusOK, mediaTypes[2], map[string]any{
		"messages": ids, "links": links, "approx_inbox_count": len(s.waiting(r.mailbox.ID)),
	})
}

// tooSoon refuses who lists the inbox more often than the specification allows. The pages of one look, and looks between
// acknowledgements, when a backlog is worked off, are no offence.
func (s *Server) tooSoon(r *request, after int) *reply {
	last, again := s.listed[r.mailbox.ID]
	wait := last.Add(s.options.PollPause).Sub(r.now)
	if again && after == 0 && wait > 0 {
		no := s.refuse(r, refusal{status: http.StatusTooManyRequests, event: "RECEIVE", text: "Too Many Requests"})
		no.header.Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		return &no
	}
	s.listed[r.mailbox.ID] = r.now
	return nil
}

// inboxCount is deprecated and still served.
func (s *Server) inboxCount(r *request) reply {
	count := len(s.waiting(r.mailbox.ID))
	if r.version == 1 {
		return writeJSON(http.StatusOK, mediaTypes[1], map[string]any{
			"count": count, "internalID": s.newID(r.now), "allResultsIncluded": true,
		})
	}
	return writeJSON(http.StatusOK, mediaTypes[2], map[string]any{"count": count})
}

// waiting is what the mailbox has not acknowledged yet.
func (s *Server) waiting(mailbox string) []*stored {
	var found []*stored
	for _, m := range s.messages {
		if m.To == mailbox && m.Status == Accepted {
			found = append(found, m)
		}
	}
	return found
}

// inboxLink is relative to the host, as the live service gives it.
func inboxLink(mailbox string, size int, filter string, after int) string {
	query := url.Values{}
	if size != defaultPage {
		query.Set("max_results", strconv.Itoa(size))
	}
	if filter != "" {
		query.Set("workflow_filter", filter)
	}
	if after > 0 {
		query.Set("continue_from", bookmark(after))
	}
	link := "/messageexchange/" + url.PathEscape(mailbox) + "/inbox"
	if len(query) > 0 {
		link += "?" + query.Encode()
	}
	return link
}

// bookmark makes the place in the list look as opaque as the live service's.
func bookmark(order int) string {
	return base64.StdEncoding.EncodeToString([]byte("after " + strconv.Itoa(order)))
}

func readBookmark(text string) (int, error) {
	plain, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimPrefix(string(plain), "after "))
}

// passes applies WF, !WF, WF*, !WF*, *PART* and !*PART*.
func passes(filter, workflow string) bool {
	if filter = strings.TrimSpace(filter); filter == "" {
		return true
	}
	pattern, not := strings.CutPrefix(filter, "!")
	var fits bool
	switch inner, contains := strings.CutPrefix(pattern, "*"); {
	case contains:
		fits = strings.Contains(workflow, strings.TrimSuffix(inner, "*"))
	case strings.HasSuffix(pattern, "*"):
		fits = strings.HasPrefix(workflow, strings.TrimSuffix(pattern, "*"))
	default:
		fits = workflow == pattern
	}
	return fits != not
}
