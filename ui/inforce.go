package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// inForce are the scopes in which a key can mean something now, the first one first: the table says which
// ones stand together.
func (m *model) inForce() []scope {
	if m.layout.small {
		return []scope{windowKeys}
	}
	var all []scope
	for _, s := range m.top().keys() {
		all = append(all, s)
		for _, ch := range chapters() {
			if slices.ContainsFunc(ch.scopes, s.same) && !s.same(windowKeys) {
				all = append(all, ch.scopes...)
			}
		}
	}
	if m.dialogs.top() == nil && !m.help.open && !m.signIn.open {
		if m.focus == onTalk {
			all = append(all, editorKeys)
		}
		all = append(all, windowKeys)
	}
	return all
}

// leaves reports whether a key leaves golync: whatever lies over the window, unless the key writes there or
// means something else to what has the keys.
func (m *model) leaves(k tea.KeyPressMsg) bool {
	if k.Code >= deeds {
		return windowKeys.of(k) == "quit"
	}
	for _, s := range append(m.inForce(), windowKeys) {
		if types(k) && slices.ContainsFunc(namedScopes(), func(n namedScope) bool { return n.typed && n.keys.same(s) }) {
			return false
		}
		if b := m.canvas.keys.of(s).binding(k.String()); b != nil {
			return b.does == "quit"
		}
	}
	return false
}
