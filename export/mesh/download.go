package mesh

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

const downloadMessage = "download message"

// Download writes the content of a message to target as its sender had it, all parts in order, and returns what is
// said about it. A report has no content: look at Headers.IsReport.
//
// After an error target holds anything; throw it away. [ErrGone] and [ErrNotFound] mean that there is nothing to be
// had any more. Acknowledge only when the content is safely stored.
func (c *Client) Download(ctx context.Context, messageID string, target io.Writer) (Headers, error) {
	if err := checkID(downloadMessage, "messageID", messageID); err != nil {
		return Headers{}, err
	}
	// 206 is the first of several parts; it has nothing to do with ranges of bytes.
	k := download(path(c.mailbox, "inbox", messageID))
	k.ok = []int{http.StatusOK, http.StatusPartialContent}
	response, err := c.attempt(ctx, k)
	if err != nil {
		return Headers{}, err
	}
	if err := isOf(messageID, response.Header); err != nil {
		defer response.Body.Close()
		return Headers{}, brokenAnswer(k, response, err)
	}
	headers := readHeaders(messageID, response.Header)
	if headers.IsReport() {
		return headers, response.Body.Close()
	}
	if err := c.copyPart(k, response, 1, headers.Parts, target); err != nil {
		return Headers{}, err
	}
	for number := 2; number <= headers.Parts; number++ {
		k := download(path(c.mailbox, "inbox", messageID, strconv.Itoa(number)))
		k.ok = []int{partStatus(number, headers.Parts)}
		response, err := c.attempt(ctx, k)
		if err != nil {
			return Headers{}, err
		}
		if err := c.copyPart(k, response, number, headers.Parts, target); err != nil {
			return Headers{}, err
		}
	}
	return headers, nil
}

// Head returns what is said about a message without its content. It changes nothing.
func (c *Client) Head(ctx context.Context, messageID string) (Headers, error) {
	const op = "look at message"
	if err := checkID(op, "messageID", messageID); err != nil {
		return Headers{}, err
	}
	response, err := c.attempt(ctx, call{
		op: op, method: http.MethodHead, path: path(c.mailbox, "inbox", messageID),
		ok: []int{http.StatusOK, http.StatusPartialContent},
	})
	if err != nil {
		return Headers{}, err
	}
	return readHeaders(messageID, response.Header), response.Body.Close()
}

// download accepts gzip openly, so that Go leaves Content-Encoding to us.
func download(address string) call {
	return call{op: downloadMessage, method: http.MethodGet, path: address, header: http.Header{"Accept-Encoding": {"gzip"}}}
}

// isOf keeps a web page, or another message, from being taken for the content.
func isOf(messageID string, h http.Header) error {
	if got := h.Get("Mex-MessageID"); got != "" && !strings.EqualFold(got, messageID) {
		return errors.New("the reply is another message than was asked for")
	}
	for name := range h {
		if strings.HasPrefix(name, "Mex-") {
			return nil
		}
	}
	return errNotMESH
}

// partStatus is what MESH answers for a part: 206 for all but the last.
func partStatus(number, total int) int {
	if number < total {
		return http.StatusPartialContent
	}
	return http.StatusOK
}

// copyPart checks that the reply is the wanted part and writes its content. It closes the reply.
func (c *Client) copyPart(k call, response *http.Response, number, total int, target io.Writer) error {
	defer response.Body.Close()
	gotNumber, gotTotal := chunkRange(response.Header.Get("Mex-Chunk-Range"))
	if gotNumber != number || gotTotal != total || total < 1 || response.StatusCode != partStatus(number, total) {
		return brokenAnswer(k, response, fmt.Errorf("wanted part %d of %d, the reply is part %d of %d", number, total, gotNumber, gotTotal))
	}
	content, err := decoded(response)
	if err != nil {
		return brokenAnswer(k, response, err)
	}
	store := &watched{Writer: target}
	if _, err := io.Copy(store, content); err != nil {
		if store.err != nil {
			return fmt.Errorf("store content of message: %w", store.err)
		}
		return brokenAnswer(k, response, fmt.Errorf("read content: %w", err))
	}
	return nil
}

// decoded undoes Content-Encoding and nothing else: Mex-Content-Compressed may speak of the transport, or of a file
// that its sender compressed and that must arrive compressed.
func decoded(response *http.Response) (io.Reader, error) {
	switch encoding := strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return response.Body, nil
	case "gzip":
		z, err := gzip.NewReader(response.Body)
		if err != nil {
			return nil, fmt.Errorf("read compressed content: %w", err)
		}
		return z, nil
	}
	return nil, errors.New("the content is compressed in a way that was not asked for")
}

// watched remembers whether it was the writing that failed: that is the caller's trouble, not MESH's.
type watched struct {
	io.Writer
	err error
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil {
		w.err = err
	}
	return n, err
}
