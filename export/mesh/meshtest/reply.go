package meshtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

var mediaTypes = map[int]string{1: "application/json", 2: "application/vnd.mesh.v2+json"}

var meshMedia = regexp.MustCompile(`^application/vnd\.mesh\.v([12])\+json$`)

// acceptedVersion reads Accept: version 1 unless version 2 is asked for; false when the MESH type is misspelt.
func acceptedVersion(accept []string) (version int, ok bool) {
	all := strings.ReplaceAll(strings.Join(accept, ","), ";", ",")
	for _, media := range strings.Split(all, ",") {
		media = strings.TrimSpace(media)
		if !strings.Contains(media, "vnd.mesh") {
			continue
		}
		match := meshMedia.FindStringSubmatch(media)
		if match == nil {
			return 1, false
		}
		return int(match[1][0] - '0'), true
	}
	return 1, true
}

// shape is the form of an error's body.
type shape int

const (
	usual      shape = iota // the error of version 1 or 2
	bare                    // {"internal_id", "message"}
	validation              // {"detail":[{"loc","msg","type"}]}
	empty                   // nothing
)

// refusal is an error to be told to the client.
type refusal struct {
	status            int
	event, code, text string
	messageID         string
	shape             shape
	fields            []string // for validation: the headers or parameters that are wrong
	place             string   // for validation: "header" or "query"
}

// The refusals that occur in several places, with the codes of the specification.
var (
	unknownMessage = refusal{status: http.StatusNotFound, event: "RECEIVE", code: "20", text: "Message does not exist"}
	notYours       = refusal{status: http.StatusForbidden, shape: bare}
	badChunks      = refusal{status: http.StatusExpectationFailed, event: "SEND", code: "InvalidHeaderChunks", text: "Invalid chunk values sent in mex-Chunk-Range header"}
)

func (no refusal) about(messageID string) refusal {
	no.messageID = messageID
	return no
}

func (s *Server) refuse(r *request, no refusal) reply {
	internalID := s.newID(r.now)
	var body any
	switch {
	case no.shape == empty:
		return reply{status: no.status}
	case no.shape == bare:
		body = map[string]any{"internal_id": internalID, "message": "An internal error occurred.\n\nPlease contact support."}
	case no.shape == validation:
		var detail []any
		for _, field := range no.fields {
			detail = append(detail, map[string]any{"loc": []string{no.place, strings.ToLower(field)}, "msg": no.text, "type": "value_error"})
		}
		body = map[string]any{"detail": detail}
	case r.version == 1:
		body = without(map[string]any{
			"messageID": no.messageID, "errorEvent": no.event, "errorCode": no.code, "errorDescription": no.text,
		}, "messageID")
	default:
		body = without(map[string]any{
			"message_id": no.messageID, "internal_id": internalID,
			"detail": []any{map[string]any{"event": no.event, "code": no.code, "msg": no.text}},
		}, "message_id")
	}
	return writeJSON(no.status, mediaTypes[r.version], body)
}

// without drops the named fields when they are empty.
func without(fields map[string]any, names ...string) map[string]any {
	for _, name := range names {
		if fields[name] == "" || fields[name] == nil {
			delete(fields, name)
		}
	}
	return fields
}

func writeJSON(status int, media string, body any) reply {
	text, err := json.Marshal(body)
	if err != nil {
		return reply{status: http.StatusInternalServerError, body: []byte(fmt.Sprintf("write reply: %v", err))}
	}
	return reply{status: status, header: http.Header{"Content-Type": {media}}, body: text}
}

// latin1 is what becomes of a header that is not ASCII: each byte is taken for a letter.
func latin1(value string) string {
	runes := make([]rune, len(value))
	for i := range len(value) {
		runes[i] = rune(value[i])
	}
	return string(runes)
}
