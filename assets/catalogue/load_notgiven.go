package catalogue

// notGivenAsks is what a choice for not giving a dose asks for beside its codes.
type notGivenAsks struct{ until, who bool }

func (l *loader) loadNotGiven(c *content) {
	asks := map[string]notGivenAsks{}
	var choices []string
	for _, r := range l.read("not_given_choices.csv", "key", "until", "who", "source", "confidence") {
		key := r.key("key")
		l.source(r)
		r.confidence()
		if _, twice := asks[key]; twice {
			r.fault("key", quoted(key)+" is there twice", "give each choice its own key")
		}
		asks[key] = notGivenAsks{r.yes("until"), r.yes("who")}
		choices = append(choices, key)
	}
	var keys spans
	for _, r := range l.read("not_given.csv", "from", "to", "key", "kind", "label", "situation", "reason", "source", "confidence") {
		choice := NotGivenChoice{
			Span: r.span(), Key: r.oneOf("key", choices...), Kind: l.kind(r, l.kinds), Label: r.text("label"),
			Situation: l.snomedOrUnknown(r, "situation"), Reason: l.snomedOrUnknown(r, "reason"), Source: l.source(r), Confidence: r.confidence(),
		}
		choice.AsksUntil, choice.AsksWho = asks[choice.Key].until, asks[choice.Key].who
		if choice.Situation != "" && !hasCode(c.situations, choice.Situation) {
			r.fault("situation", quoted(choice.Situation)+" is no situation", "use a code from situations.csv")
		}
		if choice.Reason != "" && !hasCode(c.reasons, choice.Reason) {
			r.fault("reason", quoted(choice.Reason)+" is no reason", "use a code from reasons.csv")
		}
		keys.check(r, "key", choice.Key+" "+string(choice.Kind), choice.Span)
		c.notGiven = append(c.notGiven, choice)
	}
}
