package brand

import _ "embed"

var (
	//go:embed icon.svg
	iconSVG []byte
	//go:embed icon.png
	iconPNG []byte
	//go:embed mark.svg
	markSVG []byte
	//go:embed Arimo-Regular.ttf
	regular []byte
	//go:embed Arimo-Bold.ttf
	bold []byte
	//go:embed LICENSE-Arimo.txt
	fontLicence []byte
)

// IconSVG is the program's icon as a drawing of 512 by 512.
func IconSVG() []byte { return iconSVG }

// IconPNG is the program's icon as a picture of 512 by 512 with a clear background.
func IconPNG() []byte { return iconPNG }

// MarkSVG is the icon in white, to stand on the blue of the header.
func MarkSVG() []byte { return markSVG }

// Regular is Arimo, the face of all text.
func Regular() []byte { return regular }

// Bold is Arimo Bold, the face of headings, labels and buttons.
func Bold() []byte { return bold }

// FontLicence is the licence of both faces, for the about page.
func FontLicence() []byte { return fontLicence }
