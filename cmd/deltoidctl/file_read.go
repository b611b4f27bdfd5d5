package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"deltoid/capture"
)

// readFile reads an encounter from a file, or from standard input when the name is "-".
func readFile(name string, stdin io.Reader) (encounterFile, []fault, error) {
	if name == "-" {
		return readEncounter(stdin)
	}
	file, err := os.Open(name)
	if err != nil {
		return encounterFile{}, nil, fmt.Errorf("read the encounter: %w", err)
	}
	defer file.Close()
	return readEncounter(file)
}

// readEncounter reads an encounter and every fault of form in it. What is well formed is read even when something else
// is not, so that the desk can look at it in the same go; a file that is no JSON at all gives the zero encounter.
func readEncounter(r io.Reader) (encounterFile, []fault, error) {
	document, faults, err := readTree(r)
	if err != nil || document == nil {
		return encounterFile{}, orEmpty(document, faults), err
	}
	formFaults, err := checkSchema(document)
	if err != nil {
		return encounterFile{}, nil, err
	}
	for _, wrong := range formFaults {
		faults = append(faults, wrong.fault)
		document = without(document, wrong.at)
	}
	var file encounterFile
	well, err := json.Marshal(document)
	if err == nil {
		err = json.Unmarshal(well, &file)
	}
	if err != nil && len(faults) == 0 {
		faults = malformed("$", "The file fits the schema and cannot be read all the same; report this")
	}
	return file, faults, nil
}

// orEmpty has something to say of a file that holds nothing but null.
func orEmpty(document tree, faults []fault) []fault {
	if document == nil && len(faults) == 0 {
		return malformed("$", "This must be an object in braces, not null")
	}
	return faults
}

// without drops a member; without the whole document nothing is left but an empty object.
func without(document tree, at []string) tree {
	if len(at) == 0 {
		return map[string]any{}
	}
	switch node := document.(type) {
	case map[string]any:
		if len(at) == 1 {
			delete(node, at[0])
		} else if inner, ok := node[at[0]]; ok {
			node[at[0]] = without(inner, at[1:])
		}
	case []any:
		i, err := strconv.Atoi(at[0])
		if err != nil || i < 0 || i >= len(node) {
			return node
		}
		if len(at) == 1 {
			node[i] = map[string]any{} // the places of the others must not change
		} else {
			node[i] = without(node[i], at[1:])
		}
	}
	return document
}

// unless drops the faults about members that were found wrong already: one fault for each is enough.
func unless(known, faults []fault) []fault {
	return slices.DeleteFunc(faults, func(f fault) bool {
		return slices.ContainsFunc(known, func(k fault) bool { return covers(k.Path, f.Path) })
	})
}

// covers tells whether a path is the other one, or above or below it.
func covers(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == "$" {
		return a == b
	}
	return len(a) == len(b) && a == b || len(b) > len(a) && b[:len(a)] == a && (b[len(a)] == '.' || b[len(a)] == '[')
}

// pathless tells whether the file could not be read at all, so that the desk has nothing to look at.
func pathless(faults []fault) bool {
	return slices.ContainsFunc(faults, func(f fault) bool {
		return f.Code == capture.Invalid && (f.Path == "" || f.Path == "$" || f.Path[0] != '$')
	})
}
