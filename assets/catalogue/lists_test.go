package catalogue_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func dataDir() fs.FS { return os.DirFS("data") }

func TestCodes(t *testing.T) {
	edition := load(t).At(baseline)
	procedure := func(key string) (catalogue.Code, bool) { return edition.Procedure(catalogue.DoseKind(key), "mRNA") }
	for _, test := range []struct {
		list       string
		find       func(string) (catalogue.Code, bool)
		key        string
		code, term string
	}{
		{"procedure", procedure, "primary1", "1324681000000101", "Administration of first dose of SARS-CoV-2 (severe acute respiratory syndrome coronavirus 2) vaccine"},
		{"procedure", procedure, "third_primary", "1363861000000103", "Administration of third dose of SARS-CoV-2 (severe acute respiratory syndrome coronavirus 2) vaccine"},
		{"procedure", procedure, "booster1", "1362591000000103", "Immunisation course to maintain protection against SARS-CoV-2 (severe acute respiratory syndrome coronavirus 2)"},
		{"procedure", procedure, "spring_booster", "1362591000000103", "Immunisation course to maintain protection against SARS-CoV-2 (severe acute respiratory syndrome coronavirus 2)"},
		{"site", edition.Site, "left-upper-arm", "368208006", "Left upper arm structure (body structure)"},
		{"site", edition.Site, "right-upper-arm", "368209003", "Right upper arm structure (body structure)"},
		{"site", edition.Site, "left-thigh", "61396006", "Structure of left thigh (body structure)"},
		{"site", edition.Site, "right-thigh", "11207009", "Structure of right thigh (body structure)"},
		{"route", edition.Route, "im", "78421000", "Intramuscular route (qualifier value)"},
		{"route", edition.Route, "nasal", "46713006", "Nasal route (qualifier value)"},
		{"unit", edition.Unit, "ml", "258773002", "Milliliter (qualifier value)"},
		{"care setting", edition.CareSetting, "community-health", "413294000", "Community health services (qualifier value)"},
		{"indication", edition.Indication, "COVID-19", "443684005", "Disease Outbreak (event)"},
		{"NHS number status", edition.NHSNumberStatus, "02", "02", "Number present but not traced"},
		{"gender", edition.Gender, "9", "9", "Not specified"},
		{"ethnic category", edition.EthnicCategory, "99", "99", "Not known"},
		{"situation", edition.Situation, "1362651000000105", "1362651000000105", "SARS-CoV-2 (severe acute respiratory syndrome coronavirus 2) protection maintenance course declined"},
		{"reason", edition.Reason, "213257006", "213257006", "Generally unwell"},
	} {
		t.Run(test.list+" "+test.key, func(t *testing.T) {
			code, ok := test.find(test.key)
			require.True(t, ok)
			assert.Equal(t, test.code, code.Code)
			assert.Equal(t, test.term, code.Term)
			assert.NotEmpty(t, code.Label)
			assert.NotEmpty(t, code.Source)
		})
	}
}

func TestListLengths(t *testing.T) {
	edition := load(t).At(baseline)
	covid := func(code catalogue.Code) bool { return strings.HasPrefix(code.Term, "SARS-CoV-2") }
	eligible := 0
	for _, eligibility := range edition.Eligibilities() {
		if eligibility.Disease == catalogue.COVID19 {
			eligible++
		}
	}
	for name, test := range map[string]struct{ want, got int }{
		"NHS number statuses":    {8, len(edition.NHSNumberStatuses())},
		"ethnic categories":      {18, len(edition.EthnicCategories())}, // 16 groups, not stated, not known
		"genders":                {4, len(edition.Genders())},
		"consents":               {8, len(edition.Consents())},
		"bodies":                 {4, len(edition.Bodies())},
		"reasons":                {9, len(edition.Reasons())},
		"location types":         {7, len(edition.LocationTypes())},
		"legal mechanisms":       {5, len(edition.LegalMechanisms())},
		"job roles":              {26, len(edition.JobRoles())},
		"Gillick statements":     {5, len(edition.GillickStatements())},
		"worker roles":           {7, len(edition.WorkerRoles())},
		"late reasons":           {4, len(edition.LateReasons())},
		"COVID risk groups":      {12, len(edition.RiskGroups(catalogue.COVID19))},
		"flu risk groups":        {10, len(edition.RiskGroups(catalogue.Flu))},
		"reaction types":         {2, len(edition.ReactionTypes())},
		"severities":             {3, len(edition.ReactionSeverities())},
		"verifications":          {3, len(edition.ReactionVerifications())},
		"results":                {4, len(edition.ReactionResults())},
		"COVID-19 situations":    {26, count(edition.Situations(), covid)},
		"COVID-19 eligibilities": {12, eligible},
	} {
		assert.Equal(t, test.want, test.got, name)
	}
}

func count(codes []catalogue.Code, of func(catalogue.Code) bool) int {
	return len(slices.DeleteFunc(codes, func(c catalogue.Code) bool { return !of(c) }))
}

func TestConsentsOffered(t *testing.T) {
	edition := load(t).At(baseline)
	for _, test := range []struct {
		age   int
		lacks bool
		want  []string
	}{
		{8, false, []string{"CT2", "CT7", "CT8"}},
		{15, false, []string{"CT2", "CT7", "CT8"}},
		{16, false, []string{"CT1", "CT8"}},
		{80, false, []string{"CT1", "CT8"}},
		{17, true, []string{"CT2", "CT3", "CT4", "CT5", "CT8"}},
		{18, true, []string{"CT3", "CT4", "CT5", "CT6", "CT8"}},
	} {
		var offered []string
		for _, consent := range edition.Consents() {
			if consent.Offered(test.age, test.lacks) {
				offered = append(offered, consent.Key)
			}
		}
		assert.Equal(t, test.want, offered, "age %d, lacks capacity %v", test.age, test.lacks)
	}
	parent, ok := edition.Consent("CT2")
	require.True(t, ok)
	assert.True(t, parent.NeedsName && parent.NeedsRelationship && parent.NeedsClinician && parent.Given)
	refusal, ok := edition.Consent("CT8")
	require.True(t, ok)
	assert.False(t, refusal.Given)
	assert.Equal(t, "310376006", refusal.Code)
}

func TestRegistrationNumbers(t *testing.T) {
	edition := load(t).At(baseline)
	for _, test := range []struct {
		body, number string
		plausible    bool
	}{
		{"nmc", "12A3456B", true},
		{"nmc", "1234567", false},
		{"gmc", "C1234567", true},
		{"gmc", "1234567", true},
		{"gmc", "12345678", false},
		{"gphc", "2038243", true},
		{"hcpc", "PA123456", true},
		{"hcpc", "123456", false},
	} {
		body, ok := edition.Body(test.body)
		require.True(t, ok, test.body)
		assert.Equal(t, test.plausible, body.Plausible(test.number), "%s %s", test.body, test.number)
		assert.Equal(t, "https://fhir.hl7.org.uk/Id/"+test.body+"-number", body.URI)
	}
}

func TestLocationTypesHaveACareSetting(t *testing.T) {
	edition := load(t).At(baseline)
	for _, location := range edition.LocationTypes() {
		_, ok := edition.CareSetting(location.CareSetting)
		assert.True(t, ok, location.Key)
	}
	home, ok := edition.LocationType("care-home")
	require.True(t, ok)
	assert.True(t, home.AsksPlace)
}

func TestLegalMechanisms(t *testing.T) {
	edition := load(t).At(baseline)
	pgd, ok := edition.LegalMechanism("pgd")
	require.True(t, ok)
	assert.True(t, pgd.OnePerson)
	assert.False(t, pgd.AgainstRules)
	psd, ok := edition.LegalMechanism("psd")
	require.True(t, ok)
	assert.True(t, psd.Prescriber && psd.AgainstRules)
}

func TestWithdrawn(t *testing.T) {
	c := load(t)
	for _, code := range []string{"1240491000000103", "1240661000000107", "1240651000000109", "1240681000000103", "1240671000000100"} {
		_, withdrawn := c.Withdrawn(code)
		assert.True(t, withdrawn, code)
	}
	_, withdrawn := c.Withdrawn("1324681000000101")
	assert.False(t, withdrawn)
}
