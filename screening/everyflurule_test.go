package screening_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

const (
	laiv = "fluenz_tetra"
	qivc = "flucelvax_tetra"
	qivr = "supemtek"
	aqiv = "fluad_tetra"
	qive = "qive_sanofi"

	flu1 = catalogue.FluFirst
	flu2 = catalogue.FluSecond
)

// autumn is the usual day of flu cases.
var autumn = catalogue.MustDate("2021-11-15")

// saidFlu is a whole set of answers about flu: no to everything, save what the words tell.
func saidFlu(words string) map[string]capture.Answer {
	return saidTo("F01 F02 F03 F04 F05 F06 F07 F08 F09 F10 F11 F12 F13 F14 F15 F16", words)
}

// flu is a healthy person of so many months and a day at the desk in autumn, with nothing to report.
func flu(months int, product string, kind catalogue.DoseKind) capture.Case {
	born := autumn.AddDays(-1)
	born.Year -= months / 12
	for range months % 12 {
		if born.Month--; born.Month == 0 {
			born.Year, born.Month = born.Year-1, 12
		}
	}
	return capture.Case{
		Day: autumn, Person: capture.Person{BirthDate: born, Gender: "1"}, Disease: capture.Flu,
		Product: product, Kind: kind, Mechanism: "pgd", Answers: saidFlu(""),
	}
}

// hadFlu is an earlier flu vaccine recorded on this device.
func hadFlu(day, product string, kind catalogue.DoseKind) capture.Dose {
	dose := had(day, product, kind)
	dose.Disease = capture.Flu
	return dose
}

func monthsOld(months int) func(*capture.Case) {
	return func(who *capture.Case) { who.Person = flu(months, "", "").Person }
}

func (s spoken) fluWho() capture.Case {
	kind := s.kind
	if kind == "" {
		kind = flu1
	}
	who := flu(12*s.age, s.product, kind)
	if s.day != "" {
		who.Day = catalogue.MustDate(s.day)
		who.Person.BirthDate = who.Person.BirthDate.AddDays(who.Day.DaysSince(autumn))
	}
	who.Answers = saidFlu(s.answers)
	if s.tweak != nil {
		s.tweak(&who)
	}
	return who
}

func both(tweaks ...func(*capture.Case)) func(*capture.Case) {
	return func(who *capture.Case) {
		for _, tweak := range tweaks {
			tweak(who)
		}
	}
}

var nvxOf = func(day string) func(*capture.Case) { return history(had(day, nvx, p2)) }

// Schoolchildren of 8 have the nasal vaccine or QIVc; adults of 55 QIVc, QIVr or QIVe; 70-year-olds aQIV.
var everyFluRule = fluRules([]spoken{
	{rule: "F01-fever", age: 55, product: qivc, answers: "F01=yes F01_severity=fever", outcome: wait, override: prescriber},
	{rule: "F01-minor", age: 55, product: qivc, answers: "F01=yes F01_severity=minor", outcome: proceed},
	{rule: "F01-unknown", age: 55, product: qivc, answers: "F01=unknown", outcome: caution},
	{rule: "F01-unknown", age: 55, product: qivc, answers: "F01=yes F01_severity=unknown", outcome: caution},

	{rule: "F02-had", age: 55, product: qivc, answers: "F02=yes F02_date=2021-10-01", outcome: contra, override: prescriber, also: "K09"},
	{rule: "F02-had", age: 55, product: qivc, answers: "F02=yes F02_date=unknown", outcome: contra, override: prescriber, also: "K09"},
	{rule: "F02-had", age: 55, product: qivc, answers: "F02=yes F02_date=2021-09-01", outcome: contra, override: prescriber, also: "K09"},
	{rule: "F02-earlier", age: 55, product: qivc, answers: "F02=yes F02_date=2021-08-31", outcome: caution},
	{rule: "F02-second", age: 8, product: laiv, kind: flu2, tweak: atRisk, answers: "F02=yes F02_date=2021-10-01 F02_before=no", outcome: proceed},
	{rule: "F02-second-undated", age: 8, product: laiv, kind: flu2, tweak: atRisk, answers: "F02=yes F02_date=unknown F02_before=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F02-before-unknown", age: 8, product: laiv, kind: flu2, tweak: atRisk, answers: "F02=yes F02_date=2021-10-01 F02_before=unknown", outcome: caution, also: "F02-second"},
	{rule: "F02-unknown", age: 55, product: qivc, answers: "F02=unknown", outcome: seek, override: clinician, observe: 30},

	{rule: "F03-same", age: 55, product: qivc, answers: "F03=yes F03_what=vaccine F03_vaccine=QIVc", outcome: contra, override: prescriber, observe: 30},
	{rule: "F03-other", age: 55, product: qivc, answers: "F03=yes F03_what=vaccine F03_vaccine=QIVe", outcome: seek, override: clinician, observe: 30},
	{rule: "F03-which-unknown", age: 55, product: qivc, answers: "F03=yes F03_what=vaccine F03_vaccine=unknown", outcome: contra, override: prescriber, observe: 30},
	{rule: "F03-component", age: 55, product: qivc, answers: "F03=yes F03_what=component", outcome: seek, override: clinician, observe: 30},
	{rule: "F03-unknown", age: 55, product: qivc, answers: "F03=yes F03_what=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F03-unknown", age: 55, product: qivc, answers: "F03=unknown", outcome: seek, override: clinician, observe: 30},

	{rule: "F04-usual", age: 8, product: laiv, answers: "F04=yes F04_anaphylaxis=yes F04_icu=no", outcome: proceed},
	{rule: "F04-usual", age: 55, product: qive, answers: "F04=yes F04_anaphylaxis=no", outcome: proceed},
	{rule: "F04-usual", age: 55, product: qivc, answers: "F04=yes F04_anaphylaxis=no", outcome: proceed},
	{rule: "F04-ovalbumin", age: 70, product: aqiv, answers: "F04=yes F04_anaphylaxis=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F04-icu-laiv", age: 8, product: laiv, answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "F04-icu-egg", age: 55, product: qive, answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", outcome: contra, override: prescriber},
	{rule: "F04-icu-free", age: 8, product: qivc, answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", outcome: proceed},
	{rule: "F04-icu-free", age: 55, product: qivr, answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", outcome: proceed},
	{rule: "F04-icu-young", age: 1, product: qive, tweak: atRisk, answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", outcome: seek, override: clinician, observe: 30, also: "K-F4"},
	{rule: "F04-unknown-egg", age: 55, product: qive, answers: "F04=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F04-unknown-egg", age: 55, product: qive, answers: "F04=yes F04_anaphylaxis=unknown F04_icu=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F04-unknown-free", age: 55, product: qivc, answers: "F04=unknown", outcome: proceed},

	{rule: "F05-wheeze", age: 8, product: laiv, answers: "F05=yes F05_steroids=no F05_icu=no F05_wheeze=yes", outcome: wait, override: prescriber, until: "2021-11-18"},
	{rule: "F05-steroids", age: 8, product: laiv, answers: "F05=yes F05_steroids=yes F05_icu=no F05_wheeze=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F05-icu", age: 8, product: laiv, answers: "F05=yes F05_steroids=no F05_icu=yes F05_wheeze=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F05-unclear", age: 8, product: laiv, answers: "F05=yes F05_steroids=no F05_icu=unknown F05_wheeze=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F05-unclear", age: 8, product: laiv, answers: "F05=yes F05_steroids=unknown F05_icu=no F05_wheeze=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F05-unclear", age: 8, product: laiv, answers: "F05=yes F05_steroids=no F05_icu=no F05_wheeze=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F05-stable", age: 8, product: laiv, answers: "F05=yes F05_steroids=no F05_icu=no F05_wheeze=no", outcome: proceed},
	{rule: "F05-unknown", age: 8, product: laiv, answers: "F05=unknown", outcome: seek, override: clinician, observe: 30},

	{rule: "F06-laiv", age: 8, product: laiv, answers: "F06=yes", outcome: contra, override: prescriber, also: "K-F4"},
	{rule: "F06-other", age: 8, product: qivc, answers: "F06=yes", outcome: proceed, also: "K-F4"},
	{rule: "F06-unknown-laiv", age: 8, product: laiv, answers: "F06=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F06-unknown-other", age: 8, product: qivc, answers: "F06=unknown", outcome: proceed},
	{rule: "F07-avoid", age: 8, product: laiv, answers: "F07=yes F07_avoid=yes", outcome: caution},
	{rule: "F07-cannot", age: 8, product: laiv, answers: "F07=yes F07_avoid=no", outcome: contra, override: prescriber},
	{rule: "F07-cannot", age: 8, product: laiv, answers: "F07=yes F07_avoid=unknown", outcome: contra, override: prescriber},
	{rule: "F07-unknown", age: 8, product: laiv, answers: "F07=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F08-yes", age: 8, product: laiv, answers: "F08=yes", outcome: contra, override: prescriber},
	{rule: "F08-unknown", age: 8, product: laiv, answers: "F08=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F09-recent", age: 8, product: laiv, answers: "F09=yes F09_when=taken F09_last=2021-11-14", outcome: wait, override: clinician, until: "2021-11-16"},
	{rule: "F09-undated", age: 8, product: laiv, answers: "F09=yes F09_when=taken F09_last=unknown", outcome: wait, override: clinician, until: "2021-11-17"},
	{rule: "F09-past", age: 8, product: laiv, answers: "F09=yes F09_when=taken F09_last=2021-11-13", outcome: proceed},
	{rule: "F09-planned", age: 8, product: laiv, answers: "F09=yes F09_when=planned", outcome: caution},
	{rule: "F09-unknown", age: 8, product: laiv, answers: "F09=yes F09_when=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F09-unknown", age: 8, product: laiv, answers: "F09=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F10-yes", age: 8, product: laiv, answers: "F10=yes", outcome: wait, override: clinician},
	{rule: "F10-unknown", age: 8, product: laiv, answers: "F10=unknown", outcome: caution},
	{rule: "F11-laiv", age: 15, product: laiv, answers: "F11=yes", outcome: contra, override: prescriber},
	{rule: "F11-other", age: 30, product: qivc, answers: "F11=yes", outcome: proceed},
	{rule: "F11-unknown-laiv", age: 15, product: laiv, answers: "F11=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F11-unknown-other", age: 55, product: qivc, answers: "F11=unknown", outcome: proceed},

	{rule: "F12-in", age: 8, product: laiv, answers: "F12=yes F12_substance=gelatine", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 8, product: laiv, answers: "F12=yes F12_substance=neomycin", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 8, product: laiv, answers: "F12=yes F12_substance=gentamicin", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 70, product: aqiv, answers: "F12=yes F12_substance=gelatine F12_second=kanamycin", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 70, product: aqiv, answers: "F12=yes F12_substance=hydrocortisone", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 55, product: qivc, answers: "F12=yes F12_substance=ctab", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 55, product: qivc, answers: "F12=yes F12_substance=polysorbate80", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-in", age: 55, product: qive, answers: "F12=yes F12_substance=formaldehyde", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-not-in", age: 8, product: qivc, answers: "F12=yes F12_substance=gelatine", outcome: proceed, observe: 15},
	{rule: "F12-other", age: 55, product: qivc, answers: "F12=yes F12_substance=other", outcome: seek, override: clinician, observe: 30},
	{rule: "F12-unknown", age: 55, product: qivc, answers: "F12=yes F12_substance=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F12-unknown", age: 55, product: qivc, answers: "F12=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F13-stable", age: 70, product: aqiv, answers: "F13=yes F13_which=anticoagulant F13_stable=yes", outcome: caution},
	{rule: "F13-unstable", age: 70, product: aqiv, answers: "F13=yes F13_which=disorder F13_stable=no", outcome: seek, override: clinician, observe: 30},
	{rule: "F13-unstable", age: 70, product: aqiv, answers: "F13=yes F13_which=both F13_stable=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "F13-unknown", age: 70, product: aqiv, answers: "F13=unknown", outcome: caution},
	{rule: "F14-yes", age: 8, product: laiv, answers: "F14=yes", outcome: wait, override: nobody},
	{rule: "F14-unknown", age: 8, product: laiv, answers: "F14=unknown", outcome: caution},
	{rule: "F15-nvx", age: 55, product: qivc, answers: "F15=yes F15_which=nvx F15_date=2021-11-09", outcome: wait, override: prescriber, until: "2021-11-16"},
	{rule: "F15-nvx", age: 55, product: qivc, answers: "F15=yes F15_which=nvx F15_date=2021-11-15", outcome: wait, override: prescriber, until: "2021-11-22"},
	{rule: "F15-nvx-undated", age: 55, product: qivc, answers: "F15=yes F15_which=nvx F15_date=unknown", outcome: wait, override: prescriber, until: "2021-11-22"},
	{rule: "F15-nvx-past", age: 55, product: qivc, answers: "F15=yes F15_which=nvx F15_date=2021-11-08", outcome: proceed},
	{rule: "F15-other", age: 55, product: qivc, answers: "F15=yes F15_which=covid", outcome: proceed},
	{rule: "F15-other", age: 55, product: qivc, answers: "F15=yes F15_which=other", outcome: proceed},
	{rule: "F15-unknown", age: 55, product: qivc, answers: "F15=yes F15_which=unknown", outcome: caution},
	{rule: "F15-unknown", age: 55, product: qivc, answers: "F15=unknown", outcome: caution},
	{rule: "F16-yes", age: 55, product: qivc, answers: "F16=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "F16-unknown", age: 55, product: qivc, answers: "F16=unknown", outcome: seek, override: clinician, observe: 30},

	{rule: "K01-young", age: 1, product: laiv, outcome: contra, override: prescriber, tweak: atRisk, also: "K-F4"},
	{rule: "K01-months", product: qive, tweak: both(monthsOld(5), atRisk), outcome: contra, override: prescriber, also: "K09"},
	{rule: "K01-old", age: 18, product: laiv, tweak: atRisk, outcome: contra, override: prescriber},
	{rule: "K01-off-label", product: aqiv, tweak: monthsOld(12*64 + 9), outcome: caution},
	{rule: "K02", age: 8, product: laiv, kind: flu2, tweak: both(atRisk, history(hadFlu("2021-10-19", laiv, flu1))), outcome: wait, override: prescriber, until: "2021-11-16"},
	{rule: "K02", age: 8, product: laiv, kind: flu2, tweak: atRisk, answers: "F02=yes F02_date=2021-10-19 F02_before=no", outcome: wait, override: prescriber, until: "2021-11-16", also: "F02-second"},
	{rule: "K04-same", age: 55, product: qivc, tweak: history(hadFlu("2021-11-15", qivc, flu1)), outcome: contra, override: nobody, also: "K-F3 K02 K09"},
	{rule: "K04-other", age: 55, product: qivc, tweak: history(hadFlu("2021-11-15", qive, flu1)), outcome: contra, override: prescriber, also: "K-F3 K02 K09"},
	{rule: "K09", age: 40, product: qivc, outcome: seek, override: clinician},
	{rule: "K10", age: 8, product: qive, outcome: seek, override: clinician},
	{rule: "K11", age: 55, product: qivc, tweak: history(hadFlu("2021-11-16", qivc, flu1)), outcome: seek, override: clinician},
	{rule: "K-F1", age: 65, product: qive, outcome: contra, override: prescriber, also: "K10"},
	{rule: "K-F3", age: 55, product: qivc, tweak: history(hadFlu("2021-09-01", qivc, flu1)), outcome: contra, override: prescriber, also: "K09"},
	{rule: "K-F3-told", age: 55, product: qivc, tweak: history(reported(hadFlu("2021-09-20", "", ""))), outcome: seek, override: clinician, also: "K09"},
	{rule: "K-F3-third", age: 8, product: laiv, kind: flu2, tweak: both(atRisk, history(hadFlu("2021-09-10", laiv, flu1), hadFlu("2021-10-10", laiv, flu2))), outcome: contra, override: prescriber, also: "K09"},
	{rule: "K-F4", age: 8, product: laiv, tweak: atRisk, outcome: proceed},
	{rule: "K-F5", age: 55, product: qivc, tweak: nvxOf("2021-11-09"), outcome: wait, override: prescriber, until: "2021-11-16"},
	{rule: "O06", age: 55, product: qivc, outcome: proceed},
})

func fluRules(rules []spoken) []spoken {
	for i := range rules {
		rules[i].disease = capture.Flu
	}
	return rules
}

func TestEveryFluRule(t *testing.T) { speakAll(t, everyFluRule) }

// Each of the answers yes, no and unknown to each question leaves a decision that a rule of the question explains, or no need to.
func TestEveryFluAnswerOfEveryQuestion(t *testing.T) {
	for _, product := range []string{laiv, qivc} {
		who := flu(15*12, product, flu1)
		set, err := engine(t).Questions(who)
		require.NoError(t, err)
		for _, question := range set.Questions {
			for _, value := range []string{capture.Yes, capture.No, capture.Unknown} {
				who.Answers = saidFlu(question.ID + "=" + value)
				decision := assess(t, who)
				_, read := firstOf(decision, question.ID)
				open := strings.Contains(strings.Join(decision.Missing, " "), question.ID)
				assert.Equal(t, value != capture.No, read || open, "%s %s %s", product, question.ID, value)
			}
		}
	}
}

// firstOf is the first reason that a question gave.
func firstOf(decision capture.Decision, question string) (capture.Reason, bool) {
	for _, reason := range decision.Reasons {
		if reason.Question == question {
			return reason, true
		}
	}
	return capture.Reason{}, false
}
