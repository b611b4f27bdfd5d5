package export

import (
	"slices"

	"deltoid/capture"
)

// part is one of several rows about an event: the answer to a further question.
type part struct {
	Answer
	flag capture.Action
}

// parts are the rows that take the receiver from the version it had, if any, or may have had, to the event as it is now.
func (p *pouring) parts(event, had, doubted *capture.Event) []part {
	var before, after []Answer
	if had != nil {
		before = p.profile.Answers(had)
	}
	if p.profile.Carries(event) {
		after = p.profile.Answers(event)
	}
	var rows []part
	for _, is := range after {
		i := slices.IndexFunc(before, is.sameQuestion)
		if i < 0 || is != before[i] {
			rows = append(rows, part{is, actionFor(true, i >= 0)})
		}
	}
	if doubted != nil {
		before = p.profile.Answers(doubted)
	}
	for _, was := range before {
		if !slices.ContainsFunc(after, was.sameQuestion) {
			rows = append(rows, part{was, capture.ActionDelete})
		}
	}
	return rows
}

func (a Answer) sameQuestion(other Answer) bool { return a.ID == other.ID }

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

// takeParts writes the rows about one event, all of them or none.
func (p *pouring) takeParts(waiting *Waiting, parts []part) error {
	if len(parts) == 0 {
		p.report.Withdrawn++
		return p.file.building.Row(0, *waiting)
	}
	records := make([]record, len(parts))
	var faults capture.Problems
	for i, row := range parts {
		records[i] = record{Event: &waiting.Event, flag: row.flag, settings: &p.file.sheet.settings, attribute: &parts[i].Answer}
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
