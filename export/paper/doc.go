// Package paper makes PDFs for the printer: the vaccination record card, blank forms for a day without power, the day
// sheet with the head of the audit chain, the list of who had a batch, and the totals.
//
// Every face and every drawing is in the binary, so paper can be made without a connection. The same input and the same
// Issue give the same bytes. It reads nothing and keeps nothing; it knows no store and no window.
//
// What fpdf does not make is tagged PDF: a screen reader reads these pages without their structure.
package paper
