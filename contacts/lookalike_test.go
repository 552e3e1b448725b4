package contacts

import (
	"testing"
	"unicode/utf8"
)

func TestEveryLookalikeStandsBeforeAnASCIILetter(t *testing.T) {
	wide := true
	for i, r := range lookalikes {
		if wide != (r >= utf8.RuneSelf) {
			t.Fatalf("at byte %d stands %q", i, r)
		}
		wide = !wide
	}
	if !wide {
		t.Error("the last one is taken for nothing")
	}
}

func TestSkeletonsOfWhatLooksTheSameAreTheSame(t *testing.T) {
	for _, pair := range []struct {
		a, b string
		same bool
	}{
		{"Favorites", "FAVORITES", true},
		{"Favorites", "Fаvоritеs", true}, // Cyrillic а, о, е
		{"Favorites", "Ｆａｖｏｒｉｔｅｓ", true}, // full width
		{"TOP", "ΤΟΡ", true},             // Greek
		{"office", "oﬀice", true},        // the ligature
		{"Kelvin", "\u212Aelvin", true},
		{"Zoe\u0308", "Zoë", true},
		{"Дана", "ДАНА", true},
		{"Группа", "ГРУППА", true},
		{"Favorites", "Favourites", false},
		{"Группа", "Gruppa", false},
	} {
		if got := skeleton(pair.a) == skeleton(pair.b); got != pair.same {
			t.Errorf("%q and %q: the same is %v (%q, %q)", pair.a, pair.b, got, skeleton(pair.a), skeleton(pair.b))
		}
	}
}
