package mesh

import (
	"context"
	"io"
)

// Sender is a way for messages of ours to MESH: a [Client], or the [Folder] of a MESH client program. The two differ in
// what they can know: see their methods.
type Sender interface {
	Handshake(ctx context.Context) error
	Send(ctx context.Context, m Message) (messageID string, err error)
	SendOnce(ctx context.Context, m Message) (messageID string, err error)
	Reconcile(ctx context.Context, localID string) (messageID string, taken bool, err error)
	Resume(ctx context.Context, m Message) (messageID string, err error)
	Track(ctx context.Context, messageID string) (Tracking, error)
	Check(ctx context.Context) []Finding
}

// Source is where messages for us wait.
type Source interface {
	Handshake(ctx context.Context) error
	Inbox(ctx context.Context, options InboxOptions) ([]string, error)
	Download(ctx context.Context, messageID string, target io.Writer) (Headers, error)
	Acknowledge(ctx context.Context, messageID string) error
}

var (
	_ Sender = (*Client)(nil)
	_ Sender = (*Folder)(nil)
	_ Source = (*Client)(nil)
	_ Source = (*Folder)(nil)
)
