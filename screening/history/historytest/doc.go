// Package historytest is an immunisation history service in memory, on this computer, for tests: it looks at requests as the
// real one does, answers with made-up people, and can be told to misbehave.
//
// It must not know the client that asks it.
package historytest
