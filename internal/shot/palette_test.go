package shot

import (
	"image"
	"image/color"
	"testing"
)

// What there is most of keeps its colour; the rest comes close enough that nobody tells.
func TestAPaletteKeepsTheColoursOfAPicture(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			c := color.RGBA{0x16, 0x1a, 0x20, 0xff} // the ground
			if y < 16 {
				c = color.RGBA{uint8(4 * x), uint8(16 * y), 0x40, 0xff} // 1,024 shades
			}
			img.SetRGBA(x, y, c)
		}
	}
	got := paletted(img)
	if len(got.Palette) != paletteSize {
		t.Errorf("%d colours", len(got.Palette))
	}
	if c := got.At(5, 40); c != img.At(5, 40) {
		t.Errorf("the ground is %v, not %v", c, img.At(5, 40))
	}
	for x := range 64 {
		if is, want := got.At(x, 3).(color.RGBA), img.RGBAAt(x, 3); far(is.R, want.R) > 16 || far(is.G, want.G) > 16 || is.B != want.B {
			t.Errorf("%v became %v", want, is)
		}
	}
}

func far(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

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
