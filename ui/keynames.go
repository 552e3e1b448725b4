package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// namedKey is the code of a key that has a name, or 0.
func namedKey(name string) rune {
	switch name {
	case "enter":
		return tea.KeyEnter
	case "tab":
		return tea.KeyTab
	case "esc":
		return tea.KeyEscape
	case "space":
		return tea.KeySpace
	case "backspace":
		return tea.KeyBackspace
	case "delete":
		return tea.KeyDelete
	case "insert":
		return tea.KeyInsert
	case "up":
		return tea.KeyUp
	case "down":
		return tea.KeyDown
	case "left":
		return tea.KeyLeft
	case "right":
		return tea.KeyRight
	case "home":
		return tea.KeyHome
	case "end":
		return tea.KeyEnd
	case "pgup":
		return tea.KeyPgUp
	case "pgdown":
		return tea.KeyPgDown
	case "menu":
		return tea.KeyMenu
	}
	return functionKey(name)
}

// functionKey is the code of f1 to f12, or 0.
func functionKey(name string) rune {
	names := [...]string{"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12"}
	if i := slices.Index(names[:], name); i >= 0 {
		return tea.KeyF1 + rune(i)
	}
	return 0
}

// keyPress is the press of a key, by the name that tea gives it, such as "ctrl+f", "enter" or "G"; false says
// that there is no such key. Modifiers may come in any order.
func keyPress(name string) (tea.KeyPressMsg, bool) {
	var k tea.Key
	for {
		head, tail, ok := strings.Cut(name, "+")
		if !ok || tail == "" {
			break
		}
		switch head {
		case "ctrl":
			k.Mod |= tea.ModCtrl
		case "alt":
			k.Mod |= tea.ModAlt
		case "shift":
			k.Mod |= tea.ModShift
		default:
			return tea.KeyPressMsg{}, false
		}
		name = tail
	}
	if k.Code = namedKey(name); k.Code == 0 {
		r, size := utf8.DecodeRuneInString(name)
		if size != len(name) || r == utf8.RuneError || !unicode.IsGraphic(r) || r == ' ' {
			return tea.KeyPressMsg{}, false
		}
		k.Code = r
	}
	k.Text = textOf(k)
	return tea.KeyPressMsg(k), true
}

// textOf is what a key types.
func textOf(k tea.Key) string {
	switch {
	case k.Mod&(tea.ModCtrl|tea.ModAlt) != 0:
		return ""
	case k.Code == tea.KeySpace:
		return " "
	case k.Code > unicode.MaxRune || k.Code < ' ' || k.Code == tea.KeyBackspace:
		return ""
	case k.Mod == tea.ModShift:
		return string(unicode.ToUpper(k.Code))
	}
	return string(k.Code)
}

// types says that a key writes or deletes where somebody is writing.
func types(k tea.KeyPressMsg) bool {
	return k.Text != "" || k.Code == tea.KeyBackspace && k.Mod == 0
}

// disguised is the key for which every terminal takes a control character, or "".
func disguised(key string) text.Safe {
	switch key {
	case "ctrl+i":
		return "tab"
	case "ctrl+m":
		return "enter"
	case "ctrl+[":
		return "esc"
	}
	return ""
}
