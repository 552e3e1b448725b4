package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
)

// action is what a key asks for, within one scope.
type action string

// binding is one line of the table of keys: behaviour, help line and help page come from it.
type binding struct {
	does action
	keys []text.Safe // as tea names them; the first one is shown
	help text.Safe   // a sentence for the help page
	hint text.Safe   // one or two words for the help line; empty keeps it out
}

// scope is the keys of one part of the window, in the order in which help shows them.
type scope []binding

// of is what a key means in this scope, or "".
func (s scope) of(k tea.KeyPressMsg) action {
	if does, ok := s.deedOf(k); ok {
		return does
	}
	if b := s.binding(k.String()); b != nil {
		return b.does
	}
	return ""
}

// binding is the line of the table with a key, or nil.
func (s scope) binding(key string) *binding {
	for i, b := range s {
		if slices.ContainsFunc(b.keys, func(k text.Safe) bool { return string(k) == key }) {
			return &s[i]
		}
	}
	return nil
}

// shown is the key that help shows for an action of this scope.
func (s scope) shown(does action) text.Safe {
	i := slices.IndexFunc(s, func(b binding) bool { return b.does == does })
	return s[i].keys[0]
}

// windowKeys work wherever nobody else takes the key: not while something is being written.
var windowKeys = scope{
	{"find", []text.Safe{"/", "ctrl+f"}, "Find someone among the contacts, or type any address", "find"},
	{"add", []text.Safe{"a", "+"}, "Add a Contact", "add"},
	{"view", []text.Safe{"v"}, "Contacts or Conversations: the other view", "view"},
	{"contacts", []text.Safe{"alt+1", "ctrl+1"}, "Contacts", ""},
	{"conversations", []text.Safe{"5", "alt+3", "ctrl+3"}, "Conversations: all that there were", ""},
	{"calls", []text.Safe{"6", "alt+4", "ctrl+4"}, "CALLS: missed, dialled and received calls", ""},
	{"search", []text.Safe{"f", "ctrl+shift+f"}, "Search all conversations", ""},
	{"groups", []text.Safe{"1"}, "GROUPS: your contacts by group; ALL in Conversations", ""},
	{"status", []text.Safe{"2"}, "STATUS: who is there; MISSED in Conversations", ""},
	{"relationships", []text.Safe{"3"}, "RELATIONSHIPS: who sees what of you; UNREAD in Conversations", ""},
	{"new", []text.Safe{"4"}, "NEW: people who added you", ""},
	{"previous tab", []text.Safe{"left"}, "Previous tab", ""},
	{"next tab", []text.Safe{"right"}, "Next tab", ""},
	{"note", []text.Safe{"n"}, "Write what's happening today", ""},
	{"presence", []text.Safe{"p"}, "Change your presence", ""},
	{"location", []text.Safe{"l"}, "Set Your Location", ""},
	{"options", []text.Safe{"o"}, "Options", "options"},
	{"forwarding", []text.Safe{"C"}, "Call Forwarding: where calls for you go", ""},
	{"conversation", []text.Safe{"tab", "ctrl+t"}, "Go to the conversation and back", ""},
	{"reopen", []text.Safe{"alt+r", "ctrl+shift+t"}, "Open the conversation closed last", ""},
	{"announcement", []text.Safe{"ctrl+g", "alt+c"}, "Go to what was just announced", ""},
	{"dismiss", []text.Safe{"esc", "alt+i"}, "Take away what was just announced", ""},
	{"sign in", []text.Safe{"s"}, "Sign in, when you are not; try again now", ""},
	{"notice", []text.Safe{"x"}, "Take the notice above the list away", ""},
	{"help", []text.Safe{"?", "f1"}, "Show this page", "help"},
	{"redraw", []text.Safe{"ctrl+l"}, "Draw the window again", ""},
	{"suspend", []text.Safe{"ctrl+z"}, "Go back to the shell; fg brings golync back", ""},
	{"quit", []text.Safe{"ctrl+q", "ctrl+c"}, "Leave golync, whatever lies over the window", "quit"},
}

// listKeys move through any list.
var listKeys = scope{
	{"up", []text.Safe{"up", "k"}, "Up", ""},
	{"down", []text.Safe{"down", "j"}, "Down", ""},
	{"page up", []text.Safe{"pgup", "ctrl+u"}, "A page up", ""},
	{"page down", []text.Safe{"pgdown", "ctrl+d"}, "A page down", ""},
	{"first", []text.Safe{"home", "g"}, "To the top", ""},
	{"last", []text.Safe{"end", "G"}, "To the bottom", ""},
}

// contactKeys act on the selected heading or contact of GROUPS, STATUS and RELATIONSHIPS.
var contactKeys = scope{
	{"open", []text.Safe{"enter"}, "Send an IM; open or close a heading", "open"},
	{"fold", []text.Safe{"space"}, "Open or close the heading", ""},
	{"menu", []text.Safe{"m", "menu", "shift+f10"}, "Menu of the contact or group", "menu"},
	{"call", []text.Safe{"alt+p", "ctrl+enter"}, "Call the contact", ""},
	{"card", []text.Safe{"c", "alt+enter"}, "See Contact Card", ""},
	{"remove", []text.Safe{"delete", "shift+delete"}, "Remove the contact; delete the group", ""},
	{"select", []text.Safe{"t", "insert"}, "Select several contacts: this one too, or no longer", ""},
	{"select none", []text.Safe{"T"}, "Select nobody", ""},
	{"rename group", []text.Safe{"f2"}, "Rename the group", ""},
	{"group up", []text.Safe{"alt+up"}, "Move the group up", ""},
	{"group down", []text.Safe{"alt+down"}, "Move the group down", ""},
}

// newKeys act on the selected request of NEW.
var newKeys = scope{
	{"accept", []text.Safe{"enter"}, "Accept: add the person to a group", "accept"},
	{"block", []text.Safe{"b"}, "Block the person", "block"},
	{"dismiss", []text.Safe{"d", "delete"}, "Dismiss the request", "dismiss"},
	{"menu", []text.Safe{"m", "menu", "shift+f10"}, "Menu of the person", ""},
}

// findKeys work in the Find box.
var findKeys = scope{
	{"open", []text.Safe{"enter"}, "Send an IM to the one found, or do what is offered", "choose"},
	{"up", []text.Safe{"up"}, "Up", ""},
	{"down", []text.Safe{"down"}, "Down", ""},
	{"call", []text.Safe{"alt+p", "ctrl+enter"}, "Call the one found, or the address or number typed", ""},
	{"menu", []text.Safe{"menu", "shift+f10", "ctrl+e"}, "Menu of the one found", ""},
	{"leave", []text.Safe{"esc"}, "Back to the list", "back"},
}

// noteKeys work while the note or the location is written.
var noteKeys = scope{
	{"publish", []text.Safe{"enter"}, "Publish the note or the location", "publish"},
	{"leave", []text.Safe{"esc", "tab"}, "Leave it as it was", "cancel"},
}

// signInKeys work in the sign-in form.
var signInKeys = scope{
	{"sign in", []text.Safe{"enter"}, "Sign in", "sign in"},
	{"other", []text.Safe{"ctrl+n"}, "Sign in with another address", "other address"},
	{"leave", []text.Safe{"esc"}, "Look at the window without signing in", "later"},
	{"quit", []text.Safe{"ctrl+q", "ctrl+c"}, "Leave golync", "quit"},
}

// askKeys work in the sign-in form of the first run, before there is a window.
var askKeys = scope{
	{"sign in", []text.Safe{"enter"}, "Sign in", "sign in"},
	{"next", []text.Safe{"tab", "down"}, "Next field", "next"},
	{"previous", []text.Safe{"shift+tab", "up"}, "Previous field", ""},
	{"quit", []text.Safe{"esc", "ctrl+q", "ctrl+c"}, "Leave golync", "quit"},
}

// helpKeys work on the help page.
var helpKeys = scope{
	{"leave", []text.Safe{"esc", "q", "?", "f1", "enter"}, "Back", "back"},
	{"find", []text.Safe{"/", "ctrl+f"}, "Find a key, or what one does", "find"},
	{"up", []text.Safe{"up", "k"}, "Up", ""},
	{"down", []text.Safe{"down", "j"}, "Down", "scroll"},
	{"page up", []text.Safe{"pgup"}, "A page up", ""},
	{"page down", []text.Safe{"pgdown", "space"}, "A page down", ""},
	{"quit", []text.Safe{"ctrl+q", "ctrl+c"}, "Leave golync", ""},
}

// helpFindKeys work while something is looked for on the help page.
var helpFindKeys = scope{
	{"leave", []text.Safe{"esc"}, "The whole page again", "all keys"},
	{"read", []text.Safe{"enter", "tab"}, "Back to the page, which shows what was found", "done"},
	{"up", []text.Safe{"up"}, "Up", ""},
	{"down", []text.Safe{"down"}, "Down", ""},
	{"page up", []text.Safe{"pgup"}, "A page up", ""},
	{"page down", []text.Safe{"pgdown"}, "A page down", ""},
}

// chapter is a heading of the help page. Keys of the scopes in one chapter are in force together, so no
// key may stand in it twice.
type chapter struct {
	title  text.Safe
	scopes []scope
}

// chapters is the help page, in order.
func chapters() []chapter {
	return append([]chapter{
		{"The window", []scope{windowKeys}},
		{"GROUPS, STATUS, RELATIONSHIPS", []scope{listKeys, contactKeys}},
		{"NEW", []scope{listKeys, newKeys}},
		{"Conversations", []scope{listKeys, pastKeys}},
		{"Calls in MISSED and CALLS", []scope{listKeys, loggedKeys}},
		{"Find someone", []scope{findKeys}},
		{"Search", []scope{searchKeys}},
		{addChapter, []scope{addKeys}},
		{"Your note and location", []scope{noteKeys}},
		{"Sign in", []scope{signInKeys}},
		{"This page", []scope{helpKeys}},
		{"This page, while you look for something", []scope{helpFindKeys}},
	}, talkChapters()...)
}

// hintKeys act on the row of NEW that says what the Alerts options hold back.
var hintKeys = scope{{"alerts", []text.Safe{"enter"}, "Open Options ▸ Alerts", "Options ▸ Alerts"}}
