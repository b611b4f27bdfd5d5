package catalogue

import (
	"slices"
	"strings"
)

// lists are the files whose keys the column values of facts.csv can stand for.
func (l *loader) lists(c *content) map[string][]string {
	lists := map[string][]string{"products.csv": productKeys(c.products), "ingredients.csv": l.ingredients}
	for _, mechanism := range c.mechanisms {
		if keys := lists["legal_mechanisms.csv"]; !slices.Contains(keys, mechanism.Key) {
			lists["legal_mechanisms.csv"] = append(keys, mechanism.Key)
		}
	}
	for _, kind := range l.kinds {
		lists["dose_kinds.csv"] = append(lists["dose_kinds.csv"], string(kind))
	}
	return lists
}

func (l *loader) nameFacts(rows []row, lists map[string][]string) {
	for _, r := range rows {
		name := l.newName(r, "name")
		switch keys, isList := lists[r.optional("values")]; {
		case isList:
			l.domains[name] = keys
		case r.optional("values") != "":
			l.domains[name] = r.list("values")
		}
		switch kind := r.oneOf("type", FactString, FactInt, FactBool, FactList, FactDate); {
		case kind != FactDate:
			l.names[name] = kind
		default:
			l.dates[name] = true
			if len(r.list("earliest_of")) > 0 {
				l.names[name+Days] = FactInt
			}
		}
	}
}

func (l *loader) newName(r row, column string) string {
	name := r.key(column)
	if strings.ContainsAny(name, ".-") || l.names[name] != "" || l.dates[name] {
		r.fault(column, quoted(name)+" is used already or has a point or hyphen", "choose another name")
	}
	return name
}

// The answers of a question.
var answers = []string{"yes", "no", "unknown"}

func (l *loader) nameAnswers(questions, followUps []row) {
	seen := map[string]bool{} // a later version of a question or follow-up keeps its id
	l.answers = seen
	for _, r := range questions {
		if id := r.optional("id"); !seen[id] {
			seen[id] = true
			l.names[l.newName(r, "id")] = FactString
			l.domains[id] = answers
		}
	}
	for _, r := range followUps {
		id := r.optional("id")
		if !seen[id] {
			seen[id] = true
			l.names[l.newName(r, "id")] = FactString
		}
		switch r.optional("kind") {
		case "date":
			l.names[id+Days] = FactInt
			l.dates[id] = true
		case "yesno":
			l.domains[id] = answers
		case "choice":
			options, _ := parseOptions(r.optional("options")) // a fault is noted when the row itself is read
			for _, option := range options {
				l.domains[id] = append(l.domains[id], option.Key)
			}
		}
	}
}

func productKeys(products []Product) []string {
	var keys []string
	for _, product := range products {
		if !slices.Contains(keys, product.Key) {
			keys = append(keys, product.Key)
		}
	}
	return keys
}
