package main

import (
	"maps"
	"os"
	"path/filepath"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// validateCmd judges extract files, ours or another sender's, as the receiver would. It needs no profile and reads no record.
type validateCmd struct {
	Files    []string          `arg:"" help:"Extract files. The extract is known by the name or the header."`
	Supplier string            `placeholder:"ODS" help:"ODS code that the file names must carry. Default: whatever they carry."`
	Set      map[string]string `placeholder:"KEY=VALUE" help:"Settings that the files were made under, for example covid.delimiter=¬."`
}

// validateView is what is wrong with each file; no value of a row is shown.
type validateView struct {
	Files []validatedView `json:"files"`
}

type validatedView struct {
	File string `json:"file"`
	OK   bool   `json:"ok"`
	export.FileReport
}

func (v validateView) text(p *page) {
	for _, file := range v.Files {
		switch {
		case file.OK && file.Empty:
			p.line("%s: %s extract with a header and no rows; the receiver takes it", file.File, file.Kind)
		case file.OK:
			p.line("%s: %s extract, %s, nothing to refuse", file.File, file.Kind, counted(file.Rows, "row", "rows"))
		default:
			p.line("%s: %s", file.File, file.verdict())
		}
		for _, fault := range []*capture.Error{file.Name, file.Problem} {
			if fault != nil {
				p.line("  %s", fault.Message)
			}
		}
		for _, row := range file.Faults {
			for _, problem := range row.Problems {
				p.line("  row %d\t%s\t%s", row.Row, problem.Field, problem.Message)
			}
		}
		for _, note := range file.Notes {
			p.line("  note: %s", note)
		}
	}
}

func (v validatedView) verdict() string {
	if v.Kind == "" {
		return "refused"
	}
	return "refused as " + string(v.Kind) + " extract: " + counted(v.Faulty, "row of", "rows of") + " " + counted(v.Rows, "row", "rows") + " faulty"
}

// Run reads the files one after the other.
func (c *validateCmd) Run(s *session) error {
	known, err := catalogue.Load()
	if err != nil {
		return err
	}
	settings := capture.Configuration(c.Set)
	if err := settings.Check().Err(); err != nil {
		return err
	}
	view := validateView{Files: []validatedView{}}
	refused := false
	for _, path := range c.Files {
		report, err := c.check(s, known, path)
		if err != nil {
			return err
		}
		view.Files = append(view.Files, validatedView{File: filepath.Base(path), OK: report.OK(), FileReport: report})
		refused = refused || !report.OK()
	}
	if err := s.out.show(view); err != nil {
		return err
	}
	if refused {
		return endedWith(exitRefused)
	}
	return nil
}

func (c *validateCmd) check(s *session, known *catalogue.Catalogue, path string) (export.FileReport, error) {
	file, err := os.Open(path)
	if err != nil {
		return export.FileReport{}, err
	}
	defer file.Close()
	name := filepath.Base(path)
	configuration := capture.Configuration{}
	maps.Copy(configuration, c.Set)
	configuration["supplier.ods"] = c.Supplier
	if c.Supplier == "" {
		named, _ := export.Shipped().Named(name, "") // what is wrong with the name is said when the file is checked
		configuration["supplier.ods"] = named.Sender
	}
	checker := export.Checker{Catalogue: known, Configuration: configuration, Now: s.globals.clock()}
	return checker.File(name, file)
}
