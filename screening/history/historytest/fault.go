package historytest

import (
	"fmt"
	"net/http"
)

// Fault spoils one request. serve does the proper work.
type Fault func(w http.ResponseWriter, r *http.Request, serve http.Handler)

type planned struct {
	left  int
	fault Fault
}

// Inject spoils the next so many requests. Faults happen in the order in which they were injected.
func (s *Server) Inject(times int, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &planned{times, fault})
}

func (s *Server) due() Fault {
	for _, p := range s.faults {
		if p.left > 0 {
			p.left--
			return p.fault
		}
	}
	return nil
}

// Answer replies with a status, headers and a body instead of doing the work.
func Answer(status int, header http.Header, body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		for name, values := range header {
			w.Header()[name] = values
		}
		answer(w, status, header.Get("Content-Type"), body)
	}
}

// Hang never replies; it ends when the client or the server does.
func Hang() Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) { <-r.Context().Done() }
}

// CutBody closes the connection in the middle of a reply that looks good.
func CutBody() Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		drop(w, "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: 5000\r\n\r\n{\"resourceType\":\"Bundle\",\"entry\":[")
	}
}

// HangBody never ends a reply that looks good.
func HangBody() Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.WriteHeader(http.StatusOK)
		fmt.Fprint(w, `{"resourceType":"Bundle","entry":[`)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
}

// Drop closes the connection without a reply.
func Drop() Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { drop(w, "") }
}

func answer(w http.ResponseWriter, status int, contentType, body string) {
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

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
