package rulebook

import "strconv"

// signOff is the first sheet: what is signed, how much of it is sure, and by whom.
func (s *sheets) signOff(b Book) {
	s.try(s.file.SetSheetName("Sheet1", SignOff))
	s.put(SignOff, 1, 1, "Deltoid: clinical rule book", s.title)
	day := "all days; each row says when it is in force"
	if !b.Day.IsZero() {
		day = b.Day.Plain() + " (what was in force that day)"
	}
	row := 3
	for _, line := range [][2]string{
		{"Program version", b.Version}, {"Day", day}, {"Made on", b.Made.Plain()}, {"Rows", strconv.Itoa(b.Rows())},
		{"Fingerprint of the whole catalogue (SHA-256)", b.Catalogue.Hash()},
	} {
		s.put(SignOff, 1, row, line[0], s.text)
		s.put(SignOff, 2, row, line[1], s.text)
		row++
	}
	row = s.counts(b, row+1)
	s.signature(row + 1)
	s.width(SignOff, 1, 46)
	s.width(SignOff, 2, 68)
	for i := range confidences {
		s.width(SignOff, 3+i, 12)
	}
}

// counts tells for each table how many rows it has, and how sure they are.
func (s *sheets) counts(b Book, row int) int {
	titles := []string{"table", "rows"}
	for _, confidence := range confidences {
		titles = append(titles, confidence.word)
	}
	for i, title := range titles {
		s.put(SignOff, i+1, row, title, s.header)
	}
	for _, table := range b.Tables() {
		row++
		s.put(SignOff, 1, row, table.Name, s.text)
		s.put(SignOff, 2, row, strconv.Itoa(len(table.Rows)), s.text)
		for i, confidence := range confidences {
			if found := count(table, confidence.word); found > 0 {
				s.put(SignOff, 3+i, row, strconv.Itoa(found), s.of[confidence.word])
			}
		}
	}
	return row + 1
}

// signature is where the safety officer signs.
func (s *sheets) signature(row int) {
	s.put(SignOff, 1, row, "Clinical safety officer", s.header)
	s.put(SignOff, 2, row, "The rows of this book were reviewed. Rows marked no, or with a remark, are not agreed until they are changed.", s.text)
	for _, label := range []string{"Name", "Profession and registration number", "Organisation", "Remarks", "Signature", "Date"} {
		row += 2
		s.put(SignOff, 1, row, label, s.text)
		s.put(SignOff, 2, row, "", s.line)
	}
}
