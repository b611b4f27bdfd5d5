package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
)

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"HELENA":                      "HELENA",
		" HELENA\t":                   "HELENA",
		"Anne\r\nMarie":               "Anne  Marie",
		"Anne\tMarie":                 "Anne Marie",
		"Anne\u2028Marie\u0085X\x0bY": "Anne Marie X Y",
		"\u00a0Zoë\u3000":             "Zoë",
		"Zo\xeb":                      "Zo\ufffd",
		`O'Fable "x" | ¬ \`:           `O'Fable "x" | ¬ \`,
		"   ":                         "",
		"\x00":                        "",
		"👩‍⚕️":                        "👩‍⚕️",
	} {
		assert.Equal(t, want, oneLine(in), "%q", in)
	}
}

func TestRowIsQuotedThroughout(t *testing.T) {
	line := dialect{delimiter: "|", quoting: QuoteAll, lineEnd: "\n"}.appendRow(nil, []string{"", "1", `a "b" c`, `"`, "x|y"})
	assert.Equal(t, `""|"1"|"a ""b"" c"|""""|"x|y"`+"\n", string(line))
	line = dialect{delimiter: "¬", quoting: QuoteAll, lineEnd: "\n"}.appendRow(nil, []string{"1", "x¬y"})
	assert.Equal(t, []byte("\"1\"\xc2\xac\"x\xc2\xacy\"\n"), line, "the delimiter is two bytes of UTF-8")
}

func TestHeaderIsQuotedOnDemand(t *testing.T) {
	columns := []Column{{Name: "A"}, {Name: "B"}}
	assert.Equal(t, "A|B\n", string(dialect{delimiter: "|", quoting: QuoteAll, lineEnd: "\n"}.appendHeader(nil, columns)))
	assert.Equal(t, "\"A\"¬\"B\"\n", string(dialect{delimiter: "¬", header: QuotedHeader, lineEnd: "\n"}.appendHeader(nil, columns)))
}

// readBack reads lines with the standard reader.
func readBack(t require.TestingT, delimiter string, lines []byte) [][]string {
	reader := csv.NewReader(bytes.NewReader(lines))
	reader.Comma, _ = utf8.DecodeRuneInString(delimiter)
	rows, err := reader.ReadAll()
	require.NoError(t, err)
	return rows
}

func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{"|", "¬"}).Draw(t, "delimiter")
		width := rapid.IntRange(2, 6).Draw(t, "width")
		var lines []byte
		var want [][]string
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			row := rapid.SliceOfN(rapid.String(), width, width).Draw(t, "row")
			for i := range row {
				row[i] = oneLine(row[i])
			}
			want = append(want, row)
			lines = dialect{delimiter: delimiter, quoting: QuoteAll, lineEnd: "\n"}.appendRow(lines, row)
		}
		assert.Equal(t, want, readBack(t, delimiter, lines))
	})
}

func FuzzRowNeverBreaks(f *testing.F) {
	f.Add(`Zoë "Zed"`, "O'Fable|¬", true)
	f.Add("\r\n\t\u2028", "\xff\"\"", false)
	f.Fuzz(func(t *testing.T, one, two string, pipe bool) {
		delimiter := "¬"
		if pipe {
			delimiter = "|"
		}
		row := []string{oneLine(one), oneLine(two)}
		line := dialect{delimiter: delimiter, quoting: QuoteAll, lineEnd: "\n"}.appendRow(nil, row)
		text := string(line)
		require.Equal(t, 1, strings.Count(text, "\n"))
		require.True(t, utf8.ValidString(text))
		require.False(t, strings.ContainsFunc(strings.TrimSuffix(text, "\n"), breaksLine))
		require.Equal(t, [][]string{row}, readBack(t, delimiter, line))
	})
}

// fuzzedSheet is one of the shipped extracts.
func fuzzedSheet(n uint8) *Sheet {
	all := Shipped().All()
	return NewSheet(all[int(n)%len(all)], nil, nil)
}

// fuzzedRecord has two texts wherever an extract takes a text from somebody.
func fuzzedRecord(sheet *Sheet, one, two string) *record {
	event := &capture.Event{
		ID: one, IDURI: two, At: fuzzNow, RecordedAt: fuzzNow, Disease: capture.COVID19, Site: capture.Site{Code: one, Name: two}, CareSetting: capture.Coded{Code: two, Term: one},
		Person:  capture.Person{ID: one, Forename: one, Surname: two, Postcode: one, Gender: two, NHSNumber: capture.NHSNumber(one)},
		Product: capture.EventProduct{Coded: capture.Coded{Code: one, Term: two}, Manufacturer: one},
		Given:   &capture.Given{BatchNumber: two, Amount: one, BodySite: capture.Coded{Code: two, Term: one}, Consent: capture.Coded{Code: one, Term: two}},
	}
	return &record{
		Event: event, flag: capture.ActionNew, settings: &sheet.settings, attribute: &Answer{ID: one, Text: two, Value: one},
		reaction: &capture.Reaction{ID: one, EventID: two, Description: one, Evidence: two, Severity: one, Agent: capture.Coded{Code: two, Term: one}, Onset: fuzzNow},
		hour:     &hourCount{hourKey: hourKey{start: fuzzNow, site: one, siteURI: two, care: one, product: two, number: one, band: two}},
	}
}

// Whatever stands in a record, its row of any extract is one line and comes back as it was.
func FuzzRowOfAnyExtract(f *testing.F) {
	for n := range uint8(len(Shipped().All())) {
		f.Add(n, `Zoë "Zed"`, "O'Fable|¬")
		f.Add(n, "\r\n\t\u2028", "\xff\"\"")
	}
	f.Fuzz(func(t *testing.T, n uint8, one, two string) {
		sheet := fuzzedSheet(n)
		row := sheet.row(nil, fuzzedRecord(sheet, one, two))
		line := sheet.dialect.appendRow(nil, row)
		require.Equal(t, len(sheet.dialect.lineEnd), len(line)-len(bytes.TrimRight(line, "\r\n")), "one line end, at the end")
		require.True(t, utf8.Valid(line))
		require.False(t, bytes.ContainsFunc(bytes.TrimRight(line, "\r\n"), breaksLine))
		require.Equal(t, [][]string{row}, readBack(t, sheet.dialect.delimiter, line))
	})
}

// Whatever stands in a row of any extract, it is judged with words.
func FuzzCheckNeverPanics(f *testing.F) {
	for n := range uint8(len(Shipped().All())) {
		f.Add(n, "20220512T13195100", "9990000018", uint8(6), uint8(0))
		f.Add(n, "TRUE", "delete", uint8(23), uint8(10))
	}
	f.Fuzz(func(t *testing.T, n uint8, one, two string, i, j uint8) {
		sheet := fuzzedSheet(n)
		row := make([]string, len(sheet.Columns))
		row[int(i)%len(row)], row[int(j)%len(row)] = one, two
		for _, problem := range sheet.checkRow(row, momentOf(fuzzNow)) {
			require.NotEmpty(t, problem.Message)
		}
	})
}
