package screening_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

const (
	bnt = "comirnaty30_conc"
	c10 = "comirnaty10"
	mod = "spikevax"
	az  = "vaxzevria"
	nvx = "nuvaxovid"
)

// spoken is a case in which a rule speaks, with what clinicians expect of it.
type spoken struct {
	disease   string // empty: COVID-19
	rule, day string // day empty: the baseline
	age       int
	product   string
	kind      catalogue.DoseKind // empty: primary1
	answers   string
	tweak     func(*capture.Case)
	outcome   capture.Outcome
	override  string
	until     string
	observe   int
	also      string // other rules that speak, without C24-yes and observation
}

func atRisk(who *capture.Case) { who.Circumstances.AtRisk = true }

func history(doses ...capture.Dose) func(*capture.Case) {
	return func(who *capture.Case) { who.History = doses }
}

func reported(dose capture.Dose) capture.Dose {
	dose.Source = capture.SourceReported
	return dose
}

const (
	proceed = capture.Proceed
	caution = capture.Caution
	seek    = capture.SeekAdvice
	wait    = capture.Defer
	contra  = capture.Contraindicated

	clinician  = capture.OverrideClinician
	prescriber = capture.OverridePrescriber
	nobody     = capture.OverrideNobody
)

var everyRule = []spoken{
	{rule: "C01-fever", age: 40, product: bnt, answers: "C01=yes C01_severity=fever", outcome: wait, override: prescriber},
	{rule: "C01-minor", age: 40, product: bnt, answers: "C01=yes C01_severity=minor", outcome: proceed},
	{rule: "C01-unknown", age: 40, product: bnt, answers: "C01=unknown", outcome: caution},
	{rule: "C01-unknown", age: 40, product: bnt, answers: "C01=yes C01_severity=unknown", outcome: caution},
	{rule: "C02-yes", age: 40, product: bnt, answers: "C02=yes C02_onset=2022-05-10", outcome: wait, override: prescriber},
	{rule: "C02-unknown", age: 40, product: bnt, answers: "C02=unknown", outcome: wait, override: prescriber},

	{rule: "C03-adult", age: 40, product: bnt, answers: "C03=yes C03_when=date C03_test=2022-04-20", outcome: wait, override: clinician, until: "2022-05-18"},
	{rule: "C03-adult", age: 40, product: bnt, answers: "C03=yes C03_when=date C03_test=2022-04-20 C03_symptom=2022-04-16", outcome: wait, override: clinician, until: "2022-05-14"},
	{rule: "C03-adult", age: 40, product: bnt, tweak: atRisk, answers: "C03=yes C03_when=date C03_test=2022-05-12", outcome: wait, override: clinician, until: "2022-06-09"},
	{rule: "C03-risk", age: 8, product: c10, tweak: atRisk, answers: "C03=yes C03_when=date C03_test=2022-04-20", outcome: wait, override: clinician, until: "2022-05-18"},
	{rule: "C03-young", day: "2021-11-16", age: 13, product: bnt, answers: "C03=yes C03_when=date C03_test=2021-11-01", outcome: wait, override: clinician, until: "2021-11-29"},
	{rule: "C03-young", age: 13, product: bnt, answers: "C03=yes C03_when=date C03_test=2022-04-01", outcome: wait, override: clinician, until: "2022-06-24"},
	{rule: "C03-child", day: "2022-02-01", age: 8, product: c10, answers: "C03=yes C03_when=date C03_test=2022-01-01", outcome: wait, override: clinician, until: "2022-03-26", also: "K09"},
	{rule: "C03-child", age: 8, product: c10, answers: "C03=yes C03_when=date C03_test=2022-04-01", outcome: wait, override: clinician, until: "2022-06-24"},
	{rule: "C03-recent", day: "2021-11-16", age: 13, product: bnt, answers: "C03=yes C03_when=under4", outcome: wait, override: clinician, until: "2021-12-14"},
	{rule: "C03-recent", age: 40, product: bnt, answers: "C03=yes C03_when=under4", outcome: wait, override: clinician, until: "2022-06-09"},
	{rule: "C03-recent-young", day: "2021-11-16", age: 8, product: c10, answers: "C03=yes C03_when=under4", outcome: wait, override: clinician, until: "2022-02-08", also: "K09"},
	{rule: "C03-recent-young", age: 13, product: bnt, answers: "C03=yes C03_when=under4", outcome: wait, override: clinician, until: "2022-08-04"},
	{rule: "C03-weeks-young", day: "2021-11-16", age: 8, product: c10, answers: "C03=yes C03_when=4to12", outcome: wait, override: clinician, until: "2022-01-11", also: "K09"},
	{rule: "C03-weeks-young", age: 13, product: bnt, answers: "C03=yes C03_when=4to12", outcome: wait, override: clinician, until: "2022-07-07"},
	{rule: "C03-past", day: "2021-11-16", age: 13, product: bnt, answers: "C03=yes C03_when=date C03_test=2021-10-19", outcome: proceed},
	{rule: "C03-past", age: 40, product: bnt, answers: "C03=yes C03_when=date C03_test=2022-04-14", outcome: proceed},
	{rule: "C03-past", age: 40, product: bnt, answers: "C03=yes C03_when=4to12", outcome: proceed},
	{rule: "C03-past", age: 13, product: bnt, answers: "C03=yes C03_when=over12", outcome: proceed},
	{rule: "C03-unknown", age: 40, product: bnt, answers: "C03=unknown", outcome: caution},
	{rule: "C03-unknown", age: 40, product: bnt, answers: "C03=yes C03_when=unknown", outcome: caution},
	{rule: "C03-unknown", age: 40, product: bnt, answers: "C03=yes C03_when=date C03_test=unknown", outcome: caution},

	{rule: "C04-shingles", age: 75, product: bnt, answers: "C04=yes C04_which=shingles C04_date=2022-05-06", outcome: wait, override: prescriber, until: "2022-05-13", also: "C04-other"},
	{rule: "C04-shingles-undated", age: 75, product: bnt, answers: "C04=yes C04_which=shingles", outcome: wait, override: prescriber, until: "2022-05-19", also: "C04-other"},
	{rule: "C04-flu-nvx", age: 40, product: nvx, answers: "C04=yes C04_which=flu C04_date=2022-05-10", outcome: wait, override: prescriber, until: "2022-05-17", also: "K10 C04-other"},
	{rule: "C04-flu-nvx-undated", age: 40, product: nvx, answers: "C04=yes C04_which=flu C04_date=unknown", outcome: wait, override: prescriber, until: "2022-05-19", also: "K10 C04-other"},
	{rule: "C04-other", age: 40, product: bnt, answers: "C04=yes C04_which=flu", outcome: proceed},
	{rule: "C04-which-unknown", age: 40, product: bnt, answers: "C04=yes C04_which=unknown", outcome: caution},
	{rule: "C04-unknown", age: 40, product: bnt, answers: "C04=unknown", outcome: proceed},

	{rule: "C05-same", age: 40, product: mod, answers: "C05=yes C05_vaccine=mrna C05_features=anaphylaxis", outcome: contra, override: prescriber, observe: 30},
	{rule: "C05-same", age: 50, product: az, answers: "C05=yes C05_vaccine=az C05_features=anaphylaxis", outcome: contra, override: prescriber, observe: 30},
	{rule: "C05-other", age: 50, product: az, answers: "C05=yes C05_vaccine=mrna C05_features=anaphylaxis", outcome: seek, override: clinician, observe: 30},
	{rule: "C05-other", age: 50, product: bnt, answers: "C05=yes C05_vaccine=unknown C05_features=anaphylaxis", outcome: seek, override: clinician, observe: 30},
	{rule: "C05-hives", age: 40, product: bnt, answers: "C05=yes C05_vaccine=mrna C05_features=hives", outcome: caution, observe: 30},
	{rule: "C05-nonallergic", age: 40, product: bnt, answers: "C05=yes C05_vaccine=mrna C05_features=nonallergic", outcome: proceed},
	{rule: "C05-features-unknown", age: 40, product: bnt, answers: "C05=yes C05_vaccine=mrna C05_features=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C05-unknown", age: 40, product: bnt, answers: "C05=unknown", outcome: seek, override: clinician, observe: 30},

	{rule: "C06-peg-mrna", age: 40, product: bnt, answers: "C06=yes C06_substance=peg", outcome: contra, override: prescriber, observe: 30},
	{rule: "C06-peg-other", age: 50, product: az, answers: "C06=yes C06_substance=peg", outcome: seek, override: clinician, observe: 30},
	{rule: "C06-polysorbate", age: 50, product: az, answers: "C06=yes C06_substance=polysorbate80", outcome: contra, override: prescriber, observe: 30},
	{rule: "C06-polysorbate", age: 50, product: nvx, answers: "C06=yes C06_substance=polysorbate80", outcome: contra, override: prescriber, observe: 30, also: "K10"},
	{rule: "C06-polysorbate-other", age: 50, product: bnt, answers: "C06=yes C06_substance=polysorbate80", outcome: seek, override: clinician, observe: 30},
	{rule: "C06-tromethamine-mrna", age: 50, product: bnt, answers: "C06=yes C06_substance=tromethamine", outcome: contra, override: prescriber, observe: 30},
	{rule: "C06-tromethamine-other", age: 50, product: az, answers: "C06=yes C06_substance=tromethamine", outcome: caution, observe: 15},
	{rule: "C06-other", age: 50, product: bnt, answers: "C06=yes C06_substance=other", outcome: contra, override: prescriber, observe: 30},
	{rule: "C06-unknown", age: 50, product: bnt, answers: "C06=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C06-unknown", age: 50, product: bnt, answers: "C06=yes C06_substance=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C07-mrna", age: 50, product: bnt, answers: "C07=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C07-az", age: 50, product: az, answers: "C07=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C07-other", age: 50, product: nvx, answers: "C07=yes", outcome: seek, override: clinician, observe: 30, also: "K10"},
	{rule: "C07-unknown", age: 50, product: bnt, answers: "C07=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C08-anaphylaxis", age: 50, product: bnt, answers: "C08=yes C08_anaphylaxis=unknown", outcome: proceed, observe: 15},
	{rule: "C08-anaphylaxis", age: 50, product: bnt, answers: "C08=yes C08_anaphylaxis=yes", outcome: proceed, observe: 15},
	{rule: "C08-allergy", age: 50, product: bnt, answers: "C08=yes C08_anaphylaxis=no", outcome: proceed},
	{rule: "C08-unknown", age: 50, product: bnt, answers: "C08=unknown", outcome: proceed, observe: 15},

	{rule: "C09-stop", age: 50, product: az, answers: "C09=yes", outcome: contra, override: prescriber},
	{rule: "C09-other", age: 50, product: bnt, answers: "C09=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C09-unknown", age: 50, product: bnt, answers: "C09=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C10-az", age: 50, product: az, answers: "C10=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C10-other", age: 50, product: bnt, answers: "C10=yes", outcome: proceed},
	{rule: "C10-unknown", age: 50, product: az, answers: "C10=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C11-stop", age: 50, product: az, answers: "C11=yes", outcome: contra, override: prescriber},
	{rule: "C11-stop", age: 50, product: "janssen", answers: "C11=yes", outcome: contra, override: prescriber, also: "K10"},
	{rule: "C11-other", age: 50, product: mod, answers: "C11=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C11-unknown", age: 50, product: bnt, answers: "C11=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C12-after-az", age: 50, product: az, answers: "C12=yes C12_timing=az", outcome: seek, override: clinician, observe: 30},
	{rule: "C12-after-az", age: 50, product: az, answers: "C12=yes C12_timing=vaccine", outcome: seek, override: clinician, observe: 30},
	{rule: "C12-after-az", age: 50, product: az, answers: "C12=yes C12_timing=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C12-unrelated", age: 50, product: az, answers: "C12=yes C12_timing=unrelated", outcome: proceed},
	{rule: "C12-unknown", age: 50, product: az, answers: "C12=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C13-vaccine", age: 50, product: bnt, answers: "C13=yes C13_timing=vaccine", outcome: seek, override: prescriber, observe: 30},
	{rule: "C13-recovered", age: 50, product: bnt, answers: "C13=yes C13_timing=recovered", outcome: caution},
	{rule: "C13-ongoing", age: 50, product: bnt, answers: "C13=yes C13_timing=ongoing", outcome: seek, override: clinician, observe: 30},
	{rule: "C13-ongoing", age: 50, product: bnt, answers: "C13=yes C13_timing=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C13-unknown", age: 50, product: bnt, answers: "C13=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C14-early", age: 13, product: bnt, answers: "C14=yes C14_recovered=yes C14_onset=2022-03-01", outcome: wait, override: prescriber, until: "2022-05-24"},
	{rule: "C14-ill", age: 13, product: bnt, answers: "C14=yes C14_recovered=no C14_onset=2021-11-01", outcome: wait, override: prescriber},
	{rule: "C14-unclear", age: 13, product: bnt, answers: "C14=yes C14_recovered=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C14-unclear", age: 13, product: bnt, answers: "C14=yes C14_recovered=unknown C14_onset=2021-11-01", outcome: seek, override: clinician, observe: 30},
	{rule: "C14-past", age: 13, product: bnt, answers: "C14=yes C14_recovered=yes C14_onset=2022-02-17", outcome: proceed},
	{rule: "C14-unknown", age: 13, product: bnt, answers: "C14=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C15-mrna", age: 30, product: bnt, answers: "C15=yes", outcome: proceed},
	{rule: "C15-az", age: 45, product: az, answers: "C15=yes C15_mrna_unsuitable=yes", outcome: caution},
	{rule: "C15-az", age: 45, product: az, kind: catalogue.Primary2, answers: "C15=yes", tweak: history(had("2022-02-01", az, catalogue.Primary1)), outcome: caution},
	{rule: "C15-az-first", age: 45, product: az, answers: "C15=yes C15_mrna_unsuitable=no", outcome: seek, override: clinician, observe: 30},
	{rule: "C15-other", age: 45, product: nvx, answers: "C15=yes", outcome: seek, override: clinician, observe: 30, also: "K10"},
	{rule: "C15-wait", age: 30, product: bnt, answers: "C15=yes C15_wait=yes", outcome: wait, override: clinician, also: "C15-mrna"},
	{rule: "C15-unknown-mrna", age: 30, product: bnt, answers: "C15=unknown", outcome: proceed},
	{rule: "C15-unknown-other", age: 45, product: az, answers: "C15=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C16-any", age: 30, product: bnt, answers: "C16=yes", outcome: proceed},
	{rule: "C16-any", age: 30, product: bnt, answers: "C16=unknown", outcome: proceed},
	{rule: "C17-yes", age: 30, product: bnt, answers: "C17=yes C17_when=now C17_cart=no C17_cycle=no", outcome: proceed},
	{rule: "C17-cart", age: 30, product: bnt, answers: "C17=yes C17_when=now C17_cart=yes C17_cycle=no", outcome: seek, override: clinician, observe: 30, also: "C17-yes"},
	{rule: "C17-cart", age: 30, product: bnt, answers: "C17=yes C17_when=now C17_cart=unknown C17_cycle=no", outcome: seek, override: clinician, observe: 30, also: "C17-yes"},
	{rule: "C17-cycle", age: 30, product: bnt, answers: "C17=yes C17_when=now C17_cart=no C17_cycle=yes", outcome: seek, override: clinician, observe: 30, also: "C17-yes"},
	{rule: "C17-cycle", age: 30, product: bnt, answers: "C17=yes C17_when=now C17_cart=no C17_cycle=unknown", outcome: seek, override: clinician, observe: 30, also: "C17-yes"},
	{rule: "C17-when-unknown", age: 30, product: bnt, answers: "C17=yes C17_when=unknown C17_cart=no C17_cycle=no", outcome: seek, override: clinician, observe: 30, also: "C17-yes"},
	{rule: "C17-unknown", age: 30, product: bnt, answers: "C17=unknown", outcome: proceed},
	{rule: "C18-stable", age: 70, product: bnt, answers: "C18=yes C18_which=anticoagulant C18_stable=yes", outcome: caution},
	{rule: "C18-unstable", age: 70, product: bnt, answers: "C18=yes C18_which=disorder C18_stable=no", outcome: seek, override: clinician, observe: 30},
	{rule: "C18-unstable", age: 70, product: bnt, answers: "C18=yes C18_which=disorder C18_stable=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C18-unknown", age: 70, product: bnt, answers: "C18=unknown", outcome: caution},
	{rule: "C19-yes", age: 70, product: bnt, answers: "C19=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "C19-unknown", age: 70, product: bnt, answers: "C19=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C20-any", age: 70, product: bnt, answers: "C20=yes", outcome: caution},
	{rule: "C20-any", age: 70, product: bnt, answers: "C20=unknown", outcome: caution},
	{rule: "C21-yes", age: 20, product: bnt, answers: "C21=yes", outcome: caution, observe: 15},
	{rule: "C21-unknown", age: 20, product: bnt, answers: "C21=unknown", outcome: proceed},
	{rule: "C22-missing", age: 20, product: bnt, answers: "C22=yes", outcome: caution},
	{rule: "C22-added", age: 20, product: bnt, kind: catalogue.Primary2, answers: "C22=yes", tweak: history(reported(had("2022-01-01", bnt, ""))), outcome: proceed},
	{rule: "C22-unknown", age: 20, product: bnt, answers: "C22=unknown", outcome: proceed},
	{rule: "C23-chosen", age: 39, product: az, answers: "C23=yes", outcome: caution},
	{rule: "C23-prefer", age: 39, product: az, answers: "C23=unknown", outcome: wait, override: clinician},
	{rule: "C23-prefer", age: 39, product: az, answers: "C23=no", outcome: wait, override: clinician},
	{rule: "C24-yes", age: 40, product: bnt, outcome: proceed},
	{rule: "C24-no", age: 40, product: bnt, answers: "C24=no", outcome: wait, override: nobody},
	{rule: "C24-unknown", age: 40, product: bnt, answers: "C24=unknown", outcome: wait, override: nobody},

	{rule: "K01-young", age: 17, product: mod, outcome: contra, override: prescriber},
	{rule: "K01-old", age: 12, product: c10, outcome: contra, override: prescriber},
	{rule: "K01-turned-12", age: 12, product: c10, kind: catalogue.Primary2, tweak: history(had("2022-02-10", c10, catalogue.Primary1)), outcome: caution},
	{rule: "K02", age: 40, product: bnt, kind: catalogue.Booster1, tweak: history(had("2021-10-01", bnt, catalogue.Primary1), had("2022-02-11", bnt, catalogue.Primary2)), outcome: wait, override: prescriber, until: "2022-05-13"},
	{rule: "K03-primary", age: 40, product: bnt, kind: catalogue.Primary2, tweak: history(had("2022-04-01", bnt, catalogue.Primary1)), outcome: wait, override: clinician, until: "2022-05-27"},
	{rule: "K03-later", age: 80, product: bnt, kind: catalogue.SpringBooster, tweak: history(had("2021-02-01", bnt, catalogue.Primary1), had("2021-04-01", bnt, catalogue.Primary2), had("2021-12-01", bnt, catalogue.Booster1)), outcome: caution},
	{rule: "K04-same", age: 40, product: bnt, tweak: history(had("2022-05-12", bnt, catalogue.Primary1)), outcome: contra, override: nobody, also: "K02 K09"},
	{rule: "K04-other", age: 40, product: bnt, tweak: history(had("2022-05-12", mod, catalogue.Primary1)), outcome: contra, override: prescriber, also: "K02 K09"},
	{rule: "K07", age: 45, product: bnt, kind: catalogue.Primary2, tweak: history(had("2022-02-01", az, catalogue.Primary1)), outcome: caution},
	{rule: "K09", age: 40, product: bnt, kind: catalogue.Booster1, outcome: seek, override: clinician},
	{rule: "K10", age: 40, product: nvx, outcome: seek, override: clinician},
	{rule: "K11", age: 40, product: bnt, tweak: history(had("2022-05-13", bnt, catalogue.Primary1)), outcome: seek, override: clinician},
	{rule: "K12", age: 40, product: bnt, tweak: history(reported(had("2021-05-13", "", ""))), outcome: caution},
	{rule: "K13", age: 40, product: nvx, kind: catalogue.Booster1, outcome: contra, override: prescriber, also: "K09"},

	{rule: "O01", day: "2021-12-13", age: 40, product: bnt, outcome: proceed, observe: 15},
	{rule: "O01", day: "2022-05-04", age: 40, product: bnt, outcome: proceed},
	{rule: "O01", day: "2022-05-05", age: 12, product: bnt, outcome: proceed},
	{rule: "O02", age: 11, product: c10, outcome: proceed},
	{rule: "O03", age: 50, product: az, outcome: proceed},
	{rule: "O04", age: 50, product: nvx, outcome: proceed, observe: 15, also: "K10"},
	{rule: "O05", age: 50, product: "janssen", outcome: proceed, observe: 15, also: "K10"},
}

func (s spoken) who() capture.Case {
	switch s.disease {
	case capture.Flu:
		return s.fluWho()
	case capture.MMR:
		return s.mmrWho()
	}
	kind := s.kind
	if kind == "" {
		kind = catalogue.Primary1
	}
	who := at(s.age, s.product, kind)
	if s.day != "" {
		who.Day = catalogue.MustDate(s.day)
		who.Person.BirthDate = who.Person.BirthDate.AddDays(who.Day.DaysSince(baseline))
	}
	who.Answers = said(s.answers)
	if s.tweak != nil {
		s.tweak(&who)
	}
	return who
}

// others are the rules that spoke besides one, without those that nearly always do.
func others(decision capture.Decision, rule string) []string {
	return slices.DeleteFunc(ruleIDs(decision), func(id string) bool {
		return id == rule || id == "C24-yes" || strings.HasPrefix(id, "O0") || id == "O-M1"
	})
}

func TestEveryRule(t *testing.T) { speakAll(t, everyRule) }

func speakAll(t *testing.T, rules []spoken) {
	for _, test := range rules {
		t.Run(test.rule+" "+test.day+" "+test.product+" "+test.answers, func(t *testing.T) {
			decision := assess(t, test.who())
			assert.Empty(t, decision.Missing)
			reason, ok := reasonOf(decision, test.rule)
			require.True(t, ok, "only these spoke: %v", ruleIDs(decision))
			assert.Equal(t, test.outcome, reason.Outcome)
			assert.Equal(t, test.override, reason.Override)
			assert.Equal(t, test.until, reason.DeferUntil.String())
			assert.Equal(t, test.observe, reason.Observe)
			assert.NotEmpty(t, reason.Sentence)
			assert.NotContains(t, reason.Sentence, "{")
			assert.NotContains(t, reason.Sentence, "not known days")
			assert.NotEmpty(t, reason.Facts)
			assert.NotEmpty(t, reason.Source)
			assert.False(t, reason.InForceFrom.IsZero())
			assert.Equal(t, test.also, strings.Join(others(decision, test.rule), " "))
		})
	}
}

// No row may be dead: each one of every day of the programme is reached by a case above.
func TestEveryRowIsReached(t *testing.T) {
	reached := map[string]bool{}
	name := func(disease, id string, from catalogue.Date) string {
		return disease + " " + id + " from " + from.String()
	}
	for _, test := range everyCase() {
		who := test.who()
		for _, reason := range assess(t, who).Reasons {
			reached[name(who.Disease, reason.RuleID, reason.InForceFrom)] = true
			reached[name(catalogue.AllDiseases, reason.RuleID, reason.InForceFrom)] = true
		}
	}
	c := known(t)
	for day := catalogue.MustDate("2020-12-08"); !day.After(catalogue.MustDate("2022-06-01")); day = day.AddDays(1) {
		for _, disease := range []string{capture.COVID19, capture.Flu, capture.MMR} {
			for _, rule := range c.At(day).ScreeningRules(disease) {
				name := name(rule.Disease, rule.ID, rule.From)
				assert.True(t, reached[name], name)
				reached[name] = true // say it once
			}
		}
	}
}
