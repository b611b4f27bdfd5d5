package export

import (
	"hash/maphash"
	"slices"
	"strings"

	"deltoid/capture"
)

// watch follows the records through the rows of a file: a record is new once, and only a known one is changed. It keeps
// a number of eight bytes for each, so that a large file does not fill the memory.
type watch struct {
	sheet   *Sheet
	allowed []string // actions that the sender may use
	has     func(id, uri string) bool
	seed    maphash.Seed
	there   map[uint64]bool // whether the receiver has the record after the rows so far
}

func (c Checker) newWatch(sheet *Sheet) *watch {
	if sheet.Profile.Unit == PerHour {
		return nil
	}
	return &watch{
		sheet: sheet, allowed: strings.Fields(c.Configuration.Get("supplier.may_flag")), has: c.Has,
		seed: maphash.MakeSeed(), there: map[uint64]bool{},
	}
}

// check lists what is wrong with a row after those before it.
func (w *watch) check(row []string) capture.Problems {
	var faults capture.Problems
	if len(row) != len(w.sheet.Columns) {
		return nil
	}
	c := cells{sheet: w.sheet, row: row}
	flag := capture.Action(c.get(actionColumn))
	if actionForm(string(flag), nil) != "" {
		return nil
	}
	if !slices.Contains(w.allowed, string(flag)) {
		faults.Add(actionColumn, "Ask NHS England for the permission to send this action, then enter it in the settings (supplier.may_flag): without it the row is refused")
	}
	key := w.key(c)
	there, seen := w.there[key]
	known := seen
	if !seen && w.has != nil && len(w.sheet.Profile.Key) == 2 {
		there, known = w.has(c.get(w.sheet.Profile.Key[0]), c.get(w.sheet.Profile.Key[1])), true
	}
	switch {
	case !known:
	case flag == capture.ActionNew && there:
		faults.Add(w.sheet.Profile.Key[0], "Send this record as an update: it is new in an earlier row or file, and the receiver refuses a second one")
	case flag == capture.ActionDelete && !there, flag == capture.ActionUpdate && !there && !seen:
		faults.Add(w.sheet.Profile.Key[0], "Send this record as new, or leave it out: the receiver does not have it")
	}
	w.there[key] = flag != capture.ActionDelete
	return faults
}

func (w *watch) key(c cells) uint64 {
	var hash maphash.Hash
	hash.SetSeed(w.seed)
	for _, name := range w.sheet.Profile.Key {
		hash.WriteString(c.get(name))
		hash.WriteByte(0)
	}
	return hash.Sum64()
}
