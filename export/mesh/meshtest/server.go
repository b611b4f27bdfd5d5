package meshtest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// closingTime is how long Close waits for replies that are being written.
const closingTime = 5 * time.Second

// Server is a MESH in memory. Use it as an http.Handler, or let it listen with Start or StartTLS.
type Server struct {
	options Options

	mu        sync.Mutex // guards all below
	mailboxes map[string]Mailbox
	messages  []*stored // in the order they came
	used      map[string]time.Time
	listed    map[string]time.Time // when each mailbox was listed last with nothing acknowledged since
	faults    []*planned
	requests  []*Request
	count     int
	serial    int

	listener net.Listener
	web      *http.Server
	scheme   string
}

// New returns a server without mailboxes that does not listen yet.
func New(options Options) *Server {
	if options.SharedKey == "" {
		options.SharedKey = TestKey
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Address == "" {
		options.Address = "127.0.0.1:0"
	}
	if options.MaxRequestBytes == 0 {
		options.MaxRequestBytes = DefaultMaxRequestBytes
	}
	if options.ErrorLog == nil {
		options.ErrorLog = log.New(io.Discard, "", 0)
	}
	return &Server{options: options, mailboxes: map[string]Mailbox{}, used: map[string]time.Time{}, listed: map[string]time.Time{}}
}

// Start listens for plain HTTP.
func (s *Server) Start() error { return s.start("http", nil) }

// StartTLS listens for HTTPS. To demand client certificates set ClientAuth and ClientCAs.
func (s *Server) StartTLS(config *tls.Config) error {
	if config == nil {
		return errors.New("start MESH server: no TLS configuration was given; give one with a certificate")
	}
	config = config.Clone()
	config.NextProtos = []string{"http/1.1"} // a connection of HTTP/2 could not be dropped in the middle
	return s.start("https", config)
}

func (s *Server) start(scheme string, secure *tls.Config) error {
	if s.web != nil {
		return errors.New("start MESH server: it has been started before; make a new one")
	}
	host, _, err := net.SplitHostPort(s.options.Address)
	if err != nil {
		return fmt.Errorf("start MESH server: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("start MESH server on %s: practice mailboxes stay on this computer; use 127.0.0.1", host)
	}
	listener, err := net.Listen("tcp", s.options.Address)
	if err != nil {
		return fmt.Errorf("start MESH server: %w", err)
	}
	if secure != nil {
		listener = tls.NewListener(listener, secure)
	}
	alive, end := context.WithCancel(context.Background())
	s.listener, s.scheme = listener, scheme
	s.web = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 30 * time.Second,
		ErrorLog:          s.options.ErrorLog,
		BaseContext:       func(net.Listener) context.Context { return alive },
	}
	s.web.RegisterOnShutdown(end) // lets held requests go
	go s.web.Serve(listener)      //nolint:errcheck // it always ends with ErrServerClosed; Close reports the rest
	return nil
}

// URL is the base address for clients, without a slash at its end; empty before the start.
func (s *Server) URL() string {
	if s.listener == nil {
		return ""
	}
	return s.scheme + "://" + s.listener.Addr().String()
}

// Close stops listening, lets running replies end and closes what is left after five seconds. It may be repeated.
func (s *Server) Close() error {
	if s.web == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closingTime)
	defer cancel()
	if err := s.web.Shutdown(ctx); err != nil {
		if err := s.web.Close(); err != nil {
			return fmt.Errorf("close MESH server: %w", err)
		}
	}
	return nil
}
