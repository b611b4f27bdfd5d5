// Command deltoidctl does the work of the vaccination desk without its window: for scripts, servers, support and tests.
// Every command goes through the same capture.Desk as the window, prints for people or, with --json, for programs, and
// ends with a code that says what sort of end it was; see docs/deltoidctl.md.
//
// It must not hold a rule of its own: what may be recorded is the desk's to say.
package main
