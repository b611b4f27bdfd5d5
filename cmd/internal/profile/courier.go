package profile

import (
	"context"
	"maps"
	"math/rand/v2"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

// practicePolicy asks the practice server as soon as there is anything to learn: it is on this computer, and whoever
// practises waits for it.
var practicePolicy = export.Policy{
	FirstRetry: 5 * time.Second, LongestRetry: time.Minute, AfterRefusal: time.Minute, Poll: 5 * time.Second,
	Track: func(time.Duration) time.Duration { return 0 },
}

func (p *Profile) courier() *export.Courier {
	courier := &export.Courier{
		Ledger: meshLedger{p.Store, p}, Mail: p.Store, Connect: p.connect, Now: p.options.Now, Jitter: rand.Float64, By: p.by,
		Profiles: p.Profiles(),
		Build: func(ctx context.Context, kind export.Kind, before time.Time) ([]export.Made, error) {
			return p.Builder.BuildDue(ctx, kind, before, nil)
		},
	}
	if p.Training {
		courier.Policy = practicePolicy
	}
	return courier
}

// connect opens the way to MESH, for the one program that sends from the folder, with the profile's clock, which the
// tokens carry.
func (p *Profile) connect(configuration capture.Configuration) (export.Post, error) {
	if err := p.TakeSending(); err != nil {
		return nil, err
	}
	return export.NewPost(configuration, p.options.Version, p.options.Now)
}

// meshLedger is the records file with the address of the practice server put into the settings while it runs: its port
// is another each time, and is never kept.
type meshLedger struct {
	export.Ledger
	profile *Profile
}

// Configuration is what the courier works by.
func (l meshLedger) Configuration(ctx context.Context) (capture.Configuration, error) {
	configuration, err := l.Ledger.Configuration(ctx)
	practice := l.profile.running()
	if err != nil || practice == nil {
		return configuration, err
	}
	configuration = maps.Clone(configuration)
	configuration["mesh.url"] = practice.URL()
	return configuration, nil
}
