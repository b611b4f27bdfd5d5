package profile

import (
	"context"
	"maps"
	"net"
	"net/url"
	"strings"

	"deltoid/capture"
	"deltoid/screening/history"
)

// ChangeSetting keeps a new value of a setting, or with an empty one goes back to the default. Only an administrator
// may, and what makes a profile a training one is decided when it is made.
func (p *Profile) ChangeSetting(ctx context.Context, key, value string) error {
	setting, ok := capture.SettingFor(key)
	switch {
	case !ok:
		return &capture.Error{Code: capture.NotFound, Field: key, Message: "There is no such setting; `deltoidctl config list` names them"}
	case !p.Staff.Admin:
		return &capture.Error{Code: capture.Forbidden, Field: key, Message: "Only an administrator may change settings. Sign in as one"}
	case key == "training":
		return &capture.Error{Code: capture.Refused, Field: key, Message: "A profile stays what it was made for. Make another one in another folder"}
	case p.Training && key == "mesh.url" && value != "" && !onThisComputer(value):
		return &capture.Error{Code: capture.Refused, Field: key, Message: "A training profile sends only to this computer, for example http://127.0.0.1:8700. Leave it empty to use the practice server"}
	case p.Training && key == "mesh.folder" && value != "":
		return &capture.Error{Code: capture.Refused, Field: key, Message: "A training profile sends only to this computer: what lies in the folder of a MESH client is sent to the NHS. Leave it empty"}
	case p.Training && key == "history.url" && value != "" && !onThisComputer(value):
		return &capture.Error{Code: capture.Refused, Field: key, Message: "A training profile looks nobody up outside this computer. Leave it empty"}
	}
	before, err := p.Store.Configuration(ctx)
	if err != nil {
		return err
	}
	after := maps.Clone(before)
	if after == nil {
		after = capture.Configuration{}
	}
	if value == "" || value == setting.Default {
		delete(after, key)
	} else {
		after[key] = value
	}
	if err := (capture.Configuration{key: after.Get(key)}).Check().Err(); err != nil {
		return err
	}
	if config, on := history.FromSettings(after, p.options.Version); on && key == "history.url" {
		if _, err := history.New(config, p.Catalogue); err != nil {
			return err
		}
	}
	return p.Store.SaveConfiguration(ctx, after, p.entry("settings.change", "setting/"+key))
}

// onThisComputer tells whether an address stays on this computer.
func onThisComputer(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := parsed.Hostname()
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
