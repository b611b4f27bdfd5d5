package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func TestEveryMechanismSaysWhoMayDoWhat(t *testing.T) {
	edition := load(t).At(baseline)
	for _, mechanism := range edition.LegalMechanisms() {
		var tasks []string
		for _, role := range edition.Roles(mechanism.Key) {
			tasks = append(tasks, role.Task)
			assert.Equal(t, !role.Registered, edition.May(mechanism.Key, role.Task, false), mechanism.Key+" "+role.Task)
			assert.True(t, edition.May(mechanism.Key, role.Task, true))
		}
		assert.Equal(t, catalogue.Tasks, tasks, mechanism.Key)
		for _, task := range []string{catalogue.TaskScreen, catalogue.TaskConsent} {
			assert.False(t, edition.May(mechanism.Key, task, false), "WF-L4: %s under %s", task, mechanism.Key)
		}
	}
	assert.True(t, edition.May("national-protocol", catalogue.TaskVaccinate, false))
	assert.False(t, edition.May("pgd", catalogue.TaskVaccinate, false))
	assert.False(t, edition.May("hearsay", catalogue.TaskRecord, false), "what no row allows")
}

func TestWrittenInstructionIsForFlu(t *testing.T) {
	edition := load(t).At(baseline)
	written, ok := edition.LegalMechanism("written-instruction")
	require.True(t, ok)
	assert.True(t, written.For(catalogue.Flu))
	assert.False(t, written.For(catalogue.COVID19))
	pgd, _ := edition.LegalMechanism("pgd")
	assert.True(t, pgd.For(catalogue.MMR))
	_, ok = load(t).At(catalogue.MustDate("2021-08-31")).LegalMechanism("written-instruction")
	assert.False(t, ok)
}

func TestEligibilitiesAreOfADisease(t *testing.T) {
	edition := load(t).At(baseline)
	_, ok := edition.Eligibility(catalogue.COVID19, "age")
	assert.True(t, ok)
	_, ok = edition.Eligibility("measles", "age")
	assert.False(t, ok)
	for _, eligibility := range edition.EligibilitiesFor(catalogue.COVID19) {
		assert.Equal(t, catalogue.COVID19, eligibility.Disease)
	}
}

func TestReactionLists(t *testing.T) {
	edition := load(t).At(baseline)
	codes := func(list []catalogue.Code) (codes []string) {
		for _, code := range list {
			codes = append(codes, code.Code)
		}
		return codes
	}
	assert.Equal(t, []string{"1324661000000105", "870515008"}, codes(edition.ReactionManifestations(catalogue.COVID19)))
	assert.Equal(t, []string{"1324711000000102", "1362581000000100"}, codes(edition.ReactionAgents(catalogue.COVID19)))
	assert.Empty(t, edition.ReactionAgents(catalogue.MMR))
	assert.Equal(t, "coronavirus-yellowcard.mhra.gov.uk", edition.YellowCard(catalogue.COVID19))
	assert.Equal(t, "yellowcard.mhra.gov.uk", edition.YellowCard(catalogue.Flu))
}

func TestOnlyADeferralAsksForADay(t *testing.T) {
	for _, choice := range load(t).At(baseline).NotGivenChoices(catalogue.Primary1) {
		assert.Equal(t, choice.Key == "deferred", choice.AsksUntil, choice.Key)
		assert.Equal(t, choice.Key == "consent-not-given", choice.AsksWho, choice.Key)
	}
}
