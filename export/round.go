package export

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"

	"deltoid/capture"
)

// round is one step over all deliveries.
type round struct {
	*Courier
	configuration capture.Configuration
	report        *Report
	behind        map[Kind]Delivery // the oldest file that the later ones of its kind have to wait for
	over          bool              // MESH cannot be reached or does not let us in: nothing more in this round
	post          Post
	contact       Contact
	timetable     Timetable
	left          bool // something built waits on
	going         bool // a person said so: whatever the hour
	remembered    Contact
}

// recall reads what is remembered of the connection. What was with another mailbox or address does not count.
func (r *round) recall(ctx context.Context) error {
	r.contact = r.memory
	if r.Mail != nil {
		var err error
		if r.contact, err = r.Mail.Contact(ctx); err != nil {
			return fmt.Errorf("read what is remembered of the connection: %w", err)
		}
	}
	r.remembered, r.contact = r.contact, r.contact.clone()
	if with := sender(r.configuration); r.contact.With != with {
		r.contact = Contact{With: with, Runs: r.contact.Runs}
	}
	return nil
}

// remember keeps it when something has changed.
func (r *round) remember(ctx context.Context) error {
	r.report.Link = r.contact.Link
	if reflect.DeepEqual(r.contact, r.remembered) {
		return nil
	}
	r.memory, r.remembered = r.contact.clone(), r.contact.clone()
	if r.Mail == nil {
		return nil
	}
	if err := r.Mail.SaveContact(context.WithoutCancel(ctx), r.contact); err != nil {
		return fmt.Errorf("remember the connection: %w", err)
	}
	return nil
}

// hear takes in whether a call brought a reply.
func (r *round) hear(err error) {
	if replied, known := replied(err); known && r.contact.Link.hear(r.Now().UTC(), replied, r.policy().Steadiness) {
		r.report.Back = true
		if r.Ask > 0 {
			r.contact.Asked = r.Now().UTC().Add(r.Ask)
		}
	}
}

// walk sends, follows, collects and takes in.
func (r *round) walk(ctx context.Context, deliveries []Delivery) error {
	waiting := slices.ContainsFunc(deliveries, isOpen)
	r.left = waiting
	if waiting || r.collects() {
		switch err := r.open(ctx, deliveries); {
		case err != nil && waiting:
			r.report.Problem = sentence(err)
		case err == nil:
			r.post = listening{r.Courier.post, r.hear}
			if err := r.call(ctx, deliveries); err != nil {
				return err
			}
		}
	}
	if r.Mail == nil {
		return nil
	}
	return r.settleArrived(ctx)
}

// call is the part that needs MESH.
func (r *round) call(ctx context.Context, deliveries []Delivery) error {
	if err := r.all(ctx, deliveries); err != nil || r.over || !r.collects() || ctx.Err() != nil {
		return err
	}
	return r.receive(ctx)
}

func (r *round) all(ctx context.Context, deliveries []Delivery) error {
	if until, problem := loginStop(deliveries, r.report.At); problem != "" {
		r.report.Problem, r.over = problem, true
		r.report.wakeAt(until)
		return nil
	}
	r.left = false
	for _, delivery := range deliveries {
		if ctx.Err() != nil {
			return nil
		}
		after := delivery
		if isOpen(delivery) {
			var err error
			if after, err = r.one(ctx, delivery); err != nil {
				return err
			}
			if after.State != delivery.State {
				r.report.Changed = append(r.report.Changed, after)
			}
			if isOpen(after) && after.NextAttempt.After(r.report.At) {
				r.report.wakeAt(after.NextAttempt)
			}
		}
		r.left = r.left || after.State == Built
		if r.over { // whatever else is due goes when this one does
			r.report.Next = after.NextAttempt
			return nil
		}
		r.queue(after)
	}
	return nil
}

// queue keeps files in the order they were built: a later file may change what an earlier one made new.
func (r *round) queue(d Delivery) {
	if _, taken := r.behind[d.Kind]; !taken && holdsUp(d) {
		r.behind[d.Kind] = d
	}
}

// before is the file that one has to wait for: an older one of its own extract, or of the one that it follows.
func (r *round) before(d Delivery) (first Delivery, waits bool) {
	if first, waits = r.behind[d.Kind]; waits {
		return first, true
	}
	profile, err := r.profiles().Find(d.Kind)
	if err != nil || profile.Follows == "" {
		return Delivery{}, false
	}
	first, waits = r.behind[profile.Follows]
	return first, waits
}

// holdsUp tells whether later files of the kind must wait for this one: MESH has not got it, and its rows are in no other file.
func holdsUp(d Delivery) bool {
	switch d.State {
	case Built, Sending:
		return true
	case Refused:
		return d.MessageID == "" && d.ProblemCode != released
	case Held:
		return heldFrom(d) == Built
	}
	return false
}

// one does what is due for a delivery and returns it as it stands then.
func (r *round) one(ctx context.Context, d Delivery) (Delivery, error) {
	if d.NextAttempt.After(r.report.At) {
		return d, nil
	}
	if first, waits := r.before(d); waits && d.State == Built {
		if first.State == Refused || first.State == Held {
			r.report.Problem = "An earlier file (" + first.FileName + ") did not go, and later ones wait behind it. Look at it under Deliveries"
		}
		return d, nil
	}
	if d.State == Built && r.rests() {
		return d, nil
	}
	if d.State == Built && !r.address(&d) {
		r.report.Problem = "No receiver is set for this extract: files wait on this computer. An administrator can enter the receiver's mailbox (" + string(d.Kind) + ".to_mailbox)"
		return d, nil
	}
	if err := r.greet(ctx); err != nil {
		return r.fails(ctx, d, greeting, err)
	}
	switch {
	case d.State == Sending:
		return r.reconcile(ctx, d)
	case d.State == Accepted:
		return r.track(ctx, d)
	case tried(d):
		return r.sendAgain(ctx, d)
	}
	return r.send(ctx, d)
}

// address fills in a receiver that was not set when the file was built.
func (r *round) address(d *Delivery) bool {
	mailbox, workflowID := addressOf(r.configuration, *d)
	d.To, d.WorkflowID = cmp.Or(d.To, mailbox), cmp.Or(d.WorkflowID, workflowID)
	return d.To != "" && d.WorkflowID != ""
}

// addressOf is where the settings send a file now.
func addressOf(configuration capture.Configuration, d Delivery) (mailbox, workflowID string) {
	kind := string(d.Kind)
	if said, changed := configuration[kind+".workflow_id"]; changed {
		return configuration.Get(kind + ".to_mailbox"), said
	}
	return configuration.Get(kind + ".to_mailbox"), cmp.Or(d.WorkflowID, configuration.Get(kind+".workflow_id"))
}

// greet is the handshake that MESH wants once a day, and the first word after a loss of the connection.
func (r *round) greet(ctx context.Context) error {
	link := r.contact.Link
	asks := r.Ask > 0 && link.Known && !link.Online // whether the connection is back has to be known before anything goes
	if !asks && !r.contact.Greeted.IsZero() && r.report.At.Sub(r.contact.Greeted) < r.policy().Handshake {
		return nil
	}
	err := r.post.Handshake(ctx)
	if err == nil {
		r.contact.Greeted = r.report.At
	}
	return err
}
