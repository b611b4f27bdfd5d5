package mesh_test

import (
	"crypto/tls"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// states is the findings in short, and checks that each can be shown.
func states(t testing.TB, findings []mesh.Finding) map[mesh.CheckID]mesh.Health {
	t.Helper()
	short := map[mesh.CheckID]mesh.Health{}
	for _, f := range findings {
		require.NotEmpty(t, f.Text)
		require.Equal(t, f.State == mesh.Good, f.Cure == "", "%+v", f)
		short[f.Check] = f.State
	}
	return short
}

func finding(t testing.TB, findings []mesh.Finding, check mesh.CheckID) mesh.Finding {
	t.Helper()
	for _, f := range findings {
		if f.Check == check {
			return f
		}
	}
	require.Fail(t, "no finding "+string(check))
	return mesh.Finding{}
}

func TestCheckOfGoodServer(t *testing.T) {
	a := newAuthority(t, "Root")
	own := a.issue(t, client("SERVER001"))
	p := securePost(t, a, server(), 0)
	p.clock.Advance(time.Since(p.clock.Now()))
	config := p.secureConfig(t, a, &own)
	_, err := p.Deliver(meshtest.Message{To: "X26ABC1", Parts: [][]byte{{1}}})
	require.NoError(t, err)

	findings := mesh.Check(ctx, config, p.clock.Now)
	require.Equal(t, map[mesh.CheckID]mesh.Health{
		mesh.CheckSettings: mesh.Good, mesh.CheckAuthorities: mesh.Warning, mesh.CheckCertificate: mesh.Warning,
		mesh.CheckHandshake: mesh.Good, mesh.CheckServer: mesh.Warning, mesh.CheckClock: mesh.Good, mesh.CheckMailbox: mesh.Good,
	}, states(t, findings), "the certificates of the test last an hour")
	require.True(t, mesh.Healthy(findings))
	require.Contains(t, finding(t, findings, mesh.CheckCertificate).Text, "SERVER001.X26.api.mesh-client.nhs.uk ends on ")
	require.Equal(t, "1 message in the mailbox to be collected", finding(t, findings, mesh.CheckMailbox).Text)
	require.Equal(t, 2, p.Count())
}

func TestCheckOfPlainServer(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	findings := mesh.Check(ctx, p.config("X26ABC1"), p.clock.Now)
	for check, state := range states(t, findings) {
		require.Equal(t, mesh.Good, state, check)
	}
	require.Len(t, findings, 7)
}

func TestCheckCertificateDates(t *testing.T) {
	a := newAuthority(t, "Root")
	long := client("SERVER001")
	long.NotAfter = time.Now().Add(400 * 24 * time.Hour)
	strange := client("SERVER001")
	strange.Subject.CommonName = "desk.example"
	for name, row := range map[string]struct {
		own   issued
		shift time.Duration
		state mesh.Health
		text  string
	}{
		"good":           {a.issue(t, long), 0, mesh.Good, "is good until"},
		"ends soon":      {a.issue(t, client("A")), 0, mesh.Warning, "ends on"},
		"ended":          {a.issue(t, client("A")), 2 * time.Hour, mesh.Bad, "ended on"},
		"not yet":        {a.issue(t, client("A")), -2 * time.Hour, mesh.Bad, "only from"},
		"of another use": {a.issue(t, strange), 0, mesh.Warning, "desk.example"},
	} {
		t.Run(name, func(t *testing.T) {
			p := securePost(t, a, server(), tls.VersionTLS12)
			p.clock.Advance(time.Since(p.clock.Now()) + row.shift)
			f := finding(t, mesh.Check(ctx, p.secureConfig(t, a, &row.own), p.clock.Now), mesh.CheckCertificate)
			require.Equal(t, row.state, f.State)
			require.Contains(t, f.Text, row.text)
			if row.state != mesh.Good {
				require.Equal(t, mesh.FieldCertificate, f.Field)
			}
		})
	}
}

func TestCheckClock(t *testing.T) {
	for off, row := range map[time.Duration]struct {
		state mesh.Health
		text  string
	}{
		0:                  {mesh.Good, "clock is right"},
		-4 * time.Minute:   {mesh.Good, "clock is right"},
		10 * time.Minute:   {mesh.Warning, "10 minutes ahead of"},
		-100 * time.Minute: {mesh.Warning, "1 hour 40 minutes behind"},
		125 * time.Minute:  {mesh.Bad, "2 hours 5 minutes ahead of"},
		-72 * time.Hour:    {mesh.Bad, "3 days behind"},
	} {
		p := newPost(t, meshtest.Options{})
		ours := func() time.Time { return p.clock.Now().Add(off) }
		findings := mesh.Check(ctx, p.config("X26ABC1"), ours)
		f := finding(t, findings, mesh.CheckClock)
		require.Equal(t, row.state, f.State, off)
		require.Contains(t, f.Text, row.text)
		if row.state == mesh.Bad {
			handshake := finding(t, findings, mesh.CheckHandshake)
			require.Equal(t, mesh.Bad, handshake.State)
			require.Contains(t, handshake.Text, row.text, "the refusal says why")
			require.Empty(t, handshake.Field, "no setting is to blame")
			require.Equal(t, mesh.Unknown, states(t, findings)[mesh.CheckMailbox])
		}
	}
}

func TestCheckFailures(t *testing.T) {
	a := newAuthority(t, "Root")
	foreign := newAuthority(t, "Other")
	own := a.issue(t, client("SERVER001"))
	t.Run("settings", func(t *testing.T) {
		findings := mesh.Check(ctx, mesh.Config{}, time.Now)
		states(t, findings)
		require.Len(t, findings, 6)
		for _, f := range findings {
			require.Equal(t, mesh.CheckSettings, f.Check)
			require.NotEmpty(t, f.Field)
			require.Regexp(t, `^The [a-zA-Z ]+ is missing$`, f.Text)
		}
		require.False(t, mesh.Healthy(findings))
	})
	t.Run("password", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		config := p.config("X26ABC1")
		config.Password = "wrong"
		findings := mesh.Check(ctx, config, p.clock.Now)
		f := finding(t, findings, mesh.CheckHandshake)
		require.Equal(t, mesh.Bad, f.State)
		require.Equal(t, mesh.FieldPassword, f.Field)
		require.Contains(t, f.Text, "did not let us in")
		require.Equal(t, mesh.Good, states(t, findings)[mesh.CheckClock], "a refusal tells the time too")
		require.Equal(t, 1, p.Count())
	})
	t.Run("another authority", func(t *testing.T) {
		p := securePost(t, a, server(), 0)
		p.clock.Advance(time.Since(p.clock.Now()))
		findings := mesh.Check(ctx, p.secureConfig(t, foreign, &own), p.clock.Now)
		f := finding(t, findings, mesh.CheckHandshake)
		require.Equal(t, mesh.FieldCA, f.Field)
		require.Equal(t, mesh.Unknown, states(t, findings)[mesh.CheckServer])
		require.Equal(t, mesh.Unknown, states(t, findings)[mesh.CheckClock])
	})
	t.Run("no certificate", func(t *testing.T) {
		p := securePost(t, a, server(), tls.VersionTLS12)
		f := finding(t, mesh.Check(ctx, p.secureConfig(t, a, nil), p.clock.Now), mesh.CheckHandshake)
		require.Equal(t, mesh.FieldCertificate, f.Field)
		require.Contains(t, f.Text, "certificate")
	})
	t.Run("no server", func(t *testing.T) {
		config := plainConfig()
		f := finding(t, mesh.Check(ctx, config, time.Now), mesh.CheckHandshake)
		require.Contains(t, f.Text, "No connection")
	})
}
