package form

import "fyne.io/fyne/v2"

// Step is one step of the type scale: the size of the letters and the height of a line, in pixels.
type Step struct{ Size, Line float32 }

// Sizes are the measures of a desk: type scale, height of controls, space between groups.
type Sizes struct {
	Small, Body, Lead, Medium, Large Step
	// Control is the height of an input, a button's face and a radio row.
	Control float32
	// Dense is the height of a row where many must fit.
	Dense float32
	// Group is the space between one form group and the next.
	Group float32
}

var (
	// Compact fits a whole desk on a screen of 1366 by 768.
	Compact = Sizes{
		Small:   Step{14, 20},
		Body:    Step{16, 24},
		Lead:    Step{19, 27},
		Medium:  Step{22, 29},
		Large:   Step{27, 33},
		Control: 40,
		Dense:   32,
		Group:   20,
	}
	// Comfortable is the wide-screen scale of the NHS design system.
	Comfortable = Sizes{
		Small:   Step{16, 24},
		Body:    Step{19, 28},
		Lead:    Step{22, 30},
		Medium:  Step{26, 32},
		Large:   Step{36, 42},
		Control: 48,
		Dense:   40,
		Group:   28,
	}
)

// inputPadding makes a one-line input of Fyne exactly one Control high.
func (s Sizes) inputPadding() float32 {
	letters := fyne.MeasureText("M", s.Body.Size, fyne.TextStyle{}).Height
	return (s.Control - letters) / 2
}

// themed is anything that can tell the theme it stands under.
type themed interface{ Theme() fyne.Theme }

// sizesOf finds the sizes a control should take; Compact under a theme that is not ours.
func sizesOf(control themed) Sizes {
	if ours, ok := control.Theme().(*Theme); ok {
		return ours.Sizes
	}
	return Compact
}
