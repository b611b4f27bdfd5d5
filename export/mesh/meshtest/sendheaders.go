package meshtest

import (
	"net/http"
	"regexp"
	"strings"
)

// sendHeader is one row of the table of headers of a new message, with its longest value.
type sendHeader struct {
	name     string
	max      int
	required bool
	noURL    bool
}

var sendHeaders = []sendHeader{
	{"Mex-To", 100, true, true},
	{"Mex-WorkflowID", 300, true, true},
	{"Mex-Chunk-Range", 20, false, false},
	{"Mex-FileName", 300, false, false},
	{"Mex-LocalID", 300, false, false},
	{"Mex-Subject", 500, false, false},
	{"Mex-PartnerID", 500, false, false},
	{"Mex-Content-Checksum", 100, false, true},
	{"Mex-Content-Encrypted", 20, false, false},
	{"Mex-Content-Compressed", 20, false, false},
	{"Mex-Content-Type", 100, false, false},
}

var (
	webAddress = regexp.MustCompile(`(?i)^https?://`)
	checksum   = regexp.MustCompile(`^[A-Za-z0-9\s:/-]*$`)
)

// checkSendHeaders finds what the specification and the sandbox refuse with 400.
func checkSendHeaders(h http.Header) *refusal {
	invalid := refusal{status: http.StatusBadRequest, shape: validation, place: "header"}
	malformed := refusal{status: http.StatusBadRequest, event: "TRANSFER", code: "06", text: "MalformedControlFile"}
	var missing, long, bad []string
	for _, rule := range sendHeaders {
		value := h.Get(rule.name)
		switch {
		case value == "" && rule.required:
			missing = append(missing, rule.name)
		case len(value) > rule.max:
			long = append(long, rule.name)
		case strings.ContainsFunc(value, func(c rune) bool { return c < ' ' }), rule.noURL && webAddress.MatchString(value):
			bad = append(bad, rule.name)
		}
	}
	switch {
	case missing != nil:
		invalid.fields, invalid.text = missing, "field required"
		return &invalid
	case long != nil:
		invalid.fields, invalid.text = long, "ensure this value has fewer characters"
		return &invalid
	case bad != nil:
		return &malformed
	case !checksum.MatchString(h.Get("Mex-Content-Checksum")):
		return &refusal{status: http.StatusBadRequest, event: "SEND", code: "Invalid checksum", text: "Invalid checksum"}
	}
	return nil
}

func isTrue(flag string) bool {
	switch strings.ToLower(strings.TrimSpace(flag)) {
	case "y", "yes", "t", "true", "on", "1":
		return true
	}
	return false
}
