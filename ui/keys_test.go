package ui

import (
	"strings"
	"testing"

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

// pressable says that a terminal without key enhancements can send one of the keys: ctrl+i is tab and
// ctrl+m is enter to it, and it has no shift+enter.
func pressable(t *testing.T, where text.Safe, b binding) {
	t.Helper()
	plain := false
	for _, key := range b.keys {
		switch name := string(key); {
		case name == "ctrl+i" || name == "ctrl+m" || name == "ctrl+[":
			t.Errorf("%s: %q has the key %s, which is another one to most terminals", where, b.does, name)
		case name == "shift+enter" || name == "ctrl+enter":
		default:
			plain = true
		}
	}
	if !plain {
		t.Errorf("%s: %q has no key that every terminal can send", where, b.does)
	}
}

func TestHelpPageNamesEveryKey(t *testing.T) {
	page := (&help{}).page(newCanvas())
	for _, ch := range chapters() {
		for _, s := range ch.scopes {
			for _, b := range s {
				found := false
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
