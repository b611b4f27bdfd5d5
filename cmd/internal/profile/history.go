package profile

import (
	"context"

	"deltoid/capture"
	"deltoid/screening/history"
)

// provider is who looks up earlier vaccinations; nil when the settings name no service.
func (p *Profile) provider(configuration capture.Configuration) capture.StatusProvider {
	config, on := history.FromSettings(configuration, p.options.Version)
	if !on {
		return nil
	}
	if p.Training && !onThisComputer(config.BaseURL) {
		return misled{"a training profile looks nobody up outside this computer; empty the setting history.url"}
	}
	client, err := history.New(config, p.Catalogue)
	if err != nil {
		return misled{err.Error()}
	}
	client.Now, client.NewID = p.options.Now, p.options.NewID
	return client
}

// misled stands for a service whose settings cannot work: nobody is asked, and the status says why.
type misled struct{ why string }

func (m misled) Look(context.Context, capture.Person, string) capture.Looked {
	return capture.Looked{State: capture.StatusUnavailable, Problem: m.why}
}
