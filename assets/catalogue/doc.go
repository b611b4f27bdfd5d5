// Package catalogue is the dated reference data of the desk: products, codes, questions and rules, each row with
// the days on which it is in force and the source it was taken from, kept in CSV files that a clinician can read
// in a spreadsheet (folder data).
//
// It knows no patient, no clock and no store: it answers what was in force on a day, and what a rule says of given facts.
package catalogue
