package catalogue_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func TestAddendaByDate(t *testing.T) {
	c := load(t)
	for day, newest := range map[string]string{
		"2021-03-31": "",
		"2021-12-13": "third-dose-codes",
		"2021-12-14": "observation-15-minutes",
		"2022-03-31": "spring-boosters",
		"2022-04-01": "supplement-removed",
		"2022-05-12": "not-at-risk-5-to-11",
	} {
		got := ""
		for _, addendum := range c.At(catalogue.MustDate(day)).Addenda() {
			assert.NotEmpty(t, addendum.Changed, addendum.ID)
			got = addendum.ID
		}
		assert.Equal(t, newest, got, day)
	}
	assert.Len(t, c.Addenda(), 9)
}

// An addendum that points at rows points at what did change on its day.
func TestAddendaTakeEffectOnTheirDay(t *testing.T) {
	c := load(t)
	for _, addendum := range c.Addenda() {
		if len(addendum.Rows) == 0 {
			continue
		}
		changed := map[string]bool{}
		for _, change := range c.ChangedOn(addendum.From) {
			changed[change.Table+"/"+change.ID] = true
		}
		found := false
		for _, row := range addendum.Rows {
			found = found || changed[row.String()]
		}
		assert.True(t, found, "%s: none of %v changes on %s", addendum.ID, addendum.Rows, addendum.From)
	}
}

// Late entry keeps the term of the day of vaccination.
func TestTheTermOfVaxzevriaBeforeItsName(t *testing.T) {
	before, ok := load(t).At(catalogue.MustDate("2022-01-18")).ProductByAMP("39114911000001105")
	require.True(t, ok)
	assert.Contains(t, before.Term, "COVID-19 Vaccine AstraZeneca (ChAdOx1 S")
	assert.Equal(t, "Vaxzevria", before.Name, "what the desk shows stays one word")
	after, ok := load(t).At(catalogue.MustDate("2022-01-19")).ProductByAMP("39114911000001105")
	require.True(t, ok)
	assert.Contains(t, after.Term, "COVID-19 Vaccine Vaxzevria (ChAdOx1 S")
}

func TestChangedOn(t *testing.T) {
	c := load(t)
	what := func(day string) map[string]string {
		found := map[string]string{}
		for _, change := range c.ChangedOn(catalogue.MustDate(day)) {
			found[change.Table+"/"+change.ID] = change.What
		}
		return found
	}
	ready := what("2022-03-07")
	assert.Equal(t, catalogue.ChangeChanged, ready["products/comirnaty30_rtu"])
	assert.Equal(t, catalogue.ChangeNew, ready["addenda/comirnaty-ready-to-use"])
	boosters := what("2021-12-08")
	assert.Equal(t, catalogue.ChangeNew, boosters["dose_rules/R16"])
	assert.Equal(t, catalogue.ChangeEnded, boosters["dose_rules/R14"])
	assert.Empty(t, what("2022-05-12"))

	for _, change := range c.ChangedOn(catalogue.MustDate("2022-03-07")) {
		if change.ID == "comirnaty30_rtu" {
			assert.Equal(t, []string{"offered"}, change.Columns)
		}
	}
	// A rule that holds for two kinds of dose has a row for each.
	for _, change := range c.ChangedOn(catalogue.MustDate("2021-05-07")) {
		if change.ID == "R03" {
			assert.Equal(t, catalogue.ChangeNew, change.What, change.Row.Kind)
		}
	}
}

func TestHashTellsCataloguesApart(t *testing.T) {
	files := copyOfData(t)
	same, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	assert.Equal(t, load(t).Hash(), same.Hash())
	bend(t, files, "covid-19/screening_rules.csv", "infection,28,", "infection,27,")
	other, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	assert.NotEqual(t, same.Hash(), other.Hash())
}

func TestTablesHoldEveryRow(t *testing.T) {
	files := copyOfData(t)
	rows := map[string]int{}
	for _, table := range load(t).Tables() {
		assert.NotEmpty(t, table.Rows, table.Name)
		for _, row := range table.Rows {
			rows[row.File]++
			assert.Len(t, row.Cells, len(table.Columns))
			assert.NotEmpty(t, row.ID, "%s line %d", row.File, row.Line)
		}
	}
	for name := range files {
		assert.Positive(t, rows[name], "%s is read by nobody", name)
	}
}

// A catalogue without addenda is whole; one whose addenda name what is not there is not.
func TestAddendaOfNothing(t *testing.T) {
	files := copyOfData(t)
	files["addenda.csv"] = &fstest.MapFile{Data: []byte("from,to,id,title,changed,rows,source,confidence\n")}
	c, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	assert.Empty(t, c.At(baseline).Addenda())
}
