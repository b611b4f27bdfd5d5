// Package export turns final events into the delimited extract files that the NHS receives, keeps account of which
// event version went in which file, and sees each file on its way through MESH.
//
// One table per extract says everything about it: its settings, and a line for each column with its name, its meaning,
// when it must be filled, how long and in what form, where the value comes from and how sure we are. The tables are the
// CSV files in profiles; a Profile is one that was read. A Sheet is a profile under one configuration; the desk's
// warnings, the builder and the check of a whole file (Checker) all use the same Sheet.
//
// A Builder makes a file out of what waits; a Courier sends what is built and follows it until it is collected; Answers
// settle each row by what the receiver says of it.
//
// It knows no database, no window and no screening rule: what it needs of them are the interfaces in ports.go.
package export
