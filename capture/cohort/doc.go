// Package cohort reads appointment and cohort lists, CSV or XLSX, into people and appointments.
//
// Open looks at a file and guesses which column is what; a person looks at the preview and corrects the Mapping; Read
// gives the rows one after the other. A row that is wrong comes with every fault, its line, its column and the cure, and
// is written back with Rejects for whoever made the list. A Review names the rows that may be somebody who is known
// already; it never merges anybody.
//
// It keeps nothing and writes no file of its own: lists hold patients, so nothing of them may be left on the disk in
// clear. It knows no store and no window.
package cohort
