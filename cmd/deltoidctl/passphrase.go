package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// passphraseVariable is the environment variable that scripts set.
const passphraseVariable = "DELTOID_PASSPHRASE"

// maxPassphrase is the longest passphrase read from a file, in bytes; a longer file is surely another one.
const maxPassphrase = 1024

// passphrase comes from the file named, the environment, or the person at the terminal.
func (s *session) passphrase(prompt string) (string, error) {
	if s.globals.PassphraseFile != "" {
		return passphraseFrom(s.globals.PassphraseFile)
	}
	if phrase := os.Getenv(passphraseVariable); phrase != "" {
		return phrase, nil
	}
	if s.stdin == nil || !term.IsTerminal(int(s.stdin.Fd())) {
		return "", usage("no passphrase: give --passphrase-file or set " + passphraseVariable)
	}
	fmt.Fprint(s.stderr, prompt+": ")
	phrase, err := term.ReadPassword(int(s.stdin.Fd()))
	fmt.Fprintln(s.stderr)
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	if len(phrase) == 0 {
		return "", usage("no passphrase: nothing was typed")
	}
	return string(phrase), nil
}

func passphraseFrom(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxPassphrase+1))
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	phrase := strings.TrimSuffix(string(first), "\r")
	switch {
	case len(first) > maxPassphrase:
		return "", usage(fmt.Sprintf("the passphrase file holds more than %d characters in its first line: is it the right file?", maxPassphrase))
	case phrase == "":
		return "", usage("the passphrase file is empty")
	}
	return phrase, nil
}
