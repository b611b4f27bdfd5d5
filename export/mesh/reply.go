package mesh

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// maxReply is how much of a JSON reply is read, in bytes: a page of 5000 ids is about 150 kB.
const maxReply = 8 << 20

// errNotMESH is a good status with a body MESH would not send, as from a hotel's log-in page.
var errNotMESH = errors.New("the reply is not one of MESH; something between here and MESH answered")

// readJSON decodes the reply whatever its Content-Type: MESH labels some of them plainly as application/json.
func readJSON(k call, response *http.Response, into any) error {
	text, err := readReply(k, response)
	if err != nil {
		return err
	}
	if json.Unmarshal(text, into) != nil {
		return brokenAnswer(k, response, errNotMESH)
	}
	return nil
}

// readNothing is for replies whose content says nothing, or is missing. A web page in its place is an error.
func readNothing(k call, response *http.Response) error {
	text, err := readReply(k, response)
	if err != nil {
		return err
	}
	if parseErrorBody(text).Markup {
		return brokenAnswer(k, response, errNotMESH)
	}
	return nil
}

// readReply reads the whole reply and closes it.
func readReply(k call, response *http.Response) ([]byte, error) {
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return nil, brokenAnswer(k, response, fmt.Errorf("read reply: %w", err))
	}
	return text, nil
}
