package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient/pidf"
)

// A sign that somebody adds to a label or a frame has to get its line in asciiSign.
func TestEverySignInTheSourcesHasAnASCIIOne(t *testing.T) {
	for _, folder := range []string{".", "../internal/app", "../alerts", "../contacts", "../sipclient"} {
		for _, literal := range literals(t, folder) {
			for _, r := range literal {
				const read = "。．｡◌" // compared with what people type, and never shown
				if r >= 0x80 && !unicode.IsLetter(r) && !strings.ContainsRune(read, r) && asciiSign(string(r)) == "" {
					t.Errorf("%s: %q has %q, for which asciiSign has nothing", folder, literal, string(r))
				}
			}
		}
	}
}

// literals are the texts and characters in the sources of a folder, tests apart.
func literals(t *testing.T, folder string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files, %v", folder, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			l, ok := n.(*ast.BasicLit)
			if ok && (l.Kind == token.STRING || l.Kind == token.CHAR) && ansi.StringWidth(l.Value) > 0 {
				if s, err := strconv.Unquote(l.Value); err == nil {
					all = append(all, s)
				}
			}
			return true
		})
	}
	return all
}

func TestASCIISignsAreAsWideAsTheirs(t *testing.T) {
	c := onCanvas(10, 1)
	plain := onCanvas(10, 1)
	plain.ascii = true
	for _, sign := range []text.Safe{"●", "■", "⊘", "◔", "○", "▌", "▾", "▸", "⚙", "⌕", "✕", "·", "…", "↑", "“", "│", "╭"} {
		if c.width(sign) != 1 || plain.width(sign) != 1 {
			t.Errorf("%s takes %d cells, its ASCII sign %d", sign, c.width(sign), plain.width(sign))
		}
	}
}

// inASCII opens the window of a state where only ASCII may be drawn.
func inASCII(t *testing.T, width, height int, s func() *app.State, do func(x *face)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		x := open(t, width, height, s(), Options{ASCII: true})
		defer x.close()
		do(x)
	})
}

// onlyASCII says that there is nothing else on the screen.
func (x *face) onlyASCII() {
	x.t.Helper()
	for y, line := range x.lines() {
		for _, r := range line {
			if r >= 0x80 {
				x.t.Fatalf("row %d has %q:\n%s", y, string(r), x.text())
			}
		}
	}
}

func TestInASCIINoScreenShowsAnythingElse(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {140, 45}} {
		inASCII(t, size[0], size[1], world, func(x *face) {
			x.happens(asks(pending(gina, "Gina")), arrives(dana, "1", "hi", 1, time.Now()), is(eve, pidf.ActivityBusy, "In a hurry", time.Now()))
			x.onlyASCII()
			for _, way := range [][]string{
				{"?"},
				{"1"},
				{"2"},
				{"3"},
				{"4"},
				{"o"},
				{"a"},
				{"p"},
				{"n"},
				{"/"},
				{"s"},
				{"1", "down", "m"},
				{"1", "down", "c"},
				{"1", "down", "enter"},
				{"1", "down", "delete"},
				{"4", "enter"},
				{"a", "enter"},
				{"a", "down", "enter"},
				{"o", "enter"},
				{"1", "f2"},
			} {
				x.press(way...)
				x.onlyASCII()
				x.press("esc", "esc", "esc", "esc")
				x.onlyASCII()
			}
			x.callsInEveryWay(x.onlyASCII)
		})
	}
}

func TestSignsAreChosenByOptionsLocaleAndCommandLine(t *testing.T) {
	for _, tc := range []struct {
		name string
		look appearance
		want bool
	}{
		{"by itself", appearance{}, false},
		{"a locale without UTF-8", appearance{narrow: true}, true},
		{"Unicode is chosen in spite of the locale", appearance{narrow: true, chosen: option.General{Signs: option.SignsUnicode}}, false},
		{"ASCII is chosen", appearance{chosen: option.General{Signs: option.SignsASCII}}, true},
		{"the command line goes first", appearance{onlyASCII: true, chosen: option.General{Signs: option.SignsUnicode}}, true},
	} {
		if got := tc.look.ascii(); got != tc.want {
			t.Errorf("%s: ASCII is %v", tc.name, got)
		}
	}
}

func TestSignsChangeWithTheOptionAtOnce(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.sees("▾ Favorites", "│")
		set := x.state.Options()
		set.General.Signs = option.SignsASCII
		x.state.SetOptions(time.Now(), set)
		x.press("down")
		x.sees("v Favorites")
		x.onlyASCII()
	})
}

func TestHintsNameTheArrowsWhereTheyCannotBeDrawn(t *testing.T) {
	c := onCanvas(10, 1)
	c.ascii = true
	for hint, want := range map[text.Safe]text.Safe{"↑↓ move": "up/down move", "←→ choose": "left/right choose", "enter OK": "enter OK"} {
		if got := c.dialogHint(hint).words; got != want {
			t.Errorf("%q is written %q, not %q", hint, got, want)
		}
	}
}
