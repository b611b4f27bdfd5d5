package capture_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

// provider answers as the test says, and counts how often it was asked.
type provider struct {
	answer capture.Looked
	asked  int
	person capture.Person
}

func (p *provider) Look(_ context.Context, person capture.Person, _ string) capture.Looked {
	p.asked++
	p.person = person
	return p.answer
}

func found(entries ...capture.Vaccination) capture.Looked {
	return capture.Looked{State: capture.StatusFresh, At: now, Found: entries}
}

// statusDesk is a desk with a provider, a person whose number was traced, a clock, and that person's visit.
func statusDesk(t *testing.T, answer capture.Looked) (desk, *provider, *time.Time, capture.Encounter) {
	t.Helper()
	d := newDesk(t)
	at := now
	d.Now = func() time.Time { return at }
	p := &provider{answer: answer}
	d.Provider = p
	person := d.store.people["P1"]
	person.NHSNumber, person.NHSNumberStatus = "9000000009", "01"
	d.store.people["P1"] = person
	return d, p, &at, ready(t, d)
}

func status(t *testing.T, d desk, visit capture.Encounter, refresh bool) capture.Status {
	t.Helper()
	s, err := d.Status(t.Context(), visit, refresh)
	require.NoError(t, err)
	return s
}

func TestT21_NothingFoundIsNotNoVaccinations(t *testing.T) {
	d, _, _, visit := statusDesk(t, found())
	d.Assessor = screening.New(d.Catalogue)
	s := status(t, d, visit, true)
	assert.Equal(t, capture.StatusFresh, s.State)
	assert.Contains(t, s.Sentence, "no records found")
	assert.Contains(t, s.Sentence, "not the same as no vaccinations")
	assert.Empty(t, s.Vaccinations)
	assert.Contains(t, unanswered(t, d, visit), "screening.answers.C22")
}

func TestT22_WithoutANetworkTheDeskGoesOnAndAsks(t *testing.T) {
	d, p, _, visit := statusDesk(t, capture.Looked{State: capture.StatusUnavailable, Problem: "no connection"})
	d.Assessor = screening.New(d.Catalogue)
	s := status(t, d, visit, true)
	assert.Equal(t, capture.StatusUnavailable, s.State)
	assert.Contains(t, s.Sentence, "Temporary problem getting "+visit.Person.FullName()+"'s history")
	assert.Contains(t, s.Sentence, "continue anyway")
	assert.True(t, s.CanAsk)
	assert.True(t, s.CheckedAt.IsZero(), "not checked")
	assert.Equal(t, "no connection", s.Problem)
	assert.Equal(t, capture.StatusUnavailable, status(t, d, visit, false).State, "the state stays without asking again")
	assert.Equal(t, 1, p.asked)

	wanting := unanswered(t, d, visit)
	assert.Contains(t, wanting, "statusSeen")
	assert.Contains(t, wanting["statusSeen"], "Try again")
	assert.Contains(t, wanting, "screening.answers.C04")
	assert.Contains(t, wanting, "screening.answers.C22")
	visit.Status.GoneOn = true
	wanting = unanswered(t, d, visit)
	assert.NotContains(t, wanting, "statusSeen")
	assert.Contains(t, wanting, "screening.answers.C04")
	assert.Contains(t, wanting, "screening.answers.C22")
}

// unanswered are the faults that keep a visit from being recorded, by field.
func unanswered(t *testing.T, d desk, visit capture.Encounter) map[string]string {
	t.Helper()
	_, err := d.Complete(t.Context(), visit)
	wanting := map[string]string{}
	for _, fault := range capture.ProblemsOf(err) {
		wanting[fault.Field] = fault.Message
	}
	return wanting
}

func TestT25_PlacesAreHiddenForSensitivePeople(t *testing.T) {
	abroad := national("2021-06-01", az, "b")
	abroad.Country = "France"
	dose := national("2021-03-01", az, "a")
	dose.Where = "Hidden Surgery"
	d, _, _, visit := statusDesk(t, found(dose, abroad))
	saved, err := d.Complete(t.Context(), visitSeen(t, d, visit))
	require.NoError(t, err)
	require.NotEmpty(t, saved.Site.Name)
	assert.Equal(t, "Hidden Surgery", status(t, d, visit, false).Vaccinations[2].Where, "there is something to hide")

	visit.Person.Sensitive = true
	for _, refresh := range []bool{false, true} {
		s := status(t, d, visit, refresh)
		require.Len(t, s.Vaccinations, 3)
		for _, v := range s.Vaccinations {
			assert.Empty(t, v.Where)
			assert.Empty(t, v.Country)
			assert.True(t, v.Restricted)
		}
		kept := d.store.looks[[2]string{"P1", capture.COVID19}]
		require.Len(t, kept.Answer.Found, 2)
		for _, v := range kept.Answer.Found {
			assert.Empty(t, v.Where, "not in what is kept either")
			assert.Empty(t, v.Country)
		}
	}
}

// visitSeen is the visit after its history was checked.
func visitSeen(t *testing.T, d desk, visit capture.Encounter) capture.Encounter {
	status(t, d, visit, true)
	return visit
}

func TestStatusIsNotAsked(t *testing.T) {
	for name, test := range map[string]struct {
		change func(d desk, visit *capture.Encounter)
		state  capture.StatusState
		words  string
	}{
		"switched off":        {func(d desk, _ *capture.Encounter) { d.Provider = nil }, capture.StatusNotRequested, "switched off"},
		"no NHS number":       {func(_ desk, v *capture.Encounter) { v.Person.NHSNumber = "" }, capture.StatusNotRequested, "there is no NHS number"},
		"number not verified": {func(_ desk, v *capture.Encounter) { v.Person.NHSNumberStatus = "02" }, capture.StatusUnverified, "NHS number not verified"},
		"flu on the baseline": {func(_ desk, v *capture.Encounter) { v.Plan.Disease = capture.Flu }, capture.StatusNotRequested, "Flu history not available nationally"},
		"recorded as died":    {func(_ desk, v *capture.Encounter) { v.Person.Deceased = true }, capture.StatusNotRequested, "recorded as having died"},
	} {
		t.Run(name, func(t *testing.T) {
			d, p, _, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
			status(t, d, visit, true)
			test.change(d, &visit)
			visit.Reported = []capture.Dose{{Date: catalogue.MustDate("2021-01-01"), Product: az}}
			s := status(t, d, visit, true)
			assert.Equal(t, 1, p.asked, "only before the change")
			assert.Equal(t, test.state, s.State)
			assert.Contains(t, s.Sentence, test.words)
			assert.False(t, s.CanAsk)
			assert.False(t, s.NeedsGoneOn())
			assert.True(t, s.CheckedAt.IsZero())
			if visit.Plan.Disease == capture.COVID19 {
				assert.Equal(t, []string{"2021-01-01 vaxzevria told by the patient"}, words(s.Vaccinations))
			}
		})
	}
}

func TestStatusFluWhereTheServiceHasIt(t *testing.T) {
	d, p, _, visit := statusDesk(t, found())
	d.store.configuration[capture.HistoryDiseases] = "COVID-19 FLU"
	visit.Plan.Disease = capture.Flu
	assert.Equal(t, capture.StatusFresh, status(t, d, visit, true).State)
	assert.Equal(t, 1, p.asked)
}

func TestStatusOverTime(t *testing.T) {
	d, p, at, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	s := status(t, d, visit, false)
	assert.Equal(t, capture.StatusNotRequested, s.State)
	assert.True(t, s.CanAsk)
	assert.Contains(t, s.Sentence, "Not checked")
	assert.Zero(t, p.asked, "without refresh nobody is asked")
	assert.Contains(t, unanswered(t, d, visit)["statusSeen"], "Check the history of vaccinations first")

	s = status(t, d, visit, true)
	assert.Equal(t, capture.StatusFresh, s.State)
	assert.Equal(t, now, s.CheckedAt)
	assert.Contains(t, s.Sentence, "Checked 12 May 2022 10:02")
	assert.Equal(t, "status.look", d.store.audit[len(d.store.audit)-1].Action)

	*at = now.Add(24 * time.Hour)
	assert.Equal(t, capture.StatusFresh, status(t, d, visit, false).State)
	p.answer = capture.Looked{State: capture.StatusUnavailable}
	s = status(t, d, visit, true)
	assert.Equal(t, capture.StatusFresh, s.State, "the answer of today still holds")
	require.Len(t, s.Warnings, 1)
	assert.Contains(t, s.Warnings[0], "Asked again 13 May 2022 10:02 without an answer")

	*at = now.Add(24*time.Hour + time.Second)
	s = status(t, d, visit, false)
	assert.Equal(t, capture.StatusUnavailable, s.State)
	assert.Equal(t, []string{"2021-03-01 vaxzevria national history"}, words(s.Vaccinations), "what was known is still shown")
	assert.Equal(t, now, s.CheckedAt)

	look := d.store.looks[[2]string{"P1", capture.COVID19}]
	look.Failed = ""
	d.store.looks[[2]string{"P1", capture.COVID19}] = look
	s = status(t, d, visit, false)
	assert.Equal(t, capture.StatusStale, s.State)
	assert.Contains(t, s.Sentence, "Last checked 12 May 2022 10:02")
	assert.True(t, s.NeedsGoneOn())

	p.answer = capture.Looked{State: capture.StatusNotPermitted}
	s = status(t, d, visit, true)
	assert.Equal(t, capture.StatusNotPermitted, s.State)
	assert.Contains(t, s.Sentence, "Tell the administrator")
}

func TestStatusOfAnotherNHSNumberIsForgotten(t *testing.T) {
	d, _, _, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	status(t, d, visit, true)
	visit.Person.NHSNumber = "9434765919"
	s := status(t, d, visit, false)
	assert.Equal(t, capture.StatusNotRequested, s.State)
	assert.Empty(t, s.Vaccinations)
	assert.Empty(t, d.store.looks)
}

func TestStatusWarns(t *testing.T) {
	answer := found(national("2021-03-01", az, "a"), national("", az, "b"))
	answer.BirthDate, answer.LeftOut = catalogue.MustDate("1901-02-03"), 2
	d, _, _, visit := statusDesk(t, answer)
	visit.Reported = []capture.Dose{{Date: catalogue.MustDate("2022-01-03"), Product: bnt}, {Date: catalogue.MustDate("2022-01-05"), Product: bnt}}
	s := status(t, d, visit, true)
	require.Len(t, s.Warnings, 4)
	assert.Contains(t, s.Warnings[0], "3 February 1901")
	assert.Contains(t, s.Warnings[1], "2 entries of the history could not be read")
	assert.Contains(t, s.Warnings[2], "Ask again")
	assert.Contains(t, s.Warnings[3], "1 vaccination has no date")
	assert.Equal(t, capture.StatusFresh, s.State, "what the patient alone told stops nothing")
}

func TestStatusNotWaitedForSaysNothing(t *testing.T) {
	d, _, _, visit := statusDesk(t, capture.Looked{State: capture.StatusUnavailable})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := d.Status(ctx, visit, true)
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, d.store.looks)
}

func TestCompleteKeepsTheStatusWithTheEvent(t *testing.T) {
	d, _, _, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	status(t, d, visit, true)
	visit.Status.GoneOn = true
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, capture.StatusCheck{State: capture.StatusFresh, CheckedAt: now}, event.Status, "nobody went on without an answer")
	require.Len(t, d.assessor.last.History, 1, "the decision looks at the merged list")
	assert.Equal(t, capture.SourceNational, d.assessor.last.History[0].Source)
}

func TestCompleteKeepsThatTheDeskWentOn(t *testing.T) {
	d, _, _, visit := statusDesk(t, capture.Looked{State: capture.StatusNotPermitted})
	status(t, d, visit, true)
	visit.Status.GoneOn = true
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, capture.StatusCheck{State: capture.StatusNotPermitted, GoneOn: true}, event.Status)
}

func TestCompleteNeedsAChoiceForEachConflict(t *testing.T) {
	d, _, _, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	visit.Reported = []capture.Dose{{Date: catalogue.MustDate("2021-03-03"), Disease: capture.COVID19, Product: az}}
	s := status(t, d, visit, true)
	assert.Equal(t, capture.StatusConflict, s.State)
	assert.Equal(t, capture.StatusFresh, s.LookUp)
	require.Len(t, s.Conflicts, 1)
	require.Len(t, s.Doses(), 2, "until somebody chooses, both count")
	conflict := s.Conflicts[0]
	toldOf, onRecord := conflict.Between[0], conflict.Between[1]
	field := "status.chosen." + conflict.Key

	for name, test := range map[string]struct {
		choice capture.Choice
		words  string
	}{
		"none":                   {capture.Choice{}, "Choose which counts today"},
		"of another conflict":    {capture.Choice{Conflict: "other", Keep: onRecord.Key, Reason: "r", ByID: "nurse"}, "Choose which counts today"},
		"of another vaccination": {capture.Choice{Conflict: conflict.Key, Keep: "other", Reason: "r", ByID: "nurse"}, "Choose which counts today"},
		"no reason":              {capture.Choice{Conflict: conflict.Key, Keep: onRecord.Key, Reason: " ", ByID: "nurse"}, "Enter why"},
		"nobody":                 {capture.Choice{Conflict: conflict.Key, Keep: onRecord.Key, Reason: "r"}, "registered clinician"},
		"not registered":         {capture.Choice{Conflict: conflict.Key, Keep: onRecord.Key, Reason: "r", ByID: "recorder"}, "registered clinician"},
	} {
		t.Run(name, func(t *testing.T) {
			visit.Status.Chosen = []capture.Choice{test.choice}
			assert.Contains(t, unanswered(t, d, visit)[field], test.words)
		})
	}

	choose := func(keep string) capture.Status {
		visit.Status.Chosen = []capture.Choice{{Conflict: conflict.Key, Keep: keep, Reason: " they  are sure ", ByID: "nurse", At: now}}
		return status(t, d, visit, false)
	}
	s = choose(capture.KeepBoth)
	assert.Equal(t, capture.StatusFresh, s.State)
	assert.Len(t, s.Doses(), 2)
	s = choose(toldOf.Key)
	require.Len(t, s.Doses(), 1)
	assert.Equal(t, toldOf.Date, s.Doses()[0].Date)
	assert.Len(t, s.Vaccinations, 2, "what is set aside is still shown")
	s = choose(onRecord.Key)
	require.Len(t, s.Doses(), 1)
	assert.Equal(t, onRecord.Date, s.Doses()[0].Date)

	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, []capture.Choice{{Conflict: conflict.Key, Keep: onRecord.Key, Reason: "they are sure", ByID: "nurse", At: now}}, event.Status.Chosen)
	require.Len(t, d.assessor.last.History, 1)
	assert.Equal(t, onRecord.Date, d.assessor.last.History[0].Date)
}

func TestNotGivenNeedsNoChoice(t *testing.T) {
	d, _, _, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	visit.Reported = []capture.Dose{{Date: catalogue.MustDate("2021-03-03"), Disease: capture.COVID19, Product: az}}
	visit.Give, visit.NotGiven = nil, &capture.NotGiven{Choice: "declined"}
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, capture.StatusNotRequested, event.Status.State)
}

func TestStatusMarksWhatTheNHSDoesNotHaveYet(t *testing.T) {
	d, p, at, visit := statusDesk(t, found())
	status(t, d, visit, true)
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	event.Product.Key, event.Product.Name = az, "Vaxzevria"
	_, err = d.Amend(t.Context(), event, "wrong vaccine chosen")
	require.NoError(t, err)
	copied := national("2022-05-12", "comirnaty30_rtu", event.ID)
	copied.Identifier.System = event.IDURI
	p.answer = found(copied)
	*at = now.Add(time.Hour)
	assert.Equal(t, []string{"2022-05-12 vaxzevria this device pending update"}, words(status(t, d, visit, true).Vaccinations))

	d.store.sent[event.ID] = true
	s := status(t, d, visit, false)
	assert.Equal(t, capture.StatusConflict, s.State, "the correction was sent, and the history says otherwise")

	_, err = d.Delete(t.Context(), event.ID, "given to somebody else")
	require.NoError(t, err)
	s = status(t, d, visit, false)
	assert.Equal(t, []string{"2022-05-12 comirnaty30_rtu national history pending delete"}, words(s.Vaccinations))
	assert.Empty(t, s.Doses())
}

func TestForgetLooks(t *testing.T) {
	d, _, at, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	status(t, d, visit, true)
	forget := func(all bool) int {
		t.Helper()
		n, err := d.ForgetLooks(t.Context(), all)
		require.NoError(t, err)
		return n
	}
	*at = now.Add(48 * time.Hour)
	assert.Zero(t, forget(false), "the clinic is still open")
	require.NoError(t, d.Discard(t.Context(), visit.ID, "left"))
	require.NoError(t, d.CloseClinic(t.Context(), "counted elsewhere"))
	*at = at.Add(24*time.Hour - time.Second)
	assert.Zero(t, forget(false))
	assert.Len(t, status(t, d, visit, false).Vaccinations, 1)
	*at = at.Add(time.Second)
	assert.Empty(t, status(t, d, visit, false).Vaccinations, "what is due is not used any more")
	assert.Empty(t, d.store.looks)

	status(t, d, visit, true) // outside a clinic
	*at = at.Add(24 * time.Hour)
	require.NoError(t, d.SignIn(t.Context(), d.store.staff[0]))
	assert.Empty(t, d.store.looks, "forgotten at sign-in")

	status(t, d, visit, true)
	assert.Equal(t, 1, forget(true))
	assert.Empty(t, d.store.looks)
	assert.Equal(t, "status.forget", d.store.audit[len(d.store.audit)-1].Action)
}

func TestHistoryHasWhatIsKept(t *testing.T) {
	d, _, _, visit := statusDesk(t, found(national("2021-03-01", az, "a")))
	status(t, d, visit, true)
	doses, err := d.History(t.Context(), "P1", []capture.Dose{{Date: catalogue.MustDate("2020-12-20"), Disease: capture.COVID19, Product: az}})
	require.NoError(t, err)
	require.Len(t, doses, 2)
	assert.Equal(t, []string{capture.SourceReported, capture.SourceNational}, []string{doses[0].Source, doses[1].Source}, "oldest first")
}
