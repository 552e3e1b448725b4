package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// edits presses keys, names in angle brackets, in a field of a width, and returns it with its row.
func edits(f *field, width int, keys string) (row string, caret int) {
	c := onCanvas(width, 1)
	for keys != "" {
		if name, rest, ok := strings.Cut(keys, ">"); ok && strings.HasPrefix(keys, "<") {
			f.key(pressed(name[1:]))
			keys = rest
		} else {
			letter := letters(keys)[0]
			f.key(tea.KeyPressMsg{Code: []rune(letter)[0], Text: letter})
			keys = keys[len(letter):]
		}
		f.draw(c, c.bounds(), style{}, style{}, true)
	}
	at := f.draw(c, c.bounds(), style{}, style{}, true)
	return shownOn(c, 0), at.X
}

func TestFieldTakesTheKeysOfALine(t *testing.T) {
	for _, tc := range []struct {
		keys, value, row string
		caret            int
	}{
		{"", "", "type", 0},
		{"abc", "abc", "abc", 3},
		{"abc<left><left>x", "axbc", "axbc", 2},
		{"abc<home>x<end>y", "xabcy", "xabcy", 5},
		{"abc<backspace><left><delete>", "a", "a", 1},
		{"one two<ctrl+w>", "one ", "one", 4},
		{"one two<ctrl+left><ctrl+k>", "one ", "one", 4},
		{"one two<ctrl+left><ctrl+left><ctrl+right>x", "onex two", "onex two", 4},
		{"one<left><ctrl+u>", "e", "e", 0},
		{"伊藤<left>さ", "伊さ藤", "伊さ藤", 4},
		{"e\u0301a<backspace><backspace>", "", "type", 0},
		{"0123456789abc", "0123456789abc", "456789abc", 9},
		{"0123456789abc<home>", "0123456789abc", "0123456789", 0},
		{"0123456789abc<ctrl+u>x", "x", "x", 1},
		{"<left><backspace><delete><right>", "", "type", 0},
	} {
		f := &field{placeholder: "type"}
		row, caret := edits(f, 10, tc.keys)
		if f.value() != tc.value || row != tc.row || caret != tc.caret {
			t.Errorf("%q gives %q, shown as %q with the cursor at %d; not %q, %q, %d", tc.keys, f.value(), row, caret, tc.value, tc.row, tc.caret)
		}
	}
}

func TestFieldLeavesOtherKeysAlone(t *testing.T) {
	f := &field{}
	for _, k := range []string{"enter", "esc", "tab", "up", "down", "ctrl+q", "alt+x"} {
		if f.key(pressed(k)) {
			t.Errorf("the field took %s", k)
		}
	}
}

func TestSecretsAreKeptExactlyAndNeverShown(t *testing.T) {
	f := &field{secret: true}
	const password = " p\u00e4ss  \u202eword\ufe0f "
	f.insert(password)
	if f.value() != password {
		t.Errorf("kept %q", f.value())
	}
	if row, _ := edits(f, 40, ""); strings.Trim(row, "•") != "" {
		t.Errorf("shown as %q", row)
	}
}

func TestPastedTextStaysInOneLineAndItsLimit(t *testing.T) {
	f := &field{limit: 10}
	f.insert("one\ntwo\tthree\x1b[31m\xff four")
	if got := f.value(); got != "one two th" {
		t.Errorf("got %q", got)
	}
	f.insert("more")
	f.key(pressed("backspace"))
	f.insert("é!")
	if got := f.value(); got != "one two t!" {
		t.Errorf("got %q", got)
	}
}

func FuzzFieldStaysWhole(f *testing.F) {
	names := []string{"left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+left", "ctrl+right"}
	f.Add("abc\u0301", []byte{0, 4, 7}, "de\u200d")
	f.Fuzz(func(t *testing.T, first string, keys []byte, second string) {
		box, c := &field{}, onCanvas(12, 1)
		box.insert(first)
		for _, k := range keys {
			box.key(pressed(names[int(k)%len(names)]))
			box.draw(c, c.bounds(), style{}, style{}, true)
		}
		box.insert(second)
		at := box.draw(c, c.bounds(), style{}, style{}, true)
		if at.X < 0 || at.X >= 12 {
			t.Fatalf("the cursor is at %d", at.X)
		}
		if box.at < 0 || box.at > len(box.letters) || box.from > box.at {
			t.Fatalf("at %d from %d of %d", box.at, box.from, len(box.letters))
		}
		if strings.ContainsAny(box.value(), "\x1b\n\r\t\x00") {
			t.Fatalf("holds %q", box.value())
		}
	})
}
