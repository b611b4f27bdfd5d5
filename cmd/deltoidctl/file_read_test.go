package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const samples = "../../testdata/encounters"

// pathsOf are the places of faults.
func pathsOf(faults []fault) []string {
	var paths []string
	for _, f := range faults {
		paths = append(paths, f.Path)
	}
	return paths
}

func read(t *testing.T, text string) (encounterFile, []fault) {
	t.Helper()
	file, faults, err := readEncounter(strings.NewReader(text))
	require.NoError(t, err)
	return file, faults
}

func TestSchemaForReadersIsTheOneInUse(t *testing.T) {
	published, err := os.ReadFile("../../docs/record.schema.json")
	require.NoError(t, err)
	require.Equal(t, string(recordSchema), string(published), "copy cmd/deltoidctl/record.schema.json to docs")
}

func TestGoodSamplesFitTheSchema(t *testing.T) {
	for _, name := range []string{"given", "booster", "child", "not-given", "declined"} {
		file, faults, err := readFile(filepath.Join(samples, name+".json"), nil)
		require.NoError(t, err)
		require.Empty(t, faults, name)
		require.NotEmpty(t, file.ID, name)
		require.NotEmpty(t, file.Plan.Kind, name)
	}
}

func TestEveryFaultOfFormAtOnce(t *testing.T) {
	file, faults, err := readFile(filepath.Join(samples, "bad-many.json"), nil)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{
		"$.give.amountMl", "$.give.at", "$.identityConfirmed", "$.person.birthDate", "$.person.gender", "$.person.shoeSize",
		"$.reported[1].date", "$.screening.answers.C01",
	}, pathsOf(faults))
	assert.Equal(t, "Madeup", file.Person.Surname, "what is well formed is read all the same")
	assert.Equal(t, "comirnaty99", file.Reported[0].Product)
	assert.Len(t, file.Reported, 2, "a faulty dose keeps its place")
	assert.Equal(t, "yes", file.Screening.Answers["C18"].Answer)
}

func TestNotJSON(t *testing.T) {
	for name, test := range map[string]struct{ text, path, says string }{
		"empty":        {" \n", "", "empty"},
		"cut off":      {"{\"person\": {", "line 1 column 13", "ends too early"},
		"comma":        {"{\"a\": 1\n \"b\": 2}", "line 2 column 2", "invalid character"},
		"two values":   {"{} {}", "line 1 column 5", "more after the end"},
		"not UTF-8":    {"{\"a\": \"\xff\"}", "", "UTF-8"},
		"too deep":     {strings.Repeat("[", 100), "line 1 column 34", "nested too deep"},
		"huge number":  {`{"give": {"amountMl": 1e999999999}}`, "line 1 column 34", "exponent"},
		"null":         {"null", "$", "object"},
		"a list":       {"[]", "$", "object"},
		"no JSON":      {"person: Jo", "line 1 column 1", "not JSON"},
		"wrong ending": {"{\"a\": [1}", "line 1 column 9", "invalid character"},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := read(t, test.text)
			require.NotEmpty(t, faults)
			assert.Equal(t, test.path, faults[0].Path)
			assert.Contains(t, faults[0].Message, test.says)
			assert.True(t, pathless(faults), "the desk has nothing to look at")
		})
	}
}

func TestByteOrderMarkIsNoFault(t *testing.T) {
	file, faults := read(t, "\ufeff"+`{"person": {"surname": "Example"}, "plan": {}, "notGiven": {"choice": "unwell"}}`)
	require.Empty(t, faults)
	require.Equal(t, "Example", file.Person.Surname)
}

func TestTooLarge(t *testing.T) {
	_, faults := read(t, `{"person": "`+strings.Repeat("x", maxFile)+`"}`)
	require.Contains(t, faults[0].Message, "1 MiB")
}

func TestSameNameTwice(t *testing.T) {
	_, faults := read(t, `{"person": {"surname": "Example", "surname": "Sampleton"}, "plan": {}}`)
	require.Equal(t, []string{"$.person.surname"}, pathsOf(faults))
}

func TestMessagesHoldNoValues(t *testing.T) {
	_, faults := read(t, `{"person": {"nhsNumber": 9997000013, "birthDate": "12 May 1947", "gender": "Madeup", "surname": `+
		`"`+strings.Repeat("Secret", 20)+`"}, "plan": "Madeup"}`)
	require.Len(t, faults, 5)
	raw, err := json.Marshal(faults)
	require.NoError(t, err)
	for _, value := range []string{"9997000013", "1947", "Madeup", "Secret"} {
		require.NotContains(t, string(raw), value)
	}
}

func TestCovers(t *testing.T) {
	assert.True(t, covers("$.a", "$.a"))
	assert.True(t, covers("$.a", "$.a.b"))
	assert.True(t, covers("$.a.b", "$.a"))
	assert.True(t, covers("$.a", "$.a[0]"))
	assert.False(t, covers("$.a", "$.ab"))
	assert.False(t, covers("$", "$.a"))
}

func TestDecimalText(t *testing.T) {
	for number, want := range map[string]string{"0.3": "0.3", "0.30": "0.3", "1": "1", "0.25": "0.25", "": ""} {
		assert.Equal(t, want, decimalText(number))
	}
}

func FuzzReadEncounter(f *testing.F) {
	names, err := filepath.Glob(filepath.Join(samples, "*.json"))
	require.NoError(f, err)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(raw)
	}
	f.Add([]byte(`{"$schema": 1, "screening": {"answers": {"": {}, "C01": {"answer": "yes", "followUps": {"a.b": 1}}}}}`))
	f.Add([]byte(`{"reported": [1, {"date": []}], "person": null}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, faults, err := readEncounter(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatalf("%v", err)
		}
		for _, fault := range faults {
			if fault.Message == "" || strings.Contains(fault.Message, "report this") {
				t.Fatalf("fault %+v of %q", fault, raw)
			}
		}
		if again, err := json.Marshal(file); err != nil || len(again) == 0 {
			t.Fatalf("the encounter read from %q cannot be written: %v", raw, err)
		}
	})
}
