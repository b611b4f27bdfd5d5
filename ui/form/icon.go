package form

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Icon is a small drawing that says with a shape what must not be said by colour alone.
type Icon string

// The icons of the desk, drawn on a square of 24.
const (
	IconNone    Icon = ""
	IconTick    Icon = "tick"
	IconCross   Icon = "cross"
	IconWarning Icon = "warning"
	IconStop    Icon = "stop"
	IconAsk     Icon = "ask"
	IconClock   Icon = "clock"
	IconInfo    Icon = "info"
	IconHere    Icon = "here"
	IconDot     Icon = "dot"
	IconRing    Icon = "ring"
	IconLock    Icon = "lock"
	IconUp      Icon = "up"
	IconSaved   Icon = "saved"
	IconSearch  Icon = "search"
)

// drawings hold a path for each icon; holes are drawn by winding the other way round.
var drawings = map[Icon]string{
	IconTick:    "M9.5 18.6 L3.2 12.3 L5.6 9.9 L9.5 13.8 L18.6 4.7 L21 7.1 Z",
	IconCross:   "M5.7 3.6 L12 9.9 L18.3 3.6 L20.4 5.7 L14.1 12 L20.4 18.3 L18.3 20.4 L12 14.1 L5.7 20.4 L3.6 18.3 L9.9 12 L3.6 5.7 Z",
	IconWarning: "M12 2 L23 21.5 L1 21.5 Z M10.7 9 L11 15 L13 15 L13.3 9 Z M10.7 16.6 L10.7 19.2 L13.3 19.2 L13.3 16.6 Z",
	IconStop:    "M7.6 1.5 L16.4 1.5 L22.5 7.6 L22.5 16.4 L16.4 22.5 L7.6 22.5 L1.5 16.4 L1.5 7.6 Z M5.5 10.3 L5.5 13.7 L18.5 13.7 L18.5 10.3 Z",
	IconAsk: "M4 2.5 L20 2.5 C21.4 2.5 22.5 3.6 22.5 5 L22.5 15 C22.5 16.4 21.4 17.5 20 17.5 L12 17.5 L6.5 22.5 L6.5 17.5 L4 17.5 C2.6 17.5 1.5 16.4 1.5 15 L1.5 5 C1.5 3.6 2.6 2.5 4 2.5 Z " +
		"M5.5 6.5 L5.5 8.7 L18.5 8.7 L18.5 6.5 Z M5.5 11.2 L5.5 13.4 L14.5 13.4 L14.5 11.2 Z",
	IconClock: "M12 1.5 C17.8 1.5 22.5 6.2 22.5 12 C22.5 17.8 17.8 22.5 12 22.5 C6.2 22.5 1.5 17.8 1.5 12 C1.5 6.2 6.2 1.5 12 1.5 Z " +
		"M10.8 5.5 L10.8 12.6 L15.7 16.6 L17.2 14.7 L13.2 11.5 L13.2 5.5 Z",
	IconInfo: "M12 1.5 C17.8 1.5 22.5 6.2 22.5 12 C22.5 17.8 17.8 22.5 12 22.5 C6.2 22.5 1.5 17.8 1.5 12 C1.5 6.2 6.2 1.5 12 1.5 Z " +
		"M10.6 6 L10.6 8.8 L13.4 8.8 L13.4 6 Z M10.6 10.4 L10.6 18 L13.4 18 L13.4 10.4 Z",
	IconHere: "M8 4 L18 12 L8 20 Z",
	IconDot:  "M12 9 C13.7 9 15 10.3 15 12 C15 13.7 13.7 15 12 15 C10.3 15 9 13.7 9 12 C9 10.3 10.3 9 12 9 Z",
	IconRing: "M12 4 C16.4 4 20 7.6 20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 Z " +
		"M12 7 C9.2 7 7 9.2 7 12 C7 14.8 9.2 17 12 17 C14.8 17 17 14.8 17 12 C17 9.2 14.8 7 12 7 Z",
	IconLock: "M6 10 L6 8 C6 4.7 8.7 2 12 2 C15.3 2 18 4.7 18 8 L18 10 L20 10 L20 22 L4 22 L4 10 Z " +
		"M8.5 8 L8.5 10 L15.5 10 L15.5 8 C15.5 6.1 13.9 4.5 12 4.5 C10.1 4.5 8.5 6.1 8.5 8 Z",
	IconUp:    "M12 2.5 L20.5 11 L18.4 13.1 L13.5 8.2 L13.5 21.5 L10.5 21.5 L10.5 8.2 L5.6 13.1 L3.5 11 Z",
	IconSaved: "M10.5 2.5 L13.5 2.5 L13.5 11.3 L17.4 7.4 L19.5 9.5 L12 17 L4.5 9.5 L6.6 7.4 L10.5 11.3 Z M3 18.5 L21 18.5 L21 21.5 L3 21.5 Z",
	IconSearch: "M10 2 C14.4 2 18 5.6 18 10 C18 11.7 17.5 13.3 16.6 14.6 L22 20 L20 22 L14.6 16.6 C13.3 17.5 11.7 18 10 18 C5.6 18 2 14.4 2 10 C2 5.6 5.6 2 10 2 Z " +
		"M10 4.8 C7.1 4.8 4.8 7.1 4.8 10 C4.8 12.9 7.1 15.2 10 15.2 C12.9 15.2 15.2 12.9 15.2 10 C15.2 7.1 12.9 4.8 10 4.8 Z",
}

// Draw returns the icon in a colour, as a picture of the given edge.
func (i Icon) Draw(colour color.NRGBA, edge float32) *canvas.Image {
	picture := canvas.NewImageFromResource(i.Resource(colour))
	picture.FillMode = canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(edge))
	return picture
}

// Resource is the SVG of the icon in a colour. Its name tells both, so that pictures are cached apart.
func (i Icon) Resource(colour color.NRGBA) fyne.Resource {
	hex := fmt.Sprintf("%02x%02x%02x", colour.R, colour.G, colour.B)
	drawing := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`+
		`<path fill-rule="evenodd" fill="#%s" d="%s"/></svg>`, hex, drawings[i])
	return fyne.NewStaticResource(string(i)+"-"+hex+".svg", []byte(drawing))
}
