package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// deeds is where the codes begin that stand for an action instead of a key: beyond every character.
const deeds = 0x200000

// perScope is more than any scope has bindings.
const perScope = 1000

// deed is a key press that means an action and nothing else, to the scope that has it.
func deed(at, does int) tea.KeyPressMsg {
	return tea.KeyPressMsg{Code: deeds + rune(at*perScope+does)}
}

// deedOf is the action of s that a key press of deed means; false says that the press is an ordinary one.
func (s scope) deedOf(k tea.KeyPressMsg) (action, bool) {
	if k.Code < deeds {
		return "", false
	}
	at, does := int(k.Code-deeds)/perScope, int(k.Code-deeds)%perScope
	if n := namedScopes()[at]; n.keys.same(s) {
		return s[does].does, true
	}
	return "", true
}

// press is the press that does an action of a scope whatever the keys: what a click on it means.
func press(s scope, does action) tea.KeyPressMsg {
	for at, n := range namedScopes() {
		if !n.keys.same(s) {
			continue
		}
		i := slices.IndexFunc(s, func(b binding) bool { return b.does == does })
		if n.byName != nil && n.byName(does) {
			k, _ := keyPress(string(s[i].keys[0]))
			return k
		}
		return deed(at, i)
	}
	return tea.KeyPressMsg{}
}

// translate makes of a key what the user wants it to mean where these scopes are in force, the first one
// first: the press of an action, nothing at all for a key that was given away, or the key itself.
func (m keymap) translate(k tea.KeyPressMsg, inForce func() []scope) tea.KeyPressMsg {
	if m.rebound == nil || k.Code >= deeds {
		return k
	}
	name, given := k.String(), false
	writing := false
	for _, s := range inForce() {
		at := slices.IndexFunc(namedScopes(), func(n namedScope) bool { return n.keys.same(s) })
		if at < 0 {
			continue
		}
		n := m.rebound[at]
		if writing = writing || n.typed; writing && types(k) {
			return k
		}
		if b := n.keys.binding(name); b != nil {
			return press(s, b.does)
		}
		given = given || s.binding(name) != nil
	}
	if given {
		return tea.KeyPressMsg{}
	}
	return k
}
