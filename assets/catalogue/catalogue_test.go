package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func load(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	require.NoError(t, err)
	return c
}

func TestLoad(t *testing.T) {
	e := load(t).At(catalogue.MustDate("2022-05-12"))
	t.Log(len(e.Products()), len(e.AllProducts()))
}
