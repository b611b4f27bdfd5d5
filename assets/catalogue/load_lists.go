package catalogue

import "regexp"

func (l *loader) loadLists(c *content) {
	l.loadConsents(c)
	l.loadBodies(c)
	l.loadMechanisms(c)
	l.loadLocationTypes(c)
	l.loadEligibilities(c)
	l.loadRoles(c)
	l.loadRiskGroups(c)
	l.loadReactions(c)
}

func (l *loader) loadConsents(c *content) {
	var keys spans
	for _, r := range l.read("consents.csv", "from", "to", "key", "code", "term", "label", "who", "needs_name", "needs_relationship",
		"needs_clinician", "needs_consulted", "gillick", "given", "ages", "ages_lacking_capacity", "source", "confidence") {
		consent := Consent{
			Span: r.span(), Key: r.key("key"), Code: l.snomed(r, "code"), Term: r.text("term"), Label: r.text("label"), Who: r.text("who"),
			NeedsName: r.yes("needs_name"), NeedsRelationship: r.yes("needs_relationship"), NeedsClinician: r.yes("needs_clinician"), NeedsConsulted: r.yes("needs_consulted"),
			Gillick: r.yes("gillick"), Given: r.yes("given"), Ages: r.ages("ages"), AgesLacking: r.ages("ages_lacking_capacity"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		keys.check(r, "key", consent.Key, consent.Span)
		c.consents = append(c.consents, consent)
	}
}

func (l *loader) loadBodies(c *content) {
	var keys spans
	for _, r := range l.read("registration_bodies.csv", "from", "to", "key", "name", "uri", "pattern", "source", "confidence") {
		body := RegistrationBody{
			Span: r.span(), Key: r.key("key"), Name: r.text("name"), URI: r.text("uri"), Pattern: r.text("pattern"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		if _, err := regexp.Compile(body.Pattern); err != nil {
			r.fault("pattern", quoted(body.Pattern)+" is not a regular expression", "write it in Go's syntax, for example ^[0-9]{7}$")
		}
		keys.check(r, "key", body.Key, body.Span)
		c.bodies = append(c.bodies, body)
	}
}

func (l *loader) loadMechanisms(c *content) {
	var keys spans
	for _, r := range l.read("legal_mechanisms.csv", "from", "to", "key", "label", "diseases", "one_person", "prescriber", "against_rules", "source", "confidence") {
		mechanism := LegalMechanism{
			Span: r.span(), Key: r.key("key"), Label: r.text("label"), Diseases: l.someDiseases(r),
			OnePerson: r.yes("one_person"), Prescriber: r.yes("prescriber"), AgainstRules: r.yes("against_rules"), Source: l.source(r), Confidence: r.confidence(),
		}
		keys.check(r, "key", mechanism.Key, mechanism.Span)
		c.mechanisms = append(c.mechanisms, mechanism)
	}
}

func (l *loader) loadLocationTypes(c *content) {
	var keys spans
	for _, r := range l.read("location_types.csv", "from", "to", "key", "label", "care_setting", "asks_place", "source", "confidence") {
		location := LocationType{
			Span: r.span(), Key: r.key("key"), Label: r.text("label"), CareSetting: r.key("care_setting"), AsksPlace: r.yes("asks_place"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		if !hasKey(c.careSettings, location.CareSetting) {
			r.fault("care_setting", quoted(location.CareSetting)+" is no care setting", "use a key from care_settings.csv")
		}
		keys.check(r, "key", location.Key, location.Span)
		c.locationTypes = append(c.locationTypes, location)
	}
}

func (l *loader) loadEligibilities(c *content) {
	var keys spans
	for _, r := range l.read("eligibilities.csv", "from", "to", "key", "label", "disease", "source", "confidence") {
		eligibility := Eligibility{
			Span: r.span(), Key: r.key("key"), Label: r.text("label"), Disease: l.disease(r), Source: l.source(r), Confidence: r.confidence(),
		}
		keys.check(r, "key", eligibility.Disease+" "+eligibility.Key, eligibility.Span)
		c.eligibilities = append(c.eligibilities, eligibility)
	}
}
