package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"deltoid/assets/brand"
)

var _ fyne.Theme = (*Theme)(nil)

// Theme dresses the program: light only, Arimo, square inputs, black where Fyne would paint its accent.
type Theme struct {
	// Sizes are the measures of every control under this theme.
	Sizes Sizes

	regular, bold fyne.Resource
}

// NewTheme returns the theme with Compact or Comfortable sizes.
func NewTheme(sizes Sizes) *Theme {
	return &Theme{
		Sizes:   sizes,
		regular: fyne.NewStaticResource("Arimo-Regular.ttf", brand.Regular()),
		bold:    fyne.NewStaticResource("Arimo-Bold.ttf", brand.Bold()),
	}
}

var themeColours = map[fyne.ThemeColorName]color.NRGBA{
	theme.ColorNameBackground:          Grey5,
	theme.ColorNameButton:              White,
	theme.ColorNameDisabled:            Grey1,
	theme.ColorNameDisabledButton:      Grey4,
	theme.ColorNameError:               Red,
	theme.ColorNameFocus:               Yellow,
	theme.ColorNameForeground:          Black,
	theme.ColorNameForegroundOnError:   White,
	theme.ColorNameForegroundOnPrimary: White,
	theme.ColorNameForegroundOnSuccess: White,
	theme.ColorNameForegroundOnWarning: Black,
	theme.ColorNameHeaderBackground:    Grey4,
	theme.ColorNameHover:               Hover,
	theme.ColorNameHyperlink:           Blue,
	theme.ColorNameInputBackground:     White,
	theme.ColorNameInputBorder:         Grey1,
	theme.ColorNameMenuBackground:      White,
	theme.ColorNameOverlayBackground:   White,
	theme.ColorNamePlaceHolder:         Grey1,
	theme.ColorNamePressed:             Grey4,
	// Fyne paints the cursor, the focused border and ticks in Primary; in this style all are black.
	theme.ColorNamePrimary:             Black,
	theme.ColorNameScrollBar:           Grey1,
	theme.ColorNameScrollBarBackground: Grey4,
	theme.ColorNameSelection:           PaleBlue,
	theme.ColorNameSeparator:           Grey4,
	theme.ColorNameShadow:              {A: 0x40},
	theme.ColorNameSuccess:             Green,
	theme.ColorNameWarning:             WarmYellow,
}

// Color implements fyne.Theme. The variant is ignored: there is no dark desk.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if colour, known := themeColours[name]; known {
		return colour
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

// Font implements fyne.Theme. Italics are not part of the style and are set upright.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return t.bold
	default:
		return t.regular
	}
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Size implements fyne.Theme.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	s := t.Sizes
	switch name {
	case theme.SizeNameText:
		return s.Body.Size
	case theme.SizeNameHeadingText:
		return s.Large.Size
	case theme.SizeNameSubHeadingText:
		return s.Medium.Size
	case theme.SizeNameCaptionText:
		return s.Small.Size
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return s.inputPadding()
	case theme.SizeNameLineSpacing:
		return 6
	case theme.SizeNameInputBorder:
		return 2
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 0
	case theme.SizeNameInlineIcon:
		return 24
	case theme.SizeNameSeparatorThickness:
		return 1
	case theme.SizeNameScrollBar:
		return 16
	case theme.SizeNameModalBlurRadius:
		// The person's name behind a dialog must stay readable.
		return 0
	case theme.SizeNameScrollBarSmall:
		// Fyne's 3 px bar cannot be hit with a mouse.
		return 12
	default:
		return theme.DefaultTheme().Size(name)
	}
}
