package shot

import (
	"image"
	"image/color"
	"testing"
)

// What there is most of keeps its colour, and what there is little of as well where it stands out. The rest comes
// close enough that nobody tells.
func TestAPaletteKeepsTheColoursOfAPicture(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	ground, sign := color.RGBA{0x16, 0x1a, 0x20, 0xff}, color.RGBA{0xff, 0x40, 0x00, 0xff}
	for i := range 64 * 64 {
		c := ground
		if i < 2*600 { // 600 shades, each twice
			c = color.RGBA{0x16 + uint8(i/2%200), 0x1a + uint8(i/2%200), 0x20 + uint8(i/2/200), 0xff}
		}
		img.SetRGBA(i%64, i/64, c)
	}
	img.SetRGBA(5, 40, sign)
	got := paletted(img)
	if len(got.Palette) != paletteSize {
		t.Errorf("%d colours", len(got.Palette))
	}
	if c := got.At(6, 40); c != ground {
		t.Errorf("the ground is %v, not %v", c, ground)
	}
	if c := got.At(5, 40).(color.RGBA); apart(c, sign) >= tellable {
		t.Errorf("the sign is %v, not %v", c, sign)
	}
	for i := range 2 * 600 {
		if x, y := i%64, i/64; apart(got.At(x, y).(color.RGBA), img.RGBAAt(x, y)) >= tellable {
			t.Errorf("%v became %v", img.At(x, y), got.At(x, y))
		}
	}
}

func TestAPictureOfFewColoursIsExact(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 10, 10))
	for i := range 100 {
		img.SetRGBA(i%10, i/10, color.RGBA{uint8(i), uint8(2 * i), 7, 0xff})
	}
	got := paletted(img)
	for i := range 100 {
		if x, y := i%10, i/10; got.At(x, y) != img.At(x, y) {
			t.Errorf("%v became %v", img.At(x, y), got.At(x, y))
		}
	}
}
