package ui

import "golync/internal/text"

// keyWords are what a Skype user's help says of a key. Without help the key does nothing there.
type keyWords struct {
	does       action
	help, hint text.Safe
}

// skypeKeys is a key as the Skype window has it.
func skypeKeys(of scope, b binding) (binding, bool) {
	for _, w := range skypeKeyWords(of) {
		if w.does == b.does {
			b.help, b.hint = w.help, w.hint
			return b, w.help != ""
		}
	}
	return b, true
}

// skypeKeyWords are the keys of a scope that mean something else than to a Lync user.
func skypeKeyWords(of scope) []keyWords {
	switch {
	case of.same(windowKeys):
		return []keyWords{
			{"find", "Search your contacts and conversations", "search"},
			{"add", "Add Contacts: find a Lync user by SIP address", "add"},
			{"view", "CONTACTS or RECENT: the other one", ""},
			{"contacts", "CONTACTS", ""},
			{"conversations", "RECENT", ""},
			{"groups", "CONTACTS: who is online stands first", ""},
			{"status", "REQUESTS: people who want to add you as a contact", ""},
			{"relationships", "RECENT: your conversations and calls, the newest first", ""},
			{"new", "", ""},
			{"calls", "", ""},
			{"note", "Tell your friends what you're up to", ""},
			{"presence", "Change your status", ""},
			{"location", "", ""},
		}
	case of.same(contactKeys):
		return []keyWords{
			{"open", "Send an IM", "send IM"},
			{"fold", "", ""},
			{"menu", "Menu of the contact", "menu"},
			{"card", "View Profile", ""},
			{"remove", "Remove from Contacts", ""},
			{"select", "", ""},
			{"select none", "", ""},
			{"rename group", "", ""},
			{"group up", "", ""},
			{"group down", "", ""},
		}
	case of.same(newKeys):
		return []keyWords{
			{"accept", "Accept the contact request", "accept"},
			{"block", "Block the person for good", "block"},
			{"dismiss", "Decline the contact request", "decline"},
		}
	case of.same(noteKeys):
		return []keyWords{{"publish", "Publish the mood message", "publish"}}
	case of.same(pastKeys), of.same(editorKeys), of.same(loggedKeys):
		return []keyWords{{"card", "View Profile", ""}}
	}
	return nil
}

// addChapter is the chapter of the help page that only a Skype user has.
const addChapter text.Safe = "Add Contacts, in golync skype"

// skypeChapter is the title of a chapter as the Skype window has it.
func skypeChapter(title text.Safe) (text.Safe, bool) {
	switch title {
	case "GROUPS, STATUS, RELATIONSHIPS":
		return "CONTACTS", true
	case "NEW":
		return "REQUESTS", true
	case "Conversations":
		return "RECENT", true
	case "Calls in MISSED and CALLS":
		return "Calls in RECENT", true
	case "Your note and location":
		return "Your mood message", true
	case addChapter:
		return "Add Contacts", true
	}
	return title, true
}

// lyncChapter leaves the Skype user's chapter out.
func lyncChapter(title text.Safe) (text.Safe, bool) { return title, title != addChapter }
