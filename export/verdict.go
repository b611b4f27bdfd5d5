package export

import (
	"errors"
	"time"

	"deltoid/export/mesh"
)

// verdict is what a failure means for a delivery.
type verdict string

// The verdicts; they are kept as Delivery.ProblemCode, so they never change.
const (
	offline   verdict = "offline"   // nothing left this computer
	busy      verdict = "busy"      // not taken; the same again later
	unknown   verdict = "unknown"   // perhaps taken
	login     verdict = "login"     // the mailbox, its secrets or a certificate were not accepted
	permanent verdict = "permanent" // never, as it is
	ambiguous verdict = "ambiguous" // taken more than once
	lost      verdict = "lost"      // MESH does not know a message that it had accepted
	handed    verdict = "handed"    // the MESH client program has it and has not said that MESH took it
	unsent    verdict = "unsent"    // the MESH client program could not send it
)

// released marks a refused delivery whose rows wait for a new file.
const released = "released"

func verdictOf(err error) verdict {
	for _, row := range []struct {
		kind    error
		verdict verdict
	}{
		{mesh.ErrHandedOver, handed},
		{mesh.ErrUnknownOutcome, unknown}, // before the others: in doubt nothing is sent again
		{mesh.ErrOffline, offline},
		{mesh.ErrTemporary, busy},
		{mesh.ErrRefused, login},
		{mesh.ErrClientCertificate, login},
		{mesh.ErrServerCertificate, login},
		{mesh.ErrAmbiguous, ambiguous},
		{mesh.ErrNotFound, lost},
		{mesh.ErrGone, permanent},
		{mesh.ErrNotSent, unsent},
		{mesh.ErrPermanent, permanent},
	} {
		if errors.Is(err, row.kind) {
			return row.verdict
		}
	}
	// Nobody said that nothing was sent, so it may have been.
	return unknown
}

// words is the verdict for a person, with what to do; empty when there is nothing to do.
func (v verdict) words(when occasion, err error) string {
	switch {
	case v == offline, v == handed:
		return ""
	case v == login, when == greeting && v != busy && v != unknown:
		return loginWords(err)
	case v == ambiguous:
		return "MESH holds this file more than once. Ask the MESH service desk which message counts, naming the delivery id, and enter its message id"
	case v == unsent:
		return "The MESH client could not send the file" + details(err)
	case when == finishing && v == permanent:
		return "MESH has a part of the file only, which reaches nobody, and does not take the rest" + details(err) + ". Choose Send the rows again"
	case when == asking && v != busy && v != unknown, when == finishing && v == lost:
		return "MESH cannot tell whether it took the file, so it is not sent again. Ask the MESH service desk, naming the delivery id, and enter the answer"
	case v == unknown && when == finishing, v == unknown && errors.Is(err, mesh.ErrUnfinished):
		return "MESH has a part of the file so far. Deltoid sends the rest by itself"
	case v == unknown && when == sending:
		return "The answer of MESH was lost. Deltoid asks whether the file arrived before it does anything else"
	case v == busy, v == unknown:
		return "MESH cannot be asked just now. Deltoid tries again by itself"
	case when == tracking:
		return "MESH took the file but does not say where it is. Ask the receiver whether it arrived" + details(err)
	}
	return "MESH refused the file" + details(err)
}

// loginWords name the settings by their keys.
func loginWords(err error) string {
	switch {
	case errors.Is(err, mesh.ErrClientCertificate):
		return "MESH did not accept this computer's certificate. Check certificate and key in the MESH settings (mesh.certificate_file, mesh.key_file), then choose Try again"
	case errors.Is(err, mesh.ErrServerCertificate):
		return "The server could not prove that it is MESH, so nothing was sent. Check the address and the CA file in the MESH settings (mesh.url, mesh.ca_file), then choose Try again"
	}
	return "MESH did not let us in. Check mailbox, password and shared key in the MESH settings (mesh.mailbox, mesh.password, mesh.shared_key) and this computer's clock, then choose Try again"
}

// details are the meaning of MESH's code, or what our own check of the message found.
func details(err error) string {
	var failed *mesh.Error
	var invalid *mesh.Invalid
	switch {
	case errors.As(err, &invalid):
		return ": " + invalid.Error()
	case errors.As(err, &failed) && errors.Is(err, mesh.ErrNotSent):
		return ": " + failed.Message + codeInBrackets(failed.Code)
	case errors.As(err, &failed) && failed.Code != "":
		return ": " + mesh.Explain(failed.Code) + codeInBrackets(failed.Code)
	}
	return ". If the MESH settings are right, ask the MESH service desk, naming the delivery id"
}

func codeInBrackets(code string) string {
	if code == "" {
		return ""
	}
	return " (code " + code + ")"
}

// askedPause is how long MESH asked us to wait; zero when it did not say.
func askedPause(err error) time.Duration {
	var failed *mesh.Error
	if errors.As(err, &failed) {
		return failed.RetryAfter
	}
	return 0
}
