package meshtest

import (
	"net/http"
	"net/url"
	"strings"
)

type handler func(*Server, *request) reply

// destination is where a request goes; without a handler, the status that says why.
type destination struct {
	handler handler
	open    bool // needs no token
	status  int
}

// endpoint is one row of the table of addresses (NHS MESH API specification). A star stands for any one segment.
type endpoint struct {
	pattern string
	open    bool
	methods map[string]handler
}

var endpoints = []endpoint{
	// The look-ups come first: their first segment could also be a mailbox.
	{"endpointlookup/*/*", true, map[string]handler{http.MethodGet: (*Server).endpointLookup}},
	{"workflowsearch/*", true, map[string]handler{http.MethodGet: (*Server).workflowSearch}},
	{"*", false, map[string]handler{http.MethodGet: (*Server).handshake, http.MethodPost: (*Server).handshake}},
	{"*/inbox", false, map[string]handler{http.MethodGet: (*Server).inbox}},
	{"*/count", false, map[string]handler{http.MethodGet: (*Server).inboxCount}},
	{"*/inbox/*", false, map[string]handler{http.MethodGet: (*Server).download, http.MethodHead: (*Server).head}},
	{"*/inbox/*/*", false, map[string]handler{http.MethodGet: (*Server).downloadPart}},
	{"*/inbox/*/status/acknowledged", false, map[string]handler{http.MethodPut: (*Server).acknowledge}},
	{"*/outbox", false, map[string]handler{http.MethodPost: (*Server).send}},
	{"*/outbox/tracking", false, map[string]handler{http.MethodGet: (*Server).track}},
	{"*/outbox/tracking/*", false, map[string]handler{http.MethodGet: (*Server).trackByLocalID}},
	{"*/outbox/*/*", false, map[string]handler{http.MethodPost: (*Server).sendPart}},
}

// route splits the path itself: http.ServeMux would answer odd ids with a redirect.
func route(r *request) destination {
	rest, found := strings.CutPrefix(r.URL.EscapedPath(), "/messageexchange/")
	if !found {
		return destination{status: http.StatusNotFound}
	}
	segments := strings.Split(rest, "/")
	for i, escaped := range segments {
		plain, err := url.PathUnescape(escaped)
		if err != nil || plain == "" {
			return destination{status: http.StatusNotFound}
		}
		segments[i] = plain
	}
	r.segment = segments
	status := http.StatusNotFound
	for _, e := range endpoints {
		if !matches(e.pattern, segments) {
			continue
		}
		if h := e.methods[r.Method]; h != nil {
			return destination{handler: h, open: e.open}
		}
		status = http.StatusMethodNotAllowed
	}
	return destination{status: status}
}

func matches(pattern string, segments []string) bool {
	names := strings.Split(pattern, "/")
	if len(names) != len(segments) {
		return false
	}
	for i, name := range names {
		if name != "*" && name != segments[i] {
			return false
		}
	}
	return true
}
