package export_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export"
)

const extractsPage = "../docs/extracts.md"

// docs/extracts.md is made from the tables; DELTOID_GOLDEN=write makes it anew.
func TestExtractsAreDescribed(t *testing.T) {
	want := extractsDocument()
	if update {
		require.NoError(t, os.WriteFile(extractsPage, []byte(want), 0o644))
	}
	page, err := os.ReadFile(extractsPage)
	require.NoError(t, err)
	require.Equal(t, want, string(page), "run make golden")
}

const extractsIntroduction = `# Extracts

Every file that Deltoid makes for the NHS, as its tables in ` + "`export/profiles`" + ` say; this page is made from them. A table is a
CSV file that opens in a spreadsheet: the settings of the extract, then its columns in order. The program follows the table: when a
specification turns out otherwise, the table changes.

How sure we are of a fact: **confirmed**, read in a primary NHS text about this extract; **neighbour**, in one about a later version or a
sibling; **inferred** from those; **assumed**, our choice to fill a gap, to be confirmed with NHS England before live use. See also
[assumptions](assumptions.md).

A column is *mandatory*, *if known*, *optional*, *when given* or *when not given* (mandatory then), *conditional* (see the rules of the
extract) or *unused* (left out, or blank by the setting). Values are trimmed, line ends and tabs become spaces, an empty value is
an empty field, and a value longer than its column or not of its form keeps the record out of the file until it is put right.

## In all of them

- Everything committed since the last file goes into the next, by commit order and never by day of vaccination, so late entries flow.
- A record changed before it went out goes as one ` + "`new`" + ` row; afterwards as ` + "`update`" + `, withdrawn as ` + "`delete`" + `; UNIQUE_ID and its URI never change.
- A row that the receiver rejected does not count as sent. A row that no answer names is neither accepted nor rejected.
- A file is built once and kept; no file name is ever used twice.
- Date-times are UTC with 00 as the hours ahead of UTC (` + "`datetime.mode`" + `). London midnight stands for a time that nobody knows and is sent as ` + "`T00000000`" + ` of that day.
`

func extractsDocument() string {
	var b strings.Builder
	b.WriteString(extractsIntroduction)
	b.WriteString("\n| extract | made | about | specification | schedule |\n|---|---|---|---|---|\n")
	for _, p := range export.Shipped().All() {
		made := "no, unless `" + string(p.Kind) + ".enabled` says so"
		if p.Enabled {
			made = "yes"
		}
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s %s | %s |\n", p.Kind, p.Kind, made, strings.Join(p.Diseases, ", "), p.Title, p.Version, p.Schedule)
	}
	for _, p := range export.Shipped().All() {
		writeExtract(&b, p)
	}
	writeLists(&b)
	return b.String()
}

func writeExtract(b *strings.Builder, p *export.Profile) {
	fmt.Fprintf(b, "\n## %s\n\n%s, version %s.\n\n| setting | value | confidence | source | note |\n|---|---|---|---|---|\n", p.Kind, p.Title, p.Version)
	for _, fact := range p.Facts {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", fact.Name, code(fact.Value), fact.Confidence, fact.Source, inCell(fact.Note))
	}
	b.WriteString("\n| # | column | rule | form | longest | value | confidence | source | note |\n|---|---|---|---|---|---|---|---|---|\n")
	for i, c := range p.Columns {
		longest := strconv.Itoa(c.Max)
		if c.MaxConfidence == "assumed" {
			longest += " (assumed)"
		}
		rule := string(c.Rule)
		if c.OnlyIf != "" {
			rule += "; only with `" + string(p.Kind) + "." + strings.TrimSuffix(c.OnlyIf, " else unused") + "`"
		}
		fmt.Fprintf(b, "| %d | `%s` | %s | %s | %s | %s | %s | %s | %s |\n", i+1, c.Name, rule, c.Form, longest, c.Value, c.Confidence, c.Source, inCell(c.Note))
	}
	if len(p.RowRules()) == 0 {
		return
	}
	b.WriteString("\n| rule | column | what is asked for |\n|---|---|---|\n")
	for _, rule := range p.RowRules() {
		fmt.Fprintf(b, "| %s | `%s` | %s |\n", rule.ID, rule.Column, inCell(rule.Message))
	}
}

func writeLists(b *strings.Builder) {
	b.WriteString("\n## Further questions\n\nOnly the answers to confirmed questions are ever sent.\n\n| id | question | values | sent | confidence | note |\n|---|---|---|---|---|---|\n")
	for _, a := range export.Shipped().Attributes() {
		sent := "no"
		if a.Enabled {
			sent = "yes"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", a.ID, inCell(a.Text), strings.Join(a.Values, ", "), sent, a.Confidence, inCell(a.Note))
	}
	b.WriteString("\n## Sources\n\n| key | text |\n|---|---|\n")
	for _, source := range export.Shipped().Sources() {
		fmt.Fprintf(b, "| %s | %s |\n", source.Key, inCell(source.What))
	}
}

func inCell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + inCell(text) + "`"
}
