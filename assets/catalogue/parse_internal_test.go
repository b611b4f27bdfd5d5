package catalogue

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

func TestParseAges(t *testing.T) {
	for text, want := range map[string]Ages{"16-": {true, 16, 0}, "0-15": {true, 0, 15}, "18-50": {true, 18, 50}} {
		ages, ok := parseAges(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, ages, text)
	}
	for _, text := range []string{"", "16", "-", "-16", "15-0", "0-0", "a-b", "5-x", "10-9"} {
		_, ok := parseAges(text)
		assert.False(t, ok, text)
	}
	assert.False(t, Ages{}.Covers(40), "the zero range covers nobody")
	assert.True(t, Ages{true, 16, 0}.Covers(16))
	assert.False(t, Ages{true, 0, 15}.Covers(16))
}

func TestParseOptions(t *testing.T) {
	options, ok := parseOptions("az=Vaxzevria | nvx = Nuvaxovid=new")
	assert.True(t, ok)
	assert.Equal(t, []Option{{"az", "Vaxzevria"}, {"nvx", "Nuvaxovid=new"}}, options)
	for _, text := range []string{"", "az", "az=", "=Vaxzevria", "az=A|az=B", "az=A|", "a b=A"} {
		_, ok := parseOptions(text)
		assert.False(t, ok, text)
	}
}

func TestPlaceholders(t *testing.T) {
	assert.Equal(t, []string{"age", "defer_until"}, placeholders("at {age} wait until {defer_until}, {not this}"))
}

func FuzzParseAges(f *testing.F) {
	f.Add("16-")
	f.Add("0-15")
	f.Fuzz(func(t *testing.T, text string) {
		ages, ok := parseAges(text)
		if ok && !(ages.Covers(ages.Min) && !ages.Covers(ages.Min-1)) {
			t.Fatalf("%q gives %+v", text, ages)
		}
	})
}

func FuzzParseOptions(f *testing.F) {
	f.Add("az=Vaxzevria | nvx=Nuvaxovid")
	f.Fuzz(func(t *testing.T, text string) {
		options, ok := parseOptions(text)
		if ok && (len(options) == 0 || options[0].Key == "" || options[0].Label == "") {
			t.Fatalf("%q gives %+v", text, options)
		}
	})
}

func FuzzCompile(f *testing.F) {
	compiler, err := newCompiler(map[string]string{"age": FactInt, "kind": FactString, "at_risk": FactBool}, map[string][]string{"kind": {"primary1"}})
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{`age >= 18 && kind == "primary1"`, `at_risk`, `age >=`, `kind in ["primary1"]`, `"primary1" == kind`, `age / 0 == 1`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		condition, err := compiler.compile(text)
		if err != nil {
			return
		}
		// An error is allowed, such as a division by zero; a panic is not.
		_, _ = condition.Holds(map[string]any{"age": 40, "kind": "primary1", "at_risk": true})
	})
}

// A file may be spoilt in any way: its rows are read or its faults are named, and nothing breaks.
func FuzzTable(f *testing.F) {
	content, err := os.ReadFile("data/routes.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add(content[:len(content)/2])
	f.Add([]byte("\ufeff" + string(content)))
	f.Fuzz(func(t *testing.T, content []byte) {
		l := &loader{
			files:   fstest.MapFS{"routes.csv": &fstest.MapFile{Data: content}},
			sources: map[string]string{"ukcore": "UK Core"},
		}
		codes := l.codes("routes.csv", snomedCoding)
		for _, code := range codes {
			if len(l.problems) == 0 && (!ValidSNOMED(code.Code) || code.From.IsZero() || code.Label == "") {
				t.Fatalf("a bad row was taken: %+v", code)
			}
		}
		for _, problem := range l.problems {
			if problem.File != "routes.csv" || problem.Says == "" || problem.Cure == "" {
				t.Fatalf("a fault does not say enough: %+v", problem)
			}
		}
	})
}
