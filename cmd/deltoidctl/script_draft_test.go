package main

import (
	"context"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"deltoid/cmd/internal/profile"
)

// unfinished is the script command that leaves visits in progress, of people of the training cohort: unfinished DATA N.
func unfinished(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: unfinished DATA N")
	}
	now, err := time.Parse(time.RFC3339, ts.Getenv("NOW"))
	ts.Check(err)
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ctx := context.Background()
	locked, err := profile.Open(ctx, ts.MkAbs(args[0]), profile.Options{Now: func() time.Time { return now }})
	ts.Check(err)
	p, err := locked.Unlock(ctx, locked.UserNames()[0], ts.Getenv("DELTOID_PASSPHRASE"))
	ts.Check(err)
	for _, person := range profile.Cohort(p.Desk.Today())[:n] {
		found, err := p.Store.PersonByNHSNumber(ctx, person.NHSNumber)
		ts.Check(err)
		_, err = p.Desk.Start(ctx, found.ID)
		ts.Check(err)
	}
	ts.Check(p.Close())
}
