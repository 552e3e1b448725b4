package ui

import "slices"

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
