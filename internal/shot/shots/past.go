package main

// conversations are the view of what was said before, and the search through it.
func conversations(p *photographer) {
	p.talksToAll()
	p.takes("conversations")
	p.rightClicks("The hinges arrive")
	p.sees("Delete Conversation")
	p.takes("conversation-menu")
	p.leaves("Delete Conversation")
	p.press("f")
	p.types("the")
	p.sees("messages", "You to Dana")
	p.takes("search")
	p.press("down", "enter")
	p.sees("Write to")
	p.quiet()
	p.takes("found")
}

func smallConversations(p *photographer) {
	p.talksToAll()
	p.takes("small-conversations")
	p.press("f")
	p.types("the")
	p.sees("messages", "You to Dana")
	p.takes("small-search")
	p.leaves("You to Dana")
	p.press("m")
	p.sees("Save as text")
	p.clicks("Save as text")
	p.sees("Save conversation as")
	p.takes("small-save")
}

// talksToAll leaves a conversation with everybody behind and opens the Conversations view.
func (p *photographer) talksToAll() {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	for _, name := range []string{"Eve", "Fred"} {
		p.press("tab", "/")
		p.types(name)
		p.press("enter")
		p.sees("Write to " + name)
		p.types("Have you seen the drawings?")
		p.press("enter")
		p.sees("Write to "+name, "Have you seen the drawings?") // it has left the editor
	}
	p.acceptsGina()
	p.press("v")
	p.sees("MISSED", "Gina Rossi (1)", "The hinges arrive", "Half past twelve")
	p.quiet()
}
