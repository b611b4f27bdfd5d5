// Package history asks the NHS Immunisation History FHIR API which vaccinations are on record for somebody: a
// capture.StatusProvider. It shows the way to the service and reads its answers, however untidy.
//
// It must not know the store or the desk, decides nothing, and lets no NHS number into a log, an error or a message.
package history
