package export_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

const (
	fileAnswerHeader = "MESSAGE_HEADER_ID|HEADER_RESPONSE_CODE|ISSUE_SEVERITY|ISSUE_CODE|ISSUE_DETAILS_CODE|RESPONSE_TYPE|RESPONSE_CODE|RESPONSE_DISPLAY|RECEIVED_TIME|MAILBOX_FROM|LOCAL_ID|MESSAGE_DELIVERY\r\n"
	rowAnswerHeader  = "MESSAGE_HEADER_ID|HEADER_RESPONSE_CODE|ISSUE_SEVERITY|ISSUE_CODE|ISSUE_DETAILS_CODE|RESPONSE_TYPE|RESPONSE_CODE|RESPONSE_DISPLAY|RECEIVED_TIME|MAILBOX_FROM|LOCAL_ID|IMMS_ID|OPERATION_OUTCOME|MESSAGE_DELIVERY\r\n"
)

func TestAnswerAboutAFile(t *testing.T) {
	read := func(row string) (export.FileAnswer, error) {
		return export.ReadFileAnswer(strings.NewReader(fileAnswerHeader + row))
	}
	good, err := read("m|Success|Information|OK|20013|Technical|20013|Success|20220512T10000000|||True\r\n")
	require.NoError(t, err)
	assert.True(t, good.Taken)
	assert.Equal(t, 10, good.At.Hour())
	for _, contradiction := range []string{
		"m|Failure|Fatal|Fatal Error|10001|Technical|10002|Infrastructure Level Response Value - Processing Error|20220512T10000000|||False\r\n",
		"m|Success|Information|OK|20013|Technical|20013|Success|20220512T10000000|||False\r\n",
		"m|Success|Information|OK|20013|Technical|10002|Success|20220512T10000000|||True\r\n",
		"m|Failure|Information|OK|20013|Technical|20013|Success|20220512T10000000|||True\r\n",
	} {
		answer, err := read(contradiction)
		require.NoError(t, err)
		assert.False(t, answer.Taken, contradiction)
	}
	for name, text := range map[string]string{
		"empty": "", "no row": fileAnswerHeader, "no header": "m|Success|Information|OK|20013|Technical|20013|Success|20220512T10000000|||True\r\n",
		"too short": fileAnswerHeader + "m|Success\r\n", "an answer about rows": rowAnswerHeader, "open quotes": fileAnswerHeader + "\"m|",
	} {
		_, err := export.ReadFileAnswer(strings.NewReader(text))
		assert.Equal(t, capture.Invalid, capture.CodeOf(err), name)
	}
}

func TestAnswersAboutRows(t *testing.T) {
	var all []export.RowAnswer
	take := func(answer export.RowAnswer) error { all = append(all, answer); return nil }
	text := rowAnswerHeader +
		"m^1|OK|Information|OK|30001|Business|30001|Success|20220512T10000000||e1^https://x|i1||True\r\n" +
		"m^2|Fatal Error|Fatal|Fatal Error|30002|Business|30002|Business Level Response Value - Processing Error|20220512T10000000||e2^https://x||\"one;\ntwo\"|False\r\n" +
		"m|OK|Information|OK|30001|Business|30002|Success|20220512T10000000||e3^https://x|||True\r\n"
	require.NoError(t, export.ReadRowAnswers(strings.NewReader(text), take))
	assert.Equal(t, []export.RowAnswer{
		{Row: 1, ID: "e1", URI: "https://x", Accepted: true},
		{Row: 2, ID: "e2", URI: "https://x", Diagnostics: "one; two"},
		{ID: "e3", URI: "https://x"}, // one sign of two is no yes
	}, all)
	all = nil
	require.NoError(t, export.ReadRowAnswers(strings.NewReader(rowAnswerHeader), take), "later files list failures only")
	assert.Empty(t, all)
	require.Error(t, export.ReadRowAnswers(strings.NewReader(rowAnswerHeader+"m|OK|Information|OK|30001|Business|30001|Success|20220512T10000000||||||True\r\n"), take))
	assert.True(t, export.IsAnswer("COVID19_Vaccinations_v4_X26DEL_20220520T01000000_infack_20220520T02000000.csv"))
	assert.False(t, export.IsAnswer("COVID19_Vaccinations_v4_X26DEL_20220520T01000000.csv"))
}

func TestOnlyACompleteAnswerIsSuccess(t *testing.T) {
	delivery := export.Delivery{Rows: 3}
	assert.False(t, delivery.Complete(), "nothing was said")
	for _, test := range []struct {
		answer export.Answered
		want   bool
	}{
		{export.Answered{Taken: true, Unsaid: 3}, false},
		{export.Answered{Taken: true, RowsAt: buildTime, Rejected: 1, Unsaid: 2}, false},
		{export.Answered{Taken: true, RowsAt: buildTime, Rejected: 1, Accepted: 2}, true},
		{export.Answered{RowsAt: buildTime, Accepted: 3}, false},
		{export.Answered{Taken: true, Accepted: 3}, false},
		{export.Answered{Taken: true, RowsAt: buildTime, Accepted: 2}, false},
	} {
		delivery.Answer = &test.answer
		assert.Equal(t, test.want, delivery.Complete(), "%+v", test.answer)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add(rowAnswerHeader + "m^1|OK|Information|OK|30001|Business|30001|Success|20220512T10000000||e1^u|i1||True\r\n")
	f.Add(fileAnswerHeader + "m|Success|Information|OK|20013|Technical|20013|Success|20220512T10000000|||True\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = export.ReadFileAnswer(strings.NewReader(text))
		_ = export.ReadRowAnswers(strings.NewReader(text), func(answer export.RowAnswer) error {
			require.True(t, answer.Row > 0 || answer.ID != "")
			return nil
		})
	})
}
