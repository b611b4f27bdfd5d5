package meshtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"
)

// tokenLife is how far the time of a token may be from the server's, either way, counted in whole minutes.
const tokenLife = 2 * time.Hour

// token is a parsed Authorization header.
type token struct {
	mailbox, nonce, count, stamp, hash string
	at                                 time.Time
}

// parseToken reads "NHSMESH mailbox:nonce:count:yyyyMMddHHmm:hash" and accepts no other spelling.
func parseToken(header string) (token, error) {
	rest, found := strings.CutPrefix(header, "NHSMESH ")
	if !found {
		return token{}, errors.New("scheme is not NHSMESH and one blank")
	}
	parts := strings.Split(rest, ":")
	if len(parts) != 5 {
		return token{}, errors.New("token does not have five parts")
	}
	t := token{mailbox: parts[0], nonce: parts[1], count: parts[2], stamp: parts[3], hash: parts[4]}
	switch {
	case t.mailbox == "" || t.nonce == "" || strings.ContainsAny(t.mailbox+t.nonce, " \t"):
		return token{}, errors.New("mailbox or nonce is empty or has a blank")
	case !consistsOf(t.count, "0123456789"):
		return token{}, errors.New("nonce count is not digits")
	case len(t.stamp) != 12 || !consistsOf(t.stamp, "0123456789"):
		return token{}, errors.New("timestamp is not twelve digits")
	case len(t.hash) != 2*sha256.Size || !consistsOf(t.hash, "0123456789abcdef"):
		return token{}, errors.New("hash is not lower-case hex of a SHA-256")
	}
	at, err := time.Parse("200601021504", t.stamp)
	if err != nil {
		return token{}, errors.New("timestamp is no time")
	}
	t.at = at
	return t, nil
}

func consistsOf(text, alphabet string) bool {
	return text != "" && strings.Trim(text, alphabet) == ""
}

// authorise checks the token against the mailbox of the path and uses it up.
func (s *Server) authorise(r *request) (Mailbox, *refusal) {
	no := func(text string) (Mailbox, *refusal) {
		return Mailbox{}, &refusal{status: http.StatusForbidden, text: text}
	}
	header := r.Header.Get("Authorization")
	if header == "" {
		return Mailbox{}, &refusal{status: http.StatusForbidden, shape: empty}
	}
	t, err := parseToken(header)
	if err != nil {
		return no("Error reading from Authorization header: " + err.Error())
	}
	// The path may be in lower case, the token may not.
	if t.mailbox != strings.ToUpper(r.segment[0]) {
		return no("Mailbox id does not match token")
	}
	mailbox, known := s.mailboxes[t.mailbox]
	if !known {
		return no("No mailbox matched")
	}
	if !hmac.Equal([]byte(t.hash), []byte(s.hash(t, mailbox.Password))) {
		return no("Invalid Authentication Token")
	}
	if age := r.now.Truncate(time.Minute).Sub(t.at); age > tokenLife || age < -tokenLife {
		return no("Invalid Authentication Token: time is more than two hours from the server's")
	}
	if !s.useUp(t, r.now) {
		return no("Error Duplicated Authentication Token")
	}
	return mailbox, nil
}

func (s *Server) hash(t token, password string) string {
	mac := hmac.New(sha256.New, []byte(s.options.SharedKey))
	mac.Write([]byte(t.mailbox + ":" + t.nonce + ":" + t.count + ":" + password + ":" + t.stamp))
	return hex.EncodeToString(mac.Sum(nil))
}

// useUp remembers nonce and count for as long as the token's time would let it pass.
func (s *Server) useUp(t token, now time.Time) bool {
	for key, at := range s.used {
		if now.Sub(at) > tokenLife+time.Minute {
			delete(s.used, key)
		}
	}
	key := t.mailbox + ":" + t.nonce + ":" + t.count
	if _, used := s.used[key]; used {
		return false
	}
	s.used[key] = t.at
	return true
}
