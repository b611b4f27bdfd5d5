package main

import (
	"embed"
	"io"
)

// sampleFiles are the good samples of testdata/encounters; a test keeps the two the same.
//
//go:embed samples/*.json
var sampleFiles embed.FS

// sampleNames are the samples in the order in which the demo records them.
var sampleNames = []string{"given.json", "booster.json", "child.json", "not-given.json", "declined.json"}

func openSample(name string) (io.ReadCloser, error) { return sampleFiles.Open("samples/" + name) }
