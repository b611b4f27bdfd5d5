package capture

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"deltoid/assets/catalogue"
)

// Lengths of a PIN in digits, and how many wrong ones in a row ask for the passphrase again.
const (
	MinPIN     = 4
	MaxPIN     = 8
	WrongPINs  = 5
	pinHashing = bcrypt.DefaultCost // about 50 ms on a desk laptop
)

// pins is what the desk remembers of PINs while the program runs: nothing of it outlives the program, so that a stolen laptop
// asks for a passphrase.
type pins struct {
	passphrase map[string]Date // staff id to the day on which the passphrase was last entered
	wrong      map[string]int  // staff id to wrong PINs in a row
}

// SetPIN keeps a short number with which the user can come back to a locked desk on a day on which they entered their passphrase.
func (d *Desk) SetPIN(ctx context.Context, pin string) error {
	if err := checkPIN(pin); err != nil {
		return err
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(pin), pinHashing)
	if err != nil {
		return fmt.Errorf("hash a PIN: %w", err)
	}
	staff := d.User()
	staff.PINHash = string(hash)
	if err := d.Store.SaveStaff(ctx, staff, d.entry("staff.pin", "staff/"+staff.ID, "")); err != nil {
		return err
	}
	d.mu.Lock()
	d.user = staff
	d.mu.Unlock()
	return nil
}

func checkPIN(pin string) error {
	switch {
	case len(pin) < MinPIN || len(pin) > MaxPIN || !onlyDigits(pin):
		return &Error{Code: Invalid, Field: "pin", Message: fmt.Sprintf("Enter a PIN of %d to %d digits", MinPIN, MaxPIN)}
	case strings.Count(pin, pin[:1]) == len(pin) || strings.Contains("0123456789", pin) || strings.Contains("9876543210", pin):
		return &Error{Code: Invalid, Field: "pin", Message: "Choose a PIN that is harder to guess: not one digit over and over, and not digits in a row"}
	}
	return nil
}

// MayUsePIN tells whether a colleague can come back with a PIN: they have one, entered their passphrase today while this program
// has been running, and did not get the PIN wrong too often.
func (d *Desk) MayUsePIN(staff Staff) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return staff.PINHash != "" && d.pins.passphrase[staff.ID] == d.Today() && d.pins.wrong[staff.ID] < WrongPINs
}

// SwitchByPIN makes a colleague the one who acts from now on. A wrong PIN is Refused and counted; after WrongPINs of them in a row
// only the passphrase helps.
func (d *Desk) SwitchByPIN(ctx context.Context, staffID, pin string) error {
	all, err := d.Store.Staff(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s Staff) bool { return s.ID == staffID })
	if i < 0 || !d.MayUsePIN(all[i]) {
		return &Error{Code: Refused, Field: "passphrase", Message: "Enter the passphrase"}
	}
	if bcrypt.CompareHashAndPassword([]byte(all[i].PINHash), []byte(pin)) == nil {
		d.mu.Lock()
		d.pins.wrong[staffID] = 0
		d.mu.Unlock()
		return d.signIn(ctx, all[i], "staff.switch")
	}
	d.mu.Lock()
	d.pins.wrong[staffID]++
	left := WrongPINs - d.pins.wrong[staffID]
	d.mu.Unlock()
	if err := d.Store.Audit(ctx, d.entry("staff.wrong-pin", "staff/"+staffID, "")); err != nil {
		return err
	}
	if left == 0 {
		return &Error{Code: Refused, Field: "passphrase", Message: "The PIN was wrong too often. Enter the passphrase"}
	}
	return &Error{Code: Refused, Field: "pin", Message: "Check the PIN: " + several(left, "try is", "tries are") + " left before the passphrase is needed"}
}

// rememberPassphrase notes that somebody entered their passphrase today.
func (d *Desk) rememberPassphrase(staffID string) {
	if d.pins.passphrase == nil {
		d.pins = pins{passphrase: map[string]Date{}, wrong: map[string]int{}}
	}
	d.pins.passphrase[staffID], d.pins.wrong[staffID] = catalogue.DateOf(d.Now()), 0
}
