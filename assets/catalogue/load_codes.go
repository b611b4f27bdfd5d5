package catalogue

import "regexp"

// How the codes of a list are written.
type coding struct {
	pattern *regexp.Regexp // nil: SNOMED CT
	says    string
}

var (
	snomedCoding = coding{}
	genderCoding = coding{pattern: regexp.MustCompile(`^[0-9]$`), says: "one digit"}
	statusCoding = coding{pattern: regexp.MustCompile(`^0[1-8]$`), says: "01 to 08"}
	ethnicCoding = coding{pattern: regexp.MustCompile(`^([A-Z]|99)$`), says: "a capital letter or 99"}
	roleCoding   = coding{pattern: regexp.MustCompile(`^R[0-9]{4}$`), says: "R and four digits"}
	noCoding     = coding{pattern: regexp.MustCompile(`^$`), says: "nothing: this list has no codes"}
)

var codeColumns = []string{"from", "to", "key", "code", "term", "label", "source", "confidence"}

func (l *loader) loadCodes(c *content) {
	for _, list := range []struct {
		file   string
		into   *[]Code
		coding coding
	}{
		{"situations.csv", &c.situations, snomedCoding},
		{"reasons.csv", &c.reasons, snomedCoding},
		{"sites.csv", &c.sites, snomedCoding},
		{"routes.csv", &c.routes, snomedCoding},
		{"units.csv", &c.units, snomedCoding},
		{"care_settings.csv", &c.careSettings, snomedCoding},
		{"indications.csv", &c.indications, snomedCoding},
		{"nhs_number_status.csv", &c.nhsNumberStatuses, statusCoding},
		{"ethnic_categories.csv", &c.ethnicCategories, ethnicCoding},
		{"genders.csv", &c.genders, genderCoding},
		{"job_roles.csv", &c.jobRoles, roleCoding},
		{"relationships.csv", &c.relationships, noCoding},
		{"gillick.csv", &c.gillick, noCoding},
		{"worker_roles.csv", &c.workerRoles, noCoding},
		{"late_reasons.csv", &c.lateReasons, noCoding},
	} {
		*list.into = l.codes(list.file, list.coding)
	}
}

func (l *loader) codes(file string, coding coding) []Code {
	var codes []Code
	var keys, values spans
	for _, r := range l.read(file, codeColumns...) {
		code := Code{
			Span: r.span(), Key: r.key("key"), Code: l.code(r, coding), Term: r.optional("term"), Label: r.text("label"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		if coding.pattern == nil || code.Code != "" {
			r.text("term")
		}
		keys.check(r, "key", code.Key, code.Span)
		if code.Code != "" {
			values.check(r, "code", code.Code, code.Span)
		}
		codes = append(codes, code)
	}
	return codes
}

func (l *loader) code(r row, coding coding) string {
	if coding.pattern == nil {
		return l.snomed(r, "code")
	}
	code := r.optional("code")
	if !coding.pattern.MatchString(code) {
		r.fault("code", quoted(code)+" is not a code of this list", "write "+coding.says)
	}
	return code
}

func hasKey(codes []Code, key string) bool {
	_, ok := find(codes, func(c Code) bool { return c.Key == key })
	return ok
}

func hasCode(codes []Code, code string) bool {
	_, ok := find(codes, func(c Code) bool { return c.Code == code })
	return ok
}

// find is the first row that matches.
func find[T any](rows []T, matches func(T) bool) (found T, ok bool) {
	for _, row := range rows {
		if matches(row) {
			return row, true
		}
	}
	return found, false
}
