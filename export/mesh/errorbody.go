package mesh

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// maxErrorBody is how much of an error's body is read, in bytes. Gateways send whole pages.
const maxErrorBody = 64 << 10

// maxErrorText is how much of it is kept for people, in runes.
const maxErrorText = 300

// errorBody is what could be learned from the body of a refusal.
type errorBody struct {
	Code, Event, Message  string
	InternalID, MessageID string
	Markup                bool // HTML or XML: a gateway spoke, not MESH
}

// parseErrorBody reads all forms seen: the v2 and v1 errors, the validation list, the bare message, an empty body, and
// the HTML or XML of a gateway. It never fails; what it does not understand it keeps as text.
func parseErrorBody(body []byte) errorBody {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return errorBody{}
	}
	if body[0] == '<' {
		return errorBody{Message: markupText(body), Markup: true}
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return errorBody{Message: oneLine(string(body))}
	}
	parsed := errorBody{
		Code:       word(fields, "errorCode"),
		Event:      word(fields, "errorEvent"),
		Message:    word(fields, "errorDescription", "message"),
		InternalID: word(fields, "internal_id", "internalID"),
		MessageID:  word(fields, "message_id", "messageID", "messageId"),
	}
	parsed.addDetail(fields["detail"])
	return parsed
}

// addDetail reads "detail", which is a list of errors, a list of validation remarks, or a bare text.
func (b *errorBody) addDetail(raw json.RawMessage) {
	var text string
	if json.Unmarshal(raw, &text) == nil && text != "" {
		b.Message = oneLine(text)
		return
	}
	var list []map[string]json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return
	}
	var messages []string
	for _, item := range list {
		if b.Code == "" {
			b.Code = word(item, "code")
		}
		if b.Event == "" {
			b.Event = word(item, "event")
		}
		message := word(item, "msg")
		if place := location(item["loc"]); place != "" {
			message = place + ": " + message
		}
		if message != "" {
			messages = append(messages, message)
		}
	}
	if len(messages) > 0 {
		b.Message = oneLine(strings.Join(messages, "; "))
	}
}

// location turns ["header","mex-to"] into header.mex-to.
func location(raw json.RawMessage) string {
	var steps []json.RawMessage
	if json.Unmarshal(raw, &steps) != nil {
		return ""
	}
	names := make([]string, len(steps))
	for i, step := range steps {
		names[i] = scalar(step)
	}
	return strings.Join(names, ".")
}

// word returns the first of the named fields that has a value.
func word(fields map[string]json.RawMessage, names ...string) string {
	for _, name := range names {
		if value := scalar(fields[name]); value != "" {
			return value
		}
	}
	return ""
}

// scalar is the text of a JSON string, number or boolean; empty for anything else.
func scalar(raw json.RawMessage) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return ""
	}
	switch v := value.(type) {
	case string:
		return oneLine(v)
	case float64, bool:
		return oneLine(string(bytes.TrimSpace(raw)))
	}
	return ""
}

var (
	unseen = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)\s*>|<!--.*?-->`)
	tag    = regexp.MustCompile(`(?s)<[^>]*>`)
)

// markupText is what a reader of the page would see.
func markupText(body []byte) string {
	text := unseen.ReplaceAllString(string(body), " ")
	return oneLine(tag.ReplaceAllString(text, " "))
}

// oneLine makes foreign text safe for a log line: valid, printable, single blanks, not endless.
func oneLine(text string) string {
	text = strings.ToValidUTF8(text, "?")
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	if runes := []rune(text); len(runes) > maxErrorText {
		return string(runes[:maxErrorText]) + "…"
	}
	return text
}

// wholeNumber reads a count of seconds, chunks or messages.
func wholeNumber(text string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil && n >= 0
}
