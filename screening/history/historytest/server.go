package historytest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// basePath is where the service lies below its host.
const basePath = "/immunisation-history/FHIR/R4"

// closingTime is how long Close waits for replies that are being written.
const closingTime = 5 * time.Second

// Options are what may differ from one service to another.
type Options struct {
	Token   string   // demanded as the bearer token; empty: none is, as in the sandbox
	Targets []string // that may be asked about; default COVID19
}

// Server is the service. Use it as an http.Handler, or let it listen with Start.
type Server struct {
	mu       sync.Mutex // guards all below
	options  Options
	answers  map[string]string // body by NHS number
	faults   []*planned
	requests []Request

	listener net.Listener
	web      *http.Server
}

// Request is what somebody asked.
type Request struct {
	Path   string
	Query  map[string][]string
	Header http.Header
}

// New returns a service that knows nobody and does not listen yet.
func New(options Options) *Server {
	if len(options.Targets) == 0 {
		options.Targets = []string{"COVID19"}
	}
	return &Server{options: options, answers: map[string]string{}}
}

// Start listens on this computer.
func (s *Server) Start() error {
	if s.web != nil {
		return errors.New("start history service: it has been started before; make a new one")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("start history service: %w", err)
	}
	alive, end := context.WithCancel(context.Background())
	s.listener = listener
	s.web = &http.Server{
		Handler: s, ReadHeaderTimeout: 30 * time.Second, ErrorLog: log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return alive },
	}
	s.web.RegisterOnShutdown(end) // lets held requests go
	go s.web.Serve(listener)      //nolint:errcheck // it always ends with ErrServerClosed; Close reports the rest
	return nil
}

// URL is the base address for clients; empty before the start.
func (s *Server) URL() string {
	if s.listener == nil {
		return ""
	}
	return "http://" + s.listener.Addr().String() + basePath
}

// Close stops listening. It may be repeated.
func (s *Server) Close() error {
	if s.web == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closingTime)
	defer cancel()
	if err := s.web.Shutdown(ctx); err != nil {
		return s.web.Close()
	}
	return nil
}

// SetToken demands another token from now on.
func (s *Server) SetToken(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.Token = token
}

// Put sets the whole answer about an NHS number.
func (s *Server) Put(number, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[number] = body
}

// Requests are those that came, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// ServeHTTP answers one request, as it should or with a fault that was injected.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, Request{r.URL.Path, r.URL.Query(), r.Header.Clone()})
	fault := s.due()
	s.mu.Unlock()
	proper := http.HandlerFunc(s.serve)
	if fault != nil {
		fault(w, r, proper)
		return
	}
	proper(w, r)
}
