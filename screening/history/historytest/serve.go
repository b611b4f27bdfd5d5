package historytest

import (
	"net/http"
	"slices"
	"strings"
)

// serve answers as the service does (clinical facts 7.2 and 7.3).
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Correlation-ID", r.Header.Get("X-Correlation-ID"))
	s.mu.Lock()
	defer s.mu.Unlock()
	query := r.URL.Query()
	number, named := strings.CutPrefix(query.Get("patient.identifier"), "https://fhir.nhs.uk/Id/nhs-number|")
	switch {
	case r.Method != http.MethodGet || r.URL.Path != basePath+"/Immunization":
		outcome(w, http.StatusNotFound, "there is no such resource")
	case r.Header.Get("AUTHORISED_TARGETS") != "" || r.Header.Get("X-Request-Url") != "":
		outcome(w, http.StatusNotFound, "a header that only the service itself sets")
	case s.options.Token != "" && r.Header.Get("Authorization") != "Bearer "+s.options.Token:
		outcome(w, http.StatusUnauthorized, "the access token is not accepted")
	case !named || len(number) != 10:
		outcome(w, http.StatusBadRequest, "patient.identifier")
	case query.Get("_include") != "Immunization:patient":
		outcome(w, http.StatusBadRequest, "_include")
	case query.Has("procedure-code:below") == query.Has("immunization.target"):
		outcome(w, http.StatusBadRequest, "immunization.target")
	case !slices.Contains(s.options.Targets, query.Get("immunization.target")):
		outcome(w, http.StatusBadRequest, "immunization.target")
	default:
		body, known := s.answers[number]
		if !known {
			body = Bundle("", "")
		}
		answer(w, http.StatusOK, "application/fhir+json", body)
	}
}

func outcome(w http.ResponseWriter, status int, why string) {
	answer(w, status, "application/fhir+json",
		`{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing","diagnostics":"`+why+`"}]}`)
}
