package ui

import (
	"strings"

	"golync/internal/text"
)

// pastLimit bounds how many past conversations the Find box lists.
const pastLimit = 20

// pastRows are the past conversations that the Find box lists for a query: with people who are not contacts,
// because those stand above. Every word has to occur in the name or the address, as with contacts.
func pastRows(m *model, query string) (rows []foundRow) {
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return nil
	}
	for i := range m.state.PastCount() {
		past := m.state.Past(i)
		if _, contact := m.state.Contacts().Get(past.Peer); contact {
			continue // most are, and this costs less than to look
		}
		if !containsAll(strings.ToLower(m.state.NameOf(past.Peer).Raw()+"\n"+past.Peer.IM()), words) {
			continue
		}
		a := past.Peer
		hint := when(past.Last.At, m.now(), m.zone()) + " " + signDot + " " + lastWords(&past)
		rows = append(rows, foundRow{
			sign: signDot, label: m.nameOf(a) + " (" + m.addressOf(a) + ")", hint: hint,
			do: func() { m.talkTo(a) },
		})
		if len(rows) == pastLimit {
			break
		}
	}
	return rows
}

func containsAll(hay string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

// searchRow is the row of the Find box that leads on to what was said.
func searchRow(m *model, query string) foundRow {
	return foundRow{
		sign: signFind, label: "Search all conversations for “" + text.From(query).Line() + "”",
		do: func() { openSearch(m, query, "") },
	}
}
