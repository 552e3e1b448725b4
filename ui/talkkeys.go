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
	{"next talk", []text.Safe{"ctrl+n", "ctrl+pgdown"}, "Next conversation", "next"},
	{"previous talk", []text.Safe{"ctrl+p", "ctrl+pgup"}, "Previous conversation", ""},
	{"older", []text.Safe{"pgup"}, "Back through what was said", ""},
	{"newer", []text.Safe{"pgdown"}, "Forward to the newest message", ""},
	{"again", []text.Safe{"ctrl+r"}, "Send again what was not delivered", ""},
	{"card", []text.Safe{"ctrl+o"}, "See Contact Card", ""},
	{"menu", []text.Safe{"menu", "shift+f10"}, "Menu of the person", ""},
	{"close", []text.Safe{"ctrl+x"}, "Close the conversation; nothing is lost", "close"},
	{"help", []text.Safe{"f1"}, "Show this page", "help"},
}

// talkChapters are the chapters of the help page on conversations and dialogs.
func talkChapters() []chapter {
	return []chapter{
		{"Conversation", []scope{editorKeys}},
		{"Menus", []scope{menuKeys}},
		{"Dialogs", []scope{formKeys}},
	}
}
