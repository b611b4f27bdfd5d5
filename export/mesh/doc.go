// Package mesh sends files to, and collects files from, NHS mailboxes through the Message Exchange for Social Care and
// Health (MESH): by its API, or by the folders of a MESH client program that somebody else runs.
//
// It must not know what a file is about: no vaccination, no patient, no extract. It imports nothing else of this
// program and can be lifted into another.
//
// One request is one attempt: nothing in here repeats a request, because every MESH token is good for one use and a
// message posted twice is two messages. What failed, and whether it may be tried again, is told by the kind of the
// [Error]; pacing is the caller's.
//
// The facts come from the NHS MESH API specification (mesh-api.yaml), NHS England's mesh-sandbox and the NHS Python
// mesh-client; comments name them where a rule would otherwise surprise.
package mesh
