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
		{"people", 120, 36, false, []string{"demo"}, people},
		{"light", 120, 36, true, []string{"demo"}, light},
		{"small", 80, 24, false, []string{"demo"}, small},
		{"tiny", 60, 20, false, []string{"demo"}, tiny},
		{"conversations", 140, 45, false, []string{"demo"}, conversations},
		{"small-conversations", 80, 24, true, []string{"demo"}, smallConversations},
		{"talk", 140, 45, false, []string{"demo"}, talk},
		{"light-talk", 140, 45, true, []string{"demo"}, lightTalk},
		{"small-talking", 80, 24, false, []string{"demo"}, smallTalk},
		{"options", 140, 45, false, []string{"demo"}, optionsBook},
		{"small-options", 80, 24, true, []string{"demo"}, smallOptions},
		{"contrast-dark", 140, 45, false, []string{"demo"}, contrast("contrast-dark")},
		{"contrast-light", 140, 45, true, []string{"demo"}, contrast("contrast-light")},
		{"contrast-small", 80, 24, false, []string{"demo"}, smallContrast},
		{"ascii", 100, 30, false, []string{"demo", "--ascii"}, ascii},
		{"wide", 200, 60, false, []string{"demo"}, wide},
		{"signin", 100, 30, false, []string{"--transport", "tcp", "--server", "127.0.0.1:1"}, signIn},
	}
}

// window is what golync looks like after a few minutes of use.
func window(p *photographer) {
	p.sees("Dana - Available", "NEW (1)")
	p.takes("toast")
	p.talksToDana()
	p.acceptsGina()
	p.sees("Gina Rossi (1)") // she has written
	p.quiet()
	p.takes("window")
}

// people are the ways to come by a contact, and what can be done with one.
func people(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.press("o", "down", "down", "down", "down", "enter")
	p.sees("General alerts")
	p.takes("alerts")
	p.clicks("Allow invites but block all other communications")
	p.clicks("OK")
	p.sees("NEW (2)")
	p.quiet()
	p.press("4")
	p.sees("gina@fabrikam.com", "cheri@outlook.com")
	p.takes("new")
	p.clicks("Gina Rossi")
	p.press("enter")
	p.sees("Set privacy relationship")
	p.takes("accept")
	p.leaves("Set privacy relationship")
	p.press("1", "a", "down", "right", "down")
	p.sees("Skype", "Other")
	p.takes("add-menu")
	p.press("enter")
	p.types("bob@contoso.com")
	p.sees("bob(contoso.com)@msn.com")
	p.takes("wizard")
	p.press("enter")
	p.sees("Waiting for bob@contoso.com to accept")
	p.takes("waiting")
	p.sees("Bob - Available - External Network")
	p.rightClicks("Bob - Available")
	p.sees("See Contact Card")
	p.takes("menu")
	p.clicks("See Contact Card")
	p.sees("Microsoft account")
	p.takes("card")
	p.leaves("Microsoft account")
	p.press("/")
	p.types("fr")
	p.sees("fred@contoso.com")
	p.takes("find")
	p.leaves("fred@contoso.com")
	p.press("?")
	p.sees("Go to the conversation and back")
	p.takes("help")
}

func light(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.quiet()
	p.takes("light")
	p.press("tab", "o", "down", "down", "down", "down", "enter")
	p.sees("General alerts")
	p.takes("light-alerts")
}

func small(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.quiet()
	p.takes("small")
	p.talksToDana()
	p.takes("small-talk")
	p.press("tab", "a", "down", "right", "down", "enter")
	p.types("bob@contoso.com")
	p.sees("bob(contoso.com)@msn.com")
	p.takes("small-wizard")
	p.press("enter")
	p.sees("Waiting for bob@contoso.com to accept")
	p.takes("small-waiting")
}

func tiny(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.quiet()
	p.takes("tiny")
	p.press("o", "down", "down", "down", "down", "enter")
	p.sees("General alerts")
	p.takes("tiny-alerts")
	p.leaves("General alerts")
	p.talksToDana()
	p.takes("tiny-talk")
	p.press("tab", "4")
	p.sees("gina@fabrikam.com")
	p.press("enter")
	p.sees("Set privacy relationship")
	p.takes("tiny-accept")
}

func wide(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.talksToDana()
	p.acceptsGina()
	p.sees("Gina Rossi (1)")
	p.quiet()
	p.takes("wide")
}

func signIn(p *photographer) {
	p.sees("Sign-in address")
	p.types("alice@contoso.com")
	p.sees("alice@contoso.com")
	p.takes("signin")
	p.press("enter")
	p.types("secret")
	p.press("enter")
	p.sees("Trying again")
	p.takes("trouble")
}

// talksToDana says a few things, to each of which Dana has something to say.
func (p *photographer) talksToDana() {
	p.clicks("Dana - Available")
	p.press("enter")
	p.sees("Write to Dana")
	for _, turn := range [][2]string{
		{"Where are the drawings?", "They are on the share since this morning"},
		{"Great. And when do we go through them?", "Thursday at ten"},
		{"Lunch before that?", "Half past twelve, downstairs?"},
	} {
		p.types(turn[0])
		p.press("enter")
		p.sees(turn[1])
	}
}

// acceptsGina takes the request of the NEW tab and returns to the list.
func (p *photographer) acceptsGina() {
	p.press("tab", "4")
	p.sees("gina@fabrikam.com")
	p.press("enter")
	p.sees("Set privacy relationship")
	p.clicks("OK")
	p.press("1")
	p.sees("Gina Rossi - Available")
}
