package main

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/export"
)

// stopper is a printer that ends the watch once it was shown enough.
type stopper struct {
	shown []sendView
	stop  func(sendView) error
}

func (s *stopper) show(v view) error {
	shown := v.(sendView)
	s.shown = append(s.shown, shown)
	return s.stop(shown)
}

func (s *stopper) fail(failure) {}

func TestWatchSendsUntilItIsInterrupted(t *testing.T) {
	p := mustTrain(t)
	sample, err := openSample("given.json")
	require.NoError(t, err)
	file, faults, err := readEncounter(sample)
	require.NoError(t, err)
	_, err = recordOne(t.Context(), p, file, faults)
	require.NoError(t, err)
	_, _, err = p.Builder.Build(t.Context(), export.Covid, p.Desk.Now().AddDate(0, 0, 1), nil)
	require.NoError(t, err)

	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	out := &stopper{stop: func(sendView) error {
		interrupt()
		return nil
	}}
	require.NoError(t, (&sendCmd{Watch: true}).watch(&session{ctx: ctx, out: out}, p))
	require.Len(t, out.shown, 1, "an interruption is how it ends")
	require.NotEmpty(t, out.shown[0].Changed)
	assert.Equal(t, export.Accepted, out.shown[0].Changed[0].State)
}

func TestWatchEndsWhenNobodyReads(t *testing.T) {
	p := mustTrain(t)
	broken := errors.New("the pipe is broken")
	out := &stopper{stop: func(sendView) error { return broken }}
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	require.ErrorIs(t, (&sendCmd{Watch: true}).watch(&session{ctx: ctx, out: out}, p), broken)
}
