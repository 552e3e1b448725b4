package ui

import "golync/internal/text"

// formKeys work in every dialog with fields and buttons. Dialogs say them in their lower edge, so none is
// repeated in the help line.
var formKeys = scope{
	{"next", []text.Safe{"tab", "down"}, "Next field or button", ""},
	{"previous", []text.Safe{"shift+tab", "up"}, "Previous field or button", ""},
	{"confirm", []text.Safe{"enter"}, "OK; on a drop-down: open it, choose", ""},
	{"change", []text.Safe{"space"}, "Check, choose, open", ""},
	{"cancel", []text.Safe{"esc"}, "Cancel; what was filled in is there the next time", ""},
}

// menuKeys work in menus.
var menuKeys = scope{
	{"choose", []text.Safe{"enter", "space"}, "Choose", "choose"},
	{"next", []text.Safe{"down", "j", "tab"}, "Next item", ""},
	{"previous", []text.Safe{"up", "k"}, "Previous item", ""},
	{"open", []text.Safe{"right"}, "Open the menu behind an item", ""},
	{"back", []text.Safe{"left"}, "Back to the menu before", ""},
	{"close", []text.Safe{"esc"}, "Close the menu", "close"},
}

// editorKeys work while a message is written.
var editorKeys = scope{
	{"send", []text.Safe{"enter"}, "Send", "send"},
	{"new line", []text.Safe{"alt+enter", "ctrl+j", "shift+enter"}, "New line", "new line"},
	{"back", []text.Safe{"tab", "ctrl+t", "esc"}, "Back to the list; what was written stays", "list"},
	{"next talk", []text.Safe{"ctrl+n", "ctrl+pgdown", "ctrl+tab"}, "Next conversation; alt+1 to alt+9 choose one", "next"},
	{"previous talk", []text.Safe{"ctrl+p", "ctrl+pgup", "ctrl+shift+tab"}, "Previous conversation", ""},
	{"older", []text.Safe{"pgup"}, "Back through what was said", ""},
	{"newer", []text.Safe{"pgdown"}, "Forward through what was said", ""},
	{"latest", []text.Safe{"alt+end"}, "To the newest message; end does it too when nothing is written", ""},
	{"select", []text.Safe{"shift+up", "alt+up", "ctrl+up"}, "Select messages, to copy them", "select"},
	{"important", []text.Safe{"alt+h", "ctrl+shift+i"}, "Send the next message with high importance", ""},
	{"again", []text.Safe{"ctrl+r"}, "Send again what was not delivered", ""},
	{"search", []text.Safe{"ctrl+f"}, "Find in this conversation; back to the results", ""},
	{"call", []text.Safe{"alt+p", "ctrl+enter"}, "Call the person", ""},
	{"card", []text.Safe{"ctrl+o"}, "See Contact Card", ""},
	{"menu", []text.Safe{"menu", "shift+f10"}, "Menu of the person", ""},
	{"close", []text.Safe{"ctrl+x", "ctrl+w"}, "Close the conversation; nothing is lost. ctrl+w only when nothing is written", "close"},
	{"reopen", []text.Safe{"alt+r", "ctrl+shift+t"}, "Open the conversation closed last", ""},
	{"help", []text.Safe{"f1"}, "Show this page", "help"},
}

// pickKeys work while messages are selected. Letters go on writing.
var pickKeys = scope{
	{"copy", []text.Safe{"enter", "ctrl+c"}, "Copy what is selected", "copy"},
	{"up", []text.Safe{"up"}, "The message before", ""},
	{"down", []text.Safe{"down"}, "The message after", ""},
	{"more up", []text.Safe{"shift+up", "alt+up", "ctrl+up"}, "Select the message before as well", "more"},
	{"more down", []text.Safe{"shift+down", "alt+down", "ctrl+down"}, "Select the message after as well", ""},
	{"page up", []text.Safe{"pgup"}, "Some messages back", ""},
	{"page down", []text.Safe{"pgdown"}, "Some messages on", ""},
	{"toggle", []text.Safe{"space"}, "Select it, or not", ""},
	{"all", []text.Safe{"ctrl+a"}, "Select all that is loaded", ""},
	{"copy link", []text.Safe{"ctrl+k"}, "Copy the links of the message", ""},
	{"again", []text.Safe{"ctrl+r"}, "Send again what was not delivered", ""},
	{"cancel", []text.Safe{"delete"}, "Cancel a message that waits", ""},
	{"menu", []text.Safe{"right", "menu", "shift+f10"}, "Menu of the message", "menu"},
	{"leave", []text.Safe{"esc"}, "Select nothing", "back"},
}

// completeKeys work while the list of commands is shown.
var completeKeys = scope{
	{"choose", []text.Safe{"enter"}, "Complete the command; when it is whole, do it", "choose"},
	{"complete", []text.Safe{"tab"}, "Complete the command", "complete"},
	{"next", []text.Safe{"down"}, "Next command", ""},
	{"previous", []text.Safe{"up"}, "Previous command", ""},
	{"leave", []text.Safe{"esc"}, "Take the list away; what was written stays", "back"},
}

// talkChapters are the chapters of the help page on conversations and dialogs.
func talkChapters() []chapter {
	return []chapter{
		{"Calls, wherever you are", []scope{callKeys}},
		{"Transfer a call", []scope{transferKeys}},
		{"Dial pad, beside 0 to 9, * and #", []scope{dialKeys}},
		{"Conversation", []scope{editorKeys}},
		{"Selected messages", []scope{pickKeys}},
		{"Commands", []scope{completeKeys}},
		{"Menus", []scope{menuKeys}},
		{"Dialogs", []scope{formKeys}},
	}
}
