package cohort_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"deltoid/capture"
	"deltoid/capture/cohort"
)

var headingCells = []any{"NHS number", "Surname", "Forename", "DOB", "Gender", "Postcode", "Address", "Appointment date", "Appointment time", "Booking reference"}

func openBook(t testing.TB, content []byte) *cohort.Sheet {
	t.Helper()
	sheet, err := cohort.Open(bytes.NewReader(content), "list.xlsx")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sheet.Close()) })
	return sheet
}

func TestAWorkbookIsReadLikeACSV(t *testing.T) {
	born := time.Date(1947, 3, 4, 0, 0, 0, 0, time.UTC)
	sheet := openBook(t, book(t, [][]any{
		{"Clinic at St Example Hall"}, nil, headingCells,
		{9434765919, "Smith", "Jo", born, "F", "LS1 4AP", "1 Example Street", time.Date(2022, 5, 12, 0, 0, 0, 0, time.UTC), 0.395833333333333, "AB-1234"},
		nil,
		{"943 476 5919", "Smith", "Jo", "4/3/1947", "F", "LS1 4AP", "1 Example Street", time.Date(2022, 5, 12, 9, 30, 0, 0, time.UTC), "", "AB-1234"},
	}))
	assert.Equal(t, []string{"XLSX", "Sheet1"}, []string{sheet.Kind, sheet.Tab})
	assert.Equal(t, 3, sheet.HeadingLine)
	rows := rowsOf(t, sheet, sheet.Guess)
	require.Len(t, rows, 2)
	assert.Equal(t, []int{4, 6}, []int{rows[0].Line, rows[1].Line})
	for _, row := range rows {
		assert.Empty(t, row.Faults)
		assert.Equal(t, jo(), row.Person)
		assert.Equal(t, cohort.Appointment{Day: today, At: time.Date(2022, 5, 12, 8, 30, 0, 0, time.UTC), Reference: "AB-1234"}, row.Appointment)
	}
}

func TestDaysFrom1904(t *testing.T) {
	sheet := openBook(t, book(t, [][]any{{"Surname", "Forename", "DOB"}, {"Smith", "Jo", 17230 - 1462}, {"Jones", "", 17230 - 1462}}, func(file *excelize.File) {
		old := true
		require.NoError(t, file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}))
	}))
	rows := rowsOf(t, sheet, sheet.Guess)
	assert.Equal(t, "1947-03-04", rows[0].Person.BirthDate.String())

	var out bytes.Buffer
	rejects := cohort.NewRejects(&out, sheet, sheet.Guess)
	require.NoError(t, rejects.Add(rows[1]))
	require.NoError(t, rejects.Flush())
	assert.Contains(t, out.String(), "Jones,,1947-03-04", "a corrected list must not count from 1900")
}

func TestFormulasAreText(t *testing.T) {
	sheet := openBook(t, book(t, [][]any{{"Surname", "Forename", "DOB", "Address"}, {"Smith", "Jo", "4/3/1947", "=HYPERLINK(\"http://example.org\")"}, {"Jones", "Sam", "4/3/1947"}}, func(file *excelize.File) {
		require.NoError(t, file.SetCellFormula("Sheet1", "D3", `=HYPERLINK("http://example.org")`))
	}))
	rows := rowsOf(t, sheet, sheet.Guess)
	assert.Equal(t, `=HYPERLINK("http://example.org")`, rows[0].Person.Address)
	assert.Empty(t, rows[1].Person.Address, "a formula is not worked out")
}

func TestTheTabWithTheListIsTaken(t *testing.T) {
	sheet := openBook(t, book(t, [][]any{{"Notes"}, {"Call the site first"}}, func(file *excelize.File) {
		for _, tab := range []string{"List", "Hidden"} {
			_, err := file.NewSheet(tab)
			require.NoError(t, err)
			require.NoError(t, file.SetSheetRow(tab, "A1", &headingCells))
			require.NoError(t, file.SetSheetRow(tab, "A2", &[]any{"9434765919", "Smith", "Jo", "4/3/1947"}))
		}
		require.NoError(t, file.SetSheetVisible("Hidden", false))
	}))
	assert.Equal(t, []string{"Sheet1", "List"}, sheet.Tabs)
	assert.Equal(t, "List", sheet.Tab)
	assert.Len(t, rowsOf(t, sheet, sheet.Guess), 1)
	require.NoError(t, sheet.UseTab("Sheet1"))
	assert.Equal(t, "Notes", sheet.Preview[0][0])
	assert.Error(t, sheet.UseTab("Nowhere"))
	assert.Error(t, open(t, headings).UseTab("Sheet1"))
}

// repack writes a workbook anew with one part changed.
func repack(t testing.TB, content []byte, name string, change func([]byte) []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, part := range archive.File {
		file, err := part.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(file)
		require.NoError(t, err)
		if part.Name == name {
			text = change(text)
		}
		target, err := writer.Create(part.Name)
		require.NoError(t, err)
		_, err = target.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, writer.Close())
	return out.Bytes()
}

func TestABrokenTabIsNotTakenForAShortList(t *testing.T) {
	whole := [][]any{{"Surname", "Forename", "DOB"}}
	for range 100 {
		whole = append(whole, []any{"Smith", "Jo", "4/3/1947"})
	}
	content := repack(t, book(t, whole), "xl/worksheets/sheet1.xml", func(text []byte) []byte {
		return bytes.Replace(text, []byte(`<row r="50"`), []byte(`</broken><row r="50"`), 1)
	})
	sheet := openBook(t, content)
	var rows int
	var last error
	for _, err := range sheet.Read(sheet.Guess, today) {
		if last = err; err == nil {
			rows++
		}
	}
	assert.Less(t, rows, 100)
	assert.Equal(t, capture.Environment, capture.CodeOf(last))
	assert.ErrorContains(t, last, "damaged")
}

func TestAWorkbookThatUnpacksToTooMuchIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("large file")
	}
	good := book(t, [][]any{headingCells})
	t.Run("much from little", func(t *testing.T) {
		bomb := repack(t, good, "xl/styles.xml", func([]byte) []byte { return bytes.Repeat([]byte(" "), 80<<20) })
		_, err := cohort.Open(bytes.NewReader(bomb), "list.xlsx")
		assert.ErrorContains(t, err, "unpacks to more")
	})
	t.Run("a part that says less than it has", func(t *testing.T) {
		bomb := repack(t, good, "xl/styles.xml", func([]byte) []byte { return bytes.Repeat([]byte(" "), 80<<20) })
		size := []byte{0, 0, 0, 5} // 80 MB as the archive writes it
		require.GreaterOrEqual(t, bytes.Count(bomb, size), 1)
		lying := bytes.ReplaceAll(bomb, size, []byte{0, 1, 0, 0})
		_, err := cohort.Open(bytes.NewReader(lying), "list.xlsx")
		assert.ErrorContains(t, err, "damaged")
	})
	t.Run("a part with one byte flipped", func(t *testing.T) {
		for at := 200; at < len(good)-400; at += 37 {
			flipped := bytes.Clone(good)
			flipped[at] ^= 0x10
			if sheet, err := cohort.Open(bytes.NewReader(flipped), "list.xlsx"); err == nil {
				assert.Equal(t, headingCells[1], sheet.Columns[1], "byte %d", at)
			}
		}
	})
	t.Run("too many parts", func(t *testing.T) {
		var out bytes.Buffer
		writer := zip.NewWriter(&out)
		for i := range 6000 {
			_, err := writer.Create(strings.Repeat("x", i%50+1))
			require.NoError(t, err)
		}
		require.NoError(t, writer.Close())
		_, err := cohort.Open(bytes.NewReader(out.Bytes()), "list.xlsx")
		assert.ErrorContains(t, err, "unpacks to more")
	})
}

func TestNothingOfAWorkbookIsLeftOnTheDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("large file")
	}
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	rows := [][]any{{"Surname", "Forename", "DOB", "Address"}}
	for i := range 1000 {
		rows = append(rows, []any{"Smith", "Jo", "4/3/1947", fmt.Sprint(i, strings.Repeat(" Example Street", 1300))})
	}
	sheet := openBook(t, book(t, rows))        // unpacks to more than the library keeps in memory of itself
	for range sheet.Read(sheet.Guess, today) { // the addresses are too long for a list, but read they are
		left, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Empty(t, left)
	}
}
