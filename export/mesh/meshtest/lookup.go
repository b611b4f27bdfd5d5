package meshtest

import (
	"net/http"
	"slices"
	"sort"
	"strings"
)

// endpointLookup finds the mailboxes of an organisation that take a workflow.
func (s *Server) endpointLookup(r *request) reply {
	ods, workflow := r.segment[1], r.segment[2]
	found := s.receivers(func(m Mailbox) bool {
		return strings.EqualFold(m.ODS, ods) && slices.Contains(m.Receives, workflow)
	})
	if r.version == 2 {
		return writeJSON(http.StatusOK, "application/json", map[string]any{"results": resultsV2(found)})
	}
	results := []map[string]string{}
	for _, m := range found {
		results = append(results, map[string]string{"address": m.ID, "description": m.Name, "endpoint_type": "MESH"})
	}
	return writeJSON(http.StatusOK, "application/json", map[string]any{"query_id": s.newID(r.now), "results": results})
}

// workflowSearch finds all mailboxes that take a workflow; both versions have the same shape.
func (s *Server) workflowSearch(r *request) reply {
	found := s.receivers(func(m Mailbox) bool { return slices.Contains(m.Receives, r.segment[1]) })
	return writeJSON(http.StatusOK, "application/json", map[string]any{"results": resultsV2(found)})
}

func resultsV2(mailboxes []Mailbox) []map[string]string {
	results := []map[string]string{}
	for _, m := range mailboxes {
		results = append(results, map[string]string{"mailbox_id": m.ID, "mailbox_name": m.Name})
	}
	return results
}

func (s *Server) receivers(fits func(Mailbox) bool) []Mailbox {
	var found []Mailbox
	for _, m := range s.mailboxes {
		if fits(m) {
			found = append(found, m)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].ID < found[j].ID })
	return found
}
