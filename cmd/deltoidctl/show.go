package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// view is what a command found, shown as it is in JSON and in words as text: one struct, so that the two never differ.
type view interface {
	text(*page)
}

// printer shows views.
type printer interface {
	show(view) error
	// fail shows why a command could not do its work.
	fail(failure)
}

func newPrinter(asJSON bool, stdout, stderr io.Writer) printer {
	if asJSON {
		return jsonPrinter{stdout}
	}
	return textPrinter{stdout, stderr}
}

type jsonPrinter struct{ stdout io.Writer }

func (p jsonPrinter) show(v view) error {
	if err := p.write(v); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func (p jsonPrinter) fail(f failure) {
	_ = p.write(struct { // nobody is left to tell
		Error failure `json:"error"`
	}{f})
}

func (p jsonPrinter) write(v any) error {
	encoder := json.NewEncoder(p.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

type textPrinter struct{ stdout, stderr io.Writer }

func (p textPrinter) show(v view) error {
	if err := p.page(p.stdout, v.text); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func (p textPrinter) fail(f failure) {
	_ = p.page(p.stderr, f.text) // nobody is left to tell
}

func (p textPrinter) page(w io.Writer, write func(*page)) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	write(&page{table})
	return table.Flush()
}

// page takes lines of text; tabs within neighbouring lines become columns.
type page struct{ w io.Writer }

func (p *page) line(format string, values ...any) {
	fmt.Fprintf(p.w, strings.TrimSuffix(format, "\n")+"\n", values...)
}
