package export

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
)

var fuzzNow = time.Date(2022, 5, 20, 1, 0, 0, 0, time.UTC)

func TestParseStampVectors(t *testing.T) {
	for text, want := range map[string]string{
		"20220514T10081501": "2022-05-14T09:08:15Z",
		"20220512T13195100": "2022-05-12T13:19:51Z",
		"20210823T17010200": "2021-08-23T17:01:02Z",
		"20211031T01300001": "2021-10-31T00:30:00Z",
		"20211031T01300000": "2021-10-31T01:30:00Z",
	} {
		got, ok := parseStamp(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got.Format(time.RFC3339), text)
	}
	for _, text := range []string{
		"", "20220514", "20220514T100815", "20220514T10081509", "20221314T10081500", "20220532T10081500", "20220514T25081500",
		"20220514T10601500", "20220514T10086000", "20220514 10081500", "2022-05-14T10:08:15Z", "20220514T1008150+1",
	} {
		_, ok := parseStamp(text)
		assert.False(t, ok, text)
	}
}

func TestStampsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(1_577_836_800, 1_893_456_000).Draw(t, "second"), 0).UTC() // 2020 to 2029
		for _, mode := range []bool{false, true} {
			got, ok := parseStamp((&settings{localTime: mode}).stamp(at))
			assert.True(t, ok)
			assert.True(t, got.Equal(at))
		}
		day, ok := parseCompact(compact(catalogue.DateOf(at)))
		assert.True(t, ok)
		assert.Equal(t, catalogue.DateOf(at), day)
	})
}

func TestEventStampKeepsTheClinicsDayAtMidnight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := catalogue.MustDate("2021-01-01").AddDays(rapid.IntRange(0, 1000).Draw(t, "days"))
		assert.Equal(t, day.Compact()+"T00000000", (&settings{}).eventStamp(day.Start()))
	})
}
