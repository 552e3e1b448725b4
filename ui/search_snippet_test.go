package ui

import (
	"slices"
	"strings"
	"testing"

	"golync/internal/text"
)

func TestAMessageIsTakenApartAtTheMarks(t *testing.T) {
	for _, tc := range []struct {
		name, raw string
		marks     [][2]int
		want      []piece
	}{
		{"no mark", "all of it", nil, []piece{{"all of it", false}}},
		{"in the middle", "tea for two", [][2]int{{4, 7}}, []piece{{"tea ", false}, {"for", true}, {" two", false}}},
		{"the whole", "tea", [][2]int{{0, 3}}, []piece{{"tea", true}}},
		{"two in a row", "tea time", [][2]int{{0, 3}, {4, 8}}, []piece{{"tea", true}, {" ", false}, {"time", true}}},
		{"over lines", "one\r\n\ttwo", [][2]int{{6, 9}}, []piece{{"one ", false}, {"two", true}}},
		{"outside", "tea", [][2]int{{2, 9}, {-1, 2}}, []piece{{"tea", false}}},
		{"not in order", "tea time", [][2]int{{4, 8}, {0, 3}}, []piece{{"tea ", false}, {"time", true}}},
		{"nothing to see", "\u200b\u202e", [][2]int{{0, 3}}, nil},
	} {
		if got := snippetOf(text.From(tc.raw), tc.marks); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %+v, not %+v", tc.name, got, tc.want)
		}
	}
}

// However much stands before it, what was found is in sight, with words on both sides of it.
func TestWhatWasFoundIsInSight(t *testing.T) {
	c := newCanvas()
	c.begin(40, 1)
	before, after := strings.Repeat("before ", 30), strings.Repeat(" after", 30)
	pieces := snippetOf(text.From(before+"HERE"+after), [][2]int{{len(before), len(before) + 4}})
	drawSnippet(c.pen(c.bounds(), 0), style{}, pieces)
	line := ""
	for x := range 40 {
		line += c.cells.CellAt(x, 0).Content
	}
	if line != "…fore before HERE after after after aft…" {
		t.Errorf("drawn is %q", line)
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("tea for two", 4, 7)
	f.Add("\xff\u202e漢\r\n", 1, 5)
	f.Fuzz(func(t *testing.T, raw string, from, to int) {
		c := newCanvas()
		c.begin(20, 1)
		drawSnippet(c.pen(c.bounds(), 0), style{}, snippetOf(text.From(raw), [][2]int{{from, to}}))
	})
}
