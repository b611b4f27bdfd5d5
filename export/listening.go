package export

import (
	"context"
	"io"

	"deltoid/export/mesh"
)

// listening is a way to MESH of which every reply, and every try without one, is heard.
type listening struct {
	post  Post
	heard func(error)
}

func (l listening) tell(err error) error {
	l.heard(err)
	return err
}

func (l listening) Handshake(ctx context.Context) error { return l.tell(l.post.Handshake(ctx)) }

func (l listening) Send(ctx context.Context, m mesh.Message) (messageID string, err error) {
	messageID, err = l.post.Send(ctx, m)
	return messageID, l.tell(err)
}

func (l listening) SendOnce(ctx context.Context, m mesh.Message) (messageID string, err error) {
	messageID, err = l.post.SendOnce(ctx, m)
	return messageID, l.tell(err)
}

func (l listening) Reconcile(ctx context.Context, localID string) (messageID string, taken bool, err error) {
	messageID, taken, err = l.post.Reconcile(ctx, localID)
	return messageID, taken, l.tell(err)
}

func (l listening) Resume(ctx context.Context, m mesh.Message) (messageID string, err error) {
	messageID, err = l.post.Resume(ctx, m)
	return messageID, l.tell(err)
}

func (l listening) Track(ctx context.Context, messageID string) (mesh.Tracking, error) {
	found, err := l.post.Track(ctx, messageID)
	return found, l.tell(err)
}

func (l listening) Check(ctx context.Context) []mesh.Finding { return l.post.Check(ctx) }

func (l listening) Inbox(ctx context.Context, options mesh.InboxOptions) ([]string, error) {
	ids, err := l.post.Inbox(ctx, options)
	return ids, l.tell(err)
}

func (l listening) Download(ctx context.Context, messageID string, target io.Writer) (mesh.Headers, error) {
	headers, err := l.post.Download(ctx, messageID, target)
	return headers, l.tell(err)
}

func (l listening) Acknowledge(ctx context.Context, messageID string) error {
	return l.tell(l.post.Acknowledge(ctx, messageID))
}
