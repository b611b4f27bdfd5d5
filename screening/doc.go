// Package screening decides: which questions to ask, what the answers and the checks mean for this vaccine on this day,
// and which dose is due, each with the rule that spoke, what it looked at, and where it comes from. The rules are rows
// of the catalogue as in force on the day of vaccination; the same case always gives the same decision.
//
// It knows no clock, no file, no network, no store and no window, and it holds no rule of its own but one: what no rule
// can read is a reason to seek advice.
package screening
