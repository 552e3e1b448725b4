package ui

import (
	"strings"

	"golync/contacts"
)

// requestRows are the requests of NEW that the Find box lists for a query, above everybody of the past: who looks for
// somebody who has just added him wants to answer. Every word has to occur in the name or the address.
func requestRows(m *model, query string) (rows []foundRow) {
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return nil
	}
	for _, r := range m.state.Requests() {
		if containsAll(strings.ToLower(r.Name.Raw()+"\n"+contacts.Readable(r.Address.IM())), words) {
			rows = append(rows, foundRow{
				sign: signDot, label: m.nameAndAddress(r.Address), hint: "has added you: accept",
				do: func() { m.guise().answer(m, r) },
			})
		}
	}
	return rows
}
