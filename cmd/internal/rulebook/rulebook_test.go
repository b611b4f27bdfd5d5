package rulebook_test

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"deltoid/assets/catalogue"
	"deltoid/cmd/internal/rulebook"
)

func book(t testing.TB, day string) rulebook.Book {
	t.Helper()
	known, err := catalogue.Load()
	require.NoError(t, err)
	b := rulebook.Book{Catalogue: known, Version: "1.2.3", Made: catalogue.MustDate("2022-05-12")}
	if day != "" {
		b.Day = catalogue.MustDate(day)
	}
	return b
}

func spreadsheet(t testing.TB, b rulebook.Book) *excelize.File {
	t.Helper()
	var content bytes.Buffer
	require.NoError(t, b.WriteXLSX(&content))
	file, err := excelize.OpenReader(&content)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// rows are those of a sheet without its header, each cut or filled to the width of the header.
func rows(t testing.TB, file *excelize.File, sheet string) (header []string, lines [][]string) {
	t.Helper()
	all, err := file.GetRows(sheet)
	require.NoError(t, err)
	require.NotEmpty(t, all, sheet)
	for _, line := range all[1:] {
		lines = append(lines, append(line, make([]string, len(all[0])-len(line))...))
	}
	return all[0], lines
}

// The safety officer signs what the program does: every cell of every row of every file, read with other eyes.
func TestTheBookHoldsEveryRow(t *testing.T) {
	file := spreadsheet(t, book(t, ""))
	paths, err := filepath.Glob("../../../assets/catalogue/data/*.csv")
	require.NoError(t, err)
	ofDiseases, err := filepath.Glob("../../../assets/catalogue/data/*/*.csv")
	require.NoError(t, err)
	for _, path := range append(paths, ofDiseases...) {
		raw, err := os.Open(path)
		require.NoError(t, err)
		lines, err := csv.NewReader(raw).ReadAll()
		require.NoError(t, err)
		require.NoError(t, raw.Close())
		header, written := rows(t, file, strings.TrimSuffix(filepath.Base(path), ".csv"))
		found := map[string]bool{}
		for _, line := range written {
			cells := map[string]string{}
			for i, name := range header {
				cells[name] = line[i]
			}
			text := ""
			for _, column := range lines[0] {
				text += strings.TrimSpace(cells[column]) + "\x00"
			}
			found[text] = true
		}
		for i, line := range lines[1:] {
			text := ""
			for _, cell := range line {
				text += strings.TrimSpace(cell) + "\x00"
			}
			assert.True(t, found[text], "%s row %d", path, i+2)
		}
	}
}

func TestEveryRuleIDIsInTheBook(t *testing.T) {
	b := book(t, "")
	file := spreadsheet(t, b)
	ids := map[string]map[string]bool{}
	for _, sheet := range []string{"screening_rules", "desk_rules", "dose_rules"} {
		header, lines := rows(t, file, sheet)
		column := slices.Index(header, "id")
		ids[sheet] = map[string]bool{}
		for _, line := range lines {
			ids[sheet][line[column]] = true
		}
	}
	for day := catalogue.MustDate("2020-12-08"); !day.After(catalogue.MustDate("2022-06-01")); day = day.AddDays(1) {
		edition := b.Catalogue.At(day)
		for _, disease := range b.Catalogue.Diseases() {
			for _, rule := range edition.ScreeningRules(disease.Key) {
				require.True(t, ids["screening_rules"][rule.ID], rule.ID)
			}
			for _, rule := range edition.DeskRules(disease.Key) { // those of every disease stand in a table of their own
				require.True(t, ids["screening_rules"][rule.ID] || ids["desk_rules"][rule.ID], rule.ID)
			}
		}
		for _, rule := range edition.DoseRules() {
			require.True(t, ids["dose_rules"][rule.ID], rule.ID)
		}
	}
}

func TestTheBookOfADayHoldsWhatWasInForce(t *testing.T) {
	header, lines := rows(t, spreadsheet(t, book(t, "2021-12-13")), "screening_rules")
	id, disease, from := slices.Index(header, "id"), slices.Index(header, "disease"), slices.Index(header, "from")
	versions := map[string]string{}
	for _, line := range lines {
		name := line[disease] + " " + line[id]
		assert.Empty(t, versions[name], name)
		versions[name] = line[from]
	}
	assert.Equal(t, "2020-12-08", versions["COVID-19 O01"])
	assert.NotContains(t, versions, "COVID-19 O02", "in force from the next day")
}

func TestTheSheetToSign(t *testing.T) {
	b := book(t, "2022-05-12")
	file := spreadsheet(t, b)
	assert.Equal(t, rulebook.SignOff, file.GetSheetList()[0])
	all, err := file.GetRows(rulebook.SignOff)
	require.NoError(t, err)
	var text strings.Builder
	for _, line := range all {
		text.WriteString(strings.Join(line, " ") + "\n")
	}
	for _, words := range []string{
		"Program version 1.2.3", "Day 12 May 2022", b.Catalogue.Hash(), "confirmed neighbour inferred general assumed", "dose_rules",
		"Clinical safety officer", "registration number", "Signature",
	} {
		assert.Contains(t, text.String(), words)
	}
}

// What makes a long list readable on a screen and on paper.
func TestSheetsAreReadable(t *testing.T) {
	b := book(t, "")
	file := spreadsheet(t, b)
	for _, table := range b.Tables() {
		panes, err := file.GetPanes(table.Name)
		require.NoError(t, err)
		assert.True(t, panes.Freeze && panes.YSplit == 1, table.Name)
		header, _ := rows(t, file, table.Name)
		assert.Contains(t, header, "remark", table.Name)
		style, err := file.GetCellStyle(table.Name, "A1")
		require.NoError(t, err)
		look, err := file.GetStyle(style)
		require.NoError(t, err)
		assert.True(t, look.Font.Bold, table.Name)
	}
	header, lines := rows(t, file, "screening_rules")
	column := slices.Index(header, "confidence")
	colours := map[string]string{}
	for i, line := range lines {
		cell, err := excelize.CoordinatesToCellName(column+1, i+2)
		require.NoError(t, err)
		style, err := file.GetCellStyle("screening_rules", cell)
		require.NoError(t, err)
		look, err := file.GetStyle(style)
		require.NoError(t, err)
		require.Len(t, look.Fill.Color, 1, cell)
		colours[line[column]] = look.Fill.Color[0]
	}
	assert.NotEqual(t, colours["confirmed"], colours["assumed"])
}

// Codes are text: a spreadsheet that made numbers of them would round their last digits.
func TestCodesStayText(t *testing.T) {
	file := spreadsheet(t, book(t, ""))
	header, lines := rows(t, file, "products")
	column := slices.Index(header, "amp")
	i := slices.IndexFunc(lines, func(line []string) bool { return line[column] == "39115611000001103" })
	require.GreaterOrEqual(t, i, 0)
	cell, err := excelize.CoordinatesToCellName(column+1, i+2)
	require.NoError(t, err)
	kind, err := file.GetCellType("products", cell)
	require.NoError(t, err)
	assert.Equal(t, excelize.CellTypeSharedString, kind)
}

func TestCSVFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "book")
	b := book(t, "")
	require.NoError(t, b.WriteCSV(dir))
	for _, table := range b.Tables() {
		file, err := os.Open(filepath.Join(dir, table.Name+".csv"))
		require.NoError(t, err)
		lines, err := csv.NewReader(file).ReadAll()
		require.NoError(t, err)
		require.NoError(t, file.Close())
		assert.Len(t, lines, len(table.Rows)+1, table.Name)
	}
	assert.ErrorIs(t, b.WriteCSV(dir), fs.ErrExist, "nothing is overwritten")
}
