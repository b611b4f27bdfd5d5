package form

import "image/color"

// The palette of the NHS design system. Text colours reach 4.5:1 on white and on Grey5, see contrast_test.go.
var (
	Blue       = rgb(0x005eb8) // header, links, outline of a secondary button
	DarkBlue   = rgb(0x003087) // link under the pointer
	Purple     = rgb(0x330072)
	Black      = rgb(0x212b32) // all body text
	Grey1      = rgb(0x4c6272) // hints and the border of inputs
	Grey2      = rgb(0x768692) // decoration only, too pale for text
	Grey3      = rgb(0xaeb7bd) // lines under the pointer, never meaning alone
	Grey4      = rgb(0xd8dde0) // lines between rows
	Grey5      = rgb(0xf0f4f5) // behind everything
	White      = rgb(0xffffff) // cards and inputs
	Green      = rgb(0x007f3b) // primary button, done
	Red        = rgb(0xd5281b) // error text and rules, stop
	Yellow     = rgb(0xffeb3b) // focus, always with a black edge
	PaleYellow = rgb(0xfff9c4) // the selected row
	WarmYellow = rgb(0xffb81c) // caution
	PaleBlue   = rgb(0xc7dcef) // selected text, second line on blue
	Hover      = rgb(0xe0e4e6) // a row under the pointer
)

// rgb turns the hex form designers write into a colour.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

// Clear draws nothing.
var Clear = color.NRGBA{}

// Tone is a pair of text and fill that belongs together, for tags and badges.
type Tone struct{ Text, Fill color.NRGBA }

// The tones of tags; all are 7:1 or better.
var (
	ToneStrong = Tone{White, rgb(0x0055a6)}
	ToneGrey   = Tone{rgb(0x354550), rgb(0xdbe0e3)}
	ToneGreen  = Tone{rgb(0x004c23), rgb(0xcce5d8)}
	ToneAqua   = Tone{rgb(0x00524c), rgb(0xccedeb)}
	ToneBlue   = Tone{rgb(0x004281), rgb(0xccdff1)}
	TonePurple = Tone{rgb(0x240050), rgb(0xd6cce3)}
	TonePink   = Tone{rgb(0x57123a), rgb(0xefd3e3)}
	ToneRed    = Tone{rgb(0x6a140e), rgb(0xf7d4d1)}
	ToneOrange = Tone{rgb(0x4d3708), rgb(0xffdc8e)}
	ToneYellow = Tone{rgb(0x4d4712), rgb(0xfff59d)}
)
