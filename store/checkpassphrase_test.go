package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/store"
)

func TestAPassphraseIsProvedWhileTheRecordsAreOpen(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	ben := capture.Staff{ID: "ben", UserName: "b.pharmacist", Forename: "Ben", Surname: "Pharmacist"}
	require.NoError(t, d.SaveStaff(ctx, ben, d.entry("staff.add")))
	require.NoError(t, d.SetPassphrase(ctx, "ben", "another odd thing", d.entry("staff.passphrase")))
	staff, err := d.CheckPassphrase(ctx, "b.pharmacist", "another odd thing")
	require.NoError(t, err)
	assert.Equal(t, ben, staff)
	for _, wrong := range [][2]string{{"b.pharmacist", "guess"}, {"nobody", "another odd thing"}, {"recovery", "another odd thing"}} {
		_, err := d.CheckPassphrase(ctx, wrong[0], wrong[1])
		assert.ErrorIs(t, err, store.ErrWrongPassphrase, wrong[0])
	}
}
