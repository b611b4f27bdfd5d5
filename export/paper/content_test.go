package paper_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export/paper"
)

var (
	streams = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	shown   = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\) ?Tj`)
)

// pagesOf is the lines of text on each page, in the order they were drawn.
func pagesOf(t require.TestingT, pdf []byte) [][]string {
	require.True(t, bytes.HasPrefix(pdf, []byte("%PDF-")) && bytes.HasSuffix(bytes.TrimSpace(pdf), []byte("%%EOF")))
	var pages [][]string
	for _, stream := range streams.FindAllSubmatch(pdf, -1) {
		reader, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue
		}
		content, _ := io.ReadAll(reader)
		found := shown.FindAllSubmatch(content, -1)
		if found == nil {
			continue
		}
		var lines []string
		for _, text := range found {
			lines = append(lines, unescape(text[1]))
		}
		pages = append(pages, lines)
	}
	return pages
}

// unescape reads a PDF string of UTF-16.
func unescape(text []byte) string {
	var plain []byte
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
			if text[i] == 'r' {
				plain = append(plain, '\r')
				continue
			}
		}
		plain = append(plain, text[i])
	}
	var units []uint16
	for i := 0; i+1 < len(plain); i += 2 {
		units = append(units, uint16(plain[i])<<8|uint16(plain[i+1]))
	}
	return string(utf16.Decode(units))
}

func textOf(t require.TestingT, pdf []byte) string {
	var all []string
	for _, page := range pagesOf(t, pdf) {
		all = append(all, page...)
	}
	return strings.Join(all, "\n")
}

func TestALongListKeepsItsHeadings(t *testing.T) {
	pages := pagesOf(t, made(t, documents(t)["batch"], issue))
	require.Greater(t, len(pages), 3)
	people := map[string]int{}
	for i, page := range pages {
		assert.Contains(t, page, "Who had batch FP1430")
		assert.Contains(t, page, "NHS number")
		assert.Contains(t, page, fmt.Sprintf("Page %d of %d", i+1, len(pages)))
		assert.Contains(t, page, "Printed 12 May 2022 at 17:05 by A. Nurse", "the clinic's clock")
		for _, line := range page {
			if strings.HasPrefix(line, "MADEUP") {
				people[line]++
			}
		}
	}
	assert.Len(t, people, 199, "everybody is on the list once, beside one with a long name")
	for name, times := range people {
		assert.Equal(t, 1, times, name)
	}
}

func TestLongNamesAreWholeAndOtherLettersAreMarked(t *testing.T) {
	text := textOf(t, made(t, documents(t)["batch"], issue))
	whole := strings.ReplaceAll(text, "\n", "")
	assert.Equal(t, 5, strings.Count(whole, "Wolfeschlegelsteinhausenbergerdorff"))
	assert.Contains(t, whole, "TAUMATAWHAKATANGIHANGA-ŁÓDZIK,")
	assert.Contains(t, text, "MADEUP3, \ufffd\ufffd Zoë \ufffd")
	assert.Contains(t, text, "stands for a letter that cannot be printed")
	assert.NotContains(t, textOf(t, made(t, documents(t)["card"], issue)), "stands for a letter")
}

func TestTheCardHasTheDosesThatStand(t *testing.T) {
	text := textOf(t, made(t, documents(t)["card"], issue))
	for _, part := range []string{"MADEUP0, Jo", "4 March 1947", "943 476 5919", "10 February 2022", "12 May 2022", "First dose", "Second dose", "FP1430", "Booster: from 11 August 2022", "Tell us or your GP"} {
		assert.Contains(t, text, part)
	}
	assert.Equal(t, 2, strings.Count(text, "FP1430"), "what was deleted or not given is not on it")
	assert.Less(t, strings.Index(text, "10 February"), strings.Index(text, "Second dose"), "oldest first")
	assert.Contains(t, textOf(t, made(t, documents(t)["card-blank"], issue)), "No vaccination is recorded here yet.")
}

func TestEveryPageOfACardNamesThePerson(t *testing.T) {
	long := card()
	for i := range 40 {
		event := given(0, "2022-05-12T09:00:00Z")
		event.At = event.At.AddDate(0, 0, i)
		long.Events = append(long.Events, event)
	}
	var out bytes.Buffer
	require.NoError(t, paper.WriteCard(&out, long, known(t), issue))
	pages := pagesOf(t, out.Bytes())
	require.Greater(t, len(pages), 1)
	for _, page := range pages {
		assert.Contains(t, page, "MADEUP0, Jo")
		assert.Contains(t, page, "4 March 1947")
	}
}

func TestTheDaySheetSaysWhatBecameOfEachRecord(t *testing.T) {
	text := textOf(t, made(t, documents(t)["day-sheet"], issue))
	for _, part := range []string{
		"St Example Hall (RX8XX) · 12 May 2022", "Given, left upper arm, 0.3 ml", "Not given: The patient declined", "(corrected, version 2)", "Deleted.",
		"9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08", "1234 entries.", "The second fridge", "Ann Nurse", "10:01",
	} {
		assert.Contains(t, text, part)
	}
	assert.Contains(t, text, "Given\n2\nNot given\n1\nDeleted\n1\nRecords\n4", "the tally")
}

func TestFormsAskWhatTheScreensAsk(t *testing.T) {
	pack := forms(t)
	pages := pagesOf(t, made(t, documents(t)["forms"], issue))
	require.Len(t, pages, 4, "two forms of two sides")
	for i, page := range pages {
		assert.Contains(t, page, fmt.Sprintf("Form RX8XX-220512-%03d, page %d", i/2+1, i%2+1))
	}
	form := strings.Join(append(pages[0], pages[1]...), "\n")
	set := pack.Catalogue.At(today).QuestionSet(catalogue.COVID19)
	require.NotEmpty(t, set.Questions)
	for _, question := range set.Questions {
		assert.Contains(t, form, question.ID+" "+question.Text[:20])
	}
	for _, part := range []string{"Comirnaty 30 Ready to use, batch FP1430, use by 31 August 2022, dose 0.3 ml", "Legal mechanism: National Protocol", "The patient agrees", "Left upper arm", "The patient declined", "Keyed in by"} {
		assert.Contains(t, form, part)
	}
}

func TestAFormHasOnlyBatchesOfItsDisease(t *testing.T) {
	flu := forms(t)
	flu.Disease, flu.First, flu.Count = catalogue.Flu, 99, 1
	var out bytes.Buffer
	require.NoError(t, paper.WriteForms(&out, flu, issue))
	text := textOf(t, out.Bytes())
	assert.Contains(t, text, "Form RX8XX-220512-099, page 1")
	assert.NotContains(t, text, "batch FP1430")
}

func TestALongTitleLeavesRoomAndTheBatchIsWhole(t *testing.T) {
	list := batchList(1)
	list.Number = strings.Repeat("B", 99) + "E"
	var out bytes.Buffer
	require.NoError(t, paper.WriteBatchList(&out, list, known(t), issue))
	text := textOf(t, out.Bytes())
	assert.Contains(t, text, "BBB…")
	assert.Contains(t, strings.ReplaceAll(text, "\n", ""), list.Number)
}

func TestFormsThatCannotBePrinted(t *testing.T) {
	for name, change := range map[string]func(*paper.Forms){
		"none":       func(f *paper.Forms) { f.Count = 0 },
		"too many":   func(f *paper.Forms) { f.Count = 501 },
		"number 0":   func(f *paper.Forms) { f.First = 0 },
		"no disease": func(f *paper.Forms) { f.Disease = "MUMPS-ONLY" },
		"no day":     func(f *paper.Forms) { f.On = capture.Date{} },
	} {
		t.Run(name, func(t *testing.T) {
			pack := forms(t)
			change(&pack)
			var out bytes.Buffer
			assert.Equal(t, capture.Invalid, capture.CodeOf(paper.WriteForms(&out, pack, issue)))
			assert.Empty(t, out.Bytes())
		})
	}
}

func TestTotalsAddUpOrSayWhatDoesNot(t *testing.T) {
	text := textOf(t, made(t, documents(t)["totals"], issue))
	assert.Contains(t, text, "By hour\n09:00\n12\n10:00\n31\n11:00\n28\n12:00\n0\n13:00\n17\nTogether\n88")
	assert.Contains(t, text, "Difference: 1 dose of batch FP1431")
	assert.NotContains(t, text, "Everything adds up")
	good := totals()
	good.Differences = nil
	var out bytes.Buffer
	require.NoError(t, paper.WriteTotals(&out, good, issue))
	assert.Contains(t, textOf(t, out.Bytes()), "Everything adds up.")
}

func TestTrainingIsSaidOnEveryPage(t *testing.T) {
	for name, write := range documents(t) {
		training := issue
		training.Training = true
		for _, page := range pagesOf(t, made(t, write, training)) {
			assert.Contains(t, page, "TRAINING", name)
		}
		assert.NotContains(t, textOf(t, made(t, write, issue)), "TRAINING", name)
	}
}

func TestNoPatientIsNamedOutsideThePages(t *testing.T) {
	for name, write := range documents(t) {
		outside := streams.ReplaceAll(made(t, write, issue), nil)
		for _, detail := range []string{"Jo", "MADEUP", "Madeup", "943 476", "4 March"} {
			wide := ""
			for _, r := range detail {
				wide += "\x00" + string(r)
			}
			assert.NotContains(t, string(outside), detail, name)
			assert.NotContains(t, string(outside), wide, name)
		}
		assert.Contains(t, string(outside), "D:20220512160500", "the day of printing is handed in")
	}
}

func TestAnyNameCanBePrinted(t *testing.T) {
	loaded := known(t)
	rapid.Check(t, func(t *rapid.T) {
		list := batchList(3)
		list.Had[0].Event.Person.Forename = rapid.String().Draw(t, "forename")
		list.Had[1].Event.Person.Surname = rapid.StringOfN(rapid.Rune(), 0, 300, -1).Draw(t, "surname")
		var out bytes.Buffer
		require.NoError(t, paper.WriteBatchList(&out, list, loaded, issue))
		pagesOf(t, out.Bytes())
	})
}

var errDisk = errors.New("disk is full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errDisk }

func TestAFullDiskIsTold(t *testing.T) {
	for name, write := range documents(t) {
		assert.ErrorIs(t, write(fullDisk{}, issue), errDisk, name)
	}
}

func TestFormNumbersOfADay(t *testing.T) {
	assert.Equal(t, "RX8XX-220512-007", paper.FormNumber(hall, today, 7))
	assert.Equal(t, time.Date(2022, 5, 12, 16, 5, 0, 0, time.UTC), issue.At)
}

func BenchmarkBatchList(b *testing.B) {
	loaded := known(b)
	list := batchList(200)
	for b.Loop() {
		require.NoError(b, paper.WriteBatchList(io.Discard, list, loaded, issue))
	}
}
