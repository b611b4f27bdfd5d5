package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// recordSchema is what an encounter file may hold; docs/record.schema.json is the same file for readers.
//
//go:embed record.schema.json
var recordSchema []byte

const schemaName = "record.schema.json"

// compiledSchema is made once; a fault in the schema is a fault of the program and found by its tests.
var compiledSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(recordSchema))
	if err != nil {
		return nil, fmt.Errorf("read the schema of encounters: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for name, check := range formats {
		compiler.RegisterFormat(&jsonschema.Format{Name: name, Validate: ofText(check)})
	}
	if err := compiler.AddResource(schemaName, document); err != nil {
		return nil, fmt.Errorf("read the schema of encounters: %w", err)
	}
	schema, err := compiler.Compile(schemaName)
	if err != nil {
		return nil, fmt.Errorf("read the schema of encounters: %w", err)
	}
	return schema, nil
})

// formats are read just as the file is read afterwards, so that nothing passes here and fails there.
var formats = map[string]func(string) error{
	"date":      func(text string) error { _, err := catalogue.ParseDate(text); return err },
	"date-time": func(text string) error { return new(time.Time).UnmarshalText([]byte(text)) },
	"uuid":      hyphenated,
}

// hyphenated takes a UUID only in the form that extracts carry.
func hyphenated(text string) error {
	id, err := uuid.Parse(text)
	if err == nil && !strings.EqualFold(id.String(), text) {
		err = errors.New("not in the form with four hyphens")
	}
	return err
}

func ofText(check func(string) error) func(any) error {
	return func(value any) error {
		if text, ok := value.(string); ok {
			return check(text)
		}
		return nil // the type is checked by itself
	}
}

// schemaFault is a fault of form, with the member it is about so that it can be left out before reading on.
type schemaFault struct {
	fault
	at []string
}

// checkSchema lists every fault of form.
func checkSchema(document tree) ([]schemaFault, error) {
	schema, err := compiledSchema()
	if err != nil {
		return nil, err
	}
	var invalid *jsonschema.ValidationError
	err = schema.Validate(document)
	switch {
	case err == nil:
		return nil, nil
	case !errors.As(err, &invalid):
		return nil, fmt.Errorf("check the encounter against the schema: %w", err)
	}
	var faults []schemaFault
	collect(&faults, invalid)
	slices.SortFunc(faults, func(a, b schemaFault) int { return strings.Compare(a.Path, b.Path) })
	return slices.CompactFunc(faults, func(a, b schemaFault) bool { return a.Path == b.Path && a.Message == b.Message }), nil
}

// collect takes the leaves of the tree of causes, each in words.
func collect(faults *[]schemaFault, invalid *jsonschema.ValidationError) {
	at := invalid.InstanceLocation
	add := func(at []string, message string, oneOf ...string) {
		*faults = append(*faults, schemaFault{fault{Path: pathOf(at), Code: capture.Invalid, Message: message, OneOf: oneOf}, slices.Clone(at)})
	}
	switch what := invalid.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.Reference, *kind.AllOf:
		for _, cause := range invalid.Causes {
			collect(faults, cause)
		}
	case *kind.OneOf:
		// Give or not given: the desk says it better, and asks neither of a mere question.
	case *kind.AdditionalProperties:
		for _, name := range what.Properties {
			add(append(slices.Clone(at), name), "There is no such field; check its spelling (names are case sensitive) or leave it out")
		}
	case *kind.Required:
		for _, name := range what.Missing {
			add(append(slices.Clone(at), name), "This is missing")
		}
	case *kind.Type:
		add(at, "This must be "+article(what.Want)+", not "+article([]string{what.Got}))
	case *kind.Enum:
		var words []string
		for _, value := range what.Want {
			words = append(words, fmt.Sprint(value))
		}
		add(at, "This word is not known here", words...)
	case *kind.Format:
		add(at, formatWords[what.Want])
	case *kind.Pattern:
		add(at, "This is not written as it must be; see the schema's pattern "+what.Want)
	case *kind.MinLength:
		add(at, "This must not be empty")
	case *kind.MaxLength:
		add(at, "Shorten this to "+strconv.Itoa(what.Want)+" characters")
	case *kind.MaxItems:
		add(at, "Give at most "+strconv.Itoa(what.Want)+" here")
	case *kind.MaxProperties:
		add(at, "Give at most "+strconv.Itoa(what.Want)+" here")
	case *kind.ExclusiveMinimum, *kind.Maximum:
		add(at, "This number is out of range")
	default:
		add(at, "This does not fit the schema")
	}
}

var formatWords = map[string]string{
	"date":      "Write the date like 2022-05-12",
	"date-time": "Write the time with its offset, like 2022-05-12T10:30:00+01:00",
	"uuid":      "Write the id as a UUID, like 9c1cd0c4-4ad1-4b2f-9d1b-0a4f0a6b8a01",
}

var typeWords = map[string]string{
	"string": "text in quotes", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"object": "an object in braces", "array": "a list in brackets", "null": "null",
}

func article(types []string) string {
	words := make([]string, len(types))
	for i, name := range types {
		words[i] = typeWords[name]
	}
	return strings.Join(words, " or ")
}

// pathOf is the JSON path of an instance location.
func pathOf(at []string) string {
	path := "$"
	for _, name := range at {
		if _, err := strconv.Atoi(name); err == nil {
			path += "[" + name + "]"
			continue
		}
		path = memberPath(path, name)
	}
	return path
}
