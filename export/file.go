package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"deltoid/capture"
)

// file is an extract file being written: rows are checked, made into bytes, hashed and handed on in large pieces.
type file struct {
	building Building
	sheet    *Sheet
	out      *bufio.Writer
	hash     hash.Hash
	bytes    int64
	begun    bool
	row      []string
	line     []byte

	seen func(n int, waiting *Waiting, flag capture.Action, row []string) // nil: nobody looks
}

// fileBuffer is how many bytes are handed on at once; each piece is sealed and stored by itself.
const fileBuffer = 64 << 10

func newFile(building Building, sheet *Sheet) *file {
	f := &file{building: building, sheet: sheet, hash: sha256.New()}
	f.out = bufio.NewWriterSize(io.MultiWriter(building, f.hash), fileBuffer)
	return f
}

// check makes a row and lists what the receiver would refuse in it.
func (f *file) check(r *record, at *moment) capture.Problems {
	f.make(r)
	return f.sheet.checkRow(f.row, at)
}

func (f *file) make(r *record) { f.row = f.sheet.row(f.row[:0], r) }

// show lets a preview see the row that was written last.
func (f *file) show(n int, waiting *Waiting, flag capture.Action) {
	if f.seen != nil {
		f.seen(n, waiting, flag, f.row)
	}
}

// errRowLength cannot happen while rows come from the table that the header comes from.
var errRowLength = errors.New("row and header differ in length")

// write appends the row that was made last.
func (f *file) write() error {
	if len(f.row) != len(f.sheet.Columns) {
		return errRowLength
	}
	if err := f.begin(); err != nil {
		return err
	}
	f.line = f.sheet.dialect.appendRow(f.line[:0], f.row)
	return f.put()
}

func (f *file) begin() error {
	if f.begun {
		return nil
	}
	f.begun = true
	f.line = f.sheet.dialect.appendHeader(f.line[:0], f.sheet.Columns)
	return f.put()
}

func (f *file) put() error {
	f.bytes += int64(len(f.line))
	_, err := f.out.Write(f.line)
	return err
}

// close writes the header if nothing was written yet, and hands on the rest.
func (f *file) close() error {
	err := f.begin()
	if err == nil {
		err = f.out.Flush()
	}
	if err != nil {
		return fmt.Errorf("write extract file: %w", err)
	}
	return nil
}

// nothing is a Building that keeps nothing, for previews.
type nothing struct{}

func (nothing) Write(p []byte) (int, error)                                { return len(p), nil }
func (nothing) Row(int, Waiting) error                                     { return nil }
func (nothing) Rows(int, int, Waiting) error                               { return nil }
func (nothing) Hold(Waiting, capture.Problems) error                       { return nil }
func (nothing) Finish(context.Context, Delivery, capture.AuditEntry) error { return nil }
func (nothing) Discard() error                                             { return nil }
