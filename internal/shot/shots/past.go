package main

// conversations are what can be done with those of the past, besides what the tour shows.
func conversations(p *photographer) {
	p.talksToAll()
	p.rightClicks("The hinges arrive")
	p.sees("Delete Conversation")
	p.takes("conversation-menu")
	p.leaves("Delete Conversation")
	p.press("f")
	p.types("the")
	p.sees("messages", "You to Dana")
	p.press("down", "enter")
	p.sees("Write to")
	p.quiet()
	p.takes("found")
}

func smallConversations(p *photographer) {
	p.talksToAll()
	p.press("m")
	p.sees("Save as Text")
	p.clicks("Save as Text")
	p.sees("Save conversation as")
	p.takes("small-save")
}

// talksToAll leaves a conversation with everybody behind and opens the Conversations view.
func (p *photographer) talksToAll() {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.press("tab")
	p.asksTheOthers()
	p.acceptsGina()
	p.press("v")
	p.sees("MISSED", "Gina Rossi (1)", "The hinges arrive", "Half past twelve")
	p.quiet()
}
