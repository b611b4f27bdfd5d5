package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// passphraseVariable is the environment variable that scripts set.
const passphraseVariable = "DELTOID_PASSPHRASE"

// maxSecret is the longest passphrase or key read from a file, in bytes; a longer line is surely of another file.
const maxSecret = 1024

// passphrase comes from the file named, the environment, or the person at the terminal.
func (s *session) passphrase(of string) (string, error) {
	phrase, err := s.givenPassphrase()
	if phrase != "" || err != nil {
		return phrase, err
	}
	return s.typed("Passphrase of "+of, "--passphrase-file or set "+passphraseVariable)
}

// firstPassphrase is that of a profile about to be made. Typed blindly, it is typed twice.
func (s *session) firstPassphrase(of string) (string, error) {
	phrase, err := s.givenPassphrase()
	if phrase != "" || err != nil {
		return phrase, err
	}
	return s.typedTwice("Passphrase for "+of, "--passphrase-file or set "+passphraseVariable)
}

// newPassphrase comes from the file named, or the person at the terminal. It is never that of the environment, which is
// somebody's present one.
func (s *session) newPassphrase(file, of string) (string, error) {
	if file != "" {
		return s.secretFrom(file, "New passphrase for "+of)
	}
	return s.typedTwice("New passphrase for "+of, "--new-passphrase-file")
}

func (s *session) givenPassphrase() (string, error) {
	if s.globals.PassphraseFile != "" {
		return s.secretFrom(s.globals.PassphraseFile, "Passphrase")
	}
	return os.Getenv(passphraseVariable), nil
}

func (s *session) onTerminal() bool {
	return s.stdin != nil && term.IsTerminal(int(s.stdin.Fd()))
}

// typed asks on the terminal without echo; without a terminal it says what to give instead.
func (s *session) typed(prompt, instead string) (string, error) {
	if !s.onTerminal() {
		return "", usage("no passphrase: give " + instead)
	}
	fmt.Fprint(s.stderr, prompt+": ")
	phrase, err := s.readUnseen()
	fmt.Fprintln(s.stderr)
	if err != nil {
		return "", fmt.Errorf("read what is typed: %w", err)
	}
	if phrase == "" {
		return "", usage("nothing was typed")
	}
	return phrase, nil
}

// readUnseen reads a line without echo. Ctrl+C ends it and gives the terminal its echo back, which a read that goes on
// waiting would not.
func (s *session) readUnseen() (string, error) {
	type answer struct {
		text []byte
		err  error
	}
	fd := int(s.stdin.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		answered <- answer{text, err}
	}()
	select {
	case <-s.ctx.Done():
		_ = term.Restore(fd, before) // the program ends now, whatever comes of it
		return "", s.ctx.Err()
	case a := <-answered:
		return string(a.text), a.err
	}
}

func (s *session) typedTwice(prompt, instead string) (string, error) {
	phrase, err := s.typed(prompt, instead)
	if err != nil {
		return "", err
	}
	again, err := s.typed("The same again", instead)
	if err != nil {
		return "", err
	}
	if again != phrase {
		return "", usage("the two passphrases differ")
	}
	return phrase, nil
}

// secretFrom is the first line of a file; - is the next line of standard input, asked for when that is a terminal.
func (s *session) secretFrom(path, prompt string) (string, error) {
	if path == "-" {
		if s.onTerminal() {
			return s.typed(prompt, "")
		}
		return firstLine(s.stdin, "standard input")
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err // it names the file
	}
	defer file.Close()
	return firstLine(file, path)
}

// firstLine reads no more than a line, byte by byte, so that what follows is left to whoever reads next.
func firstLine(from io.Reader, name string) (string, error) {
	var line []byte
	one := make([]byte, 1)
	for len(line) <= maxSecret {
		_, err := io.ReadFull(from, one)
		if err == io.EOF || err == nil && one[0] == '\n' {
			text := strings.TrimSuffix(string(line), "\r")
			if text == "" {
				return "", usage("there is nothing in the first line of " + name)
			}
			return text, nil
		}
		if err != nil {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
		line = append(line, one[0])
	}
	return "", usage(fmt.Sprintf("the first line of %s is longer than %d characters: is it the right file?", name, maxSecret))
}
