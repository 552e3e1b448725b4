package main

// optionPages are the pages of Options in their order, with words of each and the name of its
// picture.
var optionPages = []struct{ words, name string }{
	{"Appearance", "general"},
	{"When golync starts", "personal"},
	{"Order my contacts by", "contacts-list"},
	{"my status has been Inactive", "status"},
	{"", ""}, // Alerts is in another story
	{"What others learn", "im"},
	{"Play a sound", "sounds"},
	{"", ""}, // Audio Device is in the story of calls
	{"", ""}, // and so is Video Device
	{"Forward my calls", "call-forwarding"},
	{"Keep messages", "file-saving"},
	{"Transport", "network"},
}

// optionsBook turns the pages of Options, and finds an option by a word.
func optionsBook(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.quiet()
	p.press("o")
	for i, page := range optionPages {
		if i > 0 {
			p.press("down")
		}
		if page.name != "" {
			p.sees(page.words)
			p.takes("options-" + page.name)
		}
	}
	p.types("mute")
	p.sees("Mute all sounds when my status is Busy")
	p.takes("options-find")
}

// smallOptions are the pages that have the most to say, where there is little room.
func smallOptions(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.quiet()
	p.press("o", "down", "down", "down", "enter", "backspace", "0")
	p.sees("Write a number from 1 to 360.")
	p.takes("small-options-status")
	p.press("shift+tab", "down", "enter", "tab", "tab", "tab")
	p.sees("Position")
	p.takes("small-options-alerts")
	p.press("enter")
	p.sees("Lower left")
	p.press("down", "enter", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "end")
	p.sees("Transport")
	p.takes("small-options-network")
}
