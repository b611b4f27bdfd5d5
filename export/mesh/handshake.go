package mesh

import (
	"context"
	"net/http"
	"runtime"
)

// Handshake proves that the mailbox, its password, the shared key and the certificate are good. MESH wants it once
// every 24 hours, and not more often than hourly.
func (c *Client) Handshake(ctx context.Context) error {
	k := call{op: "validate mailbox", method: http.MethodPost, path: path(c.mailbox), header: http.Header{}}
	k.header.Set("Mex-ClientVersion", c.config.Product+"=="+c.config.Version)
	k.header.Set("Mex-OSName", systemName())
	k.header.Set("Mex-OSVersion", c.osVersion())
	k.header.Set("Mex-OSArchitecture", runtime.GOARCH)
	k.header.Set("Mex-JavaVersion", "N/A")
	response, err := c.attempt(ctx, k)
	if err != nil {
		return err
	}
	return readNothing(k, response)
}
