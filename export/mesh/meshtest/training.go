package meshtest

import (
	"fmt"
	"strings"
)

// Deliver puts a message into the mailbox m.To as if m.From, which need not exist, had sent it, and returns its id.
// Parts and Encoding are taken as they are; for a plain message Parts is [][]byte{content}. Id, status and times are
// the server's. With Report set it is a report and has no parts.
func (s *Server) Deliver(m Message) (id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.To = strings.ToUpper(m.To)
	if _, known := s.mailboxes[m.To]; !known {
		return "", fmt.Errorf("deliver message: there is no mailbox %s; add it first", m.To)
	}
	if m.Report == (len(m.Parts) > 0) || !m.complete() {
		return "", fmt.Errorf("deliver message to %s: a message needs all its parts, and a report has none", m.To)
	}
	return s.keep((&stored{Message: m}).snapshot(), s.options.Now()).ID, nil
}

// Collect does what the recipient's software does: it takes everything out of the inbox and acknowledges it, so that
// tracking says acknowledged. It returns what was there, oldest first.
func (s *Server) Collect(mailbox string) ([]Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mailbox = strings.ToUpper(mailbox)
	if _, known := s.mailboxes[mailbox]; !known {
		return nil, fmt.Errorf("collect messages: there is no mailbox %s", mailbox)
	}
	now := s.options.Now()
	var collected []Message
	for _, m := range s.waiting(mailbox) {
		m.collect(now)
		collected = append(collected, m.snapshot())
	}
	return collected, nil
}

// Messages is a copy of everything the server holds that was sent to a mailbox, in any status, oldest first.
func (s *Server) Messages(mailbox string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Message
	for _, m := range s.messages {
		if strings.EqualFold(m.To, mailbox) {
			found = append(found, m.snapshot())
		}
	}
	return found
}
