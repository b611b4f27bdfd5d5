// Package form holds the controls the screens are made of: inputs, buttons, panels and lists in the style
// of the NHS design system, each complete by keyboard and with its focus plainly visible.
//
// It knows nothing of vaccination: no rule, no record and no validation lives here, only what is shown,
// typed and chosen. Every key a control does not use itself goes on to the canvas, so one handler set with
// Canvas.SetOnTypedKey hears F1, Escape and Enter from wherever the focus is.
package form
