package meshtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Request is one line of the server's diary.
type Request struct {
	At     time.Time
	Method string
	Path   string // with query
	Status int    // 0 when the connection was dropped or the reply is still to come
}

// diaryLength is how many requests are remembered.
const diaryLength = 1000

// request is what a handler works on. It runs under the lock, with the body already read.
type request struct {
	*http.Request
	version int // 1 or 2, which shape the reply has
	segment []string
	mailbox Mailbox
	body    []byte
	tooLong bool
	now     time.Time
}

// reply is what a handler returns; it is written when the lock is free again.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// ServeHTTP answers one request, spoiled by a fault when one is due.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", s.options.Now().UTC().Format(http.TimeFormat)) // the server's clock, not the computer's
	noted := &noting{ResponseWriter: w, server: s, line: s.note(r)}
	if fault := s.due(r); fault != nil {
		fault(noted, r, http.HandlerFunc(s.answer))
		return
	}
	s.answer(noted, r)
}

// note writes a line of the diary, so that it stands there before the client can learn of anything.
func (s *Server) note(r *http.Request) *Request {
	line := &Request{At: s.options.Now(), Method: r.Method, Path: r.URL.RequestURI()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	s.requests = append(s.requests, line)
	if len(s.requests) > diaryLength {
		s.requests = s.requests[len(s.requests)-diaryLength:]
	}
	return line
}

// Count is how many requests have come so far.
func (s *Server) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Requests is the diary, oldest first: the last thousand requests.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := make([]Request, len(s.requests))
	for i, line := range s.requests {
		lines[i] = *line
	}
	return lines
}

// answer reads the whole request before it judges, so that a refusal always reaches the client.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	body, tooLong, err := s.readBody(r)
	if err != nil {
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	answer := s.handle(&request{Request: r, body: body, tooLong: tooLong, now: s.options.Now()})
	s.mu.Unlock()
	for name, values := range answer.header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.status)
	if len(answer.body) > 0 && r.Method != http.MethodHead {
		w.Write(answer.body) //nolint:errcheck // the client has gone: there is nobody to tell
	}
}

func (s *Server) readBody(r *http.Request) (body []byte, tooLong bool, err error) {
	var kept bytes.Buffer
	if _, err := io.Copy(&kept, io.LimitReader(r.Body, s.options.MaxRequestBytes)); err != nil {
		return nil, false, fmt.Errorf("read body: %w", err)
	}
	rest, err := io.Copy(io.Discard, r.Body)
	if err != nil {
		return nil, false, fmt.Errorf("read body: %w", err)
	}
	return kept.Bytes(), rest > 0, nil
}

// handle finds the handler and checks what is common to all: the Accept header and the token.
func (s *Server) handle(r *request) reply {
	version, ok := acceptedVersion(r.Header.Values("Accept"))
	r.version = version
	if !ok {
		return s.refuse(r, refusal{status: http.StatusBadRequest, text: "Accept header api format incorrect"})
	}
	found := route(r)
	if found.handler == nil {
		return s.refuse(r, refusal{status: found.status, text: strings.ToLower(http.StatusText(found.status))})
	}
	if found.open {
		return found.handler(s, r)
	}
	mailbox, no := s.authorise(r)
	if no != nil {
		return s.refuse(r, *no)
	}
	r.mailbox = mailbox
	s.expire(r.now)
	return found.handler(s, r)
}

// noting puts the status into the diary before the client sees it.
type noting struct {
	http.ResponseWriter
	server *Server
	line   *Request
}

func (n *noting) WriteHeader(status int) {
	n.server.mu.Lock()
	n.line.Status = status
	n.server.mu.Unlock()
	n.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find the connection.
func (n *noting) Unwrap() http.ResponseWriter { return n.ResponseWriter }
