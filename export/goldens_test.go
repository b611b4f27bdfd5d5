package export_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// goldenCase is the golden file of one extract: what was sent before, and what the file is made of.
type goldenCase struct {
	name  string
	kind  export.Kind
	built time.Time
	first []capture.Event // in an earlier file
	then  []capture.Event
}

const (
	longForename = "Wolfeschlegelsteinhausenbergerdorff" // 35 characters
	longBatch    = "BATCH-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-012345"
)

// awkward are the people and texts that every extract must carry as they are.
func awkward(give func(at string) capture.Event) []capture.Event {
	five := give("2022-03-27T00:59:59Z") // last second before the clocks go forward
	five.Person.Forename = "Anna Béatrice Carys Dafydd-Rhys Éowyn"
	long := give("2022-03-27T02:00:00+01:00") // first second after
	long.Person.Forename = strings.Repeat(longForename+" ", 5)[:180]
	long.Person.Surname = longForename
	long.Given.BatchNumber = longBatch
	quoted := give("2021-10-31T01:30:00+01:00") // first pass of the hour that comes twice
	quoted.Person.Forename, quoted.Person.Surname = `Zoë "Zed"`, "O'Fable|Łodzik ¬ Ó Scéal"
	quoted.Given.BatchNumber = "FP \"12\"|34"
	nobody := give("2021-10-31T01:30:00Z") // second pass
	nobody.Person.NHSNumber, nobody.Person.NHSNumberStatus, nobody.Person.Postcode = "", "03", capture.PostcodeNotKnown
	abroad := give("2022-01-15T09:00:00Z")
	abroad.Site, abroad.SiteURI = capture.Site{Code: "223366009", Name: "Example country"}, "http://snomed.info/sct"
	abroad.PrimarySource, abroad.ReportOrigin = false, "A81001"
	broken := give("2022-05-14T10:08:15+01:00")
	broken.Person.Surname = "Two\r\nLines\tand a tab"
	return []capture.Event{five, long, quoted, nobody, abroad, broken}
}

func goldenCases(t testing.TB) []goldenCase {
	s := newSample(t)
	covid := func(at string) capture.Event { return s.given(at, "comirnaty30_conc", catalogue.Primary1) }
	flu := func(at string) capture.Event { return s.given(at, "flucelvax_tetra", "flu_first") }
	mmr := func(at string) capture.Event { return s.given(at, "priorix", "mmr_first") }

	nasal := s.given("2021-11-02T10:00:00Z", "fluenz_tetra", "flu_second")
	nasal.Person.BirthDate, nasal.Person.Forename = catalogue.MustDate("2017-02-28"), "Omar"
	nose, _ := s.known.At(nasal.Day()).Site("nasal-cavity")
	route, _ := s.known.At(nasal.Day()).Route("nasal")
	nasal.Given.BodySite, nasal.Given.Route = capture.Coded{Code: nose.Code, Term: nose.Term}, capture.Coded{Code: route.Code, Term: route.Term}
	fluSent := flu("2021-11-03T10:00:00Z")
	child := s.given("2022-05-12T10:00:00Z", "mmrvaxpro", "mmr_second")
	child.Person.BirthDate, child.PrimarySource, child.ReportOrigin = catalogue.MustDate("2018-02-28"), false, "A81001"
	mmrSent := mmr("2022-05-12T11:00:00Z")

	yes, no := covid("2022-05-12T10:00:00Z"), covid("2022-05-12T10:05:00Z")
	yes.Additional.HealthCareWorker, no.Additional.HealthCareWorker = "yes", "no"
	group := covid("2022-05-12T10:10:00Z")
	group.Eligibility = "health-care-worker"
	sent, gone := covid("2022-05-12T09:00:00Z"), covid("2022-05-12T09:05:00Z")
	changed := later(sent, capture.ActionUpdate)
	changed.Additional.HealthCareWorker = "yes"

	older := s.given("2022-05-19T23:10:00Z", "spikevax", catalogue.SpringBooster) // ten past midnight in London
	older.Person.BirthDate = catalogue.MustDate("1940-04-09")
	v5Sent := covid("2022-05-12T12:00:00Z")
	return []goldenCase{
		{"covid_v4_awkward", export.Covid, buildTime, nil, awkward(covid)},
		{"flu_v2", export.Flu, buildTime, []capture.Event{fluSent}, append([]capture.Event{
			flu("2021-11-02T09:00:00Z"), nasal, s.notGiven("2021-11-02T11:00:00Z", "flucelvax_tetra", "flu_first", "declined"),
			s.notGiven("2021-11-02T11:30:00Z", "flucelvax_tetra", "flu_first", "contraindicated"), later(fluSent, capture.ActionUpdate),
		}, awkward(flu)...)},
		{"mmr_v1", export.MMR, buildTime, []capture.Event{mmrSent}, append([]capture.Event{
			mmr("2022-05-12T09:00:00+01:00"), child, s.notGiven("2022-05-12T11:00:00Z", "priorix", "mmr_first", "declined"),
			s.notGiven("2022-05-12T11:30:00Z", "priorix", "mmr_second", "contraindicated"), later(mmrSent, capture.ActionDelete),
		}, awkward(mmr)...)},
		{"attributes_v1_4", export.AttributeRows, buildTime, []capture.Event{sent, gone}, []capture.Event{
			yes, no, group, covid("2022-05-12T10:15:00Z"), changed, later(gone, capture.ActionDelete),
		}},
		{"hourly", export.Hourly, time.Date(2022, 5, 20, 1, 5, 0, 0, time.UTC), nil, []capture.Event{
			older, s.given("2022-05-20T00:10:00Z", "comirnaty30_rtu", catalogue.Primary1), s.given("2022-05-20T00:20:00Z", "comirnaty30_rtu", catalogue.Primary1),
			s.notGiven("2022-05-20T00:30:00Z", "comirnaty30_rtu", catalogue.Primary2, "declined"), later(covid("2022-05-19T23:40:00Z"), capture.ActionDelete),
		}},
		{"covid_v5", "covid-v5", buildTime, []capture.Event{v5Sent}, append([]capture.Event{
			s.notGiven("2022-05-12T11:00:00Z", "comirnaty30_rtu", catalogue.Booster1, "declined"), later(v5Sent, capture.ActionDelete),
		}, awkward(covid)...)},
	}
}

// make builds the file of a case.
func (c goldenCase) make(t testing.TB) (*memory, export.Delivery, export.BuildReport) {
	ledger := newMemory()
	ledger.kinds = []export.Kind{c.kind, export.Covid}
	if c.kind == export.Covid {
		ledger.kinds = ledger.kinds[:1]
	}
	builder := builderFor(t, ledger)
	builder.Now = fixed(c.built)
	for _, events := range [][]capture.Event{c.first, c.then} {
		ledger.commit(events...)
		if c.kind == export.AttributeRows { // the vaccinations go first
			_, _, err := builder.Build(t.Context(), export.Covid, c.built, nil)
			require.NoError(t, err)
		}
		if len(events) == 0 {
			continue
		}
		delivery, report, err := builder.Build(t.Context(), c.kind, c.built, nil)
		require.NoError(t, err)
		require.Empty(t, report.HeldBack, "%v", report.HeldBack)
		if &events[0] == &c.then[0] {
			return ledger, delivery, report
		}
	}
	return nil, export.Delivery{}, export.BuildReport{}
}

func TestGoldenFiles(t *testing.T) {
	for _, c := range goldenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			ledger, delivery, built := c.make(t)
			require.NotEmpty(t, delivery.ID, "%+v", built)
			got := ledger.content[delivery.ID]
			path := filepath.Join("..", "testdata", "golden", "extracts", c.name+".csv")
			if update {
				require.NoError(t, os.WriteFile(path, got, 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(got), "run make golden and read the difference")

			reader := csv.NewReader(bytes.NewReader(got))
			reader.Comma = '|'
			standard, err := reader.ReadAll()
			require.NoError(t, err)
			assert.Equal(t, byHand(t, got), standard, "two readers see the same")
			assert.Equal(t, headerOf(c.kind, nil), standard[0])
			report, err := export.Checker{Catalogue: loadCatalogue(t), Now: fixed(c.built)}.File(delivery.FileName, bytes.NewReader(got))
			require.NoError(t, err)
			assert.True(t, report.OK(), "%+v", report)
			assert.Equal(t, c.kind, report.Kind)
		})
	}
}

// What a preview shows is what the file then holds.
func TestPreviewShowsTheFile(t *testing.T) {
	ledger, s := newMemory(), newSample(t)
	good, bad := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1), s.given("2022-05-12T11:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	bad.Person.Postcode = ""
	ledger.commit(good, bad)
	builder := builderFor(t, ledger)
	table, err := builder.PreviewTable(t.Context(), export.Covid, buildTime, 10)
	require.NoError(t, err)
	assert.Equal(t, []export.HeldBack{{Version: versionOf(bad), Kind: export.Covid, Problems: table.Report.HeldBack[0].Problems, At: buildTime}}, table.Report.HeldBack)
	require.Len(t, table.Rows, 1)
	assert.Equal(t, versionOf(good), table.Rows[0].Version)
	assert.Equal(t, capture.ActionNew, table.Rows[0].Action)
	assert.Empty(t, ledger.deliveries)
	delivery, _ := build(t, builder)
	assert.Equal(t, byHand(t, ledger.content[delivery.ID]), [][]string{table.Columns, table.Rows[0].Cells})
}
