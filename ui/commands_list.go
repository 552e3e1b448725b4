package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// commands are all of them, in the order of the alphabet, as the list shows them.
func commands() []command {
	return []command{
		{name: "/add", words: "Add the person to the list", run: commandAdd},
		{name: "/block", words: "Block the person", run: commandBlock},
		{name: "/call", takes: "[ADDRESS]", words: "Call the person, or an address or number", run: commandCall},
		{name: "/camera", words: "Turn your camera on or off in the call", run: commandCamera, inCall: true},
		{name: "/card", words: "See Contact Card", run: commandCard},
		{name: "/close", words: "Close the conversation", run: commandClose},
		{name: "/copy", words: "Select messages and copy them", run: commandCopy},
		{name: "/dial", takes: "DIGITS", words: "Press keys of the telephone in the call", run: commandDial, inCall: true},
		{name: "/export", takes: "[text|json]", words: "Save the conversation to a file", run: commandExport},
		{name: "/hangup", words: "End the call", run: commandHangUp, inCall: true},
		{name: "/help", words: "Show every key", run: commandHelp},
		{name: "/hold", words: "Put the call on hold, or resume it", run: commandHold, inCall: true},
		{name: "/important", takes: "[TEXT]", words: "Send with high importance", run: commandImportant},
		{name: "/latest", words: "Go to the newest message", run: commandLatest},
		{name: "/location", takes: "[PLACE]", words: "Set Your Location", run: commandLocation},
		{name: "/mute", words: "Mute your microphone, or be heard again", run: commandMute, inCall: true},
		{name: "/note", takes: "[TEXT]", words: "What's happening today", run: commandNote},
		{name: "/quit", words: "Leave golync", run: commandQuit},
		{name: "/reopen", words: "Open the last closed one", run: commandReopen},
		{name: "/resend", words: "Send again what was not delivered", run: commandResend},
		{name: "/search", takes: "WORDS", words: "Search this conversation", run: commandSearch},
		{name: "/status", takes: "WORD", words: "Change your presence", run: commandStatus},
		{name: "/tag", words: "Tag for Status Change Alerts", run: commandTag},
		{name: "/transfer", takes: "[ADDRESS]", words: "Transfer the call to somebody else", run: commandTransfer, inCall: true},
		{name: "/video", words: "Call the person with video, or end it in the call", run: commandVideo},
	}
}

func commandAdd(v *conversation, c *app.Conversation, _ *talk, _ string) text.Safe {
	if _, ok := v.m.state.Contacts().Get(c.Peer); ok {
		return v.m.nameOf(c.Peer) + " is in your " + v.m.guise().list + " already."
	}
	v.m.guise().addPerson(v.m, c.Peer)
	return ""
}

func commandBlock(v *conversation, c *app.Conversation, _ *talk, _ string) text.Safe {
	if v.m.state.RelationshipOf(c.Peer) == contacts.BlockedContacts {
		return v.m.nameOf(c.Peer) + " is blocked already."
	}
	v.m.guise().block(v.m, c.Peer)
	return ""
}

func commandCard(v *conversation, c *app.Conversation, _ *talk, _ string) text.Safe {
	openCard(v.m, c.Peer)
	return ""
}

// commandClose empties the editor itself, so that the command does not wait there as a draft.
func commandClose(v *conversation, c *app.Conversation, t *talk, _ string) text.Safe {
	t.editor.set("")
	v.close(c.Peer)
	return ""
}

func commandCopy(v *conversation, c *app.Conversation, t *talk, _ string) text.Safe {
	if len(c.Messages) == 0 {
		return "There is nothing to copy yet."
	}
	v.pick(c, t)
	return ""
}

func commandExport(v *conversation, c *app.Conversation, _ *talk, with string) text.Safe {
	format := app.ExportText
	switch strings.ToLower(with) {
	case "", "text":
	case "json":
		format = app.ExportJSON
	default:
		return "It is one of: text, json."
	}
	openExportAs(v.m, c.Peer, format)
	return ""
}

func commandHelp(v *conversation, _ *app.Conversation, _ *talk, _ string) text.Safe {
	v.m.help.show()
	return ""
}

// commandImportant sends what follows with high importance, or what is written next.
func commandImportant(v *conversation, c *app.Conversation, t *talk, with string) text.Safe {
	if with == "" {
		t.important = !t.important
		return ""
	}
	t.important = true
	v.sendText(c, t, with)
	return t.editor.notice
}

func commandLatest(v *conversation, c *app.Conversation, t *talk, _ string) text.Safe {
	v.latest(c, t)
	return ""
}

func commandLocation(v *conversation, _ *app.Conversation, _ *talk, with string) text.Safe {
	if utf8.RuneCountInString(with) > app.MaxLocation {
		return "Too long: a location has at most " + text.Int(app.MaxLocation) + " characters."
	}
	v.m.do(v.m.state.SetLocation(v.m.now(), with))
	if with == "" {
		v.m.say("Your location was taken away.")
	} else {
		v.m.say("Your location is set.")
	}
	return ""
}

func commandNote(v *conversation, _ *app.Conversation, _ *talk, with string) text.Safe {
	if utf8.RuneCountInString(with) > app.MaxNote {
		return "Too long: a note has at most " + text.Int(app.MaxNote) + " characters."
	}
	v.m.do(v.m.state.SetNote(v.m.now(), with))
	if with == "" {
		v.m.say("Your note was taken away.")
	} else {
		v.m.say("Your note is published.")
	}
	return ""
}

func commandQuit(v *conversation, _ *app.Conversation, t *talk, _ string) text.Safe {
	t.editor.set("")
	v.m.leave()
	return ""
}

func commandReopen(v *conversation, _ *app.Conversation, t *talk, _ string) text.Safe {
	t.editor.set("")
	v.reopen()
	return ""
}

func commandResend(v *conversation, c *app.Conversation, t *talk, _ string) text.Safe {
	v.resend(c, t)
	return ""
}

func commandSearch(v *conversation, c *app.Conversation, _ *talk, with string) text.Safe {
	if with == "" {
		return "Which words are to be searched for?"
	}
	openSearch(v.m, with, c.Peer)
	return ""
}

// statusOf is the state that a word means: a short form, or the beginning of its name.
func (m *model) statusOf(word string) (contacts.Availability, bool) {
	switch word {
	case "":
		return 0, false
	case "dnd":
		return contacts.DoNotDisturb, true
	case "brb":
		return contacts.BeRightBack, slices.Contains(m.state.Choices(), contacts.BeRightBack)
	case "reset":
		return contacts.PresenceUnknown, m.guise().reset
	}
	for _, a := range m.state.Choices() {
		if strings.HasPrefix(strings.ToLower(string(m.guise().mine(a))), word) {
			return a, true
		}
	}
	return 0, false
}

func commandStatus(v *conversation, _ *app.Conversation, _ *talk, with string) text.Safe {
	chosen, ok := v.m.statusOf(strings.ToLower(with))
	if !ok {
		var names []text.Safe
		for _, a := range v.m.state.Choices() {
			names = append(names, v.m.guise().mine(a))
		}
		if v.m.guise().reset {
			names = append(names, "Reset")
		}
		return "It is one of: " + text.Join(names, ", ") + "."
	}
	v.m.do(v.m.state.SetPresence(v.m.now(), chosen))
	v.m.say("You are " + v.m.guise().mine(v.m.state.Me().Availability) + ".")
	return ""
}

func commandTag(v *conversation, c *app.Conversation, _ *talk, _ string) text.Safe {
	who, ok := v.m.state.Contacts().Get(c.Peer)
	if !ok {
		return v.m.nameOf(c.Peer) + " is not in your " + v.m.guise().list + "."
	}
	tagged := who.Tagged
	v.m.do(v.m.state.Tag(v.m.now(), c.Peer))
	if tagged {
		v.m.say(v.m.nameOf(c.Peer) + " is not tagged any more.")
	} else {
		v.m.say("You are told when the status of " + v.m.nameOf(c.Peer) + " changes.")
	}
	return ""
}
