package main

import (
	"fmt"
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// listed joins words as a sentence does: a, b or c.
func listed(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}

// counted is a number with its noun in the right form.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// clockTime is a moment on the clinic's clock.
func clockTime(t time.Time) string {
	return t.In(catalogue.London).Format("15:04 on 2 January 2006")
}
