package cmd_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The acceptance cases of the clinical rules are tests named by their numbers, TestT01_… to TestT35_…, each in the room that does
// the work. This fails while one has no test.
func TestEveryAcceptanceCaseHasItsTest(t *testing.T) {
	rooms := testsByRoom(t)
	for number := 1; number <= 35; number++ {
		prefix := fmt.Sprintf("TestT%02d_", number)
		var where []string
		for room, names := range rooms {
			for _, name := range names {
				if strings.HasPrefix(name, prefix) {
					where = append(where, room+" "+name)
				}
			}
		}
		assert.NotEmpty(t, where, "no test is named %s…", prefix)
	}
}
