package main

import (
	"slices"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// filePaths are the desk's fields that an encounter file calls otherwise.
var filePaths = map[string]string{
	"screening.screenerId":    "screening.screener",
	"screening.override.byId": "screening.override.by",
	"consent.clinicianId":     "consent.clinician",
	"give.batchId":            "give.batch",
	"give.vaccinatorId":       "give.vaccinator",
	"give.preparedById":       "give.preparedBy",
}

// precautionsField begins the fields of precautions that were not taken; the file lists those that were.
const precautionsField = "screening.precautions."

// deskFaults are the desk's own findings in the words and places of the file.
func (r *reading) deskFaults(problems capture.Problems) []fault {
	var faults []fault
	for _, problem := range problems {
		field := problem.Field
		if name, ok := filePaths[field]; ok {
			field = name
		}
		if id, open := strings.CutPrefix(field, answersField); open {
			faults = append(faults, r.unansweredFault(id))
			continue
		}
		var oneOf []string
		if id, open := strings.CutPrefix(field, precautionsField); open {
			field, oneOf = strings.TrimSuffix(precautionsField, "."), []string{id}
		}
		path := "$"
		if field != "" {
			path += "." + field
		}
		faults = append(faults, fault{Path: path, Code: problem.Code, Message: problem.Message, OneOf: append(oneOf, r.choices(field)...)})
	}
	return faults
}

const answersField = "screening.answers."

// unansweredFault says what screening still needs: an answer, a follow-up, or a fact of the case.
func (r *reading) unansweredFault(id string) fault {
	for _, question := range r.edition.QuestionSet(r.encounter.Plan.Disease).Questions {
		if question.ID == id {
			return fault{"$." + answersField + id, capture.Invalid, "Answer this question: " + question.Text, []string{capture.Yes, capture.No, capture.Unknown}}
		}
		for _, followUp := range question.FollowUps {
			if followUp.ID == id {
				options := keysOf(followUp.Options, func(o catalogue.Option) string { return o.Key })
				if followUp.Kind == "yesno" {
					options = []string{capture.Yes, capture.No, capture.Unknown}
				}
				return fault{"$." + answersField + question.ID + ".followUps." + id, capture.Invalid, "This follow-up is needed: " + followUp.Text, options}
			}
		}
	}
	for _, field := range []string{"person.birthDate", "plan.product", "plan.kind"} {
		if strings.HasSuffix(field, "."+id) {
			return fault{"$." + field, capture.Invalid, "Screening needs this", nil}
		}
	}
	return fault{"$.screening", capture.Invalid, "Screening needs " + id, nil}
}

// choices are the keys that may stand in a field, where the catalogue or the team decides it.
func (r *reading) choices(field string) []string {
	switch field {
	case "plan.product":
		return productKeys(r.edition.Products())
	case "plan.kind":
		return keysOf(r.desk.Catalogue.KindKeys(r.encounter.Plan.Disease), func(k catalogue.DoseKind) string { return string(k) })
	case "plan.eligibility":
		return keysOf(r.edition.EligibilitiesFor(r.encounter.Plan.Disease), func(e catalogue.Eligibility) string { return e.Key })
	case "consent.type":
		return keysOf(r.desk.ConsentOptions(r.encounter), func(c catalogue.Consent) string { return c.Key })
	case "give.bodySite":
		return codeKeys(r.edition.Sites())
	case "give.route":
		return codeKeys(r.edition.Routes())
	case "notGiven.choice":
		return keysOf(r.edition.NotGivenChoices(r.encounter.Plan.Kind), func(c catalogue.NotGivenChoice) string { return c.Key })
	case "screening.screener", "screening.override.by", "consent.clinician":
		return userNames(r.staff, capture.Staff.Registered)
	case "additional.conditions":
		return codeKeys(r.edition.RiskGroups(r.encounter.Plan.Disease))
	case "additional.workerRole":
		return codeKeys(r.edition.WorkerRoles())
	case "additional.locationType":
		return keysOf(r.edition.LocationTypes(), func(l catalogue.LocationType) string { return l.Key })
	case "late.reason":
		return codeKeys(r.edition.LateReasons())
	case "give.vaccinator", "give.preparedBy":
		return userNames(r.staff, func(capture.Staff) bool { return true })
	case "give.batch":
		return numbersOf(r.usableBatches())
	}
	return nil
}

// usableBatches are those of the product planned that may be used on the day.
func (r *reading) usableBatches() []capture.Batch {
	product, ok := r.edition.Product(r.encounter.Plan.Product)
	return slices.DeleteFunc(slices.Clone(r.batches), func(b capture.Batch) bool {
		return !ok || b.Product != product.Key || b.UsedUp || b.Expired(product, r.day())
	})
}

func userNames(staff []capture.Staff, which func(capture.Staff) bool) []string {
	var names []string
	for _, member := range staff {
		if which(member) {
			names = append(names, member.UserName)
		}
	}
	return names
}

func codeKeys(codes []catalogue.Code) []string {
	return keysOf(codes, func(c catalogue.Code) string { return c.Key })
}

func keysOf[T, K any](rows []T, key func(T) K) []K {
	keys := make([]K, len(rows))
	for i, row := range rows {
		keys[i] = key(row)
	}
	return keys
}

// byPath puts faults in the order of their places.
func byPath(faults []fault) []fault {
	slices.SortStableFunc(faults, func(a, b fault) int { return strings.Compare(a.Path, b.Path) })
	return faults
}
