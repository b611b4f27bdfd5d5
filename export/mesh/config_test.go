package mesh_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
)

func TestValidateNamesEveryFieldAtOnce(t *testing.T) {
	err := mesh.Config{ReplyTimeout: -1, OSVersion: "ä"}.Validate()
	require.Equal(t, []string{"BaseURL", "Mailbox", "Password", "SharedKey", "Product", "Version", "OSVersion", "ReplyTimeout"}, fields(t, err))
	require.ErrorIs(t, err, mesh.ErrPermanent)
	_, err = mesh.New(mesh.Config{})
	require.Error(t, err)
}

func TestValidateAddress(t *testing.T) {
	for address, wrong := range map[string]bool{
		"http://127.0.0.1:8700":                        false,
		"http://localhost:8700/":                       false,
		"http://[::1]:8700":                            false,
		"http://msg.intspineservices.nhs.uk":           true,
		"http://127.0.0.1.example.org":                 true,
		"ftp://127.0.0.1":                              true,
		"127.0.0.1:8700":                               true,
		"http://127.0.0.1/messageexchange":             true,
		"http://127.0.0.1?x=1":                         true,
		"http://me:secret@127.0.0.1":                   true,
		"https://":                                     true,
		"http://127.0.0.1:8700/#top":                   true,
		"http://0.0.0.0:80":                            true,
		"http://169.254.1.1":                           true,
		"https://mesh-sync.spineservices.nhs.uk:99999": false, // the port is for the connection to find out
	} {
		t.Run(address, func(t *testing.T) {
			config := plainConfig()
			config.BaseURL = address
			require.Equal(t, wrong, contains(fields(t, config.Validate()), "BaseURL"))
		})
	}
}

func TestValidateFiles(t *testing.T) {
	authority := newAuthority(t, "Root")
	folder := t.TempDir()
	bundle := authority.bundle(t)
	certificate, key := authority.issue(t, client("A")).files(t)
	_, otherKey := authority.issue(t, client("B")).files(t)
	noise := filepath.Join(folder, "noise.pem")
	require.NoError(t, os.WriteFile(noise, []byte("no certificate"), 0o600))

	for name, row := range map[string]struct {
		bundle, certificate, key string
		want                     []string
	}{
		"good":              {bundle, certificate, key, nil},
		"nothing":           {"", "", "", []string{"CABundle", "ClientCertificate"}},
		"no key":            {bundle, certificate, "", []string{"ClientKey"}},
		"no certificate":    {bundle, "", key, []string{"ClientCertificate"}},
		"key of another":    {bundle, certificate, otherKey, []string{"ClientCertificate"}},
		"missing files":     {filepath.Join(folder, "a"), filepath.Join(folder, "b"), key, []string{"CABundle", "ClientCertificate"}},
		"noise as a bundle": {noise, certificate, key, []string{"CABundle"}},
	} {
		t.Run(name, func(t *testing.T) {
			config := plainConfig()
			config.BaseURL = "https://mesh.example"
			config.CABundle, config.ClientCertificate, config.ClientKey = row.bundle, row.certificate, row.key
			require.Equal(t, row.want, fields(t, config.Validate()))
		})
	}
	t.Run("a server on this computer may do without client certificate", func(t *testing.T) {
		config := plainConfig()
		config.BaseURL, config.CABundle = "https://localhost", bundle
		require.NoError(t, config.Validate())
	})
}

func TestConfigHidesSecrets(t *testing.T) {
	config := plainConfig()
	config.Password, config.SharedKey = "hush1", "hush2"
	c, err := mesh.New(config)
	require.NoError(t, err)
	for _, text := range []string{
		fmt.Sprintf("%v %+v %#v", c, c, c), fmt.Sprint(config), fmt.Sprintf("%v %+v %#v", config, config, config), config.LogValue().String(),
	} {
		require.NotContains(t, text, "hush")
	}
}

func plainConfig() mesh.Config {
	return mesh.Config{BaseURL: "http://127.0.0.1:1", Mailbox: "X26ABC1", Password: "p", SharedKey: "k", Product: "meshcheck", Version: "1"}
}

// fields names the fields an error complains of.
func fields(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var invalid *mesh.Invalid
	require.ErrorAs(t, err, &invalid)
	var names []string
	for _, p := range invalid.Problems {
		require.NotEmpty(t, p.What)
		require.NotEmpty(t, p.Cure)
		require.Contains(t, err.Error(), p.Field+" "+p.What)
		names = append(names, p.Field)
	}
	require.False(t, errors.Is(err, mesh.ErrTemporary))
	return names
}

func contains(list []string, wanted string) bool {
	for _, s := range list {
		if s == wanted {
			return true
		}
	}
	return false
}
