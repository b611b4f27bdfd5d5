package cohort

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWordsOfTheFiles(t *testing.T) {
	rows := wordRows("headings.csv")
	require.NotEmpty(t, rows)
	seen := map[string]bool{}
	for _, row := range rows {
		field, match, text := Field(row[0]), row[1], row[2]
		assert.Equal(t, plain(text), text, "words are compared in this form")
		assert.False(t, seen[match+text], "%s stands twice", text)
		seen[match+text] = true
		switch match {
		case "exact", "part":
			assert.True(t, slices.Contains(Fields, field), "%s is no field", field)
		case "never":
			assert.Empty(t, field)
		default:
			t.Errorf("%s: match is exact, part or never", match)
		}
	}
	require.NotEmpty(t, wordRows("genders.csv"))
	for _, row := range wordRows("genders.csv") {
		assert.Contains(t, []string{"0", "1", "2", "9"}, row[0])
		assert.Equal(t, plain(row[1]), row[1])
	}
	require.NotEmpty(t, wordRows("titles.csv"))
	for _, field := range Fields {
		got, sure := words().meaning(field.Label())
		assert.Equal(t, field, got, "the label of a field is one of its headings")
		assert.Equal(t, 2, sure)
	}
}
