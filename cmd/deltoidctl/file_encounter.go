package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// reading turns an encounter file into an encounter of the desk: names become ids, and what is not said takes its
// usual value. It notes every fault and goes on.
type reading struct {
	desk    *capture.Desk
	file    encounterFile
	edition *catalogue.Edition // of the day of vaccination
	staff   []capture.Staff
	batches []capture.Batch
	clinics []capture.Clinic
	faults  []fault

	known     bool // the person is on this device
	encounter capture.Encounter
}

// resolve looks everything up. The error is of the computer; what is wrong with the file is in faults.
func resolve(ctx context.Context, desk *capture.Desk, file encounterFile) (*reading, error) {
	r := &reading{desk: desk, file: file}
	var err error
	if r.staff, err = desk.Store.Staff(ctx); err != nil {
		return nil, err
	}
	if r.batches, err = desk.Store.Batches(ctx); err != nil {
		return nil, err
	}
	if r.clinics, err = desk.Store.Clinics(ctx); err != nil {
		return nil, err
	}
	r.encounter = capture.Encounter{
		ID: desk.NewID(), EventID: orUsual(strings.ToLower(file.ID), desk.NewID()), ClinicID: r.clinic(), Step: capture.StepCheck,
		IdentityConfirmed: file.IdentityConfirmed, StatusSeen: file.StatusSeen, Circumstances: file.Circumstances,
		Additional: file.Additional, Direction: file.Direction, Late: file.Late, GivenBy: file.GivenBy,
		Plan: capture.Plan{
			Disease: file.Plan.Disease, Product: file.Plan.Product, Kind: file.Plan.Kind,
			Eligibility: file.Plan.Eligibility, Reason: file.Plan.Reason,
		},
	}
	r.status()
	if err := r.person(ctx); err != nil {
		return nil, err
	}
	r.outcome()
	r.edition = desk.Catalogue.At(r.day())
	product, _ := r.edition.Product(file.Plan.Product)
	r.encounter.Plan.Disease = orUsual(orUsual(file.Plan.Disease, product.Disease), capture.COVID19)
	r.kind()
	r.reported()
	r.screening()
	r.consent()
	r.usuals()
	return r, nil
}

// day is the day of vaccination, whose rules apply.
func (r *reading) day() catalogue.Date {
	return catalogue.DateOf(r.encounter.When(r.desk.Now()))
}

// kind looks whether the kind of dose is one of the disease; screening cannot look at any other.
func (r *reading) kind() {
	plan := &r.encounter.Plan
	kinds := r.desk.Catalogue.KindKeys(plan.Disease)
	if plan.Kind == "" || slices.Contains(kinds, plan.Kind) {
		return
	}
	r.fault("plan.kind", capture.Invalid, "This word is not known here", keysOf(kinds, func(k catalogue.DoseKind) string { return string(k) })...)
	plan.Kind = ""
}

func (r *reading) fault(path string, code capture.Code, message string, oneOf ...string) {
	r.faults = append(r.faults, fault{Path: "$." + path, Code: code, Message: message, OneOf: oneOf})
}

// clinic is the id of the clinic named, or of the one that is open.
func (r *reading) clinic() string {
	if r.file.Clinic == nil {
		open, _ := r.desk.Clinic()
		return open.ID
	}
	i := slices.IndexFunc(r.clinics, func(c capture.Clinic) bool {
		return c.Site.Code == r.file.Clinic.Site && (r.file.Clinic.Day.IsZero() || catalogue.DateOf(c.OpenedAt) == r.file.Clinic.Day)
	})
	if i < 0 {
		r.fault("clinic", capture.NotFound, "No clinic was opened there on that day; check the site's ODS code and the day, or leave the clinic out to use the open one")
		return ""
	}
	return r.clinics[i].ID
}

// outcome reads what was given, or why nothing was.
func (r *reading) outcome() {
	if not := r.file.NotGiven; not != nil {
		r.encounter.NotGiven = &capture.NotGiven{Choice: not.Choice, Until: not.Until, Note: not.Note, At: not.At}
	}
	give := r.file.Give
	if give == nil {
		return
	}
	r.encounter.Give = &capture.Give{
		BodySite: give.BodySite, Route: give.Route, AmountML: decimalText(give.AmountML.String()), AmountReason: give.AmountReason,
		VaccinatorID: r.staffID("give.vaccinator", give.Vaccinator), PreparedByID: r.staffID("give.preparedBy", give.PreparedBy),
		BatchID: r.batchID(give.Batch), At: give.At, SplitReason: give.SplitReason, HalfDose: give.HalfDose,
		VialOpenedAt: give.VialOpenedAt.UTC(), VialReason: give.VialReason, PastUseReason: give.PastUseReason,
	}
}

// decimalText is a number as extracts carry it: 0.30 is 0.3.
func decimalText(number string) string {
	value, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

// staffID is the id behind a user name; a name not given is left to the desk to ask for.
func (r *reading) staffID(path, userName string) string {
	if userName == "" {
		return ""
	}
	var names []string
	for _, staff := range r.staff {
		if staff.UserName == userName {
			return staff.ID
		}
		names = append(names, staff.UserName)
	}
	r.fault(path, capture.NotFound, "There is no member of staff with this user name", names...)
	return ""
}

// batchID finds a batch by its number; where two products share a number, it is that of the product planned.
func (r *reading) batchID(part batchPart) string {
	number := capture.Batch{Number: part.Number}.Tidy().Number
	if number == "" {
		return ""
	}
	var same, usable []capture.Batch
	for _, batch := range r.batches {
		if batch.Number == number && (part.Expiry.IsZero() || batch.Expiry == part.Expiry) {
			same = append(same, batch)
		}
		if batch.Product == r.file.Plan.Product && !batch.UsedUp {
			usable = append(usable, batch)
		}
	}
	if ours := slices.DeleteFunc(slices.Clone(same), func(b capture.Batch) bool { return b.Product != r.file.Plan.Product }); len(ours) > 0 {
		same = ours
	}
	switch len(same) {
	case 1:
		return same[0].ID
	case 0:
		r.fault("give.batch", capture.NotFound, "There is no such batch on this device; check its number, or add the batch first", numbersOf(usable)...)
	default:
		r.fault("give.batch", capture.Conflict, "There are several batches with this number; give the expiry date as well")
	}
	return ""
}

func numbersOf(batches []capture.Batch) []string {
	var numbers []string
	for _, batch := range batches {
		numbers = append(numbers, batch.Number)
	}
	return numbers
}

// status takes over what was decided about the look-up of earlier vaccinations.
func (r *reading) status() {
	r.encounter.Status.GoneOn = r.file.Status.GoneOn
	for i, choice := range r.file.Status.Chosen {
		path := "status.chosen[" + strconv.Itoa(i) + "].by"
		r.encounter.Status.Chosen = append(r.encounter.Status.Chosen, capture.Choice{
			Conflict: choice.Conflict, Keep: choice.Keep, Reason: choice.Reason, ByID: r.staffID(path, choice.By), At: r.desk.Now().UTC(),
		})
	}
}

func (r *reading) reported() {
	for i, dose := range r.file.Reported {
		at := "reported[" + strconv.Itoa(i) + "]"
		r.readCodes(at, &dose)
		product, ok := r.edition.Product(dose.Product)
		if !ok && dose.Product != "" {
			r.fault(at+".product", capture.Invalid, "There is no such vaccine", productKeys(r.edition.AllProducts())...)
		}
		if dose.Date.After(r.desk.Today()) {
			r.fault(at+".date", capture.Invalid, "Date of an earlier dose must be in the past")
		}
		r.encounter.Reported = append(r.encounter.Reported, capture.Dose{
			Date: dose.Date, Disease: orUsual(product.Disease, r.encounter.Plan.Disease), Product: dose.Product, Kind: dose.Kind,
			Source: capture.SourceReported, Country: dose.Country,
		})
	}
}

// readCodes takes a dose told in codes, as histories hold it; the key and the kind that the file gives itself stand.
func (r *reading) readCodes(at string, dose *reportedPart) {
	if dose.ProductCode == "" && dose.ProcedureCode == "" {
		return
	}
	told, err := capture.DoseFromCodes(r.desk.Catalogue, dose.Date, capture.Coded{Code: dose.ProcedureCode}, capture.Coded{Code: dose.ProductCode, Term: dose.ProductTerm})
	for _, problem := range capture.ProblemsOf(err) {
		r.fault(at+"."+problem.Field+"Code", problem.Code, problem.Message)
	}
	dose.Product = orUsual(dose.Product, told.Product)
	dose.Kind = catalogue.DoseKind(orUsual(string(dose.Kind), string(told.Kind)))
}

func (r *reading) screening() {
	file := r.file.Screening
	set := r.edition.QuestionSet(r.encounter.Plan.Disease)
	r.encounter.Screening = capture.Screening{
		SetID: set.ID, SetVersion: set.Version, ScreenerID: r.staffID("screening.screener", file.Screener),
		Answers: map[string]capture.Answer{}, At: r.when(), Precautions: file.Precautions,
	}
	for id, answer := range file.Answers {
		at := "screening.answers." + id
		i := slices.IndexFunc(set.Questions, func(q catalogue.Question) bool { return q.ID == id })
		if i < 0 {
			r.fault(at, capture.Invalid, "There is no such question", questionIDs(set)...)
			continue
		}
		r.checkFollowUps(at, set.Questions[i], answer)
		r.encounter.Screening.Answers[id] = capture.Answer{Value: answer.Answer, FollowUps: answer.FollowUps}
	}
	if override := file.Override; override != nil {
		r.encounter.Screening.Override = &capture.Override{
			ByID: r.staffID("screening.override.by", override.By), Reason: override.Reason, Advice: override.Advice, At: r.when(),
		}
	}
}

func (r *reading) checkFollowUps(at string, question catalogue.Question, answer answerPart) {
	for id := range answer.FollowUps {
		known := slices.ContainsFunc(question.FollowUps, func(f catalogue.FollowUp) bool { return f.ID == id })
		if known {
			continue
		}
		var ids []string
		for _, followUp := range question.FollowUps {
			ids = append(ids, followUp.ID)
		}
		r.fault(at+".followUps."+id, capture.Invalid, "This question has no such follow-up", ids...)
	}
}

func (r *reading) consent() {
	file := r.file.Consent
	r.encounter.Consent = capture.Consent{
		Type: file.Type, By: file.By, Relationship: file.Relationship, Notes: file.Notes,
		ClinicianID: r.staffID("consent.clinician", file.Clinician), LacksCapacity: file.LacksCapacity, Consulted: file.Consulted,
		Gillick: file.Gillick, Share: file.Share, At: file.At.UTC(),
	}
	if file.Type != "" && file.At.IsZero() {
		r.encounter.Consent.At = r.when()
	}
}

// usuals fills in what follows from the product.
func (r *reading) usuals() {
	give := r.encounter.Give
	product, ok := r.edition.Product(r.encounter.Plan.Product)
	if give == nil || !ok {
		return
	}
	give.Route = orUsual(give.Route, product.Route)
	give.AmountML = orUsual(give.AmountML, product.Amount(r.encounter.Plan.Kind))
}

func (r *reading) when() time.Time { return r.encounter.When(r.desk.Now()).UTC() }

func orUsual(value, usual string) string {
	if value == "" {
		return usual
	}
	return value
}

func productKeys(products []catalogue.Product) []string {
	var keys []string
	for _, product := range products {
		keys = append(keys, product.Key)
	}
	return keys
}

func questionIDs(set catalogue.QuestionSet) []string {
	var ids []string
	for _, question := range set.Questions {
		ids = append(ids, question.ID)
	}
	return ids
}
