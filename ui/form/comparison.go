package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Compared is one line of a comparison: what it is, and its value in each version. An empty value reads "Nothing".
type Compared struct {
	Key    string
	Values []string
}

// Changed tells whether the value of a version differs from that of the version before.
func (c Compared) Changed(version int) bool {
	return version > 0 && c.Values[version] != c.Values[version-1]
}

// compareKey is the width of the column that names the lines.
const compareKey = 140

// NewComparison sets versions side by side, each under its heading and a quiet line about it. What differs from the version
// before is marked by a word, by bold letters and by its ground.
func NewComparison(heads, abouts []string, lines ...Compared) *fyne.Container {
	cells := []fyne.CanvasObject{canvas.NewRectangle(Clear)}
	for i, head := range heads {
		cells = append(cells, Pad(4, 10, 6, 10, VStack(2, Strong(head), Small(abouts[i]))))
	}
	table := VStack(0, compareRow(cells), Rule())
	for _, line := range lines {
		cells = []fyne.CanvasObject{Pad(6, 0, 6, 0, topped(Strong(line.Key)))}
		for i, value := range line.Values {
			cells = append(cells, compareCell(value, line.Changed(i)))
		}
		table.Add(compareRow(cells))
		table.Add(Rule())
	}
	return table
}

func compareRow(cells []fyne.CanvasObject) fyne.CanvasObject {
	widths := make([]float32, len(cells))
	widths[0] = compareKey
	return Columns(8, widths, cells...)
}

func compareCell(value string, changed bool) fyne.CanvasObject {
	words := Body(value)
	if value == "" {
		words = Hint("Nothing")
	}
	if !changed {
		return Pad(6, 10, 6, 10, topped(words))
	}
	if value != "" {
		words = Strong(value)
	}
	return Filled(PaleYellow, Pad(6, 10, 6, 10, VStack(2, Caption("CHANGED"), words)))
}
