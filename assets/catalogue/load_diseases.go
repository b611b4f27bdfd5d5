package catalogue

import (
	"path"
	"slices"
)

// loadDiseases reads which diseases there are and the kinds of dose of each, which every other table refers to.
func (l *loader) loadDiseases(c *Catalogue) {
	for _, r := range l.read("diseases.csv", "key", "label", "vaccine", "course", "source", "confidence") {
		disease := Disease{
			Key: r.key("key"), Label: r.text("label"), Vaccine: r.text("vaccine"),
			Course: r.oneOf("course", CoursePrimaryAndBoosters, CourseSeason, CourseValidDoses), Source: l.source(r), Confidence: r.confidence(),
		}
		if _, twice := c.Disease(disease.Key); twice {
			r.fault("key", quoted(disease.Key)+" is there twice", "give each disease its own key")
		}
		c.diseases = append(c.diseases, disease)
		l.diseases = append(l.diseases, disease.Key)
	}
	for _, r := range l.read("dose_kinds.csv", "key", "disease", "label") {
		kind := Kind{Key: DoseKind(r.key("key")), Disease: l.disease(r), Label: r.text("label")}
		if _, twice := c.Kind(kind.Key); twice {
			r.fault("key", quoted(string(kind.Key))+" is there twice", "give each kind of dose its own key")
		}
		c.kinds = append(c.kinds, kind)
		l.kinds = append(l.kinds, kind.Key)
		l.folders[path.Dir(r.file)] = kind.Disease
	}
}

func (l *loader) disease(r row) string { return r.oneOf("disease", l.diseases...) }

// someDiseases is the diseases that a row is for; empty: every one.
func (l *loader) someDiseases(r row) []string {
	keys := r.list("diseases")
	for _, key := range keys {
		if !slices.Contains(l.diseases, key) {
			r.fault("diseases", quoted(key)+" is no disease", "use keys from diseases.csv, or leave it empty for every one")
		}
	}
	return keys
}

// diseaseOrAll is a disease, or the star that stands for every one.
func (l *loader) diseaseOrAll(r row) string {
	return r.oneOf("disease", append(l.diseases[:len(l.diseases):len(l.diseases)], AllDiseases)...)
}

func (l *loader) loadProcedures(c *content) {
	var keys, uses spans
	for _, r := range l.read("procedures.csv", "from", "to", "key", "kind", "platform", "code", "term", "label", "source", "confidence") {
		found := procedure{
			Code: Code{
				Span: r.span(), Key: r.key("key"), Code: l.snomed(r, "code"), Term: r.text("term"), Label: r.text("label"),
				Source: l.source(r), Confidence: r.confidence(),
			},
			platform: r.optional("platform"), disease: l.folders[path.Dir(r.file)],
		}
		if r.optional("kind") != "" {
			found.kind = l.kind(r, l.kinds)
			uses.check(r, "kind", string(found.kind)+" "+found.platform, found.Span)
		}
		keys.check(r, "key", found.Key, found.Span)
		c.procedures = append(c.procedures, found)
	}
}
