package capture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func TestConfiguration(t *testing.T) {
	configuration := capture.Configuration{"covid.delimiter": "¬"}
	assert.Equal(t, "¬", configuration.Get("covid.delimiter"))
	assert.Equal(t, "utc00", configuration.Get("datetime.mode"), "a key that is not set has its default")
	assert.Empty(t, configuration.Get("no.such.key"))
	require.NoError(t, configuration.Check().Err())

	faults := capture.Configuration{"no.such.key": "x", "datetime.mode": "noon"}.Check()
	assert.Len(t, faults, 2)

	for value, right := range map[string]bool{"20:00": true, "00:00": true, "off": true, "24:00": false, "8:00": false, "evening": false, "20:60": false} {
		assert.Equal(t, right, len(capture.Configuration{"schedule.daily": value}.Check()) == 0, value)
	}
}

func TestSettingsAreSound(t *testing.T) {
	seen := map[string]bool{}
	for _, setting := range capture.Settings {
		assert.False(t, seen[setting.Key], "%s is listed twice", setting.Key)
		seen[setting.Key] = true
		assert.NotEmpty(t, setting.Meaning, setting.Key)
		if len(setting.Options) > 0 {
			assert.Contains(t, setting.Options, setting.Default, setting.Key)
		}
	}
}

func TestWhenTheWindowLocks(t *testing.T) {
	for value, minutes := range map[string]int{"": 5, "soon": 5, "-1": 5, "0": 0, "12": 12} {
		configuration := capture.Configuration{}
		if value != "" {
			configuration[capture.LockMinutes] = value
		}
		assert.Equal(t, time.Duration(minutes)*time.Minute, configuration.LockAfter(), value)
	}
}
