package brand_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"deltoid/assets/brand"
)

func TestIconPNG_IsASquareOf512(t *testing.T) {
	picture, err := png.DecodeConfig(bytes.NewReader(brand.IconPNG()))
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != 512 || picture.Height != 512 {
		t.Errorf("icon is %d by %d, want 512 by 512", picture.Width, picture.Height)
	}
}

func TestDrawings_AreSVG(t *testing.T) {
	for name, drawing := range map[string][]byte{"icon": brand.IconSVG(), "mark": brand.MarkSVG()} {
		if !bytes.Contains(drawing, []byte("<svg ")) {
			t.Errorf("%s is not an SVG drawing", name)
		}
	}
}

func TestFonts_AreTrueType(t *testing.T) {
	magic := []byte{0, 1, 0, 0}
	for name, face := range map[string][]byte{"regular": brand.Regular(), "bold": brand.Bold()} {
		if !bytes.HasPrefix(face, magic) {
			t.Errorf("%s is not a TrueType face", name)
		}
	}
}

func TestFontLicence_NamesTheFaceAndTheLicence(t *testing.T) {
	text := string(brand.FontLicence())
	for _, want := range []string{"Arimo", "SIL Open Font License, Version 1.1", "Google Inc."} {
		if !strings.Contains(text, want) {
			t.Errorf("licence does not say %q", want)
		}
	}
}
