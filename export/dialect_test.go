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

func FuzzCheckNeverPanics(f *testing.F) {
	f.Add("20220512T13195100", "9990000018", uint8(6), uint8(0))
	f.Add("TRUE", "delete", uint8(23), uint8(10))
	sheet := NewSheet(covidProfile(), nil, nil)
	f.Fuzz(func(t *testing.T, one, two string, i, j uint8) {
		row := make([]string, len(sheet.Columns))
		row[int(i)%len(row)], row[int(j)%len(row)] = one, two
		for _, problem := range sheet.checkRow(row, momentOf(fuzzNow)) {
			require.NotEmpty(t, problem.Message)
		}
	})
}
