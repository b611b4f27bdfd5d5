package export_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// choices are what a random event of an extract may be about. Every vaccine and choice is in force in all of the season.
type choices struct {
	kind     export.Kind
	products []string
	doses    []catalogue.DoseKind
	refusals []string
	from, to time.Time
}

var anyOf = []choices{
	{
		export.Covid, []string{"comirnaty30_conc", "spikevax", "vaxzevria"},
		[]catalogue.DoseKind{catalogue.Primary1, catalogue.Primary2, catalogue.ThirdPrimary, catalogue.Booster1, catalogue.SpringBooster},
		[]string{"unwell", "declined", "contraindicated"}, day("2022-02-01"), day("2022-05-10"),
	},
	{export.Flu, []string{"flucelvax_tetra", "fluad_tetra"}, []catalogue.DoseKind{"flu_first", "flu_second"}, []string{"declined", "contraindicated"}, day("2021-10-01"), day("2022-03-01")},
	{export.MMR, []string{"priorix", "mmrvaxpro"}, []catalogue.DoseKind{"mmr_first", "mmr_second"}, []string{"declined", "contraindicated"}, day("2022-02-01"), day("2022-05-10")},
}

func day(text string) time.Time { return catalogue.MustDate(text).Start() }

// event is one with texts of any kind, most of which make a row that can be sent.
func (c choices) event(r *rapid.T, s *sample) capture.Event {
	at := time.Unix(rapid.Int64Range(c.from.Unix(), c.to.Unix()).Draw(r, "at"), 0).UTC().Format(time.RFC3339)
	product, dose := rapid.SampledFrom(c.products).Draw(r, "product"), rapid.SampledFrom(c.doses).Draw(r, "dose")
	var event capture.Event
	if rapid.Bool().Draw(r, "not given") {
		event = s.notGiven(at, product, dose, rapid.SampledFrom(c.refusals).Draw(r, "refusal"))
	} else {
		event = s.given(at, product, dose)
		event.Given.BatchNumber = rapid.StringN(1, 110, -1).Draw(r, "batch")
		event.Given.Amount = rapid.StringMatching(`0\.[0-9]{1,5}`).Draw(r, "amount")
	}
	event.Person.Forename = rapid.StringN(1, 60, -1).Draw(r, "forename")
	event.Person.Surname = rapid.StringN(1, 40, -1).Draw(r, "surname")
	event.Person.Gender = rapid.SampledFrom([]string{"0", "1", "2", "9"}).Draw(r, "gender")
	event.Person.BirthDate = catalogue.MustDate("1930-01-01").AddDays(rapid.IntRange(0, 30_000).Draw(r, "born"))
	event.Site.Name = rapid.StringN(1, 40, -1).Draw(r, "site")
	return event
}

// inFile is a text as a file must carry it: on one line.
func inFile(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text))
}

// utcStamp is a moment as a file must carry it.
func utcStamp(at time.Time) string { return at.UTC().Format("20060102T150405") + "00" }

// doseStamp is the moment of a dose; midnight in London is a time that nobody knows, of which the day must be right.
func doseStamp(at time.Time) string {
	if london := at.In(catalogue.London); london.Format("150405") == "000000" {
		return london.Format("20060102T15040500")
	}
	return utcStamp(at)
}

// rowsByName reads a file by hand: the values of each row by column.
func rowsByName(t testing.TB, content []byte) []map[string]string {
	rows := byHand(t, content)
	all := make([]map[string]string, len(rows)-1)
	for n, row := range rows[1:] {
		require.Len(t, row, len(rows[0]))
		all[n] = map[string]string{}
		for i, name := range rows[0] {
			all[n][name] = row[i]
		}
	}
	return all
}

// requireSame requires that a row says what an event says, without the help of the table it was made by.
func requireSame(r *rapid.T, event capture.Event, row map[string]string) {
	given, words := capture.Given{}, map[bool]string{true: "TRUE", false: "FALSE"}
	want := map[string]string{
		"UNIQUE_ID": event.ID, "ACTION_FLAG": "new", "DATE_AND_TIME": doseStamp(event.At), "RECORDED_DATE": event.RecordedAt.In(catalogue.London).Format("20060102"),
		"PERSON_FORENAME": inFile(event.Person.Forename), "PERSON_SURNAME": inFile(event.Person.Surname), "PERSON_GENDER_CODE": event.Person.Gender,
		"PERSON_DOB": strings.ReplaceAll(event.Person.BirthDate.String(), "-", ""), "NHS_NUMBER": string(event.Person.NHSNumber),
		"NOT_GIVEN": words[event.NotGiven != nil], "VACCINE_PRODUCT_CODE": event.Product.Code, "SITE_CODE": event.Site.Code,
		"REASON_NOT_GIVEN_CODE": "", "VACCINATION_SITUATION_CODE": "",
	}
	if event.NotGiven != nil {
		want["REASON_NOT_GIVEN_CODE"], want["VACCINATION_SITUATION_CODE"] = event.NotGiven.Reason.Code, event.NotGiven.Situation.Code
	} else {
		given = *event.Given
		want["EXPIRY_DATE"] = strings.ReplaceAll(given.Expiry.String(), "-", "")
	}
	want["BATCH_NUMBER"], want["DOSE_AMOUNT"] = inFile(given.BatchNumber), given.Amount
	want["VACCINATION_PROCEDURE_CODE"], want["ROUTE_OF_VACCINATION_CODE"] = given.Procedure.Code, given.Route.Code
	for name, value := range want {
		require.Equal(r, value, row[name], name)
	}
}

func TestAnyEventsComeBackFromTheFile(t *testing.T) {
	s := newSample(t)
	for _, c := range anyOf {
		t.Run(string(c.kind), func(t *testing.T) {
			sent := 0
			rapid.Check(t, func(r *rapid.T) {
				ledger := newMemory()
				ledger.kinds = []export.Kind{c.kind}
				ledger.configuration = capture.Configuration{string(c.kind) + ".site_name_column": rapid.SampledFrom([]string{"false", "true"}).Draw(r, "site name")}
				sheet := export.NewSheet(profileOf(c.kind), ledger.configuration, s.known)
				var want []capture.Event
				for range rapid.IntRange(0, 6).Draw(r, "events") {
					event := c.event(r, s)
					ledger.commit(event)
					if len(sheet.Check(&event, capture.ActionNew, buildTime)) == 0 {
						want = append(want, event)
					}
				}
				delivery, report, err := builderFor(t, ledger).Build(t.Context(), c.kind, buildTime, nil)
				require.NoError(r, err)
				require.Equal(r, len(want), report.Rows)
				if sent += report.Rows; delivery.ID == "" {
					return
				}
				content := ledger.content[delivery.ID]
				rows := rowsByName(t, content)
				require.Len(r, rows, len(want))
				for i, event := range want {
					requireSame(r, event, rows[i])
					require.Equal(r, sheet.Row(nil, &event, capture.ActionNew), byHand(t, content)[i+1])
				}
				found, err := sheet.CheckFile(bytes.NewReader(content), buildTime)
				require.NoError(r, err)
				require.True(r, found.OK())
			})
			t.Log(sent, "rows")
		})
	}
}

func TestAnyAnswersComeBackFromTheFile(t *testing.T) {
	s := newSample(t)
	rapid.Check(t, func(r *rapid.T) {
		ledger := newMemory()
		ledger.kinds = []export.Kind{export.Covid, export.AttributeRows}
		want := map[string]string{}
		for range rapid.IntRange(1, 6).Draw(r, "events") {
			event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
			event.Additional.HealthCareWorker = rapid.SampledFrom([]string{"", "yes", "no"}).Draw(r, "health care worker")
			event.Additional.Employer = rapid.String().Draw(r, "employer") // of a question that is not sent
			event.Eligibility = rapid.SampledFrom([]string{"", "age", "health-care-worker"}).Draw(r, "eligibility")
			event.Person.Surname = rapid.StringN(1, 40, -1).Draw(r, "surname")
			ledger.commit(event)
			if len(covidSheet(nil, s.known).Check(&event, capture.ActionNew, buildTime)) > 0 {
				continue // held back, and its answers wait
			}
			switch {
			case event.Additional.HealthCareWorker == "yes", event.Additional.HealthCareWorker == "" && event.Eligibility == "health-care-worker":
				want[event.ID] = "YES"
			case event.Additional.HealthCareWorker == "no":
				want[event.ID] = "NO"
			default:
				want[event.ID] = "NOT_SPECIFIED"
			}
		}
		builder := builderFor(t, ledger)
		build(t, builder)
		delivery, _, err := builder.Build(t.Context(), export.AttributeRows, buildTime, nil)
		require.NoError(r, err)
		got := map[string]string{}
		if delivery.ID != "" {
			for _, row := range rowsByName(t, ledger.content[delivery.ID]) {
				require.Equal(r, []string{"003", "new", "20220512"}, []string{row["ATTRIBUTE_ID"], row["ACTION_FLAG"], row["RECORDED_DATE"]})
				got[row["VACCINATION_UNIQUE_ID"]] = row["ATTRIBUTE_VALUE"]
			}
		}
		require.Equal(r, want, got)
	})
}

func TestAnyReactionsComeBackFromTheFile(t *testing.T) {
	s := newSample(t)
	event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	rapid.Check(t, func(r *rapid.T) {
		ledger := &withReactions{memory: newMemory(), covid: 1}
		want := map[string]capture.Reaction{}
		for n := range rapid.IntRange(1, 6).Draw(r, "reactions") {
			reaction := reactionTo(event)("reaction-"+strconv.Itoa(n), 1, capture.ActionNew)
			reaction.Description, reaction.Evidence = "saw "+rapid.StringN(0, 250, -1).Draw(r, "description"), "as "+rapid.StringN(0, 250, -1).Draw(r, "evidence")
			reaction.Type = rapid.SampledFrom([]string{"allergy", "intolerance"}).Draw(r, "type")
			reaction.Onset = event.At.Add(time.Duration(rapid.IntRange(0, 900).Draw(r, "seconds")) * time.Second)
			ledger.waiting = append(ledger.waiting, export.Waiting{Event: event, Seqs: []int64{int64(n)}, Reaction: reaction})
			want[reaction.ID] = *reaction
		}
		builder := builderFor(t, ledger.memory)
		builder.Ledger = ledger
		delivery, report, err := builder.Build(t.Context(), export.ReactionRows, buildTime, nil)
		require.NoError(r, err)
		require.Equal(r, len(want), report.Rows, "%v", report.HeldBack)
		for _, row := range rowsByName(t, ledger.content[delivery.ID]) {
			reaction := want[row["UNIQUE_ID"]]
			delete(want, reaction.ID)
			for name, value := range map[string]string{
				"VACCINATION_UNIQUE_ID": event.ID, "ACTION_FLAG": "new", "REACTION_DESCRIPTION": inFile(reaction.Description), "EVIDENCE": inFile(reaction.Evidence),
				"TYPE_OF_REACTION": reaction.Type, "REACTION_SEVERITY": "severe", "VERIFICATION_STATUS": "confirmed", "ONSET": utcStamp(reaction.Onset),
				"CAUSATIVE_AGENT_CODE": event.Product.Code, "REACTION_CODE": "39579001", "RECORDED_DATE": "20220512",
			} {
				require.Equal(r, value, row[name], name)
			}
		}
		require.Empty(r, want)
	})
}

// counted is what one row of counts is about, without the dose.
type counted struct{ hour, site, product, band string }

func TestAnyEventsAreCountedInTheFile(t *testing.T) {
	s := newSample(t)
	covid := anyOf[0]
	covid.from, covid.to = day("2022-05-05"), day("2022-05-06").Add(-time.Second) // one day in London, 23:00 to 23:00 UTC
	rapid.Check(t, func(r *rapid.T) {
		ledger := newMemory()
		ledger.kinds = []export.Kind{export.Hourly}
		given, notGiven, total := map[counted]int{}, map[counted]int{}, 0
		for range rapid.IntRange(1, 12).Draw(r, "events") {
			event := covid.event(r, s)
			event.Site.Code = rapid.SampledFrom([]string{"RX8XX", "RX9YY"}).Draw(r, "site code")
			ledger.commit(event)
			key := counted{utcStamp(event.At.Truncate(time.Hour)), event.Site.Code, event.Product.Code, bandOf(event)}
			if event.Given != nil {
				given[key]++
				total++
			} else {
				notGiven[key]++
			}
		}
		builder := builderFor(t, ledger)
		builder.Now = func() time.Time { return covid.to.Add(15 * time.Minute) }
		delivery, report, err := builder.Build(t.Context(), export.Hourly, covid.to.Add(10*time.Minute), nil)
		require.NoError(r, err)
		require.Empty(r, report.HeldBack)
		gotGiven, gotNot, since := map[counted]int{}, map[counted]int{}, map[string]int{}
		for _, row := range rowsByName(t, ledger.content[delivery.ID]) {
			key := counted{row["PERIOD_START"], row["SITE_CODE"], row["VACCINE_PRODUCT_CODE"], row["AGE_BAND"]}
			start, err := time.Parse("20060102T15040500", row["PERIOD_START"])
			require.NoError(r, err)
			require.Equal(r, utcStamp(start.Add(time.Hour)), row["PERIOD_END"])
			add(r, gotGiven, key, row["GIVEN_COUNT"])
			add(r, gotNot, key, row["NOT_GIVEN_COUNT"])
			since[strings.Join([]string{key.site, key.product, key.band, row["VACCINATION_PROCEDURE_CODE"], row["DOSE_SEQUENCE"]}, " ")], err = strconv.Atoi(row["GIVEN_CUMULATIVE_DAY"])
			require.NoError(r, err)
		}
		assert.Equal(r, given, gotGiven)
		assert.Equal(r, notGiven, gotNot)
		for _, n := range since { // the last row of each stands: hours come in order
			total -= n
		}
		assert.Zero(r, total, "the sums since midnight are those of the day")
	})
}

func add(r *rapid.T, sums map[counted]int, key counted, count string) {
	n, err := strconv.Atoi(count)
	require.NoError(r, err)
	if n > 0 {
		sums[key] += n
	}
}

// bandOf is the band of somebody's age on the day, by the list in the specification.
func bandOf(event capture.Event) string {
	age := event.Person.Age(event.Day())
	for _, band := range strings.Fields("0-4 5-11 12-15 16-17 18-29 30-39 40-49 50-54 55-59 60-64 65-69 70-74 75-79") {
		_, last, _ := strings.Cut(band, "-")
		if oldest, _ := strconv.Atoi(last); age <= oldest {
			return band
		}
	}
	return "80+"
}
