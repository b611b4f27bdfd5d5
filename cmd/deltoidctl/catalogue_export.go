package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/rulebook"
)

// catalogueExportCmd writes the rule book.
type catalogueExportCmd struct {
	Out string       `placeholder:"FILE" help:"Spreadsheet to write, for example book.xlsx."`
	CSV string       `name:"csv" placeholder:"DIR" help:"Folder to write the tables into as CSV files."`
	At  capture.Date `placeholder:"DATE" help:"Only what was in force on this day, for example 2022-05-12. Default: the rows of all days."`
}

// exportView tells what was written.
type exportView struct {
	File   string         `json:"file,omitempty"`
	Folder string         `json:"folder,omitempty"`
	Day    catalogue.Date `json:"day,omitzero"`
	Tables int            `json:"tables"`
	Rows   int            `json:"rows"`
	Hash   string         `json:"hash"`
}

func (v exportView) text(p *page) {
	day := "all days"
	if !v.Day.IsZero() {
		day = v.Day.Plain()
	}
	for _, place := range []string{v.File, v.Folder} {
		if place != "" {
			p.line("%s: %d rows of %d tables, %s", place, v.Rows, v.Tables, day)
		}
	}
	p.line("Fingerprint of the catalogue: %s", v.Hash)
}

// Run writes what was asked for, and overwrites nothing.
func (c *catalogueExportCmd) Run(s *session) error {
	if c.Out == "" && c.CSV == "" {
		return usageError{errors.New("say where to: --out FILE.xlsx, --csv DIR, or both")}
	}
	known, err := catalogue.Load()
	if err != nil {
		return err
	}
	book := rulebook.Book{Catalogue: known, Day: c.At, Version: version, Made: catalogue.DateOf(s.globals.clock()())}
	if c.Out != "" {
		if err := writeBook(book, c.Out); err != nil {
			return notWritten("--out", err)
		}
	}
	if c.CSV != "" {
		if err := book.WriteCSV(c.CSV); err != nil {
			return notWritten("--csv", err)
		}
	}
	return s.out.show(exportView{File: c.Out, Folder: c.CSV, Day: c.At, Tables: len(book.Tables()), Rows: book.Rows(), Hash: known.Hash()})
}

// writeBook makes the whole spreadsheet before it touches the disk, so that a file that is there is whole.
func writeBook(book rulebook.Book, path string) error {
	var content bytes.Buffer
	if err := book.WriteXLSX(&content); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write the rule book: %w", err)
	}
	_, err = file.Write(content.Bytes())
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write the rule book: %w", err), os.Remove(path))
	}
	return nil
}

func notWritten(flag string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return refusal{{Path: flag, Code: capture.Conflict, Message: "There is a file of that name already; choose another name or remove it"}}
	}
	return &capture.Error{Code: capture.Environment, Message: "The rule book cannot be written there; check that the folder is there and may be written to", Err: err}
}
