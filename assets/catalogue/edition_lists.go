package catalogue

import "slices"

// Sites lists the places of the body where a dose is given.
func (e *Edition) Sites() []Code { return slices.Clone(e.sites) }

// Site finds a place of the body by our key, for example left-upper-arm.
func (e *Edition) Site(key string) (Code, bool) { return byKey(e.sites, key) }

// Routes lists the ways of giving a dose.
func (e *Edition) Routes() []Code { return slices.Clone(e.routes) }

// Route finds a route by our key: im, sc, nasal …
func (e *Edition) Route(key string) (Code, bool) { return byKey(e.routes, key) }

// Units lists the units of dose amounts.
func (e *Edition) Units() []Code { return slices.Clone(e.units) }

// Unit finds a unit by our key, for example ml.
func (e *Edition) Unit(key string) (Code, bool) { return byKey(e.units, key) }

// CareSettings lists the types of care setting, the usual one first.
func (e *Edition) CareSettings() []Code { return slices.Clone(e.careSettings) }

// CareSetting finds a care setting by our key.
func (e *Edition) CareSetting(key string) (Code, bool) { return byKey(e.careSettings, key) }

// Consents lists the ways of consenting or refusing.
func (e *Edition) Consents() []Consent { return slices.Clone(e.consents) }

// Consent finds a way of consenting by our key, CT1 to CT8.
func (e *Edition) Consent(key string) (Consent, bool) {
	return find(e.consents, func(c Consent) bool { return c.Key == key })
}

// NHSNumberStatuses lists the NHS number status indicators.
func (e *Edition) NHSNumberStatuses() []Code { return slices.Clone(e.nhsNumberStatuses) }

// NHSNumberStatus finds an NHS number status by its code, 01 to 08.
func (e *Edition) NHSNumberStatus(code string) (Code, bool) {
	return byCode(e.nhsNumberStatuses, code)
}

// EthnicCategories lists the ethnic categories of the NHS Data Dictionary.
func (e *Edition) EthnicCategories() []Code { return slices.Clone(e.ethnicCategories) }

// EthnicCategory finds an ethnic category by its code, A to Z or 99.
func (e *Edition) EthnicCategory(code string) (Code, bool) { return byCode(e.ethnicCategories, code) }

// Genders lists the gender codes.
func (e *Edition) Genders() []Code { return slices.Clone(e.genders) }

// Gender finds a gender by its code: 0, 1, 2 or 9.
func (e *Edition) Gender(code string) (Code, bool) { return byCode(e.genders, code) }

// Indication is what a vaccination against the disease is given for.
func (e *Edition) Indication(disease string) (Code, bool) { return byKey(e.indications, disease) }

// Indications lists every indication.
func (e *Edition) Indications() []Code { return slices.Clone(e.indications) }

// JobRoles lists the job roles; the term is what is sent.
func (e *Edition) JobRoles() []Code { return slices.Clone(e.jobRoles) }

// Relationships lists how somebody who decides may be related to the patient.
func (e *Edition) Relationships() []Code { return slices.Clone(e.relationships) }

// Bodies lists the professional regulators.
func (e *Edition) Bodies() []RegistrationBody { return slices.Clone(e.bodies) }

// Body finds a professional regulator by our key: nmc, gmc, gphc, hcpc.
func (e *Edition) Body(key string) (RegistrationBody, bool) {
	return find(e.bodies, func(b RegistrationBody) bool { return b.Key == key })
}

// LocationTypes lists the sorts of places where people are vaccinated.
func (e *Edition) LocationTypes() []LocationType { return slices.Clone(e.locationTypes) }

// LocationType finds a sort of place by our key.
func (e *Edition) LocationType(key string) (LocationType, bool) {
	return find(e.locationTypes, func(l LocationType) bool { return l.Key == key })
}

// LegalMechanisms lists the legal footings a clinic can work on.
func (e *Edition) LegalMechanisms() []LegalMechanism { return slices.Clone(e.mechanisms) }

// LegalMechanism finds a legal mechanism by our key.
func (e *Edition) LegalMechanism(key string) (LegalMechanism, bool) {
	return find(e.mechanisms, func(m LegalMechanism) bool { return m.Key == key })
}

// Eligibilities lists why people are offered a vaccine, for every disease.
func (e *Edition) Eligibilities() []Eligibility { return slices.Clone(e.eligibilities) }

// EligibilitiesFor lists why people are offered a vaccine against a disease.
func (e *Edition) EligibilitiesFor(disease string) []Eligibility {
	return slices.DeleteFunc(slices.Clone(e.eligibilities), func(x Eligibility) bool { return x.Disease != disease })
}

// Eligibility finds a reason for the offer of a vaccine against a disease by our key.
func (e *Edition) Eligibility(disease, key string) (Eligibility, bool) {
	return find(e.eligibilities, func(x Eligibility) bool { return x.Disease == disease && x.Key == key })
}
