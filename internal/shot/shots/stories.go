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
	return append(append(tours(), calling()...), []story{
		{"people", 120, 36, false, []string{"demo"}, people},
		{"tiny", 60, 20, false, []string{"demo"}, tiny},
		{"conversations", 140, 45, false, []string{"demo"}, conversations},
		{"small-conversations", 80, 24, true, []string{"demo"}, smallConversations},
		{"talk", 140, 45, false, []string{"demo"}, talk},
		{"light-talk", 140, 45, true, []string{"demo"}, lightTalk},
		{"small-talking", 80, 24, false, []string{"demo"}, smallTalk},
		{"options", 140, 45, false, []string{"demo"}, optionsBook},
		{"small-options", 80, 24, true, []string{"demo"}, smallOptions},
		{"contrast-light", 140, 45, true, []string{"demo"}, contrastLight},
		{"contrast-small", 80, 24, false, []string{"demo"}, smallContrast},
		{"ascii", 100, 30, false, []string{"demo", "--ascii"}, ascii},
		{"wide", 200, 60, false, []string{"demo"}, wide},
		{"skype", 120, 36, false, []string{"demo"}, bothSides},
		{"small-skype", 80, 24, true, []string{"demo"}, smallSkype},
	}...)
}

// people are the ways to come by a contact besides those of the tour.
func people(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	p.quiet()
	p.press("o", "down", "down", "down", "down", "enter")
	p.sees("General alerts")
	p.clicks("Allow invites but block all other communications")
	p.clicks("OK")
	p.sees("NEW (2)")
	p.quiet()
	p.press("4")
	p.sees("gina@fabrikam.com", "cheri@outlook.com")
	p.takes("new-two")
	p.press("1", "a", "down", "right", "down")
	p.sees("Skype", "Other")
	p.takes("add-menu")
	p.press("enter")
	p.types("bob@contoso.com")
	p.sees("bob(contoso.com)@msn.com")
	p.press("enter")
	p.sees("Waiting for bob@contoso.com to accept")
	p.takes("waiting")
	p.sees("Bob - Available - External Network")
	p.press("/")
	p.types("fr")
	p.sees("fred@contoso.com")
	p.takes("find")
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
	p.press("tab")
	p.acceptsGina()
	p.sees("Gina Rossi (1)")
	p.quiet()
	p.takes("wide")
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
	p.press("4")
	p.sees("gina@fabrikam.com")
	p.press("enter")
	p.sees("Set privacy relationship")
	p.clicks("OK")
	p.press("1")
	p.sees("Gina Rossi - Available")
}
