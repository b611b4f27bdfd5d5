package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"deltoid/capture"
)

func TestFactAsPeopleReadIt(t *testing.T) {
	for want, fact := range map[string]capture.Fact{
		"age: 75":                              {Name: "age", Value: "75"},
		"days since last: 173":                 {Name: "days_since_last", Label: "days since last", Value: "173"},
		"Are you unwell today? yes":            {Name: "C01", Label: "Are you unwell today?", Value: "yes"},
		"Which substance? Polyethylene glycol": {Name: "C06_substance", Label: "Which substance?", Value: "peg", Words: "Polyethylene glycol"},
	} {
		assert.Equal(t, want, fact.String())
	}
}

func TestOutcomesAreRanked(t *testing.T) {
	ranked := []capture.Outcome{capture.Proceed, capture.Caution, capture.SeekAdvice, capture.Defer, capture.Contraindicated}
	for i := 1; i < len(ranked); i++ {
		assert.Greater(t, ranked[i].Severity(), ranked[i-1].Severity())
	}
}
