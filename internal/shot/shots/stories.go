package main

// story is one run of golync, from which pictures are taken.
type story struct {
	name       string
	cols, rows int
	light      bool
	args       []string
	tell       func(*photographer)
}

func stories() []story {
	return []story{
		{"window", 120, 36, false, []string{"demo"}, window},
		{"light", 120, 36, true, []string{"demo"}, light},
		{"small", 80, 24, false, []string{"demo"}, small},
		{"tiny", 60, 20, false, []string{"demo"}, tiny},
		{"wide", 200, 60, false, []string{"demo"}, wide},
		{"signin", 100, 30, false, nil, signIn},
	}
}

func window(p *photographer) {
	p.sees("Dana - Available", "NEW (1)")
	p.clicks("Dana")
	p.press("enter")
	p.types("Are you coming on Thursday?")
	p.press("enter")
	p.sees("Dana Fischer")
	p.takes("window")
	p.press("tab", "2")
	p.sees("gina@fabrikam.com")
	p.takes("new")
	p.clicks("Gina")
	p.press("enter")
	p.sees("Set privacy relationship")
	p.takes("accept")
	p.press("esc", "1", "a")
	p.clicks("Add a Contact Not in My Organization")
	p.takes("add-menu")
	p.press("down", "enter")
	p.types("bob@contoso.com")
	p.sees("bob(contoso.com)@msn.com")
	p.takes("wizard")
	p.press("esc", "o", "enter")
	p.sees("General alerts")
	p.takes("alerts")
	p.press("esc")
	p.rightClicks("Eve")
	p.sees("See Contact Card")
	p.takes("menu")
	p.clicks("See Contact Card")
	p.takes("card")
	p.press("esc", "?")
	p.takes("help")
}

func light(p *photographer) {
	p.sees("Dana - Available", "NEW (1)")
	p.clicks("Dana")
	p.press("enter")
	p.types("Are you coming on Thursday?")
	p.press("enter")
	p.sees("Dana Fischer")
	p.takes("light")
}

func small(p *photographer) {
	p.sees("Dana - Available")
	p.takes("small")
	p.clicks("Dana")
	p.press("enter")
	p.types("Hello")
	p.press("enter")
	p.takes("small-talk")
	p.press("tab", "a")
	p.clicks("Add a Contact Not in My Organization")
	p.press("down", "enter")
	p.types("bob@contoso.com")
	p.takes("small-wizard")
}

func tiny(p *photographer) {
	p.sees("Dana")
	p.takes("tiny")
	p.press("o", "enter")
	p.sees("General alerts")
	p.takes("tiny-alerts")
}

func wide(p *photographer) {
	p.sees("Dana - Available")
	p.clicks("Dana")
	p.press("enter")
	p.takes("wide")
}

func signIn(p *photographer) {
	p.sees("Sign in")
	p.takes("signin")
}
