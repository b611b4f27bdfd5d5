package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Sizes of the file format, in bytes.
const (
	keySize      = 32 // data key and every key made from it
	databaseSize = 16 // database id
	nonceSize    = 12
	tagSize      = 16
	blindSize    = 16
)

// sealFormat is the first byte of everything sealed.
const sealFormat = 1

var errUnsealed = errors.New("a sealed record does not open")

// keyring holds the data key and the keys made from it. It is safe for concurrent use.
type keyring struct {
	dataKey  []byte
	database []byte // database id: nothing sealed in one file opens in another
	records  cipher.AEAD
	blind    []byte
	audit    []byte
	rand     io.Reader
}

func newKeyring(dataKey, database []byte, random io.Reader) (*keyring, error) {
	k := &keyring{dataKey: dataKey, database: database, rand: random}
	var err error
	derive := func(purpose string) []byte {
		if err != nil {
			return nil
		}
		var key []byte
		key, err = hkdf.Key(sha256.New, dataKey, database, "deltoid store 1 "+purpose, keySize)
		return key
	}
	records := derive("records")
	k.blind, k.audit = derive("blind index"), derive("audit chain")
	if err != nil {
		return nil, fmt.Errorf("derive keys: %w", err)
	}
	if k.records, err = newAEAD(records); err != nil {
		return nil, err
	}
	return k, nil
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return aead, nil
}

// seal encrypts a record and binds it to its place: format byte, nonce, ciphertext and tag.
func (k *keyring) seal(table, id string, version int64, plain []byte) ([]byte, error) {
	return sealWith(k.records, k.rand, place(k.database, table, id, version), plain)
}

// open gives what was sealed for this very place, or an error when one bit of it or of its place has changed.
func (k *keyring) open(table, id string, version int64, sealed []byte) ([]byte, error) {
	return openWith(k.records, place(k.database, table, id, version), sealed)
}

func sealWith(aead cipher.AEAD, random io.Reader, place, plain []byte) ([]byte, error) {
	sealed := make([]byte, 1+nonceSize, 1+nonceSize+len(plain)+tagSize)
	sealed[0] = sealFormat
	if _, err := io.ReadFull(random, sealed[1:]); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return aead.Seal(sealed, sealed[1:1+nonceSize], plain, place), nil
}

func openWith(aead cipher.AEAD, place, sealed []byte) ([]byte, error) {
	if len(sealed) < 1+nonceSize+tagSize || sealed[0] != sealFormat {
		return nil, errUnsealed
	}
	plain, err := aead.Open(nil, sealed[1:1+nonceSize], sealed[1+nonceSize:], place)
	if err != nil {
		return nil, errUnsealed
	}
	return plain, nil
}

// place is the additional data of a record; lengths in front keep two places from ever reading the same.
func place(database []byte, table, id string, version int64) []byte {
	out := make([]byte, 0, len(database)+len(table)+len(id)+8+3*2)
	for _, part := range [][]byte{database, []byte(table), []byte(id)} {
		out = binary.BigEndian.AppendUint16(out, uint16(len(part)))
		out = append(out, part...)
	}
	return binary.BigEndian.AppendUint64(out, uint64(version))
}

// blindValue is what stands in the file for a field's value, so that it can be looked up but not read.
func (k *keyring) blindValue(field, value string) []byte {
	mac := hmac.New(sha256.New, k.blind)
	mac.Write(binary.BigEndian.AppendUint16(nil, uint16(len(field))))
	mac.Write([]byte(field))
	mac.Write([]byte(value))
	return mac.Sum(nil)[:blindSize]
}

// link is the hash of an audit entry, which hangs on the one before it.
func (k *keyring) link(previous []byte, seq int64, sealed []byte) []byte {
	digest := sha256.Sum256(sealed)
	mac := hmac.New(sha256.New, k.audit)
	mac.Write(previous)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(seq)))
	mac.Write(digest[:])
	return mac.Sum(nil)
}
