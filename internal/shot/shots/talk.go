package main

// talk is what one can do in a conversation besides writing.
func talk(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.types("/important It is all at https://contoso.com/drawings/2026?floor=2, please look")
	p.press("enter")
	p.sees("! high importance", "read")
	p.quiet()
	p.press("alt+up", "alt+up", "alt+up")
	p.sees("3 selected")
	p.takes("selected")
	p.press("esc")
	p.types("/")
	p.sees("/important [TEXT]")
	p.takes("commands")
}

func lightTalk(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.types("See https://contoso.com/drawings")
	p.press("enter")
	p.sees("https://contoso.com/drawings", "read")
	p.quiet()
	p.press("alt+up", "up")
	p.sees("1 selected")
	p.takes("light-selected")
}

func smallTalk(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.types("/")
	p.sees("/important [TEXT]")
	p.takes("small-commands")
	p.press("esc")
	p.types("stauts busy")
	p.press("enter")
	p.sees("No such command.")
	p.takes("small-mistyped")
}
