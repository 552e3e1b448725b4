package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// pressed makes the key message that a terminal sends for a name like "alt+enter" or "x".
func pressed(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	for {
		head, tail, ok := strings.Cut(name, "+")
		if !ok || tail == "" {
			break
		}
		mod |= map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}[head]
		name = tail
	}
	codes := map[string]rune{
		"enter": tea.KeyEnter, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "left": tea.KeyLeft,
		"right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
	if code, ok := codes[name]; ok {
		k := tea.KeyPressMsg{Code: code, Mod: mod}
		if name == "space" && mod == 0 {
			k.Text = " "
		}
		return k
	}
	k := tea.KeyPressMsg{Code: []rune(name)[0], Mod: mod}
	if mod&(tea.ModCtrl|tea.ModAlt) == 0 {
		k.Text = name
	}
	return k
}

// typeKeys presses keys one after the other: names in angle brackets, everything else letter by letter.
func typeKeys(e *editor, keys string) {
	for keys != "" {
		if name, rest, ok := strings.Cut(keys, ">"); ok && strings.HasPrefix(keys, "<") {
			e.key(pressed(name[1:]))
			keys = rest
			continue
		}
		c, _ := nextCluster(text.From(keys).Lines()[0])
		e.key(pressed(string(c)))
		keys = keys[len(c):]
	}
}

func TestEditorKeys(t *testing.T) {
	for _, tc := range []struct{ name, keys, want string }{
		{"letters", "Hi", "Hi"},
		{"new lines", "a<alt+enter>b<ctrl+j>c<shift+enter>d", "a\nb\nc\nd"},
		{"insert before", "b<left>a", "ab"},
		{"backspace joins lines", "a<alt+enter>b<left><backspace>", "ab"},
		{"delete joins lines", "a<alt+enter>b<up><end><delete>", "ab"},
		{"backspace at the start", "<backspace>a<home><backspace>", "a"},
		{"delete at the end", "a<delete>", "a"},
		{"word back", "one two  three<ctrl+w>", "one two  "},
		{"word back over blanks", "one two  <ctrl+w>", "one "},
		{"word forward", "one two<home><alt+d>", " two"},
		{"words", "one two<ctrl+left><ctrl+left>x<ctrl+right>y", "xoney two"},
		{"line start and end", "a b<alt+enter>cd<ctrl+u>e<ctrl+a><ctrl+k>", "a b\n"},
		{"up keeps the column", "abc<alt+enter>d<alt+enter>efg<up><up>X", "abcX\nd\nefg"},
		{"top and bottom", "ab<alt+enter>cd<ctrl+home>x<ctrl+end>y", "xab\ncdy"},
		{"a combining mark joins the letter before it", "e\u0301<backspace>", ""},
		{"an emoji family goes as one", "a👨‍👩‍👧<backspace>", "a"},
		{"left passes a cluster", "👩🏽x<left><left>y", "y👩🏽x"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEditor()
			e.resize(40, 5)
			typeKeys(e, tc.keys)
			if got := e.String(); got != tc.want {
				t.Errorf("%q wrote %q, want %q", tc.keys, got, tc.want)
			}
			if e.measure(); e.size != len(tc.want) {
				t.Errorf("size is %d, want %d", e.size, len(tc.want))
			}
		})
	}
}

func TestOnlyEnterSendsAndPasteNeverDoes(t *testing.T) {
	e := newEditor()
	e.paste("one\r\ntwo\rthree\n")
	if got := e.String(); got != "one\ntwo\nthree\n" {
		t.Errorf("pasting gave %q", got)
	}
	for _, name := range []string{"alt+enter", "ctrl+j", "shift+enter"} {
		if e.key(pressed(name)) != editorMoved {
			t.Errorf("%s is not a new line", name)
		}
	}
	if e.key(pressed("enter")) != editorSend {
		t.Error("enter does not send")
	}
	if e.key(pressed("esc")) != editorIgnored || e.empty() {
		t.Error("esc touched the text")
	}
}

func TestEditorTakesNoMoreThanAMessageHolds(t *testing.T) {
	e := newEditor()
	e.paste(strings.Repeat("x", e.limit))
	e.key(pressed("y"))
	if e.size != e.limit || e.notice == "" {
		t.Errorf("size is %d, notice %q", e.size, e.notice)
	}
	e.key(pressed("backspace"))
	if e.notice != "" {
		t.Error("the notice stays")
	}
	e.paste("ab")
	if e.size != e.limit-1 || e.notice == "" {
		t.Error("a paste that does not fit was taken in part")
	}
}

func TestEditorNeverHoldsWhatCannotBeShown(t *testing.T) {
	e := newEditor()
	e.paste("a\x1b[31mb\u009bc\x07")
	if got := e.String(); strings.ContainsAny(got, "\x1b\u009b\x07") || !strings.HasPrefix(got, "a") {
		t.Errorf("the editor holds %q", got)
	}
}

func TestEditorWrapsAndShowsTheCursor(t *testing.T) {
	e := newEditor()
	e.resize(10, 2)
	e.paste("one two three four five")
	row, col := e.cursor()
	if row != 2 || col != 9 {
		t.Errorf("the cursor is at %d, %d of %v", row, col, e.rows)
	}
	if e.scrollToCursor(); e.row(1) != "four five" || e.row(0) != "three" {
		t.Errorf("the editor shows %q and %q", e.row(0), e.row(1))
	}
	e.key(pressed("up"))
	e.key(pressed("up"))
	if e.scrollToCursor(); e.topRow != 0 {
		t.Errorf("the first row shown is %d", e.topRow)
	}
	if e.key(pressed("up")) != editorIgnored {
		t.Error("up at the first row is kept from the log")
	}
	if e.click(1, 1); e.line != 0 || e.at != len("one two t") {
		t.Errorf("a click put the cursor behind %q", e.lines[0][:e.at])
	}
	if e.click(30, 0); e.at != len("one two") {
		t.Errorf("a click behind a wrapped row put the cursor behind %q", e.lines[0][:e.at])
	}
}

func FuzzEditorStaysWhole(f *testing.F) {
	f.Add("ab\ncd", []byte{0, 1, 2, 3, 4, 5})
	f.Add("e\u0301👨‍👩‍👧 שלום\n\n", []byte{3, 3, 3, 0, 7, 8, 9})
	keys := []string{
		"left", "right", "up", "down", "backspace", "delete", "ctrl+w", "alt+d", "ctrl+u", "ctrl+k", "alt+enter",
		"home", "end", "ctrl+left", "ctrl+right", "ctrl+home", "ctrl+end", "x", "\u0301", "日", " ",
	}
	f.Fuzz(func(t *testing.T, text string, moves []byte) {
		e := newEditor()
		e.resize(12, 3)
		e.paste(text)
		for _, m := range moves {
			e.key(pressed(keys[int(m)%len(keys)]))
			e.scrollToCursor()
			if e.at != e.boundary(e.at) {
				t.Fatalf("the cursor is within a cluster: %q at %d", e.lines[e.line], e.at)
			}
			counted := e.size
			if e.measure(); e.size != counted {
				t.Fatalf("size is %d, counted %d", counted, e.size)
			}
			if row, col := e.cursor(); row < e.topRow || row >= e.topRow+e.height || col >= e.width {
				t.Fatalf("the cursor at %d, %d is off the screen", row, col)
			}
		}
	})
}
