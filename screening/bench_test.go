package screening_test

import (
	"testing"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// A decision is worked out at every answer while somebody waits, so it must not be felt: far under 16 ms, one frame.
func BenchmarkAssess(b *testing.B) {
	e := engine(b)
	who := at(80, bnt, spring)
	who.History = []capture.Dose{had("2021-02-01", bnt, p1), had("2021-04-20", bnt, p2), had("2021-11-20", bnt, boost)}
	who.Answers = said("C03=yes C03_when=date C03_test=2022-04-20 C08=yes C08_anaphylaxis=yes C18=yes C18_which=anticoagulant C18_stable=yes")
	reasons := 0
	b.ReportAllocs()
	for b.Loop() {
		decision, err := e.Assess(who)
		if err != nil || !decision.Final() {
			b.Fatal(err, decision.Missing)
		}
		reasons = len(decision.Reasons)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/decision")
	b.ReportMetric(float64(reasons), "reasons")
}

func BenchmarkAssessFlu(b *testing.B) {
	e := engine(b)
	who := flu(8*12, laiv, flu2)
	who.Circumstances.AtRisk = true
	who.History = []capture.Dose{hadFlu("2021-10-01", laiv, flu1)}
	who.Answers = saidFlu("F02=yes F02_date=2021-10-01 F02_before=no F04=yes F04_anaphylaxis=no F05=yes F05_steroids=no F05_icu=no F05_wheeze=no")
	b.ReportAllocs()
	for b.Loop() {
		if decision, err := e.Assess(who); err != nil || !decision.Final() {
			b.Fatal(err, decision.Missing)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/decision")
}

func BenchmarkNextDose(b *testing.B) {
	e := engine(b)
	who := at(80, "", "")
	who.Answers = nil
	who.History = []capture.Dose{had("2021-02-01", bnt, catalogue.Primary1), had("2021-04-20", bnt, catalogue.Primary2), had("2021-11-20", bnt, catalogue.Booster1)}
	for b.Loop() {
		if suggestion, err := e.NextDose(who); err != nil || !suggestion.Due {
			b.Fatal(err, suggestion.Sentence)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/suggestion")
}

func BenchmarkAssessMMR(b *testing.B) {
	e := engine(b)
	who := mmr(40, rvax, mmr2)
	who.History = []capture.Dose{hadMMR("2020-02-01", rvax), hadMMR("2020-06-01", rvax)}
	b.ReportAllocs()
	for b.Loop() {
		if decision, err := e.Assess(who); err != nil || !decision.Final() {
			b.Fatal(err, decision.Missing)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/decision")
}

// The trace of every rule is asked for by a person, so it may take longer than a decision.
func BenchmarkExplain(b *testing.B) {
	e := engine(b)
	who := at(80, bnt, spring)
	rules := 0
	for b.Loop() {
		traces, err := e.Explain(who)
		if err != nil {
			b.Fatal(err)
		}
		rules = len(traces)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/trace")
	b.ReportMetric(float64(rules), "rules")
}
