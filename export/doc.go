// Package export turns final events into the delimited extract files that the NHS receives, keeps account of which
// event version went in which file, and sees each file on its way through MESH.
//
// One table per extract says everything about it: a column is one line with its name, its meaning, when it must be
// filled, how long and in what form, and where the value comes from. See covid.go. A Sheet is that table under one
// configuration; the desk's warnings, the builder and the check of a whole file all use the same Sheet.
//
// A Builder makes a file out of what waits; a Courier sends what is built and follows it until it is collected.
//
// It knows no database, no window and no screening rule: what it needs of them are the interfaces in ports.go.
package export
