package capture

import (
	"crypto/sha256"
	"encoding/base32"
)

// PersonID shortens a UUID to the 20 characters that LOCAL_PATIENT_ID may have: "P" and 80 bits in base 32.
func PersonID(uuid string) string {
	sum := sha256.Sum256([]byte(uuid))
	return "P" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])
}
