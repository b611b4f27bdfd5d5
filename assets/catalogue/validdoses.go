package catalogue

// ValidDoses says which doses count in a course of so many (CourseValidDoses), and when the last of them ends it.
type ValidDoses struct {
	Span
	Disease    string
	Doses      int // that the course needs
	CountsFrom int // completed months of age; an earlier dose does not count
	Apart      int // days; a dose sooner after one that counts does not count
	EndsFrom   int // completed months of age; an earlier last dose counts and does not end the course
	Source     string
	Confidence string
}

// ValidDoses says which doses count against a disease; ok is false for courses that count otherwise.
func (e *Edition) ValidDoses(disease string) (ValidDoses, bool) {
	return find(e.validDoses, func(v ValidDoses) bool { return v.Disease == disease })
}

func (l *loader) loadValidDoses(c *content) {
	var diseases spans
	for _, r := range l.read("valid_doses.csv", "from", "to", "disease", "doses", "counts_from", "apart_days", "ends_from", "source", "confidence") {
		counting := ValidDoses{
			Span: r.span(), Disease: l.disease(r), Doses: r.number("doses"), Apart: r.number("apart_days"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		counting.CountsFrom, _ = r.age("counts_from")
		counting.EndsFrom, _ = r.age("ends_from")
		if counting.Doses == 0 {
			r.fault("doses", "a course has at least one dose", "write how many doses end it")
		}
		diseases.check(r, "disease", counting.Disease, counting.Span)
		c.validDoses = append(c.validDoses, counting)
	}
}
