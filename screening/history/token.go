package history

import (
	"context"
	"errors"
	"os"
	"strings"
)

// TokenSource gives the access token that proves to the service who asks. How it is come by, such as by a signed JWT, is its
// own business.
type TokenSource interface {
	// Token gives a token that should hold; with refresh the one before was refused and a new one must be got.
	Token(ctx context.Context, refresh bool) (string, error)
}

// TokenFile is the path of a file that holds the token and nothing else. Another program of the site keeps it fresh; it is
// read anew each time.
type TokenFile string

// Token reads the file.
func (f TokenFile) Token(context.Context, bool) (string, error) {
	raw, err := os.ReadFile(string(f))
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(raw))
	if token == "" || len(token) > 16<<10 || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", errors.New("the token file does not hold one token")
	}
	return token, nil
}
