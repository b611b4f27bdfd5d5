package capture

import (
	"fmt"

	"deltoid/assets/catalogue"
)

// Claims are the payments beside the fee that may be claimed for an event, by the rules in force on the day of vaccination,
// not on that of the claim. Nothing is claimed for what was not given or was deleted.
func (d *Desk) Claims(event Event) ([]catalogue.Supplement, error) {
	if event.Given == nil || event.Action == ActionDelete {
		return nil, nil
	}
	values, err := d.claimFacts(event)
	if err != nil {
		return nil, err
	}
	var claims []catalogue.Supplement
	for _, supplement := range d.Catalogue.At(event.Day()).Supplements(event.Disease) {
		holds, err := supplement.When.Holds(values)
		if err != nil {
			return nil, fmt.Errorf("whether to claim %s: %w", supplement.Key, err)
		}
		if holds {
			claims = append(claims, supplement)
		}
	}
	return claims, nil
}

// placeHousebound is the sort of place that says that somebody cannot leave home.
const placeHousebound = "housebound"

// claimFacts is what is known of an event, by the names of facts.csv.
func (d *Desk) claimFacts(event Event) (map[string]any, error) {
	values := d.Catalogue.BlankFacts()
	for id, answer := range event.Screening.Answers {
		values[id] = answer.Value
		for followUp, value := range answer.FollowUps {
			values[followUp] = value
		}
	}
	for name, value := range map[string]any{
		"age": event.Person.Age(event.Day()), "kind": string(event.Kind), "product": event.Product.Key, "mechanism": event.LegalMechanism,
		"at_risk": event.Circumstances.AtRisk || event.Circumstances.Immunosuppressed, "care_home": event.Circumstances.CareHomeResident,
		"immunosuppressed": event.Circumstances.Immunosuppressed, "immunosuppressed_at_primary": event.Circumstances.ImmunosuppressedAtPrimary,
		"housebound": event.Additional.Housebound || event.LocationType == placeHousebound,
	} {
		values[name] = value
	}
	for _, fact := range d.Catalogue.Facts() { // an answer can say the same as a tick
		if fact.Also.String() == "" {
			continue
		}
		also, err := fact.Also.Holds(values)
		if err != nil {
			return nil, fmt.Errorf("work out %s: %w", fact.Name, err)
		}
		if also {
			values[fact.Name] = true
		}
	}
	return values, nil
}
