package cmd_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

const assumptionsFile = "../docs/assumptions.md"

// The tables in docs/assumptions.md are made from the settings and from the catalogue's rows; DELTOID_GOLDEN=write makes
// them anew.
func TestAssumptionsAreListed(t *testing.T) {
	page, err := os.ReadFile(assumptionsFile)
	require.NoError(t, err)
	want := string(page)
	want = between(t, want, "settings", settingsTable())
	want = between(t, want, "catalogue", catalogueTable(t))
	if os.Getenv("DELTOID_GOLDEN") == "write" {
		require.NoError(t, os.WriteFile(assumptionsFile, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, string(page), "run make golden")
}

// between puts a table in place of what stands between the marks of its name.
func between(t *testing.T, page, name, table string) string {
	t.Helper()
	start, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(page, start)
	require.True(t, found, start)
	_, after, found := strings.Cut(rest, end)
	require.True(t, found, end)
	return before + start + table + end + after
}

func settingsTable() string {
	var b strings.Builder
	b.WriteString("| key | default | meaning |\n|---|---|---|\n")
	for _, setting := range capture.Settings {
		if !setting.Assumed {
			continue
		}
		value := "empty"
		if setting.Default != "" {
			value = "`" + strings.ReplaceAll(setting.Default, "|", "\\|") + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", setting.Key, value, setting.Meaning)
	}
	return b.String()
}

const data = "../assets/catalogue/data"

// catalogueTable lists the rows marked assumed and those of general knowledge, file by file; each is changed by a new dated row
// in its file, whose key is its configuration key.
func catalogueTable(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(data + "/*.csv")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	ofDiseases, err := filepath.Glob(data + "/*/*.csv")
	require.NoError(t, err)
	var b strings.Builder
	b.WriteString("| file | assumed | general knowledge |\n|---|---|---|\n")
	for _, name := range append(files, ofDiseases...) {
		assumed, general := keysMarked(t, name, "assumed"), keysMarked(t, name, "general")
		if len(assumed)+len(general) > 0 {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.TrimPrefix(filepath.ToSlash(name), data+"/"), strings.Join(assumed, ", "), strings.Join(general, ", "))
		}
	}
	return b.String()
}

func keysMarked(t *testing.T, name, mark string) []string {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err, name)
	column := map[string]int{}
	for i, title := range rows[0] {
		column[title] = i
	}
	confidence, marked := column["confidence"]
	if !marked {
		return nil
	}
	identity := column["key"]
	if i, ok := column["id"]; ok {
		identity = i
	}
	seen := map[string]bool{}
	var keys []string
	for _, row := range rows[1:] {
		if row[confidence] == mark && !seen[row[identity]] {
			seen[row[identity]] = true
			keys = append(keys, "`"+row[identity]+"`")
		}
	}
	return keys
}
