package main

import (
	"context"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// fileArg names a file.
type fileArg struct {
	File string `arg:"" help:"Its file name or delivery id, as queue shows them."`
}

type queueRetryCmd struct{ fileArg }

type queueHoldCmd struct {
	fileArg
	Reason string `arg:"" help:"Why it is stopped."`
}

type queueLetGoCmd struct{ fileArg }

type queueResendCmd struct{ fileArg }

type queueResolveCmd struct {
	fileArg
	MessageID string `placeholder:"ID" xor:"answer" required:"" help:"MESH took it: the id of its message."`
	NotTaken  bool   `xor:"answer" required:"" help:"MESH did not take it: it may go again."`
}

// Run tries again.
func (c *queueRetryCmd) Run(s *session) error {
	return c.intervene(s, func(courier *export.Courier, id string) error { return courier.Retry(s.ctx, id) })
}

// Run stops a file.
func (c *queueHoldCmd) Run(s *session) error {
	return c.intervene(s, func(courier *export.Courier, id string) error { return courier.Hold(s.ctx, id, c.Reason) })
}

// Run lets a stopped file go.
func (c *queueLetGoCmd) Run(s *session) error {
	return c.intervene(s, func(courier *export.Courier, id string) error { return courier.Unhold(s.ctx, id) })
}

// Run puts rows back among those that wait.
func (c *queueResendCmd) Run(s *session) error {
	return c.intervene(s, func(courier *export.Courier, id string) error { return courier.Resend(s.ctx, id) })
}

// Run settles a doubt.
func (c *queueResolveCmd) Run(s *session) error {
	return c.intervene(s, func(courier *export.Courier, id string) error { return courier.Resolve(s.ctx, id, c.MessageID) })
}

// intervene does something about a file and shows where it is then. Whoever sends goes on from there.
func (a fileArg) intervene(s *session, do func(courier *export.Courier, id string) error) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	delivery, err := deliveryNamed(s.ctx, p, a.File)
	if err != nil {
		return err
	}
	if err := do(p.Courier, delivery.ID); err != nil {
		return flagFaults(err, map[string]string{"id": "<file>"}, nothing)
	}
	if delivery, err = p.Store.Delivery(s.ctx, delivery.ID); err != nil {
		return err
	}
	return s.out.show(viewDelivery(delivery))
}

// deliveryNamed finds a file by its name, which is never used twice, or by its delivery id.
func deliveryNamed(ctx context.Context, p *profile.Profile, name string) (export.Delivery, error) {
	deliveries, err := p.Store.Deliveries(ctx)
	if err != nil {
		return export.Delivery{}, err
	}
	for _, delivery := range deliveries {
		if delivery.ID == name || delivery.FileName == name {
			return delivery, nil
		}
	}
	return export.Delivery{}, &capture.Error{Code: capture.NotFound, Message: "There is no such file on this device; queue lists them"}
}
