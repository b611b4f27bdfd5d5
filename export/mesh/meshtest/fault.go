package meshtest

import (
	"fmt"
	"net/http"
	"strings"
)

// Fault spoils one request. serve does the proper work and writes the proper reply to the writer it is given.
type Fault func(w http.ResponseWriter, r *http.Request, serve http.Handler)

// Match chooses requests.
type Match func(*http.Request) bool

// AnyRequest chooses every request.
func AnyRequest(*http.Request) bool { return true }

// NewMessage chooses the requests that create a message.
func NewMessage(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/outbox")
}

// Reading chooses the requests that change nothing.
func Reading(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

type planned struct {
	match Match
	left  int
	fault Fault
}

// Inject spoils the next so many requests that match. Of several faults the oldest that matches is used.
func (s *Server) Inject(times int, match Match, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &planned{match, times, fault})
}

// ClearFaults forgets the faults that have not happened yet.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Server) due(r *http.Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.faults {
		if p.left > 0 && p.match(r) {
			p.left--
			return p.fault
		}
	}
	return nil
}

// Answer replies with a status and a body, such as a gateway's page, instead of doing the work.
func Answer(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { answer(w, status, contentType, body) }
}

// AnswerWith is Answer with headers, for example Retry-After or Location.
func AnswerWith(status int, header http.Header, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		for name, values := range header {
			w.Header()[name] = values
		}
		answer(w, status, header.Get("Content-Type"), body)
	}
}

// Drop closes the connection before the body is read.
func Drop() Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { drop(w, "") }
}

// TakeThenDrop does the work and closes the connection without a reply.
func TakeThenDrop() Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
		serve.ServeHTTP(unheard{}, r)
		drop(w, "")
	}
}

// TakeThenBreak does the work and closes the connection in the middle of the reply.
func TakeThenBreak() Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
		serve.ServeHTTP(unheard{}, r)
		drop(w, "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{\"message_")
	}
}

// TakeThenAnswer does the work and replies something else, as a gateway does that has lost patience.
func TakeThenAnswer(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
		serve.ServeHTTP(unheard{}, r)
		answer(w, status, contentType, body)
	}
}

// Hold tells arrived that a request has come, and lets it go on when release is closed or gives a value.
// The server's Close lets it go too.
func Hold(arrived chan<- struct{}, release <-chan struct{}) Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
		wait(r, arrived, release)
		serve.ServeHTTP(w, r)
	}
}

// TakeThenHold does the work, tells taken, and keeps the reply back until release is closed or gives a value; then it
// closes the connection.
func TakeThenHold(taken chan<- struct{}, release <-chan struct{}) Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
		serve.ServeHTTP(unheard{}, r)
		wait(r, taken, release)
		drop(w, "")
	}
}

func wait(r *http.Request, reached chan<- struct{}, release <-chan struct{}) {
	select {
	case reached <- struct{}{}:
	case <-r.Context().Done():
		return
	}
	select {
	case <-release:
	case <-r.Context().Done():
	}
}

func answer(w http.ResponseWriter, status int, contentType, body string) {
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

// drop closes the connection, after some last bytes if there are any.
func drop(w http.ResponseWriter, last string) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		// Not a connection of our own listening: an answer nobody would expect comes closest.
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	fmt.Fprint(connection, last)
	connection.Close()
}

// unheard is a reply that goes nowhere.
type unheard struct{}

func (unheard) Header() http.Header         { return http.Header{} }
func (unheard) Write(p []byte) (int, error) { return len(p), nil }
func (unheard) WriteHeader(int)             {}
