package mesh

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"
)

// timestampLayout is the UTC minute of a token (NHS MESH API specification, "Authorization header").
const timestampLayout = "200601021504"

// Token is everything that goes into one Authorization header. A token is good for one request, within two hours of
// its time.
type Token struct {
	Mailbox   string // written in upper case whatever is given
	Password  string
	SharedKey string
	Nonce     string // unique for each request; a GUID
	Count     int    // how often the nonce was used before; 0 with a fresh nonce
	At        time.Time
}

// Authorization returns the value of the Authorization header:
//
//	NHSMESH mailbox:nonce:count:time:hash
//
// where hash is the HMAC-SHA256, keyed with the shared key, of mailbox:nonce:count:password:time. The two orders
// differ: the password stands before the time and is never in the header.
// A colon, a blank or nothing in mailbox or nonce, and a negative count, are errors.
func Authorization(t Token) (string, error) {
	const breakers = ": \t\r\n"
	if t.Mailbox == "" || strings.ContainsAny(t.Mailbox, breakers) {
		return "", errors.New("build MESH token: mailbox id is empty or has a colon or blank; correct the mailbox id")
	}
	if t.Nonce == "" || strings.ContainsAny(t.Nonce, breakers) {
		return "", errors.New("build MESH token: nonce is empty or has a colon or blank; use a GUID")
	}
	if t.Count < 0 {
		return "", errors.New("build MESH token: nonce count is negative; start at 0")
	}
	mailbox, count := strings.ToUpper(t.Mailbox), strconv.Itoa(t.Count)
	at := t.At.UTC().Format(timestampLayout)

	mac := hmac.New(sha256.New, []byte(t.SharedKey))
	mac.Write([]byte(strings.Join([]string{mailbox, t.Nonce, count, t.Password, at}, ":")))
	hash := hex.EncodeToString(mac.Sum(nil))

	return "NHSMESH " + strings.Join([]string{mailbox, t.Nonce, count, at, hash}, ":"), nil
}
