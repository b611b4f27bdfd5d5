package catalogue

// Season is the days on which a vaccine of the season is offered.
type Season struct {
	Span
	Key        string // for example 2021-22
	Disease    string
	Source     string
	Confidence string
}

// Season is the season of a disease that a day belongs to: the last one that had begun by then, also after its last day, until the
// next one begins. ok is false before the first.
func (c *Catalogue) Season(disease string, day Date) (latest Season, ok bool) {
	for _, season := range c.all.seasons {
		if season.Disease == disease && !season.From.After(day) && (!ok || season.From.After(latest.From)) {
			latest, ok = season, true
		}
	}
	return latest, ok
}

func (l *loader) loadSeasons(c *content) {
	var days spans
	for _, r := range l.read("seasons.csv", "from", "to", "key", "disease", "source", "confidence") {
		season := Season{Span: r.span(), Key: r.key("key"), Disease: l.disease(r), Source: l.source(r), Confidence: r.confidence()}
		if season.To.IsZero() {
			r.fault("to", "the season has no end", "write its last day")
		}
		days.check(r, "from", season.Disease, season.Span)
		c.seasons = append(c.seasons, season)
	}
}
