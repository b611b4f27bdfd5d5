package cohort_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"deltoid/capture"
	"deltoid/capture/cohort"
)

// many is the size of the largest list the desk has to take.
const many = 250_000

// made are the cells of a made-up person.
func made(i int) []any {
	number := fmt.Sprintf("999%06d", i)
	for digit := range 10 {
		if whole := fmt.Sprintf("%s%d", number, digit); capture.NHSNumber(whole).Valid() {
			return []any{whole, fmt.Sprintf("Madeup%s", strings.Repeat("x", i%7)), fmt.Sprintf("Person%c", 'a'+i%26),
				fmt.Sprintf("%02d/%02d/%d", i%28+1, i%12+1, 1930+i%80), "F", "LS1 4AP", fmt.Sprintf("%d Example Street", i), "12/05/2022", "09:30", fmt.Sprintf("AB-%d", i)}
		}
	}
	return made(i + many) // about one number in eleven has no check digit
}

func largeCSV(rows int) []byte {
	var out bytes.Buffer
	out.WriteString(headings)
	for i := range rows {
		for j, cell := range made(i) {
			if j > 0 {
				out.WriteByte(',')
			}
			fmt.Fprint(&out, cell)
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}

func largeBook(t testing.TB, rows int) []byte {
	file := excelize.NewFile()
	stream, err := file.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	require.NoError(t, stream.SetRow("A1", headingCells))
	for i := range rows {
		require.NoError(t, stream.SetRow(fmt.Sprintf("A%d", i+2), made(i)))
	}
	require.NoError(t, stream.Flush())
	var out bytes.Buffer
	require.NoError(t, file.Write(&out))
	require.NoError(t, file.Close())
	return out.Bytes()
}

func BenchmarkCSV(b *testing.B) { benchmark(b, largeCSV(many)) }

func BenchmarkXLSX(b *testing.B) { benchmark(b, largeBook(b, many)) }

// benchmark reads a list of many people as the import does, with the review, and tells the largest heap it saw.
func benchmark(b *testing.B, content []byte) {
	b.ReportMetric(float64(len(content))/1e6, "MB-file")
	b.ReportAllocs()
	peak := uint64(0)
	for b.Loop() {
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		sheet, err := cohort.Open(bytes.NewReader(content), "list")
		require.NoError(b, err)
		review, rows := known(), 0
		for row, err := range sheet.Read(sheet.Guess, today) {
			require.NoError(b, err)
			require.Empty(b, row.Faults)
			review.Look(row)
			if rows++; rows%25_000 == 0 {
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc-before.HeapAlloc)
			}
		}
		require.Equal(b, many, rows)
		require.NoError(b, sheet.Close())
	}
	b.ReportMetric(float64(peak)/1e6, "MB-peak-heap")
}

func TestMoreRowsThanAListCanHave(t *testing.T) {
	if testing.Short() {
		t.Skip("reads half a million rows")
	}
	line := "a,b,c\n"
	sheet, err := cohort.Open(strings.NewReader("Surname,Forename,DOB\n"+strings.Repeat(line, cohort.MaxRows+1)), "list.csv")
	require.NoError(t, err)
	rows := 0
	var last error
	for _, err := range sheet.Read(sheet.Guess, today) {
		if last = err; err == nil {
			rows++
		}
	}
	assert.Equal(t, cohort.MaxRows, rows)
	assert.ErrorContains(t, last, "more than 500000 rows")
}

func TestALargerFileThanAListIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("large file")
	}
	_, err := cohort.Open(sized{cohort.MaxBytes + 1}, "list.csv")
	assert.ErrorContains(t, err, "larger than 256 MB")
	_, err = cohort.Open(io.LimitReader(endless{}, cohort.MaxBytes+10), "list.csv")
	assert.ErrorContains(t, err, "larger than 256 MB")
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// sized is a file that only says how large it is.
type sized struct{ size int64 }

func (s sized) Read([]byte) (int, error)       { return 0, io.EOF }
func (s sized) Seek(int64, int) (int64, error) { return s.size, nil }

func FuzzOpen(f *testing.F) {
	f.Add([]byte(headings + smith))
	f.Add([]byte("Surname;Forename;DOB\n\"Smith;Jo;4/3/1947\n"))
	f.Add([]byte("sep=|\nName|DOB\nSMITH, Jo|17230\n"))
	f.Add([]byte("\xff\xfeS\x00u\x00r\x00"))
	f.Add(book(f, [][]any{headingCells, {9434765919, "Smith", "Jo", 17230}}))
	f.Fuzz(func(t *testing.T, content []byte) {
		sheet, err := cohort.Open(bytes.NewReader(content), "list")
		if err != nil {
			if capture.CodeOf(err) == "" {
				t.Fatalf("not one of our errors: %v", err)
			}
			return
		}
		defer sheet.Close()
		mapping := sheet.Guess
		if mapping.Check(sheet).Err() != nil {
			mapping = cohort.Mapping{Columns: map[cohort.Field]int{cohort.FullName: 0, cohort.BirthDate: min(1, len(sheet.Columns)-1)}}
			if mapping.Check(sheet).Err() != nil {
				return
			}
		}
		for row, err := range sheet.Read(mapping, today) {
			if err != nil {
				return
			}
			if !row.Rejected() {
				if faults := row.Person.Check(today); len(faults) > 0 {
					t.Fatalf("line %d was taken with faults: %v", row.Line, faults)
				}
			}
		}
	})
}
