package ui

import (
	"slices"
	"strings"

	"golync/internal/text"
)

// namedScope is a scope with the name that the configuration has for it.
type namedScope struct {
	name   text.Safe
	keys   scope
	typed  bool              // somebody may be writing: a key that types does nothing else
	window bool              // the window's own keys are in force beside it
	always bool              // in force beside every other scope
	byName func(action) bool // its screen looks at the key's name for this action, not at the table; nil for none
}

// namedScopes are all of them. Names are part of people's configurations: they never change.
func namedScopes() []namedScope {
	return []namedScope{
		{name: "window", keys: windowKeys, window: true},
		{name: "list", keys: listKeys, window: true},
		{name: "contact", keys: contactKeys, window: true},
		{name: "new", keys: newKeys, window: true},
		{name: "past", keys: pastKeys, window: true},
		{name: "logged", keys: loggedKeys, window: true},
		{name: "hint", keys: hintKeys, window: true},
		{name: "find", keys: findKeys, typed: true},
		{name: "search", keys: searchKeys, typed: true},
		{name: "add-contacts", keys: addKeys, typed: true},
		{name: "note", keys: noteKeys, typed: true},
		{name: "sign-in", keys: signInKeys, typed: true},
		{name: "first-run", keys: askKeys, typed: true},
		{name: "help", keys: helpKeys},
		{name: "help-find", keys: helpFindKeys, typed: true},
		{name: "conversation", keys: editorKeys, typed: true, byName: writes},
		{name: "messages", keys: pickKeys},
		{name: "commands", keys: completeKeys, typed: true},
		{name: "menu", keys: menuKeys, byName: all},
		{name: "dialog", keys: formKeys, typed: true, byName: all},
		{name: "call", keys: callKeys, typed: true, always: true},
		{name: "dial-pad", keys: dialKeys, typed: true},
		{name: "transfer", keys: transferKeys, typed: true},
	}
}

// all and writes are the actions that are known by the names of their keys.
func all(action) bool { return true }

func writes(does action) bool { return does == "send" || does == "new line" }

// same says that two scopes are one: the tables are told apart by where they lie.
func (s scope) same(other scope) bool {
	return len(s) > 0 && len(other) > 0 && &s[0] == &other[0]
}

// configured is the name of an action in the configuration, such as "conversation.new-line".
func (n namedScope) configured(does action) string {
	return string(n.name) + "." + strings.ReplaceAll(string(does), " ", "-")
}

// keymap is the table of keys as the user wants it. The zero value is the table as it is.
type keymap struct{ rebound []namedScope }

// newKeymap puts the user's keys, by SCOPE.ACTION, in the place of the table's. What is wrong with them is a
// *KeyError.
func newKeymap(keys map[string][]string) (keymap, error) {
	if len(keys) == 0 {
		return keymap{}, nil
	}
	m := keymap{rebound: namedScopes()}
	for i := range m.rebound {
		m.rebound[i].keys = slices.Clone(m.rebound[i].keys)
	}
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names) // so that of two mistakes it is always the same one that is told
	for _, name := range names {
		if err := m.rebind(name, keys[name]); err != nil {
			return keymap{}, err
		}
	}
	for _, name := range names {
		if err := m.conflict(name); err != nil {
			return keymap{}, err
		}
	}
	return m, nil
}

// rebind gives an action other keys.
func (m keymap) rebind(name string, keys []string) error {
	at, does := m.find(name)
	if does < 0 {
		return &KeyError{name, "there is no such action: expected " + m.names(at)}
	}
	if len(keys) == 0 {
		return &KeyError{name, "expected at least one key"}
	}
	bound := make([]text.Safe, len(keys))
	for i, key := range keys {
		k, ok := keyPress(key)
		if !ok {
			return &KeyError{name, "there is no key " + quoted(key) + ": expected a character, enter, tab, esc, space, backspace, delete, insert, up, down, left, right, home, end, pgup, pgdown, menu or f1 to f12, with ctrl+, alt+ or shift+ in front or without"}
		}
		written := k.String()
		if is := disguised(written); is != "" {
			return &KeyError{name, quoted(key) + " is the same as " + string(is) + " to most terminals"}
		}
		if m.rebound[at].typed && types(k) {
			return &KeyError{name, quoted(key) + " writes there: expected a key with ctrl or alt, or one such as enter or f2"}
		}
		bound[i] = text.From(written).Line()
	}
	m.rebound[at].keys[does].keys = bound
	return nil
}

// quoted is what the user wrote, fit for an error.
func quoted(s string) string { return `"` + string(text.From(s).Line()) + `"` }

// find is the place of an action: which scope, -1 when there is none, and which of its bindings, -1 likewise.
func (m keymap) find(name string) (at, does int) {
	word, _, _ := strings.Cut(name, ".")
	at = slices.IndexFunc(m.rebound, func(n namedScope) bool { return string(n.name) == word })
	if at < 0 {
		return -1, -1
	}
	n := m.rebound[at]
	return at, slices.IndexFunc(n.keys, func(b binding) bool { return n.configured(b.does) == name })
}

// names are what can stand in the configuration: the actions of a scope, or all scopes.
func (m keymap) names(at int) string {
	var all []string
	if at < 0 {
		for _, n := range m.rebound {
			all = append(all, string(n.name))
		}
		return "SCOPE.ACTION, where SCOPE is one of " + strings.Join(all, ", ")
	}
	for _, b := range m.rebound[at].keys {
		all = append(all, m.rebound[at].configured(b.does))
	}
	return strings.Join(all, ", ")
}

// conflict finds out whether a key of an action means something else as well where the action is in force.
func (m keymap) conflict(name string) error {
	at, does := m.find(name)
	for _, key := range m.rebound[at].keys[does].keys {
		for other, n := range m.rebound {
			if !together(m.rebound[at], n) {
				continue
			}
			for i, b := range n.keys {
				if n.always != m.rebound[at].always && !m.chosen(other, i) {
					continue // of the two the user's own goes first: see model.callDeed
				}
				if (other != at || i != does) && slices.Contains(b.keys, key) && !m.shadows(at, does, other, i, key) {
					return &KeyError{name, quoted(string(key)) + " is " + n.configured(b.does) + " already: give that another key first"}
				}
			}
		}
	}
	return nil
}

// chosen says that the user has given an action keys of his own.
func (m keymap) chosen(at, does int) bool {
	return !slices.Equal(m.rebound[at].keys[does].keys, m.rebound[at].table()[does].keys)
}

// taken says that the user has given a key to an action of one of the scopes.
func (m keymap) taken(key string, scopes []scope) bool {
	if m.rebound == nil {
		return false
	}
	for _, s := range scopes {
		if b := m.of(s).binding(key); b != nil && s.binding(key) == nil {
			return true
		}
	}
	return false
}

// shadows says that golync's own table has a key for both: one of the two is never reached, by intention.
func (m keymap) shadows(at, does, other, otherDoes int, key text.Safe) bool {
	return slices.Contains(m.rebound[at].table()[does].keys, key) && slices.Contains(m.rebound[other].table()[otherDoes].keys, key)
}

// together says that two scopes are in force at the same time. The lists of the window take the keys before
// the window does, which is no excuse: help shows both.
func together(a, b namedScope) bool {
	if a.name == b.name || a.always || b.always {
		return true
	}
	if a.name == "window" || b.name == "window" {
		return a.window && b.window
	}
	for _, ch := range chapters() {
		has := func(n namedScope) bool {
			return slices.ContainsFunc(ch.scopes, func(s scope) bool { return s.same(n.table()) })
		}
		if has(a) && has(b) {
			return true
		}
	}
	return false
}

// table is the scope as golync has it, whatever the user made of it.
func (n namedScope) table() scope {
	for _, other := range namedScopes() {
		if other.name == n.name {
			return other.keys
		}
	}
	return nil
}

// of is a scope as the user wants it.
func (m keymap) of(s scope) scope {
	if m.rebound == nil {
		return s
	}
	for i, n := range namedScopes() {
		if n.keys.same(s) {
			return m.rebound[i].keys
		}
	}
	return s
}

// keysOf is a scope as help lines and the help page have it: with the user's keys, in the words of the face.
func (c *canvas) keysOf(s scope) scope {
	if c.worded == nil {
		return c.keys.of(s)
	}
	return c.worded(s, c.keys.of(s))
}

// shown is the key that is shown for an action.
func (m keymap) shown(s scope, does action) text.Safe { return m.of(s).shown(does) }

// KeyError is a mistake in the user's keys.
type KeyError struct {
	Action string // as the configuration has it, such as "window.find"
	Says   string // what is wrong, and what was expected
}

// Error says both.
func (e *KeyError) Error() string { return e.Action + ": " + e.Says }

// CheckKeys says what is wrong with keys that Options are to have: nil or a *KeyError.
func CheckKeys(keys map[string][]string) error {
	_, err := newKeymap(keys)
	return err
}
