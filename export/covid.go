package export

import "deltoid/capture"

// covidColumns is the COVID-19 daily clinical vaccination extract v4, in the order of its header. Names, order and
// forms are those of the header that NHS services check; the longest lengths of free texts are assumed.
var covidColumns = []Column{
	// The person and the event.
	{"NHS_NUMBER", "NHS number", IfKnown, 10, nhsNumberForm, func(r *record) string { return r.Person.NHSNumber.Digits() }},
	{"PERSON_FORENAME", "first name", Mandatory, capture.MaxForename, nil, func(r *record) string { return r.Person.Forename }},
	{"PERSON_SURNAME", "last name", Mandatory, capture.MaxSurname, nil, func(r *record) string { return r.Person.Surname }},
	{"PERSON_DOB", "date of birth", Mandatory, 8, pastDateForm, func(r *record) string { return compact(r.Person.BirthDate) }},
	{"PERSON_GENDER_CODE", "gender", Mandatory, 1, genderForm, func(r *record) string { return r.Person.Gender }},
	{"PERSON_POSTCODE", "postcode", Mandatory, 9, postcodeForm, func(r *record) string { return r.Person.Postcode }},
	{"DATE_AND_TIME", "date and time of vaccination", Mandatory, 17, pastStampForm, func(r *record) string { return r.settings.eventStamp(r.At) }},
	{"SITE_CODE", "ODS code of the site", Mandatory, 12, nil, func(r *record) string { return r.Site.Code }},
	{"SITE_NAME", "name of the site", Mandatory, 255, nil, func(r *record) string { return r.Site.Name }}, // by covid.site_name_column
	{"UNIQUE_ID", "id of the record", Mandatory, 255, nil, func(r *record) string { return r.ID }},
	{"UNIQUE_ID_URI", "namespace of record ids", Mandatory, 255, uriForm, func(r *record) string { return r.IDURI }},
	{"ACTION_FLAG", "action", Mandatory, 6, actionForm, func(r *record) string { return string(r.flag) }},

	// Who gave it, and where the record comes from.
	{"PERFORMING_PROFESSIONAL_FORENAME", "first name of the vaccinator", Optional, 35, nil, func(r *record) string { return r.Performer.Forename }},
	{"PERFORMING_PROFESSIONAL_SURNAME", "last name of the vaccinator", Optional, 35, nil, func(r *record) string { return r.Performer.Surname }},
	{"PERFORMING_PROFESSIONAL_BODY_REG_CODE", "registration number of the vaccinator", IfKnown, 20, nil, func(r *record) string { return r.Performer.Registration.Number }},
	{"PERFORMING_PROFESSIONAL_BODY_REG_URI", "register of the vaccinator", Conditional, 255, uriForm, func(r *record) string { return r.registerURI() }},
	{"SDS_JOB_ROLE_NAME", "job role of the vaccinator", Optional, 100, nil, func(r *record) string { return r.Performer.JobRole }},
	{"RECORDED_DATE", "date of recording", Mandatory, 8, pastDateForm, func(r *record) string { return compact(dayOf(r.RecordedAt)) }},
	{"PRIMARY_SOURCE", "primary source", Mandatory, 5, truthForm, func(r *record) string { return truth(r.PrimarySource) }},
	{"REPORT_ORIGIN", "organisation that holds the primary record", Conditional, 100, nil, func(r *record) string { return r.reportOrigin() }},

	// What was done, or was not.
	{"VACCINATION_PROCEDURE_CODE", "procedure", WhenGiven, 18, snomedForm, func(r *record) string { return r.procedure().Code }},
	{"VACCINATION_PROCEDURE_TERM", "procedure term", IfKnown, 255, nil, func(r *record) string { return r.procedure().Term }},
	{"VACCINATION_SITUATION_CODE", "situation", WhenNotGiven, 18, snomedForm, func(r *record) string { return r.notGiven().Situation.Code }},
	{"VACCINATION_SITUATION_TERM", "situation term", IfKnown, 255, nil, func(r *record) string { return r.notGiven().Situation.Term }},
	{"NOT_GIVEN", "whether the vaccine was not given", Mandatory, 5, truthForm, func(r *record) string { return truth(r.NotGiven != nil) }},
	{"REASON_NOT_GIVEN_CODE", "reason why it was not given", WhenNotGiven, 18, snomedForm, func(r *record) string { return r.notGiven().Reason.Code }},
	{"REASON_NOT_GIVEN_TERM", "term of the reason", IfKnown, 255, nil, func(r *record) string { return r.notGiven().Reason.Term }},
	{"DOSE_SEQUENCE", "dose number", Mandatory, 1, doseNumberForm, func(r *record) string { return r.doseSequence() }}, // may be blank by covid.dose_sequence.later

	// The vaccine and the dose.
	{"VACCINE_PRODUCT_CODE", "vaccine", WhenGiven, 18, snomedForm, func(r *record) string { return r.product().Code }},
	{"VACCINE_PRODUCT_TERM", "vaccine term", IfKnown, 255, nil, func(r *record) string { return r.product().Term }},
	{"VACCINE_MANUFACTURER", "manufacturer", WhenGiven, 100, nil, func(r *record) string { return r.manufacturer() }},
	{"BATCH_NUMBER", "batch number", WhenGiven, capture.MaxBatchNumber, nil, func(r *record) string { return r.given().BatchNumber }},
	{"EXPIRY_DATE", "expiry date of the batch", WhenGiven, 8, dateForm, func(r *record) string { return compact(r.given().Expiry) }},
	{"SITE_OF_VACCINATION_CODE", "injection site", IfKnown, 18, snomedForm, func(r *record) string { return r.given().BodySite.Code }},
	{"SITE_OF_VACCINATION_TERM", "injection site term", IfKnown, 255, nil, func(r *record) string { return r.given().BodySite.Term }},
	{"ROUTE_OF_VACCINATION_CODE", "route", WhenGiven, 18, snomedForm, func(r *record) string { return r.given().Route.Code }},
	{"ROUTE_OF_VACCINATION_TERM", "route term", IfKnown, 255, nil, func(r *record) string { return r.given().Route.Term }},
	{"DOSE_AMOUNT", "dose", WhenGiven, 8, amountForm, func(r *record) string { return r.given().Amount }},
	{"DOSE_UNIT_CODE", "dose unit", WhenGiven, 18, snomedForm, func(r *record) string { return r.given().Unit.Code }},
	{"DOSE_UNIT_TERM", "dose unit term", IfKnown, 255, nil, func(r *record) string { return r.given().Unit.Term }}, // without it the GP sees no dose
	{"INDICATION_CODE", "indication", WhenGiven, 18, snomedForm, func(r *record) string { return r.indication().Code }},
	{"INDICATION_TERM", "indication term", IfKnown, 255, nil, func(r *record) string { return r.indication().Term }},

	// Identity, consent and place.
	{"NHS_NUMBER_STATUS_INDICATOR_CODE", "NHS number status", Mandatory, 2, numberStatusForm, func(r *record) string { return r.numberStatus() }},
	{"NHS_NUMBER_STATUS_INDICATOR_DESCRIPTION", "NHS number status in words", IfKnown, 100, nil, func(r *record) string { return r.settings.codes.on(r.Day()).statuses[r.numberStatus()] }},
	{"SITE_CODE_TYPE_URI", "kind of site code", Mandatory, 255, uriForm, func(r *record) string { return r.SiteURI }},
	{"LOCAL_PATIENT_ID", "local patient id", Mandatory, 20, nil, func(r *record) string { return r.Person.ID }},
	{"LOCAL_PATIENT_URI", "namespace of local patient ids", Mandatory, 255, uriForm, func(r *record) string { return r.PersonURI }},
	{"CONSENT_FOR_TREATMENT_CODE", "consent", WhenGiven, 18, snomedForm, func(r *record) string { return r.given().Consent.Code }},
	{"CONSENT_FOR_TREATMENT_DESCRIPTION", "consent in words", IfKnown, 255, nil, func(r *record) string { return r.given().Consent.Term }}, // printed in the message to the GP
	{"CARE_SETTING_TYPE_CODE", "care setting", Mandatory, 18, snomedForm, func(r *record) string { return r.CareSetting.Code }},
	{"CARE_SETTING_TYPE_DESCRIPTION", "care setting in words", IfKnown, 255, nil, func(r *record) string { return r.CareSetting.Term }},

	// Who recorded it, on what, and where the patient sat.
	{"IP_ADDRESS", "address of this computer", IfKnown, 45, addressForm, func(r *record) string { return r.settings.ipAddress }},
	{"USER_ID", "id of the user", IfKnown, 100, nil, func(r *record) string { return r.RecordedBy.ID }},
	{"USER_NAME", "user name", IfKnown, 100, nil, func(r *record) string { return r.RecordedBy.UserName }},
	{"USER_EMAIL", "email address of the user", IfKnown, 254, nil, func(r *record) string { return r.RecordedBy.Email }},
	{"SUBMITTED_TIMESTAMP", "time of saving", IfKnown, 17, pastStampForm, func(r *record) string { return r.settings.stamp(r.RecordedAt) }},
	{"LOCATION_CODE", "ODS code of the place", Mandatory, 8, nil, func(r *record) string { return r.location() }},
	{"LOCATION_CODE_TYPE_URI", "kind of place code", Mandatory, 255, uriForm, func(r *record) string { return r.LocationURI }},
}
