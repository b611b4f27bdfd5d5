package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// check shows everything that will be saved, each line with its way back, and saves it.
type check struct {
	j    *journey
	list *form.SummaryList
	rows []checkRow
}

// checkRow is a line with the faults of the desk that are put right behind its Change link.
type checkRow struct {
	form.SummaryRow
	about string // beginnings of the paths of faults, with spaces between
}

func newCheck(j *journey) *check {
	s := &check{j: j}
	s.rows = s.lines()
	rows := make([]form.SummaryRow, len(s.rows))
	for i, row := range s.rows {
		rows[i] = row.SummaryRow
	}
	s.list = form.NewSummaryList(rows...)
	return s
}

func (s *check) step() capture.Step      { return capture.StepCheck }
func (s *check) heading() string         { return "Check and confirm" }
func (s *check) goesOn() string          { return "Confirm and save" }
func (s *check) settles() bool           { return true }
func (s *check) first() fyne.Focusable   { return s.j.confirm }
func (s *check) keep(*capture.Encounter) {}
func (s *check) faults() []form.Fault    { return nil }
func (s *check) next(j *journey) station { return newCheck(j) }
func (s *check) body() fyne.CanvasObject { return s.list }

func (s *check) previous(j *journey) station {
	if j.visit.NotGiven != nil {
		return newNotGiven(j)
	}
	return newGive(j)
}

// row is a line that leads back to a station.
func (s *check) row(about, key, value string, to func(*journey) station) checkRow {
	line := checkRow{SummaryRow: form.SummaryRow{Key: key, Value: value}, about: about}
	if to != nil {
		line.Change = func() { s.j.move(func() station { return to(s.j) }) }
	}
	return line
}

// The ways back, as functions of one kind.
var (
	toIdentity  = func(j *journey) station { return newIdentity(j) }
	toStatus    = func(j *journey) station { return newStatus(j) }
	toDose      = func(j *journey) station { return newDose(j) }
	toEligible  = func(j *journey) station { return newEligible(j) }
	toJudged    = func(j *journey) station { return j.judged() }
	toDirection = func(j *journey) station { return newDirection(j) }
	toConsent   = func(j *journey) station { return newConsent(j) }
	toGive      = func(j *journey) station { return newGive(j) }
	toNotGiven  = func(j *journey) station { return newNotGiven(j) }
)

func (s *check) lines() []checkRow {
	j := s.j
	person, plan, edition := j.visit.Person, j.visit.Plan, j.facts.edition
	product, _ := edition.Product(plan.Product)
	who := joined(person.Name(), "born "+person.BirthDate.Plain(), "NHS number "+firstOf(person.NHSNumber.Display(), "not provided"))
	rows := []checkRow{
		s.row("person identityConfirmed", "Person", who, toIdentity),
		s.row("statusSeen status", "Earlier doses", s.statusWords(), toStatus),
		s.row("plan.product plan.kind", "Vaccine", joined(product.Name, kindWords(j.facts.catalogue, plan.Kind)), toDose),
	}
	if j.visit.NotGiven != nil {
		rows = append(rows, s.notGivenLines()...)
	} else {
		rows = append(rows, s.givenLines(product)...)
	}
	return append(rows,
		s.row("", "Legal mechanism", j.facts.mechanism().Label, nil),
		s.row("", "Site", j.facts.clinic.Site.Name+" ("+j.facts.clinic.Site.Code+")", nil))
}

func (s *check) statusWords() string {
	j := s.j
	words := count(len(j.facts.history), "dose") + " known"
	if len(j.facts.history) == 0 {
		words = "None known"
	}
	if !j.visit.Status.CheckedAt.IsZero() {
		words += ", checked " + moment(j.visit.Status.CheckedAt)
	} else {
		words += ", history not checked"
	}
	if j.visit.Status.GoneOn {
		words += " (went on without it)"
	}
	for _, choice := range j.visit.Status.Chosen {
		words += ". Records disagreed: " + choice.Reason
	}
	return words
}

func (s *check) notGivenLines() []checkRow {
	not := s.j.visit.NotGiven
	choice, _ := s.j.facts.edition.NotGiven(not.Choice, s.j.visit.Plan.Kind)
	why := choice.Label
	if !not.Until.IsZero() {
		why += ", until " + not.Until.Plain()
	}
	if choice.AsksWho {
		why = joined(why, s.j.visit.Consent.By)
	}
	rows := []checkRow{s.row("notGiven consent", "Not given", why, toNotGiven)}
	if not.Note != "" {
		rows = append(rows, s.row("", "Notes", not.Note, toNotGiven))
	}
	return rows
}

func (s *check) givenLines(product catalogue.Product) []checkRow {
	j := s.j
	why, _ := j.facts.edition.Eligibility(j.visit.Plan.Disease, j.visit.Plan.Eligibility)
	rows := []checkRow{
		s.row("plan.eligibility additional", "Offered because", joined(append([]string{why.Label}, s.about()...)...), toEligible),
		s.row("screening", "Screening", s.screeningWords(), toJudged),
	}
	if direction := j.visit.Direction; direction != nil && j.facts.mechanism().Prescriber {
		rows = append(rows, s.row("direction", "Directed by", joined(direction.Prescriber, direction.Number, direction.On.Plain()), toDirection))
	}
	rows = append(rows, s.row("consent", "Consent", s.consentWords(), toConsent))
	if j.visit.Give == nil {
		return append(rows, s.row("give", "Given", "", toGive))
	}
	return append(rows, s.doseLines(product)...)
}

// about is what is kept beside the vaccination, in a few words.
func (s *check) about() []string {
	more, edition := s.j.visit.Additional, s.j.facts.edition
	var words []string
	if more.Pregnant == capture.Yes {
		words = append(words, strings.TrimSuffix(fmt.Sprintf("pregnant, %s", count(more.PregnancyWeeks, "week")), ", 0 weeks"))
	}
	for _, group := range edition.RiskGroups(s.j.visit.Plan.Disease) {
		for _, key := range more.Conditions {
			if key == group.Key {
				words = append(words, strings.ToLower(group.Label))
			}
		}
	}
	if role, ok := edition.WorkerRole(more.WorkerRole); ok {
		words = append(words, strings.ToLower(role.Label))
	}
	if more.CareHome.Name != "" {
		words = append(words, more.CareHome.Name)
	}
	if more.Housebound {
		words = append(words, "housebound")
	}
	if more.Trial != "" {
		words = append(words, "trial "+more.Trial)
	}
	return words
}

func (s *check) screeningWords() string {
	j, screening := s.j, s.j.visit.Screening
	words := outcomeWords(j.facts.decision) + ", by " + j.facts.registered(screening.ScreenerID)
	if n := len(screening.Precautions); n > 0 {
		words += ", " + count(n, "precaution") + " taken"
	}
	if screening.Override != nil {
		words += ". Went on: " + joined(screening.Override.Reason, screening.Override.Advice)
	}
	return words
}

func outcomeWords(decision capture.Decision) string {
	switch decision.Outcome {
	case capture.Caution:
		return "Caution"
	case capture.SeekAdvice:
		return "Advice sought"
	case capture.Defer:
		return "Deferral overridden"
	case capture.Contraindicated:
		return "Contraindicated"
	}
	return "Proceed"
}

func (s *check) consentWords() string {
	consent := s.j.visit.Consent
	option, ok := s.j.facts.edition.Consent(consent.Type)
	if !ok {
		return ""
	}
	consulted := ""
	if consent.Consulted != "" {
		consulted = "consulted " + consent.Consulted
	}
	return joined(option.Label, consent.By, strings.ToLower(consent.Relationship), consulted) + ". Taken by " + s.j.facts.registered(consent.ClinicianID)
}

func (s *check) doseLines(product catalogue.Product) []checkRow {
	j, give := s.j, s.j.visit.Give
	batch := ""
	for _, b := range j.facts.batches {
		if b.ID == give.BatchID {
			batch = b.Number + ", use by " + b.UseBy(product).Plain()
		}
	}
	if !give.VialOpenedAt.IsZero() {
		batch = joined(batch, "vial opened "+clockOf(give.VialOpenedAt))
	}
	bodySite, _ := j.facts.edition.Site(give.BodySite)
	route, _ := j.facts.edition.Route(give.Route)
	dose := joined(give.AmountML+" ml", strings.ToLower(bodySite.Label), strings.ToLower(route.Label))
	if give.Route == nasal {
		dose = "Full dose, nasal"
		if give.HalfDose {
			dose = "Half dose, nasal, not to be repeated"
		}
	}
	if give.AmountReason != "" {
		dose += ". " + give.AmountReason
	}
	rows := []checkRow{
		s.row("give.batchId give.vial give.pastUse", "Batch", batch, toGive),
		s.row("give.amount give.bodySite give.route", "Dose", dose, toGive),
		s.row("give.vaccinatorId give.preparedById give.splitReason", "Given by", s.teamWords(), toGive),
	}
	if !give.At.IsZero() {
		rows = append(rows, s.row("give.at late", "Given on", moment(give.At)+s.lateWords(), toGive))
	}
	return rows
}

func (s *check) teamWords() string {
	give, f := s.j.visit.Give, s.j.facts
	words := f.staffName(give.VaccinatorID)
	if give.PreparedByID != "" && give.PreparedByID != give.VaccinatorID {
		words += ", prepared by " + f.staffName(give.PreparedByID)
	}
	if give.SplitReason != "" {
		words += ". Not the screener: " + give.SplitReason
	}
	return words
}

func (s *check) lateWords() string {
	late := s.j.visit.Late
	if late == nil {
		return ""
	}
	reason, _ := s.j.facts.edition.LateReason(late.Reason)
	return ". " + joined(reason.Label, late.Note)
}

// faultsAt puts each fault of the desk beside the line that leads to where it is put right.
func (s *check) faultsAt(err error) []form.Fault {
	faults := faultsOf(err)
	for i, problem := range capture.ProblemsOf(err) {
		faults[i].Target = s.linkFor(problem.Field)
	}
	return faults
}

func (s *check) linkFor(path string) fyne.CanvasObject {
	link := 0
	for _, row := range s.rows {
		if row.Change == nil {
			continue
		}
		for _, beginning := range strings.Fields(row.about) {
			if strings.HasPrefix(path, beginning) {
				return s.list.Links[link]
			}
		}
		link++
	}
	return nil
}

// finish makes the record final.
func (s *check) finish(j *journey) {
	type saved struct {
		event  capture.Event
		review capture.Review
		places []export.Place
	}
	visit := j.visit
	once(j.app, func(ctx ctx) (saved, error) {
		review, err := j.app.session.Desk.Review(ctx, visit)
		if err != nil {
			return saved{}, err
		}
		event, err := j.app.session.Desk.Complete(ctx, visit)
		if err != nil {
			return saved{}, err
		}
		places, err := j.app.session.Deliveries.Places(ctx, event.ID)
		if err != nil {
			places = nil // it is saved; where its rows are is shown later
		}
		return saved{event, review, places}, nil
	}, func(done saved, err error) {
		if err != nil {
			j.refuse(s.faultsAt(err))
			return
		}
		j.app.refreshStatus()
		j.app.show(newSaved(j.app, done.event, done.review.Warnings))
	})
}
