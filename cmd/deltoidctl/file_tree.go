package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"deltoid/capture"
)

// Limits of an encounter file; a real one is a few kilobytes and five levels deep.
const (
	maxFile  = 1 << 20 // bytes
	maxDepth = 32

	longestNumber = 20 // characters
)

// tree is a JSON document as the schema looks at it: maps, slices, strings, json.Number, bool and nil.
type tree = any

// readTree reads one JSON value. Text that is no JSON is one fault that says where; a name that stands twice in one
// object is a fault as well, because it cannot be told which of the two was meant.
func readTree(r io.Reader) (tree, []fault, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read the encounter: %w", err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // Windows editors put a mark in front of UTF-8
	switch {
	case len(raw) > maxFile:
		return nil, malformed("", "The file is larger than 1 MiB; give one encounter in each file"), nil
	case !utf8.Valid(raw):
		return nil, malformed("", "The file is not UTF-8 text; save it as UTF-8"), nil
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, malformed("", "The file is empty"), nil
	}
	t := treeReader{decoder: json.NewDecoder(bytes.NewReader(raw)), raw: raw}
	t.decoder.UseNumber()
	value, err := t.value("$", 0)
	if err == nil {
		if _, more := t.decoder.Token(); !errors.Is(more, io.EOF) {
			return nil, malformed(t.where(), "There is more after the end of the encounter; give one encounter in each file"), nil
		}
		return value, t.faults, nil
	}
	return nil, malformed(t.whereOf(err), "The file is not JSON: "+reasonOf(err)), nil
}

func malformed(where, message string) []fault {
	return []fault{{Path: where, Code: capture.Invalid, Message: message}}
}

type treeReader struct {
	decoder *json.Decoder
	raw     []byte
	faults  []fault
}

var (
	errDeep   = errors.New("it is nested too deep")
	errNumber = errors.New("a number is written too long or with an exponent")
)

func (t *treeReader) value(path string, depth int) (tree, error) {
	if depth > maxDepth {
		return nil, errDeep
	}
	token, err := t.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return t.object(path, depth)
		}
		return t.array(path, depth)
	case json.Number:
		if strings.ContainsAny(string(token), "eE") || len(token) > longestNumber {
			return nil, errNumber // the schema would work out a number with a million noughts
		}
	}
	return token, nil
}

func (t *treeReader) object(path string, depth int) (tree, error) {
	object := map[string]any{}
	for t.decoder.More() {
		token, err := t.decoder.Token()
		if err != nil {
			return nil, err
		}
		name, ok := token.(string)
		if !ok {
			return nil, errors.New("a name in quotes is missing")
		}
		inner := memberPath(path, name)
		value, err := t.value(inner, depth+1)
		if err != nil {
			return nil, err
		}
		if _, twice := object[name]; twice {
			t.faults = append(t.faults, fault{Path: inner, Code: capture.Invalid, Message: "This stands twice; keep one of the two"})
		}
		object[name] = value
	}
	_, err := t.decoder.Token() // the closing brace
	return object, err
}

func (t *treeReader) array(path string, depth int) (tree, error) {
	array := []any{}
	for t.decoder.More() {
		value, err := t.value(path+"["+strconv.Itoa(len(array))+"]", depth+1)
		if err != nil {
			return nil, err
		}
		array = append(array, value)
	}
	_, err := t.decoder.Token() // the closing bracket
	return array, err
}

// where is the place the reader has come to.
func (t *treeReader) where() string { return place(t.raw, t.decoder.InputOffset()) }

func (t *treeReader) whereOf(err error) string {
	var syntax *json.SyntaxError
	// The decoder counts a character out of place itself, and one that breaks a value as read already.
	if errors.As(err, &syntax) && syntax.Offset > t.decoder.InputOffset() {
		return place(t.raw, syntax.Offset-1)
	}
	return t.where()
}

// place says line and column as an editor counts them.
func place(raw []byte, offset int64) string {
	before := raw[:min(offset, int64(len(raw)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d column %d", line, column)
}

func reasonOf(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early; close every brace, bracket and quote"
	}
	return strings.TrimPrefix(err.Error(), "json: ") + "; check commas, quotes and braces there"
}

// memberPath is the JSON path of a member, in brackets when its name is no plain word.
func memberPath(path, name string) string {
	plain := func(r rune) bool {
		return r == '_' || r == '$' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return path + "[" + strconv.Quote(shortened(name)) + "]"
	}
	return path + "." + shortened(name)
}

// shortened keeps a name that is really a spilt value out of messages.
func shortened(name string) string {
	const longest = 40
	if utf8.RuneCountInString(name) <= longest {
		return name
	}
	return string([]rune(name)[:longest]) + "…"
}
