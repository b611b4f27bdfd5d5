package export

import (
	"context"
	"fmt"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// collects tells whether there is an inbox to look into.
func (r *round) collects() bool { return r.Mail != nil && isSetUp(r.configuration) }

// receive empties the inbox when it is time. Every message is kept here, durably, before MESH may forget it.
func (r *round) receive(ctx context.Context) error {
	if r.contact.NotUntil.After(r.report.At) {
		r.report.wakeAt(r.contact.NotUntil)
		r.tellProblem(r.contact.Problem)
		return nil
	}
	var keeping error
	r.box.Source, r.box.Looked, r.box.Greeted = r.post, r.contact.Looked, r.contact.Greeted
	done, err := r.box.Collect(ctx, func(ctx context.Context, arrival mesh.Arrival) error {
		keeping = r.keep(ctx, arrival)
		return keeping
	})
	r.contact.Looked, r.contact.Greeted = r.box.Looked, r.box.Greeted
	switch {
	case keeping != nil:
		return keeping
	case ctx.Err() != nil:
		return nil
	case err != nil:
		r.collectingFails(err)
		return nil
	}
	r.contact.Failures, r.contact.Problem = 0, ""
	for _, aside := range done.Aside {
		r.tellProblem("A message in the mailbox cannot be read (" + aside.MessageID + "), and MESH gives it up after five days. Ask the MESH service desk about it")
	}
	r.report.wakeAt(done.Next)
	return nil
}

// keep makes a message durable. What it says is looked into afterwards: a fault there must not bring it back for ever.
func (r *round) keep(ctx context.Context, arrival mesh.Arrival) error {
	message := Inbound{
		ID: arrival.MessageID, At: r.Now().UTC(), From: arrival.From, WorkflowID: arrival.WorkflowID, FileName: arrival.FileName,
		Subject: arrival.Subject, LocalID: arrival.LocalID, State: InboundArrived,
	}
	if report, is := arrival.Report(); is {
		message.Report = &Notice{
			MessageID: report.MessageID, Code: report.Code, Event: report.Event, Text: report.Description, Words: report.Words(),
			At: report.At, Success: report.Success,
		}
	}
	if err := r.Mail.KeepInbound(context.WithoutCancel(ctx), message, arrival.Content, r.inboundEntry("inbound.keep", message)); err != nil {
		return fmt.Errorf("keep message %s: %w", message.ID, err)
	}
	return nil
}

func (c *Courier) inboundEntry(action string, message Inbound) capture.AuditEntry {
	entry := entryFor(c.Now(), c.By, action, "", string(message.State))
	entry.Subject = "inbound/" + message.ID
	return entry
}

// collectingFails notes when to look again after MESH failed.
func (r *round) collectingFails(err error) {
	v := verdictOf(err)
	r.contact.Failures++
	r.contact.Problem = ""
	r.report.Offline = r.report.Offline || v == offline
	pause := r.policy().pause(r.contact.Failures, r.Jitter(), askedPause(err))
	if v == login || v == permanent || v == lost {
		pause = max(r.policy().AfterRefusal, askedPause(err))
		r.contact.Problem = loginWords(err)
		r.tellProblem(r.contact.Problem)
	}
	r.contact.NotUntil = r.report.At.Add(pause)
	r.report.wakeAt(r.contact.NotUntil)
}

// tellProblem says what a person has to do, unless there is something to say already.
func (r *round) tellProblem(words string) {
	if r.report.Problem == "" {
		r.report.Problem = words
	}
}
