package ui

import "testing"

// The pages of Options: section 5. Those of it that golync leaves out are in docs/lync.md.
func TestOptionsHaveLyncsLabels(t *testing.T) {
	page := func(title string) func(x *face) { return func(x *face) { x.opensPage(title) } }
	find := func(words string) func(x *face) { return func(x *face) { x.press("o", "/"); x.types(words) } }
	everyLabel(t, []labelled{
		{"5", "pages", nil, func(x *face) { x.press("o") }, []string{
			"Options", "General", "Personal", "Contacts List", "Status", "Alerts", "IM", "Ringtones and Sounds", "Audio Device", "Call Forwarding", "File Saving", "Network", "OK", "Cancel",
		}},
		{"5.1", "Alerts", nil, page("Alerts"), []string{
			"General alerts", "Tell me when someone adds me to his or her contact list", "Position", "Upper right",
			"Show the words of a message in its alert", "Show alerts on the desktop while golync is not in front",
			"When my status is Do Not Disturb",
			"Don't show alerts",
			"Show only conversation alerts from people in my Workgroup privacy relationship",
			"Show all alerts, but only conversation alerts from people in my Workgroup privacy relationship",
			"Contacts not using Lync",
			"Allow anyone to contact me",
			"Allow invites but block all other communications",
			"Block all invites and communications",
		}},
		{"5.2", "General", nil, page("General"), []string{
			"Appearance", "Theme", "As the terminal", "Signs and frames", "As the locale", "Mouse",
			"Leave the mouse to the terminal, for selecting and copying",
		}},
		{"5.2", "Personal", nil, page("Personal"), []string{
			"My account", "Sign-in address alice@contoso.com", "When golync starts", "Sign in when golync starts",
			"Open the conversations again that were open",
		}},
		{"5.2", "Contacts List", nil, page("Contacts List"), []string{
			"Show my contacts in", "Two lines, the personal note on the second", "One line",
			"Order my contacts by", "Availability", "Name",
			"Show my contacts by", "Contact name", "Contact address",
			"Groups", "Show the Favorites group",
			"When I double-click a contact", "Send an IM", "See Contact Card",
		}},
		{"5.2", "Status", nil, page("Status"), []string{
			"Show me as Inactive when my computer has been idle for this many minutes",
			"Show me as Away when my status has been Inactive for this many minutes",
		}},
		{"5.2", "IM", nil, page("IM"), []string{
			"What others learn", "Tell others when I am typing a message", "Tell others when I have read their messages",
		}},
		{"5.2", "Ringtones and Sounds", nil, page("Ringtones and Sounds"), []string{
			"Play a sound", "When someone adds me to his or her contact list", "When I receive a message",
			"When somebody calls me", "When the status of a tagged contact changes",
			"Keep quiet", "Mute all sounds when my status is Do Not Disturb", "Mute all sounds when my status is Busy",
		}},
		{"5.2", "Audio Device", nil, page("Audio Device"), []string{
			"Microphone", "The microphone of the system", "Level", "Loudspeaker or headset", "The loudspeaker of the system", "Play a Test Sound",
		}},
		{"5.2", "Call Forwarding", nil, page("Call Forwarding"), []string{
			"When somebody calls me", "Turn off call forwarding", "Forward my calls", "Forward the calls that I do not answer", "Forward to",
			"A call rings for this long before it counts as unanswered", "seconds",
		}},
		{"5.2", "File Saving", nil, page("File Saving"), []string{
			"Conversations", "Keep messages", "For ever", "Everything that was written stays on this machine until you delete it.",
			"Save All Conversations…",
		}},
		{"5.2", "Network", nil, page("Network"), []string{
			"Connection", "Status", "Signed in", "Server", "192.0.2.1:5061", "Transport", "TLS", "Security",
			"encrypted to the server, which has shown its certificate", "Services", "presence, watcher information, presence rules",
			"Sign Out and In Again", "Warn me when what I write can be read on the way",
		}},
		{"5", "found by a word", nil, find("idle"), []string{
			"Show me as Inactive when my computer has been idle for this",
		}},
	})
}
