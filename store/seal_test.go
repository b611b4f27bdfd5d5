package store

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var quickStretch = Stretch{Passes: 1, MemoryKiB: 64, Lanes: 1}

func testKeys(t interface{ Fatal(...any) }) *keyring {
	k, err := newKeyring(bytes.Repeat([]byte{7}, keySize), bytes.Repeat([]byte{9}, databaseSize), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealAndOpen(t *testing.T) {
	k := testKeys(t)
	other, err := newKeyring(k.dataKey, bytes.Repeat([]byte{8}, databaseSize), rand.Reader)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		table, id := rapid.String().Draw(t, "table"), rapid.String().Draw(t, "id")
		version := rapid.Int64().Draw(t, "version")
		sealed, err := k.seal(table, id, version, plain)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := k.open(table, id, version, sealed)
		if err != nil || !bytes.Equal(opened, plain) {
			t.Fatalf("opened %x, %v", opened, err)
		}
		refused := func(what string, opened []byte, err error) {
			if !errors.Is(err, errUnsealed) || opened != nil {
				t.Fatalf("%s: opened", what)
			}
		}
		bit := rapid.IntRange(0, len(sealed)*8-1).Draw(t, "bit")
		flipped := bytes.Clone(sealed)
		flipped[bit/8] ^= 1 << (bit % 8)
		opened, err = k.open(table, id, version, flipped)
		refused("a flipped bit", opened, err)
		opened, err = k.open(table, id, version, sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")])
		refused("cut off", opened, err)
		opened, err = k.open(table, id, version+1, sealed)
		refused("another version", opened, err)
		opened, err = k.open(table, id+"x", version, sealed)
		refused("another id", opened, err)
		opened, err = k.open(table+"x", id, version, sealed)
		refused("another table", opened, err)
		opened, err = other.open(table, id, version, sealed)
		refused("another file", opened, err)
		again, err := k.seal(table, id, version, plain)
		if err != nil || bytes.Equal(again, sealed) {
			t.Fatal("the same record seals to the same bytes")
		}
	})
}

func TestPlacesDiffer(t *testing.T) {
	require.NotEqual(t, place(nil, "ab", "c", 1), place(nil, "a", "bc", 1))
	k := testKeys(t)
	require.NotEqual(t, k.blindValue("ab", "c"), k.blindValue("a", "bc"))
	require.Equal(t, k.blindValue("a", "bc"), k.blindValue("a", "bc"))
	require.Len(t, k.blindValue("a", "bc"), blindSize)
}

func TestNoRandomness(t *testing.T) {
	k := testKeys(t)
	k.rand = strings.NewReader("too little")
	_, err := k.seal("person", "P1", 1, []byte("x"))
	require.Error(t, err)
	_, err = newKeyslot(k, "staff-1", "a", "secret words", quickStretch)
	require.Error(t, err)
	_, err = newRecoveryKey(k.rand)
	require.Error(t, err)
}

// The keys of files that exist must never change.
func TestKeysStayTheSame(t *testing.T) {
	k := testKeys(t)
	require.Equal(t, "2a873ef9f46b796f2836b642c6ba7b5a", hex.EncodeToString(k.blindValue(fieldNHSNumber, "9990000018")))
	require.Equal(t, "110a20b03662293a115dc674e01e2ad7f217d3e72b3d9e5d2b698fe2d480a928", hex.EncodeToString(k.link(nil, 1, []byte("x"))))
	sealed, err := hex.DecodeString("01a56d543580c8d77f2610b2d813d141202dec244b488df48762c70974124dabb6d68626")
	require.NoError(t, err)
	plain, err := k.open("person", "P1", 1, sealed)
	require.NoError(t, err)
	require.Equal(t, "made up", string(plain))
	require.Equal(t, "64c63fff43e852e9aa3bbcde1229ebb4b91d5796bda5d62176905a4c8f3989ce", hex.EncodeToString(quickStretch.key("three plain words", []byte("0123456789abcdef"))))
}

func TestRecoveryKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, err := newRecoveryKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := parseRecoveryKey(key)
		if err != nil || len(canonical) != recoverySymbols+1 || len(key) != 34 {
			t.Fatalf("%q: %v", key, err)
		}
		for _, typed := range []string{strings.ToLower(key), strings.ReplaceAll(key, "-", ""), strings.ReplaceAll(key, "-", " – "), strings.ReplaceAll(strings.ReplaceAll(key, "0", "o"), "1", "l")} {
			if again, err := parseRecoveryKey(typed); err != nil || again != canonical {
				t.Fatalf("%q: %v", typed, err)
			}
		}
		at := rapid.IntRange(0, len(canonical)-1).Draw(t, "at")
		wrong := []byte(canonical)
		wrong[at] = recoveryAlphabet[rapid.IntRange(0, 31).Draw(t, "wrong")]
		if _, err := parseRecoveryKey(string(wrong)); (err == nil) != (wrong[at] == canonical[at]) {
			t.Fatalf("one wrong character at %d: %v", at, err)
		}
		if at > 0 {
			swapped := []byte(canonical)
			swapped[at-1], swapped[at] = swapped[at], swapped[at-1]
			if _, err := parseRecoveryKey(string(swapped)); (err == nil) != (swapped[at] == swapped[at-1]) {
				t.Fatalf("swapped at %d: %v", at, err)
			}
		}
	})
}

func FuzzRecoveryKey(f *testing.F) {
	f.Add("0000-0000-0000-0000-0000-0000-0000")
	f.Add("abcd efgh jkmn pqrs tvwx yz01 2345")
	f.Add("ıſK \u200b--\xff")
	f.Fuzz(func(t *testing.T, typed string) {
		canonical, err := parseRecoveryKey(typed)
		if err != nil {
			return
		}
		if len(canonical) != recoverySymbols+1 {
			t.Fatalf("%q", canonical)
		}
		if again, err := parseRecoveryKey(canonical); err != nil || again != canonical {
			t.Fatalf("%q becomes %q: %v", canonical, again, err)
		}
	})
}
