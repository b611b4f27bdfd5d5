package cmd_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const hazardLog = "../docs/hazard-log.md"

var hazardColumns = []string{
	"id", "area", "hazard", "cause", "effect", "initial risk (proposed)", "control", "tested in", "residual risk (proposed)", "status",
}

// tableWith reads the rows of the table of a page whose first columns are these.
func tableWith(t *testing.T, page string, columns ...string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(page)
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(raw), "| "+strings.Join(columns, " | ")+" |\n")
	require.True(t, found, "no table %v", columns)
	var rows [][]string
	for i, line := range strings.Split(rest, "\n") {
		if !strings.HasPrefix(line, "|") {
			break
		}
		if i == 0 {
			continue // the line below the header
		}
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		rows = append(rows, cells)
	}
	return rows
}

var proofOfARoom = regexp.MustCompile("^`([a-z/0-9]+)` (.+)$")

// A control is worth what its test proves, so every test that the log names must be there, in the room it names.
func TestEveryTestOfTheHazardLogExists(t *testing.T) {
	rooms := testsByRoom(t)
	for _, hazard := range tableWith(t, hazardLog, hazardColumns...) {
		for proof := range strings.SplitSeq(hazard[slices.Index(hazardColumns, "tested in")], ";") {
			match := proofOfARoom.FindStringSubmatch(strings.TrimSpace(proof))
			if !assert.NotNil(t, match, "%s: %q does not name a room and its tests", hazard[0], proof) {
				continue
			}
			for name := range strings.SplitSeq(match[2], ",") {
				assert.Contains(t, rooms[match[1]], strings.TrimSpace(name), "%s in %s", hazard[0], match[1])
			}
		}
	}
}

// The log is whole: ids in order, no empty cell, and each risk is what the matrix gives for its severity and likelihood.
func TestHazardLogIsSound(t *testing.T) {
	severities := []string{"Minor", "Significant", "Considerable", "Major", "Catastrophic"}
	risk := map[string]string{}
	for _, row := range tableWith(t, hazardLog, append([]string{"likelihood"}, severities...)...) {
		for i, severity := range severities {
			risk[severity+", "+strings.ToLower(row[0])] = row[i+1]
		}
	}
	require.Len(t, risk, 25)
	var ids []string
	for _, hazard := range tableWith(t, hazardLog, hazardColumns...) {
		require.Len(t, hazard, len(hazardColumns), hazard[0])
		assert.NotContains(t, hazard, "", hazard[0])
		assert.NotContains(t, ids, hazard[0])
		ids = append(ids, hazard[0])
		rated := map[string]string{}
		for _, column := range []string{"initial risk (proposed)", "residual risk (proposed)"} {
			words, number, _ := strings.Cut(hazard[slices.Index(hazardColumns, column)], ": ")
			assert.Equal(t, risk[words], number, "%s: %s", hazard[0], words)
			rated[column] = number
		}
		assert.LessOrEqual(t, rated["residual risk (proposed)"], rated["initial risk (proposed)"], "%s: controls add no risk", hazard[0])
		assert.Equal(t, "Open", hazard[len(hazard)-1], "%s: only a safety officer closes a hazard", hazard[0])
	}
	assert.True(t, slices.IsSorted(ids), "ids in order")
	assert.NotEmpty(t, ids)
}
