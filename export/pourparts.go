package export

import (
	"slices"

	"deltoid/capture"
)

// part is one of several rows about an event: an answer to a further question, or an adverse reaction.
type part struct {
	key       string
	attribute *Answer
	reaction  *Reaction
	flag      capture.Action
}

// parts are the rows that take the receiver from the version it had, if any, to the event as it is now.
func (p *pouring) parts(event, had *capture.Event) []part {
	var before, after []part
	if had != nil {
		before = p.partsOf(had)
	}
	if p.profile.Carries(event) {
		after = p.partsOf(event)
	}
	var rows []part
	for _, is := range after {
		i := slices.IndexFunc(before, is.sameKey)
		is.flag = actionFor(true, i >= 0)
		if i < 0 || !is.equals(before[i]) {
			rows = append(rows, is)
		}
	}
	for _, was := range before {
		if !slices.ContainsFunc(after, was.sameKey) {
			was.flag = capture.ActionDelete
			rows = append(rows, was)
		}
	}
	return rows
}

func (p *pouring) partsOf(event *capture.Event) []part {
	var all []part
	if p.profile.Unit == PerReaction {
		if p.Reactions == nil {
			return nil
		}
		for _, reaction := range p.Reactions(event) {
			all = append(all, part{key: reaction.ID, reaction: &reaction})
		}
		return all
	}
	for _, answer := range p.profile.Answers(event) {
		all = append(all, part{key: answer.ID, attribute: &answer})
	}
	return all
}

// Answers are what an event answers to the further questions that may be sent.
func (p *Profile) Answers(event *capture.Event) []Answer {
	var all []Answer
	for _, attribute := range p.attributes {
		if !attribute.Enabled {
			continue
		}
		if value := attribute.answer(&record{Event: event}); value != "" {
			all = append(all, Answer{ID: attribute.ID, Text: attribute.Text, Value: value})
		}
	}
	return all
}

func (p part) sameKey(other part) bool { return p.key == other.key }

func (p part) equals(other part) bool {
	if p.reaction != nil {
		return *p.reaction == *other.reaction
	}
	return *p.attribute == *other.attribute
}

// takeParts writes the rows about one event, all of them or none.
func (p *pouring) takeParts(waiting *Waiting, parts []part) error {
	if len(parts) == 0 {
		p.report.Withdrawn++
		return p.file.building.Row(0, *waiting)
	}
	records := make([]record, len(parts))
	var faults capture.Problems
	for i, row := range parts {
		records[i] = record{Event: &waiting.Event, flag: row.flag, settings: &p.file.sheet.settings, attribute: row.attribute, reaction: row.reaction}
		faults = append(faults, p.file.check(&records[i], p.at)...)
	}
	if len(faults) > 0 {
		return p.hold(waiting, faults)
	}
	first := p.report.Rows + 1
	for i := range records {
		p.file.make(&records[i])
		if err := p.file.write(); err != nil {
			return err
		}
		p.report.Rows++
		p.file.show(p.report.Rows, waiting, records[i].flag)
	}
	return p.file.building.Rows(first, len(records), *waiting)
}
