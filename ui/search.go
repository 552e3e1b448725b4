package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// searchPage looks through everything that was said, as the query is typed. It outlives being closed: whoever
// went to one of the results finds them as they were.
type searchPage struct {
	m      *model
	field  field
	list   list
	scope  contacts.Address // of whose conversation; "" means all
	person contacts.Address // whom the scope can be narrowed to; "" for nobody
	left   contacts.Address // the conversation that the last result chosen stands in
	goes   bool             // enter was pressed before the results were there: to the first one, once it is
}

func newSearchPage(m *model) *searchPage {
	return &searchPage{m: m, field: field{placeholder: "Search conversations"}}
}

// searchKeys work on the search page. The page says them in its lower edge.
var searchKeys = scope{
	{"open", []text.Safe{"enter"}, "Go to the message", ""},
	{"up", []text.Safe{"up", "ctrl+p"}, "Up", ""},
	{"down", []text.Safe{"down", "ctrl+n"}, "Down", ""},
	{"page up", []text.Safe{"pgup"}, "A page up", ""},
	{"page down", []text.Safe{"pgdown"}, "A page down; more are fetched", ""},
	{"scope", []text.Safe{"tab", "shift+tab"}, "All conversations, or the one in front", ""},
	{"leave", []text.Safe{"esc", "ctrl+f", "ctrl+shift+f"}, "Back; the results stay", ""},
}

// openSearch opens the search page: with a query, or with the one before when it is empty and the page is
// about the same. peer narrows it to the conversation with one person; "" means all. Whoever comes back from a
// result finds the others as they were; else the query is asked again, because more may have been said.
func openSearch(m *model, query string, peer contacts.Address) {
	s := m.search
	m.close(s)
	s.goes = false
	s.person = peer
	if front := m.conversation.front(); peer == "" && front != nil {
		s.person = front.Peer
	}
	back := s.left != "" && s.query() == m.state.Found().Query
	switch before := query == "" && s.query() != ""; {
	case before && back && (peer == s.scope || peer == s.left):
	case before && peer == s.scope:
		s.askAgain()
	default:
		s.scope, s.left = peer, ""
		s.field.set(strings.TrimSpace(query))
		s.askAgain()
	}
	m.open(s)
}

// askAgain forgets what was found and looks again.
func (s *searchPage) askAgain() {
	s.m.do(s.m.state.Search(s.m.now(), "", s.scope))
	s.ask()
}

// ask looks for what stands in the field now. State sees to it that the last query wins.
func (s *searchPage) ask() {
	s.list, s.goes = list{}, false
	s.m.do(s.m.state.Search(s.m.now(), s.query(), s.scope))
}

func (s *searchPage) query() string { return strings.TrimSpace(s.field.value()) }

// hits are what has been found so far.
func (s *searchPage) hits() []app.Hit { return s.m.state.Found().Hits }

// nearEnd is how many results may be left below before more are fetched.
const nearEnd = 10

// updated runs after every Update. It goes where enter was to go, and fetches more results before they are needed.
func (s *searchPage) updated() {
	if s.m.dialogs.top() != dialog(s) {
		return
	}
	found := s.m.state.Found()
	if s.goes && !found.Searching {
		s.goes = false
		s.jump(0)
		return
	}
	if !found.More || found.Searching {
		return
	}
	if max(s.list.selected, s.list.top+s.list.visible)+nearEnd >= len(found.Hits) {
		s.m.do(s.m.state.SearchOn(s.m.now()))
	}
}

func (s *searchPage) key(k tea.KeyPressMsg) bool {
	n := len(s.hits())
	s.goes = false
	switch searchKeys.of(k) {
	case "open":
		s.enter()
	case "up":
		s.list.choose(s.list.selected-1, n)
	case "down":
		s.list.choose(s.list.selected+1, n)
	case "page up":
		s.list.choose(s.list.selected-max(s.list.visible-1, 1), n)
	case "page down":
		s.list.choose(s.list.selected+max(s.list.visible-1, 1), n)
	case "scope":
		s.otherScope()
	case "leave":
		s.left = ""
		s.m.close(s)
	default:
		return s.write(func() bool { return s.field.key(k) })
	}
	return true
}

func (s *searchPage) paste(pasted string) {
	s.write(func() bool { s.field.insert(strings.TrimSpace(pasted)); return true })
	s.m.roomFor(&s.field)
}

// write changes the query and looks again when it says something else now.
func (s *searchPage) write(change func() bool) bool {
	before := s.query()
	taken := change()
	if s.query() != before {
		s.ask()
	}
	return taken
}

// otherScope looks through the other one of all conversations and one.
func (s *searchPage) otherScope() {
	if s.scope == "" {
		s.narrow(s.person)
	} else {
		s.narrow("")
	}
}

// narrow looks through the conversation with a person, or through all.
func (s *searchPage) narrow(to contacts.Address) {
	if to != s.scope {
		s.scope = to
		s.ask()
	}
}

// enter goes to the selected result. Whoever types fast presses it before the search has come to an end, and means
// the first one.
func (s *searchPage) enter() {
	found := s.m.state.Found()
	if found.Searching && s.list.selected == 0 && (found.Stale || len(found.Hits) == 0) {
		s.goes = true
		return
	}
	s.jump(s.list.selected)
}

// jump closes the page and goes to a message, around which the conversation then stands.
func (s *searchPage) jump(i int) {
	hits := s.hits()
	if i >= len(hits) {
		return
	}
	found := &hits[i].Message
	s.left = contacts.Address(found.Peer)
	s.m.close(s)
	s.m.talkAt(s.left, found.Seq)
}

func (s *searchPage) len() int { return len(s.hits()) }

// height is who and when in the first row, the words in the second.
func (*searchPage) height(int) int { return 2 }

// click selects a result; the second click goes there.
func (s *searchPage) click(i int, _ rect, p pointer) {
	if p.again {
		s.jump(i)
	}
}

func (*searchPage) light() bool { return false }

func (*searchPage) keys() []scope { return []scope{searchKeys} }
