package export

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"deltoid/capture"
)

// settleArrived looks into the messages that were kept and not looked into yet, oldest first. It needs no connection.
func (r *round) settleArrived(ctx context.Context) error {
	arrived, err := r.Mail.InboundIn(ctx, InboundArrived)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	for _, message := range arrived {
		if ctx.Err() != nil {
			return nil
		}
		settled, err := r.settle(ctx, message)
		if err != nil {
			return err
		}
		if err := r.Mail.SaveInbound(ctx, settled, r.inboundEntry("inbound.settle", settled)); err != nil {
			return fmt.Errorf("keep what became of message %s: %w", message.ID, err)
		}
		r.report.Arrived = append(r.report.Arrived, settled)
	}
	return nil
}

// settle takes in what a message says. Its error is trouble with this computer: the message is looked into again.
func (r *round) settle(ctx context.Context, message Inbound) (Inbound, error) {
	switch {
	case message.Report != nil:
		return r.settleReport(ctx, message)
	case message.AnswerNamed() != "":
		return r.settleAnswer(ctx, message)
	}
	message.State = InboundUnknown
	message.Outcome = "This is no answer to a file of this device. Look who sent it, and deal with it by hand"
	return message, nil
}

// settleAnswer hands an answer of the receiver to those who know how it is written.
func (r *round) settleAnswer(ctx context.Context, message Inbound) (Inbound, error) {
	content, err := r.Mail.InboundContent(ctx, message.ID)
	if err != nil {
		return message, fmt.Errorf("read message %s: %w", message.ID, err)
	}
	r.changing.Lock()
	answers := Answers{Book: r.Mail, Now: r.Now, By: r.By}
	delivery, err := answers.Take(ctx, message.AnswerNamed(), bytes.NewReader(content))
	r.changing.Unlock()
	message.DeliveryID = delivery.ID
	switch code := capture.CodeOf(err); {
	case err == nil:
		message.State, message.Outcome = InboundSettled, answerWords(delivery)
		r.changed(delivery)
	case code == capture.NotFound:
		message.State, message.Outcome = InboundUnknown, sentence(err)
	case code == capture.Invalid, code == capture.Conflict:
		message.State, message.Outcome = InboundFaulty, sentence(err)
	default:
		return message, fmt.Errorf("take in the answer %s: %w", message.ID, err)
	}
	return message, nil
}

// answerWords are what the receiver has said of a file so far. A row that no answer names was not accepted.
func answerWords(d Delivery) string {
	a := d.Answer
	switch {
	case a == nil:
		return "The receiver answered to " + d.FileName
	case d.State == Refused:
		return "The receiver did not take the file " + d.FileName
	case a.RowsAt.IsZero():
		return "The receiver took the file " + d.FileName + " and has said nothing of its rows yet"
	}
	words := "Of the " + strconv.Itoa(d.Rows) + " rows of " + d.FileName + " the receiver accepted " + strconv.Itoa(a.Accepted) + " and rejected " + strconv.Itoa(a.Rejected)
	if a.Unsaid > 0 {
		words += "; it has said nothing of " + strconv.Itoa(a.Unsaid) + ", so they count as not confirmed"
	}
	return words
}

// settleReport puts what MESH says of a message of ours to its delivery.
func (r *round) settleReport(ctx context.Context, message Inbound) (Inbound, error) {
	delivery, found, err := r.reportedOn(ctx, message)
	notice := message.Report
	switch {
	case err != nil:
		return message, err
	case !found:
		message.State = InboundUnknown
		message.Outcome = "MESH reports on a message that was not sent from this device: " + notice.Words
		return message, nil
	}
	message.DeliveryID, message.State, message.Outcome = delivery.ID, InboundSettled, notice.Words
	if notice.Success || delivery.State == Refused {
		return message, nil
	}
	if delivery.State == Collected {
		message.State = InboundFaulty
		message.Outcome = "MESH reports that " + delivery.FileName + " did not arrive, but it was collected before. Ask the receiver whether it has the file: " + notice.Words
		return message, nil
	}
	after, err := r.change(ctx, delivery, "delivery.refused", notice.Code, func(d *Delivery) {
		d.enter(Refused, r.Now(), "MESH reported it")
		if d.MessageID == "" {
			d.MessageID = notice.MessageID
		}
		d.ProblemCode = notice.Code
		d.Problem = "The receiver did not get the file: " + notice.Words + codeInBrackets(notice.Code) + ". Speak to the receiver, then choose Send the rows again"
	})
	if err != nil {
		return message, err
	}
	r.changed(after)
	return message, nil
}

// reportedOn finds the delivery that a report is about: by the id MESH gave our message, else by ours.
func (r *round) reportedOn(ctx context.Context, message Inbound) (Delivery, bool, error) {
	deliveries, err := r.Ledger.Deliveries(ctx)
	if err != nil {
		return Delivery{}, false, fmt.Errorf("read deliveries: %w", err)
	}
	for _, d := range deliveries {
		byMESH := d.MessageID != "" && strings.EqualFold(d.MessageID, message.Report.MessageID)
		if byMESH || message.LocalID != "" && d.ID == message.LocalID {
			return d, true, nil
		}
	}
	return Delivery{}, false, nil
}

func (r *round) changed(d Delivery) { r.report.Changed = append(r.report.Changed, d) }
