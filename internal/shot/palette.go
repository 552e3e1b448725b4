package shot

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"
)

// paletteSize is how many colours a picture has at most: as many as a byte can name.
const paletteSize = 256

// tellable is how far two colours are apart, in their most different channel, when they look different even in
// a letter.
const tellable = 20

// paletted reduces a picture to few colours: one for each that can be told from the others, then the most
// frequent ones. Every other pixel gets the nearest. What goes are shades at the edges of letters, and with them
// two thirds of the file.
func paletted(img *image.RGBA) *image.Paletted {
	area := img.Bounds()
	often := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			often[img.RGBAAt(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(often), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(often[b], often[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	palette := paletteOf(colours)
	index := make(map[color.RGBA]uint8, len(colours))
	for _, c := range colours {
		index[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(area, palette)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			out.SetColorIndex(x, y, index[img.RGBAAt(x, y)])
		}
	}
	return out
}

// paletteOf chooses from colours, of which the most frequent one comes first.
func paletteOf(colours []color.RGBA) (chosen color.Palette) {
	var rest []color.RGBA
	for _, c := range colours {
		near := func(o color.Color) bool { return apart(c, o.(color.RGBA)) < tellable }
		if len(chosen) == paletteSize || slices.ContainsFunc(chosen, near) {
			rest = append(rest, c)
			continue
		}
		chosen = append(chosen, c)
	}
	for _, c := range rest[:min(len(rest), paletteSize-len(chosen))] {
		chosen = append(chosen, c)
	}
	return chosen
}

// apart is by how much two colours differ in the channel in which they differ most.
func apart(a, b color.RGBA) int {
	channel := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return max(channel(a.R, b.R), channel(a.G, b.G), channel(a.B, b.B))
}
