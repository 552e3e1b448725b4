package ui

import (
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

func TestNoKeyStandsForTwoThingsInOneChapter(t *testing.T) {
	for _, ch := range chapters() {
		seen := map[text.Safe]action{}
		for _, s := range ch.scopes {
			for _, b := range s {
				for _, key := range b.keys {
					if before, twice := seen[key]; twice {
						t.Errorf("%s: %q is %q and %q", ch.title, key, before, b.does)
					}
					seen[key] = b.does
				}
			}
		}
	}
}

// The window's keys are in force together with those of the list.
func TestListKeysLeaveTheWindowKeysAlone(t *testing.T) {
	for _, s := range []scope{listKeys, contactKeys, newKeys, hintKeys} {
		for _, b := range s {
			for _, key := range b.keys {
				if does := windowKeys.of(pressed(string(key))); does != "" {
					t.Errorf("%q is %q in the list and %q in the window", key, b.does, does)
				}
			}
		}
	}
}

func TestEveryBindingIsExplainedAndCanBePressed(t *testing.T) {
	for _, ch := range chapters() {
		for _, s := range ch.scopes {
			for _, b := range s {
				if b.does == "" || len(b.keys) == 0 {
					t.Errorf("%s: binding %+v", ch.title, b)
					continue
				}
				if first := string(b.help)[:min(1, len(b.help))]; first == "" || first != strings.ToUpper(first) || strings.HasSuffix(string(b.help), ".") {
					t.Errorf("%s: %q is explained as %q", ch.title, b.does, b.help)
				}
				pressable(t, ch.title, b)
			}
		}
	}
}

// pressable says that a terminal without key enhancements can send one of the keys.
func pressable(t *testing.T, where text.Safe, b binding) {
	t.Helper()
	plain := false
	for _, key := range b.keys {
		if is := disguised(string(key)); is != "" {
			t.Errorf("%s: %q has the key %s, which is %s to most terminals", where, b.does, key, is)
		}
		k, ok := keyPress(string(key))
		if !ok {
			t.Errorf("%s: %q has the key %s, which does not exist", where, b.does, key)
		}
		plain = plain || !enhanced(k)
	}
	if !plain {
		t.Errorf("%s: %q has no key that every terminal can send", where, b.does)
	}
}

// enhanced says that only terminals with keyboard enhancements (the kitty protocol) can send a key: to the
// others, ctrl with anything but a letter and a few signs is the key without it, and shift beside ctrl is lost.
func enhanced(k tea.KeyPressMsg) bool {
	switch k.Code {
	case tea.KeyEnter, tea.KeyTab, tea.KeyEscape, tea.KeySpace, tea.KeyBackspace:
		plain := k.Mod == 0 || k.Mod == tea.ModAlt || k.Code == tea.KeyTab && k.Mod == tea.ModShift || k.Code == tea.KeySpace && k.Mod == tea.ModCtrl
		return !plain
	}
	if k.Code > unicode.MaxRune || k.Mod&tea.ModCtrl == 0 {
		return false
	}
	letter := k.Code >= 'a' && k.Code <= 'z' || strings.ContainsRune(`@\]^_`, k.Code)
	return !letter || k.Mod&tea.ModShift != 0
}

func TestHelpPageNamesEveryKey(t *testing.T) {
	for _, f := range []Face{FaceLync, FaceSkype} {
		everyKeyIsNamed(t, &model{deps: Deps{Options: Options{Face: f}}})
	}
}

// everyKeyIsNamed says that the help page of a window names every key that does something there.
func everyKeyIsNamed(t *testing.T, m *model) {
	t.Helper()
	c := newCanvas()
	c.worded = m.guise().in
	page := newHelp(m).page(c)
	for _, ch := range chapters() {
		if _, has := m.guise().chapter(ch.title); !has {
			continue
		}
		for _, s := range ch.scopes {
			for _, b := range s {
				b, found := m.guise().keys(s, b)
				found = !found
				for _, row := range page {
					found = found || row.help == b.help && strings.HasPrefix(string(row.keys), string(newCanvas().keyName(b.keys[0])))
				}
				if !found {
					t.Errorf("%s: %q is not on the help page", ch.title, b.does)
				}
			}
		}
	}
}
