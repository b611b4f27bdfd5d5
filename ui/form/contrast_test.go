package form

import (
	"image/color"
	"math"
	"testing"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	channel := func(value uint8) float64 {
		v := float64(value) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	bright, dark := luminance(a), luminance(b)
	if bright < dark {
		bright, dark = dark, bright
	}
	return (bright + 0.05) / (dark + 0.05)
}

func TestContrast_KnownPairs(t *testing.T) {
	if got := contrast(rgb(0xffffff), rgb(0x000000)); math.Abs(got-21) > 0.01 {
		t.Errorf("white on black is %.2f, want 21", got)
	}
	if got := contrast(Blue, White); math.Abs(got-6.38) > 0.01 {
		t.Errorf("blue on white is %.2f, want 6.38", got)
	}
}

func TestContrast_TextReaches4_5(t *testing.T) {
	pairs := map[string][2]color.NRGBA{
		"body on a card":             {Black, White},
		"body on the page":           {Black, Grey5},
		"body on the selected row":   {Black, PaleYellow},
		"body on the hovered row":    {Black, Hover},
		"body on selected text":      {Black, PaleBlue},
		"hint on a card":             {Grey1, White},
		"hint on the page":           {Grey1, Grey5},
		"hint on the selected row":   {Grey1, PaleYellow},
		"hint on the hovered row":    {Grey1, Hover},
		"error on a card":            {Red, White},
		"error on the page":          {Red, Grey5},
		"link on a card":             {Blue, White},
		"link on the page":           {Blue, Grey5},
		"link under the pointer":     {DarkBlue, Grey5},
		"focused link and button":    {Black, Yellow},
		"words on the header":        {White, Blue},
		"second line on the header":  {PaleBlue, Blue},
		"words on the done panel":    {White, Green},
		"words on the caution panel": {Black, WarmYellow},
	}
	for kind, dress := range panelDresses {
		pairs["panel "+dress.word] = [2]color.NRGBA{dress.text, dress.fill}
		_ = kind
	}
	for name, kind := range map[string]buttonKind{
		"primary": primaryKind, "secondary": secondaryKind, "warning": warningKind, "reverse": reverseKind,
	} {
		pairs[name+" button"] = [2]color.NRGBA{kind.text, kind.face}
		pairs[name+" button under the pointer"] = [2]color.NRGBA{kind.text, kind.hover}
	}
	for name, tone := range map[string]Tone{
		"strong": ToneStrong, "grey": ToneGrey, "green": ToneGreen, "aqua": ToneAqua, "blue": ToneBlue,
		"purple": TonePurple, "pink": TonePink, "red": ToneRed, "orange": ToneOrange, "yellow": ToneYellow,
	} {
		pairs[name+" tag"] = [2]color.NRGBA{tone.Text, tone.Fill}
	}
	atLeast(t, pairs, 4.5)
}

func TestContrast_ControlsReach3(t *testing.T) {
	atLeast(t, map[string][2]color.NRGBA{
		"input border on the page":     {Grey1, Grey5},
		"input border inside":          {Grey1, White},
		"error border":                 {Red, White},
		"error rule on the page":       {Red, Grey5},
		"focus edge on the page":       {Black, Grey5},
		"focus edge against the ring":  {Black, Yellow},
		"focus edge on blue":           {Yellow, Blue},
		"primary button on the page":   {Green, Grey5},
		"secondary button on the page": {Blue, Grey5},
		"warning button on the page":   {Red, Grey5},
		"reverse button on a panel":    {White, Blue},
		"task done":                    {Green, White},
		"scroll bar on its track":      {Grey1, Grey4},
	}, 3)
}

func atLeast(t *testing.T, pairs map[string][2]color.NRGBA, least float64) {
	t.Helper()
	for name, pair := range pairs {
		if got := contrast(pair[0], pair[1]); got < least {
			t.Errorf("%s: %.2f:1, want %.1f:1", name, got, least)
		}
	}
}
