package cohort

import (
	"bytes"
	"encoding/xml"
	"path"
	"regexp"
	"strconv"
)

// The row iterator of the library ends without an error where the text of a tab is broken, and people would be missing
// from the list unseen. So the number of the last row is read from the end of the text and compared.

// part is the text of the tab; nil when it cannot be found.
func (w *workbook) part() []byte {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(w.text("xl/workbook.xml"), &book) != nil || xml.Unmarshal(w.text("xl/_rels/workbook.xml.rels"), &relations) != nil {
		return nil
	}
	for _, sheet := range book.Sheets {
		for _, relation := range relations.All {
			if sheet.Name == w.tab && relation.ID == sheet.ID {
				if path.IsAbs(relation.Target) {
					return w.text(relation.Target[1:])
				}
				return w.text(path.Join("xl", relation.Target))
			}
		}
	}
	return nil
}

func (w *workbook) text(name string) []byte {
	part, _ := w.file.Pkg.Load(name)
	text, _ := part.([]byte)
	return text
}

var rowNumber = regexp.MustCompile(`^.row\s[^>]*?\br="(\d{1,7})"`)

// lastRow is the number of the last row element in the text of a tab; 0 when it has none.
func lastRow(text []byte) int {
	at := max(bytes.LastIndex(text, []byte("<row ")), bytes.LastIndex(text, []byte(":row ")))
	if at < 0 {
		return 0
	}
	found := rowNumber.FindSubmatch(text[at:min(len(text), at+300)])
	if found == nil {
		return 0
	}
	number, _ := strconv.Atoi(string(found[1]))
	return number
}
