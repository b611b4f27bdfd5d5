package export

import (
	"slices"
	"strings"

	"deltoid/capture"
)

// rowRule is a rule about several columns of one row. Field is the column that a person has to look at.
type rowRule struct {
	ID      string // in the description of the extract
	Field   string
	broken  func(cells) bool
	message string
}

// cells is a row by the names of its columns.
type cells struct {
	sheet *Sheet
	row   []string
	codes *codelist
}

func (c cells) get(name string) string {
	if i, ok := c.sheet.at[name]; ok {
		return c.row[i]
	}
	return ""
}

func (c cells) has(name string) bool { return c.get(name) != "" }

func (c cells) given() bool { return c.get("NOT_GIVEN") == "FALSE" }

// snomedSystem names SNOMED CT. As SITE_CODE_TYPE_URI it says that SITE_CODE is a country, for a vaccination abroad.
const snomedSystem = "http://snomed.info/sct"

// rowRules are the rules that the table of an extract may name. A row that withdraws a record is exempt: the receiver
// only looks for the key then.
var rowRules = []rowRule{
	{"R2", "NHS_NUMBER_STATUS_INDICATOR_CODE", func(c cells) bool {
		status := c.get("NHS_NUMBER_STATUS_INDICATOR_CODE")
		return !c.has("NHS_NUMBER") && (status == "01" || status == "02")
	}, "Enter the NHS number, or say that it has to be traced: the status says that there is one"},

	{"R6", "NOT_GIVEN", func(c cells) bool {
		return c.get("NOT_GIVEN") == "TRUE" && (c.has("BATCH_NUMBER") || c.has("EXPIRY_DATE") || c.has("DOSE_AMOUNT") ||
			c.has("SITE_OF_VACCINATION_CODE") || c.has("ROUTE_OF_VACCINATION_CODE") || c.has("CONSENT_FOR_TREATMENT_CODE"))
	}, "Record either a dose given or why it was not given, never both: a row of a dose not given must name no batch, dose, site, route or consent"},

	{"R7", "REPORT_ORIGIN", func(c cells) bool {
		return c.get("PRIMARY_SOURCE") == "FALSE" && !c.has("REPORT_ORIGIN")
	}, "Enter the ODS code of the organisation that holds the primary record"},

	{"R8", "PERFORMING_PROFESSIONAL_BODY_REG_URI", func(c cells) bool {
		return c.has("PERFORMING_PROFESSIONAL_BODY_REG_CODE") && !c.has("PERFORMING_PROFESSIONAL_BODY_REG_URI")
	}, "Choose which body issued the vaccinator's registration number"},

	{"R9", "PERFORMING_PROFESSIONAL_SURNAME", func(c cells) bool {
		return c.has("PERFORMING_PROFESSIONAL_FORENAME") != c.has("PERFORMING_PROFESSIONAL_SURNAME")
	}, "Enter both names of the vaccinator, or neither"},

	{"R14", "SITE_CODE", func(c cells) bool {
		code := c.get("SITE_CODE")
		if c.get("SITE_CODE_TYPE_URI") == snomedSystem || code == "" {
			return false
		}
		return strings.HasPrefix(strings.ToLower(code), "urn") || strings.Trim(code, "0123456789") == ""
	}, "Enter the ODS code of the site: it has letters, and is no URN"},

	{"V28", "REASON_NOT_GIVEN_CODE", func(c cells) bool {
		return c.given() && (c.has("REASON_NOT_GIVEN_CODE") || c.has("REASON_NOT_GIVEN_TERM") || c.has("VACCINATION_SITUATION_CODE") || c.has("VACCINATION_SITUATION_TERM"))
	}, "Record either a dose given or why it was not given, never both: a row of a dose given must name no situation and no reason"},

	{"V29", "VACCINATION_PROCEDURE_CODE", func(c cells) bool {
		code := c.get("VACCINATION_PROCEDURE_CODE")
		_, known := c.codes.procedures[code]
		return code != "" && len(c.codes.procedures) > 0 && !known
	}, "Choose the dose again: this procedure code is not one of a vaccination of this extract, or was withdrawn"},

	{"V30", "VACCINE_PRODUCT_CODE", func(c cells) bool {
		code := c.get("VACCINE_PRODUCT_CODE")
		return code != "" && len(c.codes.products) > 0 && !c.codes.products[code]
	}, "Choose the vaccine again: this code is of a pack or of a vaccine against another disease"},

	{"V42", "ATTRIBUTE_ID", func(c cells) bool {
		return c.has("ATTRIBUTE_ID") && len(c.sheet.attributes) > 0 && !c.sheet.attributes[c.get("ATTRIBUTE_ID")]
	}, "Leave this question out: its number is not one that the receiver is known to take"},
}

func findRule(id string) (rowRule, bool) {
	i := slices.IndexFunc(rowRules, func(r rowRule) bool { return r.ID == id })
	if i < 0 {
		return rowRule{}, false
	}
	return rowRules[i], true
}

func ruleIDs() []string {
	ids := make([]string, len(rowRules))
	for i, rule := range rowRules {
		ids[i] = rule.ID
	}
	return ids
}

// actionColumn is what every extract but one of counts calls its action.
const actionColumn = "ACTION_FLAG"

// deletes tells whether the row withdraws a record.
func (c cells) deletes() bool { return c.get(actionColumn) == string(capture.ActionDelete) }
