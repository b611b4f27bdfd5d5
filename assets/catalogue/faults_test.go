package catalogue_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	names, err := fs.Glob(dataDir(), pattern)
	require.NoError(t, err)
	return names
}

// copyOfData is the built-in folder in memory, for tests to spoil.
func copyOfData(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range append(glob(t, "*.csv"), glob(t, "*/*.csv")...) {
		content, err := fs.ReadFile(dataDir(), name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: content}
	}
	return files
}

// bend replaces the first old text in a file by new text and tells the line it stood on.
func bend(t testing.TB, files fstest.MapFS, file, old, new string) int {
	t.Helper()
	content := string(files[file].Data)
	before, _, found := strings.Cut(content, old)
	require.True(t, found, "%s has no %q to spoil", file, old)
	files[file] = &fstest.MapFile{Data: []byte(strings.Replace(content, old, new, 1))}
	return strings.Count(before, "\n") + 1
}

func TestBadRowsStopTheLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine reads, so the race detector learns nothing from a hundred loads")
	}
	for _, test := range []struct {
		name, file, old, new string
		column, says         string
	}{
		{"check digit", "routes.csv", "78421000", "78421001", "code", "check digit"},
		{"number spoilt by a spreadsheet", "covid-19/products.csv", "39115611000001103", "3.91156E+16", "amp", "check digit"},
		{"withdrawn code", "covid-19/situations.csv", "1324811000000107", "1240651000000109", "code", "withdrawn"},
		{"withdrawn code in another list", "covid-19/packs.csv", "39115711000001107", "1240491000000103", "code", "withdrawn"},
		{"date of a spreadsheet", "sites.csv", "2020-12-08,,left-thigh", "08/12/2020,,left-thigh", "from", "is not a date"},
		{"no from", "sites.csv", "2020-12-08,,left-thigh", ",,left-thigh", "from", "is not a date"},
		{"to before from", "sites.csv", "2020-12-08,,left-thigh", "2020-12-08,2020-12-07,left-thigh", "to", "is before"},
		{"overlapping spans", "covid-19/products.csv", "2022-05-18,,vaxzevria", "2022-05-17,,vaxzevria", "key", "in force twice"},
		{"same key twice", "units.csv", "pre-filled-injection", "ml", "key", "in force twice"},
		{"same code twice", "routes.csv", "34206005", "78421000", "code", "in force twice"},
		{"empty term", "routes.csv", "Subcutaneous route (qualifier value)", "", "term", "empty"},
		{"unknown confidence", "routes.csv", "confirmed", "certain", "confidence", "not allowed"},
		{"unknown source", "routes.csv", "ukcore", "hearsay", "source", "no source"},
		{"no source", "routes.csv", "ukcore", "", "source", "empty"},
		{"unknown route of a product", "covid-19/products.csv", "2,im,21", "2,iv,21", "route", "no route"},
		{"offered without a dose", "covid-19/products.csv", "purple,peg,12,,0.3", "purple,peg,12,,", "dose_ml", "empty"},
		{"offered without an interval", "covid-19/products.csv", "2,im,21", "2,im,", "min_interval", "no minimum"},
		{"ages upside down", "covid-19/products.csv", "orange,peg tromethamine,5,11", "orange,peg tromethamine,11,5", "age_max", "below the youngest"},
		{"age in words", "flu/products.csv", ",6m,", ",half a year,", "age_min", "is not an age"},
		{"months upside down", "flu/products.csv", ",2,17,", ",2,23m,", "age_max", "below the youngest"},
		{"ingredient", "flu/products.csv", "egg ovalbumin gelatine", "egg ovalbumin gelatin", "contains", "no ingredient"},
		{"ingredient twice", "ingredients.csv", "gentamicin,", "neomycin,", "key", "there twice"},
		{"word a list fact never has", "covid-19/screening_rules.csv", `""peg"" in contains`, `""pegg"" in contains`, "when", "is never"},
		{"no code and not said so", "flu/products.csv", "fluenz_tetra,27114211000001105", "fluenz_tetra,", "amp", "empty"},
		{"no situation and not said so", "flu/not_given.csv", "822931000000100", "", "situation", "empty"},
		{"rule of all and of one", "flu/screening_rules.csv", ",K-F1,", ",K02,", "id", "in force twice"},
		{"disease of a rule", "screening_rules.csv", ",*,", ",all,", "disease", "not allowed"},
		{"off label", "flu/dose_rules.csv", ",no,28,,,", ",no,28,,maybe,", "off_label", "not allowed"},
		{"season without an end", "flu/seasons.csv", "2022-03-31", "", "to", "no end"},
		{"platform", "covid-19/products.csv", ",mRNA,", ",RNA,", "platform", "not allowed"},
		{"dose is no number", "covid-19/products.csv", "purple,peg,12,,0.3", "purple,peg,12,,0.3ml", "dose_ml", "decimal"},
		{"pack of nothing", "covid-19/packs.csv", "comirnaty30_conc", "comirnaty", "product", "no product"},
		{"situation not in the list", "covid-19/not_given.csv", "1324741000000101", "78421000", "situation", "no situation"},
		{"reason not in the list", "covid-19/not_given.csv", "1324721000000108", "78421000", "reason", "no reason"},
		{"choice not known", "covid-19/not_given.csv", "declined,primary1", "refused,primary1", "key", "not allowed"},
		{"kind of dose", "covid-19/not_given.csv", "declined,primary1", "declined,dose1", "kind", "not allowed"},
		{"ages of a consent", "consents.csv", "yes,0-15,0-17", "yes,0 to 15,0-17", "ages", "range of ages"},
		{"yes or no", "consents.csv", "yes,0-15,0-17", "TRUE,0-15,0-17", "given", "not allowed"},
		{"pattern", "registration_bodies.csv", "^[0-9]{7}$", "^[0-9{7}$", "pattern", "regular expression"},
		{"care setting", "location_types.csv", "pharmacy,no", "chemist,no", "care_setting", "no care setting"},
		{"gender", "genders.csv", "male,1", "male,M", "code", "not a code of this list"},
		{"product of a rule", "covid-19/dose_rules.csv", "comirnaty30_conc", "comirnaty30", "products", "no product"},
		{"unknown name", "covid-19/dose_rules.csv", "age >= 18", "years >= 18", "when", "undeclared reference to 'years'"},
		{"wrong type", "covid-19/dose_rules.csv", "age >= 18", `age >= at_risk`, "when", "no matching overload"},
		{"syntax", "covid-19/dose_rules.csv", "age >= 18", "age >= ", "when", "at character"},
		{"not a yes or no", "covid-19/dose_rules.csv", "age >= 18", "age + 18", "when", "it gives int"},
		{"a rule for everybody", "covid-19/dose_rules.csv", "age >= 18", "", "when", "everybody"},
		{"recommended below minimum", "covid-19/dose_rules.csv", "no,91,182", "no,182,91", "recommended", "shorter than the minimum"},
		{"a preference with products", "covid-19/dose_rules.csv", ",,vaxzevria,no,,", ",spikevax,vaxzevria,no,,", "avoid", "entitles nobody"},
		{"question of a rule", "covid-19/screening_rules.csv", "screening,C01", "screening,C99", "question", "no question"},
		{"word a question never has", "covid-19/screening_rules.csv", `C02 == ""yes""`, `C02 == ""Yes""`, "when", "is never"},
		{"word a choice never has", "covid-19/screening_rules.csv", `C01_severity == ""fever""`, `C01_severity == ""high""`, "when", "is never"},
		{"word a fact never has", "covid-19/screening_rules.csv", `platform == ""mRNA""`, `""RNA"" == platform`, "when", "is never"},
		{"word in a list", "covid-19/screening_rules.csv", `platform == ""mRNA""`, `platform in [""mRNA"", ""RNA""]`, "when", "is never"},
		{"a rule that always speaks", "screening_rules.csv", "same_day_same_product,", ",", "when", "always speak"},
		{"fact shown", "covid-19/screening_rules.csv", "age infection infection_days", "age infections", "facts", "no fact"},
		{"fact in a sentence", "screening_rules.csv", "{min_interval} days", "{interval} days", "sentence", "no fact"},
		{"full stop", "covid-19/screening_rules.csv", "The reaction was not allergic", "The reaction was not allergic.", "sentence", "full stop"},
		{"outcome", "covid-19/screening_rules.csv", "contraindicated", "forbidden", "outcome", "not allowed"},
		{"a stop that nobody may lift", "covid-19/screening_rules.csv", ",,,,prescriber,", ",,,,,", "override", "who may go on"},
		{"defer from no date", "covid-19/screening_rules.csv", "C04_date,7", "C04_which,7", "defer_from", "no date"},
		{"days without a date", "covid-19/screening_rules.csv", "C04_date,7", ",7", "defer_from", "only a rule that defers"},
		{"follow-up of nothing", "covid-19/follow_ups.csv", ",C02,C02_onset", ",C99,C02_onset", "question", "no question"},
		{"choice without options", "covid-19/follow_ups.csv", "minor=Minor illness without fever, well otherwise | fever=Fever, or generally unwell | unknown=Not sure", "", "options", "needs options"},
		{"options", "covid-19/follow_ups.csv", "shingles=Shingles", "shingles Shingles", "options", "cannot be read"},
		{"set of a question", "covid-19/questions.csv", ",C,C01", ",D,C01", "set", "no question set"},
		{"applies", "covid-19/questions.csv", "age >= 5", "age >= five", "applies", "undeclared reference"},
		{"fact type", "facts.csv", "age,int", "age,number", "type", "not allowed"},
		{"fact named twice", "facts.csv", "household_contact,bool", "at_risk,bool", "name", "used already"},
		{"fact from other facts", "facts.csv", `"C15 == ""yes"" || F11 == ""yes"""`, "care_home", "also", "is no answer"},
		{"earliest of no date", "facts.csv", "C03_symptom C03_test", "C03_when", "earliest_of", "is no date"},
		{"task of a role", "roles.csv", "pgd,screen", "pgd,sweep", "task", "not allowed"},
		{"mechanism of a role", "roles.csv", "psd-screen,psd,", "psd-screen,psp,", "mechanism", "no legal mechanism"},
		{"key of a role", "roles.csv", "psd-screen,psd,", "psd-scan,psd,", "key", "does not name"},
		{"disease of a mechanism", "legal_mechanisms.csv", "FLU,no,no,no", "FLUE,no,no,no", "diseases", "no disease"},
		{"disease of a risk group", "risk_groups.csv", "heart,COVID-19 FLU", "heart,COVID", "diseases", "no disease"},
		{"list of a reaction", "reactions.csv", "severity,mild", "severe,mild", "list", "not allowed"},
		{"code of a reaction", "reactions.csv", "870515008", "870515009", "code", "check digit"},
		{"a supplement for every dose", "supplements.csv", ",housebound,10", ",,10", "when", "every dose"},
		{"condition of a supplement", "supplements.csv", ",housebound,10", ",at_home,10", "when", "undeclared reference"},
		{"a desk rule that always speaks", "desk_rules.csv", "K05,deceased", "K05,", "when", "always speak"},
		{"a desk rule that stops", "desk_rules.csv", ",,nobody,ravs,", ",,,ravs,", "override", "who may go on"},
		{"choice there twice", "not_given_choices.csv", "unwell,no", "declined,no", "key", "twice"},
		{"a course of no doses", "mmr/valid_doses.csv", "MMR,2,", "MMR,0,", "doses", "at least one dose"},
		{"age from which a dose counts", "mmr/valid_doses.csv", ",12m,", ",1y,", "counts_from", "is not an age"},
		{"age at which a dose is due", "mmr/dose_rules.csv", ",40m,", ",40 months,", "due_age", "is not an age"},
		{"addendum of no row", "addenda.csv", "dose_rules/R21", "dose_rules/R99", "rows", "no row of the catalogue"},
		{"addendum of no table", "addenda.csv", "packs/40557011000001103", "boxes/40557011000001103", "rows", "no row of the catalogue"},
		{"addendum without a table", "addenda.csv", "screening_rules/O01", "O01", "rows", "no row of the catalogue"},
		{"addendum that says nothing", "addenda.csv", "Spring boosters,", ",", "title", "empty"},
		{"row too long", "routes.csv", "Oral,", "Oral,mouth,", "", "more or fewer cells"},
		{"open quotes", "routes.csv", "Oral,", "\"Oral,", "", "quotes"},
		{"missing column", "routes.csv", "from,to,key", "from,until,key", "until", "no such column"},
		{"column twice", "routes.csv", "from,to,key", "from,to,to", "to", "twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := copyOfData(t)
			line := bend(t, files, test.file, test.old, test.new)
			_, err := catalogue.LoadFS(files)
			var problems catalogue.Problems
			require.ErrorAs(t, err, &problems)
			found := false
			for _, problem := range problems {
				assert.NotEmpty(t, problem.Cure)
				found = found || problem.File == test.file && problem.Line == line && problem.Column == test.column && strings.Contains(problem.Says, test.says)
			}
			assert.True(t, found, "no problem in %s line %d column %s saying %q among:\n%v", test.file, line, test.column, test.says, err)
		})
	}
}

// Nobody should have to find the faults one at a time.
func TestEveryBadRowIsNamedAtOnce(t *testing.T) {
	files := copyOfData(t)
	bend(t, files, "routes.csv", "78421000", "78421001")
	bend(t, files, "sites.csv", "368208006", "368208007")
	bend(t, files, "covid-19/dose_rules.csv", "age >= 18", "years >= 18")
	_, err := catalogue.LoadFS(files)
	require.Error(t, err)
	for _, file := range []string{"routes.csv line 2 column code", "sites.csv line 2 column code", "covid-19/dose_rules.csv line 2 column when"} {
		assert.ErrorContains(t, err, file)
	}
	var one catalogue.Problem
	assert.ErrorAs(t, err, &one)
}

func TestMissingFileStopsTheLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("as above")
	}
	for _, name := range glob(t, "*.csv") {
		files := copyOfData(t)
		delete(files, name)
		_, err := catalogue.LoadFS(files)
		assert.ErrorContains(t, err, name+": the file cannot be read")
	}
}

// Spreadsheets add a byte order mark and Windows line ends, and may move columns.
func TestFilesSavedByASpreadsheet(t *testing.T) {
	files := copyOfData(t)
	files["units.csv"] = &fstest.MapFile{Data: []byte("\ufeffkey,from,to,code,term,label,confidence,source\r\n" +
		"ml,2020-12-08,,258773002,Milliliter (qualifier value),ml,confirmed,ukcore\r\n")}
	c, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	unit, ok := c.At(baseline).Unit("ml")
	require.True(t, ok)
	assert.Equal(t, "258773002", unit.Code)

	files["units.csv"] = &fstest.MapFile{Data: []byte("key\xff\n")}
	_, err = catalogue.LoadFS(files)
	assert.ErrorContains(t, err, "not UTF-8")
}
