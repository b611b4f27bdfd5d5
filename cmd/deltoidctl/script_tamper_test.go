package main

import (
	"bytes"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// tamper is the script command that changes a byte of the newest sealed record of a records file, as a failing disk or a
// curious hand would: the last page that is not empty is where SQLite put it.
func tamper(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 1 {
		ts.Fatalf("usage: tamper FILE")
	}
	const page = 4096
	path := ts.MkAbs(args[0])
	raw, err := os.ReadFile(path)
	ts.Check(err)
	for start := len(raw) - page; start > 0; start -= page {
		content := raw[start : start+page]
		// The rows of a table leaf (type 13) grow from the end of its page.
		if content[0] != 13 || bytes.Count(content, []byte{0}) > page/2 {
			continue
		}
		content[page-8] ^= 1
		ts.Check(os.WriteFile(path, raw, 0o600))
		return
	}
	ts.Fatalf("%s has no page of records", args[0])
}
