package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

// gtin is a made-up product number with its check digit.
const gtin = "05012345678900"

func TestANumberOnPacksIsBoundOnceByAnAdministrator(t *testing.T) {
	d := newDesk(t)
	_, err := d.ProductOfPack(t.Context(), gtin)
	assert.True(t, capture.IsNotFound(err))
	_, err = d.BindPack(t.Context(), gtin, "comirnaty30_rtu")
	assert.Equal(t, capture.Forbidden, capture.CodeOf(err), "a nurse may not")

	require.NoError(t, d.SignIn(t.Context(), d.store.staff[1]))
	_, err = d.BindPack(t.Context(), gtin, "coronavac")
	assert.Equal(t, []string{"product"}, fieldsOf(err))
	_, err = d.BindPack(t.Context(), "123", "comirnaty30_rtu")
	assert.Equal(t, []string{"gtin"}, fieldsOf(err))
	pack, err := d.BindPack(t.Context(), gtin, "comirnaty30_rtu")
	require.NoError(t, err)
	assert.Equal(t, capture.Pack{GTIN: gtin, Product: "comirnaty30_rtu", BoundBy: "pharmacist", BoundAt: now}, pack)
	product, err := d.ProductOfPack(t.Context(), gtin)
	require.NoError(t, err)
	assert.Equal(t, "Comirnaty 30 Ready to use", product.Name)
	_, err = d.BindPack(t.Context(), gtin, "spikevax")
	assert.ErrorContains(t, err, "already that of Comirnaty 30")
}
