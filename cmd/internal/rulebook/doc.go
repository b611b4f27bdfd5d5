// Package rulebook writes the whole catalogue in forms that a clinical safety officer reads, remarks on and signs: a spreadsheet
// with a sheet for each table, or a folder of CSV files.
//
// It knows tables of text and no rule: what a row means is the catalogue's to say.
package rulebook
