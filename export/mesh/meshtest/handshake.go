package meshtest

import "net/http"

// handshake validates a mailbox: the token has been checked, the three headers are required.
func (s *Server) handshake(r *request) reply {
	var missing []string
	for _, name := range []string{"Mex-ClientVersion", "Mex-OSName", "Mex-OSVersion"} {
		if r.Header.Get(name) == "" {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return s.refuse(r, refusal{status: http.StatusBadRequest, shape: validation, place: "header", fields: missing, text: "field required"})
	}
	if r.version == 1 {
		return writeJSON(http.StatusOK, mediaTypes[1], map[string]any{"mailboxId": r.mailbox.ID})
	}
	return reply{status: http.StatusOK}
}
