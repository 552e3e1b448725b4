package ui

import (
	"fmt"
	"testing"
)

func TestLayoutBySize(t *testing.T) {
	for _, tc := range []struct {
		width, height int
		talking       bool
		small, two    bool
		window, talk  string // WxH
	}{
		{40, 10, false, true, false, "40x10", "0x0"},
		{59, 20, false, true, false, "59x20", "0x0"},
		{60, 19, true, true, false, "60x19", "0x0"},
		{60, 20, false, false, false, "60x19", "0x0"},
		{60, 20, true, false, false, "0x0", "60x19"},
		{80, 24, false, false, false, "80x23", "0x0"},
		{99, 24, true, false, false, "0x0", "99x23"},
		{100, 24, false, false, true, "46x24", "53x23"},
		{120, 40, true, false, true, "50x40", "69x39"},
		{200, 60, false, false, true, "64x60", "135x59"},
	} {
		name := fmt.Sprintf("%dx%d talking %v", tc.width, tc.height, tc.talking)
		l := arrange(tc.width, tc.height, tc.talking)
		if l.small != tc.small || l.two != tc.two {
			t.Errorf("%s: small %v, two columns %v", name, l.small, l.two)
		}
		if got := size(l.window); got != tc.window {
			t.Errorf("%s: the window is %s, not %s", name, got, tc.window)
		}
		if got := size(l.talk); got != tc.talk {
			t.Errorf("%s: the conversation is %s, not %s", name, got, tc.talk)
		}
	}
}

func size(r rect) string { return fmt.Sprintf("%dx%d", r.Dx(), r.Dy()) }

// At every size, every part has its own cells and none is outside the terminal.
func TestPartsNeverOverlap(t *testing.T) {
	for width := 1; width <= 220; width += 3 {
		for height := 1; height <= 70; height++ {
			for _, talking := range []bool{false, true} {
				l := arrange(width, height, talking)
				all := []rect{l.window, l.talk, l.middle, l.foot}
				if !l.window.Empty() && !l.small {
					p := divide(l.window)
					all = []rect{l.talk, l.middle, l.foot, p.note, p.name, p.presence, p.views, p.find, p.tabs, p.list, p.status}
				}
				apart(t, rect{Max: pt(width, height)}, all)
			}
		}
	}
}

func apart(t *testing.T, whole rect, all []rect) {
	t.Helper()
	for i, a := range all {
		if !a.Empty() && !a.In(whole) {
			t.Fatalf("%v: part %d, %v, is outside", whole, i, a)
		}
		for j, b := range all[:i] {
			if a.Overlaps(b) {
				t.Fatalf("%v: parts %d, %v, and %d, %v, overlap", whole, j, b, i, a)
			}
		}
	}
}

func TestTheListHasMostOfTheRowsAtEverySize(t *testing.T) {
	for _, tc := range []struct{ width, height, rows int }{{60, 20, 13}, {80, 24, 17}, {120, 40, 29}, {200, 60, 49}} {
		p := divide(arrange(tc.width, tc.height, false).window)
		if p.list.Dy() != tc.rows {
			t.Errorf("at %dx%d the list has %d rows, not %d", tc.width, tc.height, p.list.Dy(), tc.rows)
		}
	}
}

func TestBesideStaysInSight(t *testing.T) {
	within := rect{Max: pt(80, 24)}
	for _, tc := range []struct {
		name          string
		at            rect
		width, height int
		want          rect
	}{
		{"below", rect{Min: pt(5, 3), Max: pt(15, 4)}, 20, 6, rect{Min: pt(5, 4), Max: pt(25, 10)}},
		{"pushed left", rect{Min: pt(70, 3), Max: pt(75, 4)}, 20, 6, rect{Min: pt(60, 4), Max: pt(80, 10)}},
		{"above", rect{Min: pt(5, 20), Max: pt(15, 21)}, 20, 6, rect{Min: pt(5, 14), Max: pt(25, 20)}},
		{"taller than the terminal", rect{Min: pt(5, 10), Max: pt(15, 11)}, 20, 40, rect{Min: pt(5, 0), Max: pt(25, 24)}},
	} {
		if got := beside(within, tc.at, tc.width, tc.height); got != tc.want {
			t.Errorf("%s: %v, not %v", tc.name, got, tc.want)
		}
	}
	if got := centred(within, 100, 10); got != (rect{Min: pt(0, 7), Max: pt(80, 17)}) {
		t.Errorf("centred: %v", got)
	}
}
