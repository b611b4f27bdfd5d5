package cohort

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"

	"deltoid/capture"
)

// What a workbook may unpack to; a list of 250,000 people is about 150 MB.
const (
	maxUnpacked = 1 << 30 // bytes, all parts together
	maxRatio    = 200     // unpacked to packed, where it matters
	ratioFrom   = 64 << 20
	maxParts    = 5_000
	maxTabs     = 50
)

// workbook is an XLSX file, unpacked in memory: a list of patients must not be left in a temporary file.
type workbook struct {
	file *excelize.File
	tab  string
	last int  // number of the last row that the file says the tab has; 0 when it does not say
	old  bool // days are counted from 1904
}

func (s *Sheet) openWorkbook(file io.ReadSeeker, size int64) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return unreadable(err)
	}
	content, err := io.ReadAll(io.LimitReader(file, size))
	if err != nil {
		return unreadable(err)
	}
	if err := checkPacked(content); err != nil {
		return err
	}
	book := &workbook{}
	if err := safely(func() (err error) {
		book.file, err = excelize.OpenReader(bytes.NewReader(content), excelize.Options{
			RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
		})
		return err
	}); err != nil {
		return damagedWorkbook(err)
	}
	if properties, err := book.file.GetWorkbookProps(); err == nil && properties.Date1904 != nil {
		book.old = *properties.Date1904
	}
	s.Kind, s.source = "XLSX", book
	for _, tab := range book.file.GetSheetList() {
		if visible, err := book.file.GetSheetVisible(tab); err == nil && visible && len(s.Tabs) < maxTabs {
			s.Tabs = append(s.Tabs, tab)
		}
	}
	return s.findTab()
}

// findTab takes the tab whose headings say most.
func (s *Sheet) findTab() error {
	best, known := "", -1
	for _, tab := range s.Tabs {
		if err := s.UseTab(tab); err == nil && len(s.Guess.Columns) > known {
			best, known = tab, len(s.Guess.Columns)
		}
	}
	if best == "" {
		return refuse("There is nothing in this workbook that could be read. Save the list again as .xlsx")
	}
	return s.UseTab(best)
}

// UseTab takes another tab of a workbook.
func (s *Sheet) UseTab(tab string) error {
	book, ok := s.source.(*workbook)
	if !ok {
		return refuse("This list has no tabs")
	}
	book.tab = tab
	book.last = lastRow(book.part())
	s.Tab = tab
	return s.look()
}

// checkPacked refuses what would unpack to more than a list can be, and what does not unpack whole: the library takes the
// first half of a damaged part for all of it. The archive reader fails a part that is longer than it says, so its word can
// be taken for the sizes.
func checkPacked(content []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return damagedWorkbook(err)
	}
	var unpacked uint64
	workbook := false
	for _, part := range archive.File {
		unpacked += part.UncompressedSize64
		workbook = workbook || strings.EqualFold(strings.ReplaceAll(part.Name, "\\", "/"), "xl/workbook.xml")
		if unpacked > maxUnpacked {
			break
		}
	}
	switch {
	case unpacked > maxUnpacked || len(archive.File) > maxParts || unpacked > ratioFrom && unpacked/uint64(len(content)) > maxRatio:
		return refuse("This workbook unpacks to more than any list of people. Save only the list, as CSV or in a new workbook")
	case !workbook:
		return refuse("This is not an Excel workbook. Save the list as .xlsx or CSV")
	}
	for _, part := range archive.File {
		if err := unpacksWhole(part); err != nil {
			return damagedWorkbook(err)
		}
	}
	return nil
}

func unpacksWhole(part *zip.File) error {
	content, err := part.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	_, err = io.Copy(io.Discard, content)
	return err
}

func damagedWorkbook(err error) error {
	return &capture.Error{Code: capture.Environment, Field: "file", Message: "This workbook is damaged. Open it in a spreadsheet and save it again", Err: err}
}

// lines goes through the tab.
func (w *workbook) lines() iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		var rows *excelize.Rows
		if err := safely(func() (err error) { rows, err = w.file.Rows(w.tab); return err }); err != nil {
			yield(line{}, damagedWorkbook(err))
			return
		}
		number := 0
		for {
			var cells []string
			more := false
			err := safely(func() (err error) {
				if more = rows.Next(); !more {
					return rows.Error()
				}
				cells, err = rows.Columns(excelize.Options{RawCellValue: true})
				return err
			})
			if err != nil {
				yield(line{}, damagedWorkbook(err))
				return
			}
			if !more {
				break
			}
			number++
			if blank(cells) {
				continue
			}
			if !yield(line{number: number, cells: narrow(cells)}, nil) {
				return
			}
		}
		if number < w.last { // the iterator ends silently where the file is broken
			yield(line{}, damagedWorkbook(fmt.Errorf("rows end at %d of %d", number, w.last)))
		}
	}
}

func (w *workbook) close() error { return w.file.Close() }

// safely turns a panic of the library on a file made to break it into an error.
func safely(do func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("workbook reader stopped: %v", broken)
		}
	}()
	return do()
}
