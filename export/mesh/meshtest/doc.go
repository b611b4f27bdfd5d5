// Package meshtest is a MESH server inside the program, for tests and for practice without the NHS.
//
// It must not know who talks to it: it shares no code with the client, computes tokens by itself, and holds everything
// in memory. It answers on loopback addresses only.
//
// Replies follow the NHS MESH API specification and what NHS England's mesh-sandbox answers. It is stricter than the
// sandbox where the live service is documented to be: a token is good once and for two hours, an acknowledged message
// is gone, the parts of a message must be complete, and what is not collected in five days is reported back.
package meshtest
