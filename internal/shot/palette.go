package shot

import (
	"cmp"
	"image"
	"image/color"
	"math/bits"
	"slices"
)

// paletteSize is how many colours a picture has at most: as many as a byte can name.
const paletteSize = 256

// paletted reduces a picture to its most frequent colours, and gives every other pixel the nearest of them.
// What goes are shades at the edges of letters that nobody tells apart, and with them two thirds of the file.
func paletted(img *image.RGBA) *image.Paletted {
	area := img.Bounds()
	often := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			often[img.RGBAAt(x, y)]++
		}
	}
	colours := make([]color.RGBA, 0, len(often))
	for c := range often {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(often[b], often[a]), // those of one number from all over the range
			cmp.Compare(bits.Reverse8(a.R), bits.Reverse8(b.R)), cmp.Compare(bits.Reverse8(a.G), bits.Reverse8(b.G)), cmp.Compare(a.B, b.B))
	})
	palette := make(color.Palette, min(len(colours), paletteSize))
	for i := range palette {
		palette[i] = colours[i]
	}
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
