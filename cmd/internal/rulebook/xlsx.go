package rulebook

import (
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"deltoid/assets/catalogue"
)

// SignOff is the name of the first sheet.
const SignOff = "Sign-off"

// WriteXLSX writes the book as a spreadsheet: the sheet to sign, then one for each table.
func (b Book) WriteXLSX(w io.Writer) error {
	sheets := &sheets{file: excelize.NewFile()}
	defer sheets.file.Close()
	sheets.makeStyles()
	sheets.signOff(b)
	for _, table := range b.Tables() {
		sheets.table(table)
	}
	if sheets.err != nil {
		return fmt.Errorf("make the rule book: %w", sheets.err)
	}
	if _, err := sheets.file.WriteTo(w); err != nil {
		return fmt.Errorf("write the rule book: %w", err)
	}
	return nil
}

// sheets is a spreadsheet in the making; after the first error it does nothing more.
type sheets struct {
	file   *excelize.File
	err    error
	title  int // styles
	header int
	text   int
	line   int // to write on
	of     map[string]int
}

func (s *sheets) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheets) style(style excelize.Style) int {
	id, err := s.file.NewStyle(&style)
	s.try(err)
	return id
}

func (s *sheets) makeStyles() {
	wrapped := &excelize.Alignment{WrapText: true, Vertical: "top"}
	s.title = s.style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}})
	s.header = s.style(excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Alignment: wrapped,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"005EB8"}},
	})
	s.text = s.style(excelize.Style{Alignment: wrapped, NumFmt: 49}) // 49: text, so that no code becomes a number
	s.line = s.style(excelize.Style{Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "000000"}}})
	s.of = map[string]int{}
	for _, confidence := range confidences {
		s.of[confidence.word] = s.style(excelize.Style{
			Alignment: wrapped, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{confidence.colour}},
		})
	}
}

func (s *sheets) put(sheet string, column, row int, text string, style int) {
	if s.err != nil {
		return
	}
	cell, err := excelize.CoordinatesToCellName(column, row)
	s.try(err)
	s.try(s.file.SetCellStr(sheet, cell, text))
	s.try(s.file.SetCellStyle(sheet, cell, cell, style))
}

func (s *sheets) width(sheet string, column int, width float64) {
	name, err := excelize.ColumnNumberToName(column)
	s.try(err)
	s.try(s.file.SetColWidth(sheet, name, name, width))
}

// table is a sheet with a header that stays in sight, filters, and room for the officer's words on each row.
func (s *sheets) table(table catalogue.Table) {
	if s.err != nil {
		return
	}
	sheet := table.Name
	_, err := s.file.NewSheet(sheet)
	s.try(err)
	titles := append(columns(table), forTheOfficer...)
	for i, title := range titles {
		s.put(sheet, i+1, 1, title, s.header)
		s.width(sheet, i+1, widthOf(table, i, title))
	}
	confidence := slices.Index(table.Columns, "confidence")
	for i, row := range table.Rows {
		for column, text := range append(slices.Clone(row.Cells), row.File, fmt.Sprint(row.Line)) {
			style := s.text
			if column == confidence {
				style = s.of[text]
			}
			s.put(sheet, column+1, i+2, text, style)
		}
	}
	last, err := excelize.CoordinatesToCellName(len(titles), len(table.Rows)+1)
	s.try(err)
	s.try(s.file.AutoFilter(sheet, "A1:"+last, nil))
	s.try(s.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	s.try(s.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: pointer("landscape"), FitToWidth: pointer(1), FitToHeight: pointer(0)}))
}

func pointer[T any](value T) *T { return &value }

// Widths of columns in characters.
const narrowest, widest, ofRemarks = 8, 60, 30

func widthOf(table catalogue.Table, column int, title string) float64 {
	if column >= len(table.Columns)+len(added) {
		return ofRemarks
	}
	longest := utf8.RuneCountInString(title) + 3 // the arrow of the filter
	for _, row := range table.Rows {
		text := row.File
		if column < len(row.Cells) {
			text = row.Cells[column]
		}
		longest = max(longest, utf8.RuneCountInString(text)+1)
	}
	return float64(min(max(longest, narrowest), widest))
}
