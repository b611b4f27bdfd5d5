package catalogue

// dated is a row with the days on which it is in force.
type dated interface{ span() Span }

func (s Span) span() Span { return s }

// onDay keeps the rows in force on a day, in order.
func onDay[T dated](rows []T, day Date) []T {
	var kept []T
	for _, row := range rows {
		if row.span().Covers(day) {
			kept = append(kept, row)
		}
	}
	return kept
}

// on keeps what is in force on a day.
func (c content) on(day Date) content {
	return content{
		products: onDay(c.products, day), packs: onDay(c.packs, day),
		procedures: onDay(c.procedures, day), situations: onDay(c.situations, day), reasons: onDay(c.reasons, day),
		sites: onDay(c.sites, day), routes: onDay(c.routes, day), units: onDay(c.units, day),
		careSettings: onDay(c.careSettings, day), indications: onDay(c.indications, day), notGiven: onDay(c.notGiven, day),
		doseRules: onDay(c.doseRules, day), screeningRules: onDay(c.screeningRules, day),
		sets: onDay(c.sets, day), questions: onDay(c.questions, day), followUps: onDay(c.followUps, day),
		consents: onDay(c.consents, day), bodies: onDay(c.bodies, day), mechanisms: onDay(c.mechanisms, day),
		locationTypes: onDay(c.locationTypes, day), eligibilities: onDay(c.eligibilities, day), seasons: onDay(c.seasons, day),
		validDoses: onDay(c.validDoses, day), addenda: onDay(c.addenda, day),
		nhsNumberStatuses: onDay(c.nhsNumberStatuses, day), ethnicCategories: onDay(c.ethnicCategories, day),
		genders: onDay(c.genders, day), jobRoles: onDay(c.jobRoles, day), relationships: onDay(c.relationships, day),
		roles: onDay(c.roles, day), riskGroups: onDay(c.riskGroups, day), reactions: onDay(c.reactions, day),
		supplements: onDay(c.supplements, day), gillick: onDay(c.gillick, day), workerRoles: onDay(c.workerRoles, day),
		lateReasons: onDay(c.lateReasons, day),
	}
}

// changes are the days on which a row starts, and the days after its last one.
func (c content) changes() []Date {
	var days []Date
	for _, found := range [][]Date{
		edges(c.products), edges(c.packs), edges(c.procedures), edges(c.situations), edges(c.reasons), edges(c.sites),
		edges(c.routes), edges(c.units), edges(c.careSettings), edges(c.indications), edges(c.notGiven), edges(c.doseRules),
		edges(c.screeningRules), edges(c.sets), edges(c.questions), edges(c.followUps), edges(c.consents), edges(c.bodies),
		edges(c.mechanisms), edges(c.locationTypes), edges(c.eligibilities), edges(c.nhsNumberStatuses),
		edges(c.ethnicCategories), edges(c.genders), edges(c.jobRoles), edges(c.relationships), edges(c.roles),
		edges(c.riskGroups), edges(c.reactions), edges(c.supplements), edges(c.gillick), edges(c.workerRoles), edges(c.lateReasons),
		edges(c.seasons), edges(c.validDoses), edges(c.addenda),
	} {
		days = append(days, found...)
	}
	return days
}

func edges[T dated](rows []T) []Date {
	var days []Date
	for _, row := range rows {
		days = append(days, row.span().From)
		if !row.span().To.IsZero() {
			days = append(days, row.span().To.AddDays(1))
		}
	}
	return days
}
