package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSamplesOfTheDemoAreThoseForReaders(t *testing.T) {
	for _, name := range sampleNames {
		embedded, err := sampleFiles.ReadFile("samples/" + name)
		require.NoError(t, err)
		shown, err := os.ReadFile(filepath.Join(samples, name))
		require.NoError(t, err)
		require.Equal(t, string(shown), string(embedded), "copy testdata/encounters/%s to cmd/deltoidctl/samples", name)
	}
}
