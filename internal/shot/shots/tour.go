package main

// guise is a way in which every screen is photographed: a size and a theme. Each makes the end of the
// pictures' names; the large dark ones have none.
type guise struct {
	suffix     string
	cols, rows int
	light      bool
	contrast   bool
}

var guises = []guise{
	{"", 140, 45, false, false},
	{"-light", 140, 45, true, false},
	{"-contrast", 140, 45, false, true},
	{"-small", 80, 24, false, false},
	{"-small-light", 80, 24, true, false},
	{"-small-contrast", 80, 24, true, true},
}

// tours are the stories of all guises.
func tours() (all []story) {
	for _, g := range guises {
		all = append(all, story{"tour" + g.suffix, g.cols, g.rows, g.light, []string{"demo"}, g.tour})
		if !g.contrast { // a theme is chosen after signing in
			signIn := []string{"--transport", "tcp", "--server", "127.0.0.1:1"}
			all = append(all, story{"signin" + g.suffix, g.cols, g.rows, g.light, signIn, g.signIn})
		}
	}
	return all
}

// takes writes a picture of a screen in this guise.
func (g guise) takes(p *photographer, name string) { p.takes(name + g.suffix) }

// narrow says that the list and the conversation take turns.
func (g guise) narrow() bool { return g.cols < 100 }

// tour goes past every screen that a user meets in the first hour.
func (g guise) tour(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)", "added you")
	if g.contrast {
		p.quiet()
		p.chooses("High contrast", 3)
	} else {
		g.takes(p, "toast")
		p.quiet()
	}
	p.talksToDana()
	if g.narrow() {
		g.takes(p, "talk")
	}
	p.press("tab")
	g.newcomers(p)
	p.asksTheOthers()
	p.sees("1 new") // of Gina, who has written
	p.quiet()
	g.takes(p, "window")
	g.contacts(p)
	p.press("v")
	p.sees("MISSED", "The hinges arrive", "Half past twelve")
	g.takes(p, "conversations")
	p.press("f")
	p.types("the")
	p.sees("messages", "You to Dana")
	g.takes(p, "search")
	p.leaves("You to Dana")
	p.press("?")
	p.sees("NEW: people who added you")
	g.takes(p, "help")
}

// newcomers are those who want to be contacts, and one that the user adds.
func (g guise) newcomers(p *photographer) {
	p.press("4")
	p.sees("gina@fabrikam.com")
	g.takes(p, "new")
	p.press("enter")
	p.sees("Set privacy relationship")
	g.takes(p, "accept")
	p.clicks("OK")
	p.press("1")
	p.sees("Gina Rossi - ")
	if g.contrast {
		p.sees("The hinges arrive")
		g.takes(p, "toast")
	}
	p.press("a", "down", "right", "down", "enter")
	p.types("bob@contoso.com")
	p.sees("bob(contoso.com)@msn.com")
	g.takes(p, "wizard")
	p.press("enter")
	p.sees("Bob - ")
}

// contacts are the menus and dialogs over the list.
func (g guise) contacts(p *photographer) {
	p.press("end")
	p.rightClicks("Bob - ")
	p.sees("See Contact Card")
	g.takes(p, "menu")
	p.clicks("See Contact Card")
	p.sees("Microsoft account")
	g.takes(p, "card")
	p.leaves("Microsoft account")
	p.press("p")
	p.sees("Appear Away")
	g.takes(p, "presence")
	p.leaves("Appear Away")
	p.press("o", "down", "down", "down", "down", "enter")
	p.sees("General alerts")
	g.takes(p, "alerts")
	p.leaves("General alerts")
}

// signIn asks who signs in, and says that nobody can.
func (g guise) signIn(p *photographer) {
	p.sees("Sign-in address")
	p.types("alice@contoso.com")
	p.sees("alice@contoso.com")
	g.takes(p, "signin")
	p.press("enter")
	p.types("secret")
	p.press("enter")
	p.sees("Trying again")
	g.takes(p, "trouble")
}

// asksTheOthers writes to Eve and Fred, beginning and ending in the list.
func (p *photographer) asksTheOthers() {
	for _, name := range []string{"Eve", "Fred"} {
		p.press("/")
		p.types(name)
		p.press("enter")
		p.sees("Write to " + name)
		p.types("Have you seen the drawings?")
		p.press("enter")
		p.sees("Write to "+name, "Have you seen the drawings?") // it has left the editor
		p.press("tab")
	}
}
