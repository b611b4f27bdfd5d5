package mesh

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Status is where a message stands, in lower case.
type Status string

// The statuses of the NHS MESH API specification.
const (
	StatusUploading     Status = "uploading"     // parts are still missing
	StatusAccepted      Status = "accepted"      // in the recipient's mailbox
	StatusAcknowledged  Status = "acknowledged"  // the recipient's software collected it, which does not mean processed it
	StatusUndeliverable Status = "undeliverable" // not collected in five days, or the mailbox is closed
	StatusError         Status = "error"
)

// Tracking is what MESH says about a message we sent. Texts are empty and times zero where MESH says nothing.
// Decide on Status: the "success" of the reply stays true for messages that are undeliverable.
type Tracking struct {
	MessageID, LocalID   string
	WorkflowID, FileName string
	Status               Status
	Code, Event          string // see Explain
	Description          string
	StatusAt             time.Time // times are UTC
	Uploaded, Expires    time.Time
	Collected, Failed    time.Time // known to the first version of the reply only
	Recipient            string
	RecipientName        string
	RecipientODS         string
	LinkedMessageID      string
}

// Track asks where a message stands. [ErrNotFound] when it is unknown or was not sent by this mailbox.
// It must not be asked frequently; hours between two questions are normal.
func (c *Client) Track(ctx context.Context, messageID string) (Tracking, error) {
	const op = "track message"
	if err := checkID(op, "messageID", messageID); err != nil {
		return Tracking{}, err
	}
	return c.track(ctx, call{
		op: op, method: http.MethodGet,
		path: path(c.mailbox, "outbox", "tracking") + "?" + url.Values{"messageID": {messageID}}.Encode(),
	})
}

// TrackByLocalID asks by our own reference. [ErrNotFound] when there is none, [ErrAmbiguous] when there are several.
// The specification calls this question deprecated; it is the only way to learn the fate of a lost answer.
func (c *Client) TrackByLocalID(ctx context.Context, localID string) (Tracking, error) {
	const op = "look up local id"
	if err := checkID(op, "localID", localID); err != nil {
		return Tracking{}, err
	}
	tracking, err := c.track(ctx, call{op: op, method: http.MethodGet, path: path(c.mailbox, "outbox", "tracking", localID)})
	var failed *Error
	if errors.As(err, &failed) && failed.Status == http.StatusMultipleChoices {
		failed.Kind, failed.Message = ErrAmbiguous, ""
	}
	return tracking, err
}

func (c *Client) track(ctx context.Context, k call) (Tracking, error) {
	response, err := c.attempt(ctx, k)
	if err != nil {
		return Tracking{}, err
	}
	text, err := readReply(k, response)
	if err != nil {
		return Tracking{}, err
	}
	tracking, err := parseTracking(text)
	if err != nil {
		return Tracking{}, brokenAnswer(k, response, err)
	}
	return tracking, nil
}

// parseTracking reads both versions of the reply by the names of the fields.
func parseTracking(text []byte) (Tracking, error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return Tracking{}, errNotMESH
	}
	t := Tracking{
		MessageID:       word(fields, "message_id", "messageId", "dtsId"),
		LocalID:         word(fields, "local_id", "localId"),
		WorkflowID:      word(fields, "workflow_id", "workflowId"),
		FileName:        word(fields, "filename", "fileName"),
		Status:          Status(strings.ToLower(word(fields, "status"))),
		Code:            word(fields, "status_code", "statusCode"),
		Event:           word(fields, "status_event", "statusEvent"),
		Description:     word(fields, "status_description", "statusDescription", "failureDiagnostic"),
		StatusAt:        moment(word(fields, "status_timestamp", "statusTimestamp")),
		Uploaded:        moment(word(fields, "upload_timestamp", "uploadTimestamp")),
		Expires:         moment(word(fields, "expiry_time", "expiryTime")),
		Collected:       moment(word(fields, "downloadTimestamp")),
		Failed:          moment(word(fields, "failureDate")),
		Recipient:       word(fields, "recipient"),
		RecipientName:   word(fields, "recipient_name", "recipientName"),
		RecipientODS:    word(fields, "recipient_ods_code", "meshRecipientOdsCode"),
		LinkedMessageID: word(fields, "linkedMsgId"),
	}
	if t.MessageID == "" || t.Status == "" {
		return Tracking{}, errors.New("the reply names no message or no status")
	}
	return t, nil
}

// momentLayouts are the forms seen in replies and in the specification's examples; all are UTC.
var momentLayouts = []string{"2006-01-02T15:04:05.999999999", time.RFC3339Nano, "20060102150405", "200601021504"}

// moment is zero when the text is no time: a strange time must not hide a status.
func moment(text string) time.Time {
	for _, layout := range momentLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
