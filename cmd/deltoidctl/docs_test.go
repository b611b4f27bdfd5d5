package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDocsNameEveryCommandAndFlag(t *testing.T) {
	raw, err := os.ReadFile("../../docs/deltoidctl.md")
	require.NoError(t, err)
	docs := string(raw)
	parser, err := kong.New(&cli{}, kong.Vars{"version": ""})
	require.NoError(t, err)
	for _, command := range parser.Model.Leaves(false) {
		for _, word := range strings.Fields(command.Path()) {
			assert.Contains(t, docs, word, command.Path())
		}
		for _, flag := range command.Flags {
			assert.Contains(t, docs, "--"+flag.Name, command.Path())
		}
	}
}

func TestEncounterInTheDocsIsRecorded(t *testing.T) {
	raw, err := os.ReadFile("../../docs/deltoidctl.md")
	require.NoError(t, err)
	example := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(raw)
	require.NotNil(t, example)
	file, faults := read(t, string(example[1]))
	require.Empty(t, faults)
	done, err := recordOne(t.Context(), mustTrain(t), file, nil)
	require.NoError(t, err)
	require.Equal(t, recorded, done.Outcome, done.Faults)
}
