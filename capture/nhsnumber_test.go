package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
)

func TestParseNHSNumber(t *testing.T) {
	for name, test := range map[string]struct {
		text, want, fault string
	}{
		"plain":                 {"9434765919", "9434765919", ""},
		"3-3-4 with spaces":     {"943 476 5919", "9434765919", ""},
		"hyphens":               {"943-476-5919", "9434765919", ""},
		"pasted with odd space": {" 943\u00a0476\u20095919\n", "9434765919", ""},
		"zero width joiner":     {"943\u200d4765919", "9434765919", ""},
		"en dash":               {"943\u20134765919", "9434765919", ""},
		"nothing":               {"", "", ""},
		"only spaces":           {"   ", "", ""},
		"wrong check digit":     {"9434765918", "", "Check the NHS number: its last digit does not match the others"},
		"nine digits":           {"943476591", "", "Enter all 10 digits of the NHS number"},
		"eleven digits":         {"94347659190", "", "Enter all 10 digits of the NHS number"},
		"letters":               {"943476591O", "", "Enter the NHS number as 10 digits, for example 999 123 4578"},
		"National Insurance":    {"QQ 12 34 56 C", "", "This looks like a National Insurance number. Enter the 10-digit NHS number"},
		"check digit of ten":    {"9991234560", "", "Check the NHS number: its last digit does not match the others"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := capture.ParseNHSNumber(test.text)
			if test.fault == "" {
				require.NoError(t, err)
				assert.Equal(t, capture.NHSNumber(test.want), got)
				return
			}
			require.Error(t, err)
			faults := capture.ProblemsOf(err)
			require.Len(t, faults, 1)
			assert.Equal(t, "nhsNumber", faults[0].Field)
			assert.Equal(t, test.fault, faults[0].Message)
			assert.Empty(t, got)
		})
	}
}

func TestNHSNumberDisplay(t *testing.T) {
	assert.Equal(t, "943 476 5919", capture.NHSNumber("9434765919").Display())
	assert.Equal(t, "", capture.NHSNumber("").Display())
	assert.Equal(t, "943", capture.NHSNumber("943").Display())
	assert.True(t, capture.NHSNumber("9990000018").Test())
	assert.False(t, capture.NHSNumber("9434765919").Test())
}

func TestNHSNumberExampleInTheMessageIsValid(t *testing.T) {
	_, err := capture.ParseNHSNumber("999 123 4578")
	require.NoError(t, err, "the example we show people must itself be right")
}

func TestNHSNumberProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := drawNHSNumber(t)
		parsed, err := capture.ParseNHSNumber(number.Display())
		require.NoError(t, err)
		require.Equal(t, number, parsed)

		// Changing any one digit is noticed: that is what the check digit is for.
		at := rapid.IntRange(0, 9).Draw(t, "at")
		digit := rapid.ByteRange('0', '9').Filter(func(b byte) bool { return b != number[at] }).Draw(t, "digit")
		wrong := []byte(number)
		wrong[at] = digit
		_, err = capture.ParseNHSNumber(string(wrong))
		require.Error(t, err)
	})
}

// drawNHSNumber makes a valid number in the 999 range.
func drawNHSNumber(t *rapid.T) capture.NHSNumber {
	stem := rapid.StringMatching(`999[0-9]{6}`).Filter(func(s string) bool {
		for d := '0'; d <= '9'; d++ {
			if capture.NHSNumber(s + string(d)).Valid() {
				return true
			}
		}
		return false
	}).Draw(t, "stem")
	for d := '0'; d <= '9'; d++ {
		if number := capture.NHSNumber(stem + string(d)); number.Valid() {
			return number
		}
	}
	t.Fatal("unreachable: the filter kept only stems with a check digit")
	return ""
}

func FuzzParseNHSNumber(f *testing.F) {
	for _, seed := range []string{"943 476 5919", "QQ123456C", "", "９４３", "999\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := capture.ParseNHSNumber(text)
		if err == nil && number != "" && !number.Valid() {
			t.Fatalf("accepted %q as %q", text, number)
		}
		if err != nil && number != "" {
			t.Fatal("a refused number came back")
		}
	})
}
