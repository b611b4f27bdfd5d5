package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"deltoid/capture"
)

// Answered is what the receiver has said of a file and its rows. A row it has not named is neither accepted nor rejected.
type Answered struct {
	FileAt   time.Time `json:"fileAt,omitzero"` // when it said whether it takes the file
	Taken    bool      `json:"taken"`           // it does
	RowsAt   time.Time `json:"rowsAt,omitzero"` // when it last said something of rows
	Accepted int       `json:"accepted"`        // rows it said yes to, one by one
	Rejected int       `json:"rejected"`
	Unsaid   int       `json:"unsaid"` // rows that no answer names
}

// Complete tells whether the receiver has said yes or no to the file and to each of its rows: only then can anybody say
// what was accepted.
func (d Delivery) Complete() bool {
	a := d.Answer
	return a != nil && a.Taken && a.Unsaid == 0 && a.Accepted+a.Rejected == d.Rows && (d.Rows == 0 || !a.RowsAt.IsZero())
}

// Rejection is a row that the receiver refused; somebody has to correct the record, or send the row once more.
type Rejection struct {
	Version     capture.Version `json:"version"`
	Kind        Kind            `json:"kind"`
	DeliveryID  string          `json:"deliveryId"`
	Row         int             `json:"row"`
	Diagnostics string          `json:"diagnostics"` // the receiver's words, for the desk alone
	At          time.Time       `json:"at"`
}

// AnswerBook is what settling answers needs of the place that keeps the ledger.
type AnswerBook interface {
	Ledger
	// SaveAnswers keeps what was said of rows of a file; a row that was ever rejected stays so. A row that the file does
	// not have is a Conflict, and nothing is kept.
	SaveAnswers(ctx context.Context, deliveryID string, answers []RowAnswer) error
	// CountAnswers tells how many rows of a file were accepted and rejected.
	CountAnswers(ctx context.Context, deliveryID string) (accepted, rejected int, err error)
	// BuiltUpon lists, oldest first, the files not sent yet that change a record of which a file's row was rejected.
	BuiltUpon(ctx context.Context, deliveryID string) ([]string, error)
	// Rejected lists the rows that were rejected and not corrected or sent once more since, oldest first.
	Rejected(ctx context.Context) ([]Rejection, error)
	// Requeue puts a rejected row's record back among the waiting ones, unchanged.
	Requeue(ctx context.Context, kind Kind, id string, entry capture.AuditEntry) error
}

// Answers settles the receiver's answers against our files.
type Answers struct {
	Book AnswerBook
	Now  func() time.Time
	By   func() string // staff id for the audit chain; nil: the program itself
}

// answerName is how answers are named after the file they answer.
var answerName = regexp.MustCompile(`(?i)^(.+)_(InfAck|BusAck)_[0-9T]+\.csv$`)

// IsAnswer tells whether a file is named as an answer.
func IsAnswer(name string) bool { return answerName.MatchString(name) }

// answersAtOnce is how many row answers are kept at a time.
const answersAtOnce = 500

// Take settles one answer, by the name of its file, and gives the delivery as it stands then. The same answer twice
// changes nothing.
func (a *Answers) Take(ctx context.Context, name string, content io.Reader) (Delivery, error) {
	delivery, sort, err := a.find(ctx, name)
	if err != nil {
		return Delivery{}, err
	}
	if sort == "infack" {
		answer, err := ReadFileAnswer(content)
		if err != nil {
			return delivery, err
		}
		return a.takeFile(ctx, delivery, answer)
	}
	if err := a.takeRows(ctx, delivery, content); err != nil {
		return delivery, err
	}
	if err := a.takeBack(ctx, delivery); err != nil {
		return delivery, err
	}
	return a.recount(ctx, delivery, "delivery.rows-answered", func(d *Delivery) { d.Answer.RowsAt = a.Now().UTC() })
}

// takeBack has files built anew that have not left and change a record which the receiver has just refused to take: an
// update of what is not there would be refused as well.
func (a *Answers) takeBack(ctx context.Context, answered Delivery) error {
	ids, err := a.Book.BuiltUpon(ctx, answered.ID)
	if err != nil || len(ids) == 0 {
		return err
	}
	courier := &Courier{Ledger: a.Book, Now: a.Now, By: a.By}
	stopped, err := courier.change(ctx, Delivery{ID: ids[0], State: Built}, "delivery.supersede", "", func(d *Delivery) {
		d.enter(Refused, a.Now(), "a row of an earlier file was rejected")
		d.Problem = "Not sent: it changes a record that the receiver has rejected, so its rows go into a new file"
	})
	if err != nil || stopped.State != Refused {
		return err // it left meanwhile
	}
	return courier.Resend(ctx, stopped.ID)
}

func (a *Answers) find(ctx context.Context, name string) (Delivery, string, error) {
	parts := answerName.FindStringSubmatch(name)
	if parts == nil {
		return Delivery{}, "", answerFault("This file is not named as an answer: FILE_InfAck_TIME.csv or FILE_BusAck_TIME.csv")
	}
	deliveries, err := a.Book.Deliveries(ctx)
	if err != nil {
		return Delivery{}, "", fmt.Errorf("read deliveries: %w", err)
	}
	for _, d := range deliveries {
		bare := d.FileName
		if i := strings.LastIndexByte(bare, '.'); i > 0 {
			bare = bare[:i]
		}
		if strings.EqualFold(bare, parts[1]) || strings.EqualFold(d.FileName, parts[1]) {
			return d, strings.ToLower(parts[2]), nil
		}
	}
	return Delivery{}, "", &capture.Error{Code: capture.NotFound, Field: "answer", Message: "This answers a file that was not made on this device. Look for it on the device that made it"}
}

// takeFile settles whether the receiver took the file. One it refused is refused with all its rows, whatever MESH said.
func (a *Answers) takeFile(ctx context.Context, delivery Delivery, answer FileAnswer) (Delivery, error) {
	if answer.Taken && delivery.State == Refused {
		return delivery, &capture.Error{Code: capture.Conflict, Field: "answer", Message: "The receiver took a file that counts as refused here. Speak to the receiver before its rows are sent again"}
	}
	return a.recount(ctx, delivery, "delivery.file-answered", func(d *Delivery) {
		d.Answer.FileAt, d.Answer.Taken = answer.At, answer.Taken
		if d.Answer.FileAt.IsZero() {
			d.Answer.FileAt = a.Now().UTC()
		}
		if answer.Taken || d.State == Refused {
			return
		}
		d.enter(Refused, a.Now(), "the receiver did not take the file")
		d.ProblemCode = answer.Code
		d.Problem = "The receiver did not take the file: " + oneLine(answer.Display) + ". Check it (validate), put right what is wrong, then choose Send the rows again"
	})
}

func (a *Answers) takeRows(ctx context.Context, delivery Delivery, content io.Reader) error {
	var some []RowAnswer
	flush := func() error {
		err := a.Book.SaveAnswers(ctx, delivery.ID, some)
		some = some[:0]
		return err
	}
	err := ReadRowAnswers(content, func(answer RowAnswer) error {
		if some = append(some, answer); len(some) < answersAtOnce {
			return nil
		}
		return flush()
	})
	return errors.Join(err, flush())
}

// recount notes in the delivery what is known of its rows by now.
func (a *Answers) recount(ctx context.Context, delivery Delivery, action string, apply func(*Delivery)) (Delivery, error) {
	d, err := a.Book.Delivery(ctx, delivery.ID)
	if err != nil {
		return delivery, err
	}
	answer := Answered{}
	if d.Answer != nil {
		answer = *d.Answer
	}
	d.Answer = &answer
	apply(&d)
	if answer.Accepted, answer.Rejected, err = a.Book.CountAnswers(ctx, d.ID); err != nil {
		return delivery, fmt.Errorf("count answers: %w", err)
	}
	answer.Unsaid = d.Rows - answer.Accepted - answer.Rejected
	note := strconv.Itoa(answer.Accepted) + " accepted, " + strconv.Itoa(answer.Rejected) + " rejected, " + strconv.Itoa(answer.Unsaid) + " not named"
	if err := a.Book.SaveDelivery(ctx, d, entryFor(a.Now(), a.By, action, d.ID, note)); err != nil {
		return delivery, fmt.Errorf("keep delivery %s: %w", d.ID, err)
	}
	return d, nil
}
