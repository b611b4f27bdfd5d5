package profile

import (
	"context"

	"deltoid/export"
	"deltoid/export/mesh"
)

// CheckMESH looks at everything that has to be right before a file can go. In a training profile that is the practice
// server, which is started when it does not run.
func (p *Profile) CheckMESH(ctx context.Context) ([]mesh.Finding, error) {
	if _, err := p.StartPractice(ctx, 0); err != nil {
		return nil, err
	}
	configuration, err := (meshLedger{p.Store, p}).Configuration(ctx)
	if err != nil {
		return nil, err
	}
	return export.CheckMESH(ctx, configuration, p.options.Version, p.options.Now), nil
}
