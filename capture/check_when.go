package capture

import (
	"fmt"
	"strconv"
	"strings"

	"deltoid/assets/catalogue"
)

// Late is why a vaccination is recorded days after it.
type Late struct {
	Reason string `json:"reason"` // key in the catalogue
	Note   string `json:"note,omitempty"`
}

// retro is a setting about late recording: that of the disease, else that of every disease.
func (r room) retro(disease, name string) string {
	short, _, _ := strings.Cut(strings.ToLower(disease), "-") // COVID-19 is covid
	if key := "retro." + short + "." + name; known(key) {
		return r.configuration.Get(key)
	}
	return r.configuration.Get("retro." + name)
}

func known(key string) bool { _, ok := SettingFor(key); return ok }

// retroDays is a number of days; usual where the setting holds no number.
func (r room) retroDays(disease, name string, usual int) int {
	days, err := strconv.Atoi(r.retro(disease, name))
	if err != nil || days < 0 {
		return usual
	}
	return days
}

func (r room) checkWhen(faults *Problems, encounter Encounter) {
	when, disease := encounter.When(r.now), encounter.Plan.Disease
	field := "give.at"
	if encounter.NotGiven != nil {
		field = "notGiven.at"
	}
	limit := r.retroDays(disease, "max_days", 365)
	began, _ := catalogue.ParseDate(r.retro(disease, "before_programme"))
	switch days := catalogue.DateOf(r.now).DaysSince(r.day); {
	case when.After(r.now):
		faults.Add(field, "Date of vaccination must be today or in the past")
	case days > limit:
		faults.Add(field, fmt.Sprintf("Date of vaccination must be within the last %d days", limit))
	case r.day.Before(encounter.Person.BirthDate):
		faults.Add(field, "Date of vaccination must be after the date of birth")
	case r.day.Before(began):
		faults.Add(field, "Vaccinations began on "+began.Plain()+". Correct the date")
	case days > r.retroDays(disease, "soft_days", 2):
		r.checkLate(faults, field, encounter.Late)
	}
	r.checkGivenBy(faults, encounter)
}

// checkLate asks for the reason and the administrator that recording after some days takes (clinical facts 1.3).
func (r room) checkLate(faults *Problems, field string, late *Late) {
	if !r.user.Admin {
		*faults = append(*faults, &Error{Code: Forbidden, Field: field, Message: "A vaccination of that day is recorded by an administrator. Ask one, or correct the date"})
	}
	if late == nil {
		late = &Late{}
	}
	reason, ok := r.edition.LateReason(late.Reason)
	switch {
	case !ok:
		faults.Add("late.reason", "Choose why this vaccination is recorded late")
	case reason.Key == otherReason && oneLine(late.Note) == "":
		faults.Add("late.note", "Enter why this vaccination is recorded late")
	}
}

// otherReason is the key of a choice that must be put into words.
const otherReason = "other"

// checkGivenBy looks at the organisation that gave a dose, when it was not this one.
func (r room) checkGivenBy(faults *Problems, encounter Encounter) {
	if !r.elsewhere(encounter) {
		return
	}
	site := *encounter.GivenBy
	switch {
	case r.retro(encounter.Plan.Disease, "requires_same_site") == "true":
		faults.refuse("givenBy.code", "Only vaccinations by "+r.clinic.Site.Name+" are recorded here. For one given elsewhere, add it to the earlier doses")
	case encounter.Give == nil:
		faults.Add("givenBy.code", "Record only doses that another organisation gave, not those it did not give")
	case !plausibleODS(site.Code):
		faults.Add("givenBy.code", "Check the ODS code of the organisation that gave the dose: it has letters and is at most 12 characters")
	}
}

// elsewhere tells whether another organisation than that of the clinic gave the dose.
func (r room) elsewhere(encounter Encounter) bool {
	return encounter.GivenBy != nil && strings.ToUpper(oneLine(encounter.GivenBy.Code)) != r.clinic.Site.Code
}
