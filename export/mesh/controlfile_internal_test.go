package mesh

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzControlFile(f *testing.F) {
	for _, seed := range []string{
		"", "<DTSControl/>", "<a/>", "<DTSControl><To_DTS>A</To_DTS><StatusRecord><Status>SUCCESS</Status></StatusRecord></DTSControl>",
		"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-16'?><DTSControl><LocalId>\xff</LocalId></DTSControl>", "<DTSControl><DTSControl/>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := parseControlFile(text)
		if err != nil {
			return
		}
		for _, value := range c.values() {
			checkText(t, *value)
		}
		var written bytes.Buffer
		require.NoError(t, c.write(&written))
		again, err := parseControlFile(written.Bytes())
		require.NoError(t, err)
		require.Equal(t, c.headers("x"), again.headers("x"))
	})
}
