package meshtest

import (
	"fmt"
	"slices"
	"time"
)

const (
	inboxLife = 5 * 24 * time.Hour  // then what nobody acknowledged is given up
	keepLife  = 30 * 24 * time.Hour // then everything is forgotten
)

const uncollected = "Message not collected by recipient after 5 days"

// failure says why a message was given up; empty for others.
func (m *stored) failure() string {
	if m.Status == Undeliverable {
		return uncollected
	}
	return ""
}

// expires is when an uncollected message will be given up; zero while it is not complete.
func (m *stored) expires() time.Time {
	if m.Accepted.IsZero() {
		return time.Time{}
	}
	return m.Accepted.Add(inboxLife)
}

// Expire gives up, by the server's clock, what has not been collected in five days: it leaves the inbox and a report
// goes to its sender. It returns how many reports were made. The server does the same at every request.
func (s *Server) Expire() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.expire(s.options.Now())
}

func (s *Server) expire(now time.Time) (reports int) {
	for _, m := range slices.Clone(s.messages) { // giving up adds reports
		if m.Status == Accepted && !now.Before(m.expires()) {
			reports += s.giveUp(m, now)
		}
	}
	s.messages = slices.DeleteFunc(s.messages, func(m *stored) bool { return now.Sub(m.Uploaded) > keepLife })
	return reports
}

// Undeliver gives up one waiting message at once, as if five days had gone: for practice.
func (s *Server) Undeliver(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	if m == nil || m.Status != Accepted || m.Report {
		return fmt.Errorf("give up message %s: no such message waits to be collected", id)
	}
	s.giveUp(m, s.options.Now())
	return nil
}

// giveUp makes a message undeliverable and reports it; for a report there is nobody to tell.
func (s *Server) giveUp(m *stored, now time.Time) (reports int) {
	m.Status, m.Failed = Undeliverable, now.UTC()
	if m.Report || m.From == "" {
		return 0
	}
	subject := "NDR"
	if m.Subject != "" {
		subject += ": " + m.Subject
	}
	s.keep(Message{
		To: m.From, WorkflowID: m.WorkflowID, LocalID: m.LocalID, Subject: subject,
		Report: true, LinkedID: m.ID, Code: "14", Event: "SEND",
		Description: uncollected,
	}, now)
	return 1
}
