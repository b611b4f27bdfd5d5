package meshtest

import (
	"fmt"
	"log"
	"slices"
	"strings"
	"time"
)

// The public test values of NHS England's mesh-sandbox.
const (
	TestKey      = "TestKey"
	TestPassword = "password"
)

// DefaultMaxRequestBytes is the limit of the live service for one request.
const DefaultMaxRequestBytes = 100_000_000

// Options says how a server is. The zero value is a good server.
type Options struct {
	SharedKey       string           // key of the tokens; TestKey when empty
	Now             func() time.Time // the server's clock; time.Now when nil
	Address         string           // loopback host:port to listen on; 127.0.0.1 and a free port when empty
	MaxRequestBytes int64            // larger bodies are refused with 413; DefaultMaxRequestBytes when zero
	MinPartBytes    int              // smaller parts, but for the last, are refused; any size is taken when zero
	PollPause       time.Duration    // an inbox listed again sooner, with nothing acknowledged since, brings 429; zero: never
	ErrorLog        *log.Logger      // for broken connections and failed TLS handshakes; nowhere when nil
}

// Mailbox is one mailbox of the server.
type Mailbox struct {
	ID       string // kept in upper case
	Password string
	Name     string   // what tracking and lookup call it
	ODS      string   // code of its organisation
	Sends    []string // the workflows it may send; all when empty
	Receives []string // the workflows it takes; all when empty, but lookup finds only those that are named
}

func (m Mailbox) maySend(workflow string) bool {
	return len(m.Sends) == 0 || slices.Contains(m.Sends, workflow)
}

func (m Mailbox) takes(workflow string) bool {
	return len(m.Receives) == 0 || slices.Contains(m.Receives, workflow)
}

// AddMailbox adds a mailbox, or replaces the one with the same id; its messages stay.
func (s *Server) AddMailbox(m Mailbox) error {
	if m.ID == "" || strings.ContainsAny(m.ID, ": /\t\r\n") {
		return fmt.Errorf("add mailbox %q: the id is empty or has a colon, slash or blank; use letters and digits", m.ID)
	}
	m.ID = strings.ToUpper(m.ID)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mailboxes[m.ID] = m
	return nil
}

// AddSandboxMailboxes adds the three mailboxes of the public sandbox, all with TestPassword.
func (s *Server) AddSandboxMailboxes() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range []Mailbox{
		{ID: "X26ABC1", Name: "TESTMB1", ODS: "X26", Receives: []string{"TEST_WORKFLOW_ACK", "TEST_WORKFLOW2"}},
		{ID: "X26ABC2", Name: "TESTMB2", ODS: "X26", Receives: []string{"TEST_WORKFLOW", "TEST_WORKFLOW2"}},
		{ID: "X26ABC3", Name: "TESTMB3", ODS: "X27", Receives: []string{"TEST_WORKFLOW_ACK", "TEST_WORKFLOW2"}},
	} {
		m.Password = TestPassword
		s.mailboxes[m.ID] = m
	}
}
