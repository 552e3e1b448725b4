package main

// contrastLight is high contrast on a bright terminal: the window with a conversation, and a menu.
func contrastLight(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.chooses("High contrast", 3)
	p.talksToDana()
	p.quiet()
	p.takes("contrast-light")
	p.rightClicks("Fred - Away")
	p.sees("See Contact Card")
	p.takes("contrast-light-menu")
}

// smallContrast is high contrast where one part has room.
func smallContrast(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.chooses("High contrast", 3)
	p.quiet()
	p.press("o", "enter")
	p.sees("Appearance", "Cancel", "esc cancel")
	p.takes("options-small-contrast")
}

// ascii is the window without a sign beyond ASCII, and without colour.
func ascii(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.takes("ascii")
	p.press("tab")
	p.chooses("Plain, without colour", 4)
	p.press("?")
	p.sees("The window")
	p.takes("plain-help")
}

// chooses takes a theme of Options, General, which is so many steps from the first one.
func (p *photographer) chooses(theme string, steps int) {
	p.press("o", "enter")
	p.sees("Appearance")
	for range steps {
		p.press("right")
	}
	p.sees(theme)
	p.clicks("OK")
	p.do(func() error { _, err := p.t.Gone("Appearance"); return err })
}
