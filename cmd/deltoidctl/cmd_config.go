package main

import (
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// configCmd is about the settings.
type configCmd struct {
	List configListCmd `cmd:"" default:"1" help:"List every setting. Those marked ASSUMED rest on no public NHS text: check them before live use."`
	Get  configGetCmd  `cmd:"" help:"Show one setting."`
	Set  configSetCmd  `cmd:"" help:"Change a setting; an empty value goes back to the default."`
}

type configListCmd struct{}

type configGetCmd struct {
	Key string `arg:"" help:"Key of the setting."`
}

type configSetCmd struct {
	Key   string `arg:"" help:"Key of the setting."`
	Value string `arg:"" help:"New value; - reads a line of standard input, or asks on a terminal without echo: other users can read command lines."`
}

// settingView is one setting. A secret shows only whether it is there.
type settingView struct {
	Key     string   `json:"key"`
	Value   string   `json:"value"`
	Default bool     `json:"default"` // not changed
	Assumed bool     `json:"assumed"`
	Secret  bool     `json:"secret"`
	Options []string `json:"options,omitempty"`
	Meaning string   `json:"meaning"`
}

// masked stands for a secret that is there.
const masked = "********"

func (v settingView) text(p *page) {
	value, mark := v.Value, ""
	if value == "" {
		value = "(empty)"
	}
	if v.Assumed {
		mark = "ASSUMED "
	}
	p.line("%s\t%s\t%s%s", v.Key, value, mark, v.Meaning)
}

type configView struct {
	Settings []settingView `json:"settings"`
}

func (v configView) text(p *page) {
	for _, setting := range v.Settings {
		setting.text(p)
	}
}

func viewSetting(setting capture.Setting, configuration capture.Configuration) settingView {
	value := configuration.Get(setting.Key)
	if setting.Secret && value != "" {
		value = masked
	}
	_, changed := configuration[setting.Key]
	return settingView{setting.Key, value, !changed, setting.Assumed, setting.Secret, setting.Options, setting.Meaning}
}

// Run lists all settings.
func (c *configListCmd) Run(s *session) error {
	return withSettings(s, func(_ *profile.Profile, configuration capture.Configuration) (view, error) {
		var all configView
		for _, setting := range capture.Settings {
			all.Settings = append(all.Settings, viewSetting(setting, configuration))
		}
		return all, nil
	})
}

// Run shows one setting.
func (c *configGetCmd) Run(s *session) error {
	return withSettings(s, func(_ *profile.Profile, configuration capture.Configuration) (view, error) {
		return settingOf(c.Key, configuration)
	})
}

// Run changes a setting and shows it.
func (c *configSetCmd) Run(s *session) error {
	return withSettings(s, func(p *profile.Profile, _ capture.Configuration) (view, error) {
		value := c.Value
		if value == "-" {
			var err error
			if value, err = s.secretFrom("-", "Value of "+c.Key); err != nil {
				return nil, err
			}
		}
		if err := p.ChangeSetting(s.ctx, c.Key, value); err != nil {
			return nil, err
		}
		configuration, err := p.Store.Configuration(s.ctx)
		if err != nil {
			return nil, err
		}
		return settingOf(c.Key, configuration)
	})
}

func settingOf(key string, configuration capture.Configuration) (view, error) {
	setting, ok := capture.SettingFor(key)
	if !ok {
		return nil, &capture.Error{Code: capture.NotFound, Field: key, Message: "There is no such setting; `deltoidctl config list` names them"}
	}
	return viewSetting(setting, configuration), nil
}

func withSettings(s *session, do func(*profile.Profile, capture.Configuration) (view, error)) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	configuration, err := p.Store.Configuration(s.ctx)
	if err != nil {
		return err
	}
	result, err := do(p, configuration)
	if err != nil {
		return err
	}
	return s.out.show(result)
}
