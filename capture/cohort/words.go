package cohort

import (
	"embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed words/*.csv
var wordFiles embed.FS

// heading is a row of headings.csv.
type heading struct {
	field Field
	words string
}

// vocabulary is the words of the embedded files.
type vocabulary struct {
	exact   map[string]Field
	parts   []heading
	never   []string
	genders map[string]string
	titles  map[string]bool
}

// words reads the embedded files once. A test reads them strictly, so a fault cannot reach a built program.
var words = sync.OnceValue(func() vocabulary {
	v := vocabulary{exact: map[string]Field{}, genders: map[string]string{}, titles: map[string]bool{}}
	for _, row := range wordRows("headings.csv") {
		switch field, match, text := Field(row[0]), row[1], row[2]; match {
		case "exact":
			v.exact[text] = field
		case "part":
			v.parts = append(v.parts, heading{field, text})
		case "never":
			v.never = append(v.never, text)
		}
	}
	for _, row := range wordRows("genders.csv") {
		v.genders[row[1]] = row[0]
	}
	for _, row := range wordRows("titles.csv") {
		v.titles[row[0]] = true
	}
	return v
})

func wordRows(name string) [][]string {
	text, err := wordFiles.ReadFile("words/" + name)
	if err != nil {
		return nil
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil
	}
	return rows[1:]
}

// plain is a text in small letters, with a single space for whatever is neither letter nor digit.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// meaning is the field that a heading stands for, and how sure that is: 2 exact, 1 in part, 0 not at all.
func (v vocabulary) meaning(text string) (Field, int) {
	text = plain(text)
	if field, ok := v.exact[text]; ok {
		return field, 2
	}
	for _, word := range []string{"patient", "patients", "client", "person", "citizen"} {
		if inner, ok := strings.CutPrefix(text, word+" "); ok {
			if field, ok := v.exact[inner]; ok {
				return field, 2
			}
		}
	}
	parts := strings.Fields(text)
	if slices.ContainsFunc(v.never, func(word string) bool {
		return slices.Contains(parts, word) || slices.Contains(parts, word+"s")
	}) {
		return "", 0
	}
	for _, h := range v.parts {
		if strings.Contains(" "+text+" ", " "+h.words+" ") {
			return h.field, 1
		}
	}
	return "", 0
}
