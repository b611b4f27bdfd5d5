package export

import (
	"maps"

	"deltoid/capture"
)

// valuesOf are the values that a column may name, by what a row is about. A row of counts knows nothing of a person, so
// no table can put anything of one in it.
var valuesOf = map[Unit]map[string]func(*record) string{
	PerEvent:     eventValues,
	PerAttribute: joined(keyValues, attributeValues),
	PerReaction:  reactionValues,
	PerHour:      hourValues,
}

func joined(parts ...map[string]func(*record) string) map[string]func(*record) string {
	all := map[string]func(*record) string{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}

// keyValues tie a companion row to the row of the vaccination.
var keyValues = map[string]func(*record) string{
	"event.id":            eventValues["event.id"],
	"event.id-uri":        eventValues["event.id-uri"],
	"event.recorded-date": eventValues["event.recorded-date"],
	"row.action":          eventValues["row.action"],
}

// eventValues are those of a vaccination given or not given.
var eventValues = map[string]func(*record) string{
	// The person and the event.
	"person.nhs-number":              func(r *record) string { return r.Person.NHSNumber.Digits() },
	"person.nhs-number-status":       (*record).numberStatus,
	"person.nhs-number-status-words": func(r *record) string { return r.settings.codes.on(r.Day()).statuses[r.numberStatus()] },
	"person.forename":                func(r *record) string { return r.Person.Forename },
	"person.surname":                 func(r *record) string { return r.Person.Surname },
	"person.birth-date":              func(r *record) string { return compact(r.Person.BirthDate) },
	"person.gender":                  func(r *record) string { return r.Person.Gender },
	"person.postcode":                func(r *record) string { return r.Person.Postcode },
	"person.local-id":                func(r *record) string { return r.Person.ID },
	"person.local-id-uri":            func(r *record) string { return r.PersonURI },
	"event.time":                     func(r *record) string { return r.settings.eventStamp(r.At) },
	"event.id":                       func(r *record) string { return r.ID },
	"event.id-uri":                   func(r *record) string { return r.IDURI },
	"event.recorded-date":            func(r *record) string { return compact(dayOf(r.RecordedAt)) },
	"event.recorded-time":            func(r *record) string { return r.settings.stamp(r.RecordedAt) },
	"event.primary-source":           func(r *record) string { return truth(r.PrimarySource) },
	"event.report-origin":            (*record).reportOrigin,
	"event.not-given":                func(r *record) string { return truth(r.NotGiven != nil) },
	"row.action":                     func(r *record) string { return string(r.flag) },

	// Where and by whom.
	"site.code":               func(r *record) string { return r.Site.Code },
	"site.name":               func(r *record) string { return r.Site.Name },
	"site.code-uri":           func(r *record) string { return r.SiteURI },
	"location.code":           (*record).location,
	"location.code-uri":       func(r *record) string { return r.LocationURI },
	"care-setting.code":       func(r *record) string { return r.CareSetting.Code },
	"care-setting.words":      func(r *record) string { return r.CareSetting.Term },
	"vaccinator.forename":     func(r *record) string { return r.Performer.Forename },
	"vaccinator.surname":      func(r *record) string { return r.Performer.Surname },
	"vaccinator.registration": func(r *record) string { return r.Performer.Registration.Number },
	"vaccinator.register-uri": (*record).registerURI,
	"vaccinator.job-role":     func(r *record) string { return r.Performer.JobRole },
	"user.id":                 func(r *record) string { return r.RecordedBy.ID },
	"user.name":               func(r *record) string { return r.RecordedBy.UserName },
	"user.email":              func(r *record) string { return r.RecordedBy.Email },
	"device.address":          func(r *record) string { return r.settings.ipAddress },

	// What was done, or was not.
	"procedure.code": func(r *record) string { return r.procedure().Code },
	"procedure.term": func(r *record) string { return r.procedure().Term },
	"situation.code": func(r *record) string { return r.notGiven().Situation.Code },
	"situation.term": func(r *record) string { return r.notGiven().Situation.Term },
	"reason.code":    func(r *record) string { return r.notGiven().Reason.Code },
	"reason.term":    func(r *record) string { return r.notGiven().Reason.Term },
	"dose.sequence":  (*record).doseSequence,

	// The vaccine and the dose.
	"product.code":         func(r *record) string { return r.product().Code },
	"product.term":         func(r *record) string { return r.product().Term },
	"product.manufacturer": (*record).manufacturer,
	"batch.number":         func(r *record) string { return r.given().BatchNumber },
	"batch.expiry":         func(r *record) string { return compact(r.given().Expiry) },
	"body-site.code":       func(r *record) string { return r.given().BodySite.Code },
	"body-site.term":       func(r *record) string { return r.given().BodySite.Term },
	"route.code":           func(r *record) string { return r.given().Route.Code },
	"route.term":           func(r *record) string { return r.given().Route.Term },
	"dose.amount":          func(r *record) string { return r.given().Amount },
	"dose.unit-code":       func(r *record) string { return r.given().Unit.Code },
	"dose.unit-term":       func(r *record) string { return r.given().Unit.Term },
	"indication.code":      func(r *record) string { return r.indication().Code },
	"indication.term":      func(r *record) string { return r.indication().Term },
	"consent.code":         func(r *record) string { return r.given().Consent.Code },
	"consent.words":        func(r *record) string { return r.given().Consent.Term },
}

// attributeValues are those of one answer about a vaccination.
var attributeValues = map[string]func(*record) string{
	"attribute.id":    func(r *record) string { return r.attribute.ID },
	"attribute.text":  func(r *record) string { return r.attribute.Text },
	"attribute.value": func(r *record) string { return r.attribute.Value },
}

// notSpecified is the answer to a question that was not asked or not answered.
const notSpecified = "NOT_SPECIFIED"

// attributeAnswers are the answers that the list of attributes may name. Where the question itself was not asked, the
// group that made somebody eligible still says yes; nothing ever says no for them.
var attributeAnswers = map[string]func(*record) string{
	"health-care-worker": answered("health-care-worker", func(a *capture.Additional) string { return a.HealthCareWorker }),
	"social-care-worker": answered("social-care-worker", func(a *capture.Additional) string { return a.SocialCareWorker }),
	"care-home-worker":   answered("works-in-care-home", func(a *capture.Additional) string { return a.CareHomeWorker }),
	"care-home-resident": answered("lives-in-care-home", notAsked),
	"carer":              answered("carer", notAsked),
	"pregnant":           answered("pregnancy", func(a *capture.Additional) string { return a.Pregnant }),
	"ethnic-category":    func(r *record) string { return r.Person.EthnicCategory },
	"employer":           func(r *record) string { return r.Additional.Employer },
}

func notAsked(*capture.Additional) string { return "" }

func answered(group string, asked func(*capture.Additional) string) func(*record) string {
	return func(r *record) string {
		switch answer := asked(&r.Additional); {
		case answer == "yes", answer == "" && r.Eligibility == group:
			return "YES"
		case answer == "no":
			return "NO"
		}
		return notSpecified
	}
}

// reactionValues are those of one adverse reaction. The coding system is named where there is a code.
var reactionValues = map[string]func(*record) string{
	"reaction.id":            func(r *record) string { return r.reaction.ID },
	"reaction.id-uri":        func(r *record) string { return r.reaction.IDURI },
	"reaction.event-id":      func(r *record) string { return r.reaction.EventID },
	"reaction.event-id-uri":  func(r *record) string { return r.reaction.EventIDURI },
	"reaction.verification":  func(r *record) string { return r.reaction.Verification },
	"reaction.agent-system":  func(r *record) string { return systemOf(r.reaction.Agent) },
	"reaction.agent-code":    func(r *record) string { return r.reaction.Agent.Code },
	"reaction.agent-term":    func(r *record) string { return r.reaction.Agent.Term },
	"reaction.system":        func(r *record) string { return systemOf(r.reaction.Manifest) },
	"reaction.code":          func(r *record) string { return r.reaction.Manifest.Code },
	"reaction.term":          func(r *record) string { return r.reaction.Manifest.Term },
	"reaction.description":   func(r *record) string { return r.reaction.Description },
	"reaction.type":          func(r *record) string { return r.reaction.Type },
	"reaction.severity":      func(r *record) string { return r.reaction.Severity },
	"reaction.evidence":      func(r *record) string { return r.reaction.Evidence },
	"reaction.onset":         func(r *record) string { return r.settings.stamp(r.reaction.Onset) },
	"reaction.recorded-date": func(r *record) string { return compact(dayOf(r.reaction.RecordedAt)) },
	"row.action":             func(r *record) string { return string(r.flag) },
}

func systemOf(code capture.Coded) string {
	if code.Code == "" {
		return ""
	}
	return snomedSystem
}
