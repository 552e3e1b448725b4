package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// command is something that is done by writing its name instead of a message.
type command struct {
	name   text.Safe // with its slash
	takes  text.Safe // what may follow it; empty when nothing may
	words  text.Safe // what it does, for the list
	inCall bool      // it is listed while there is a call
	// run does it with what followed the name. It returns why it did not, and then the text stays.
	run func(v *conversation, c *app.Conversation, t *talk, with string) (why text.Safe)
}

// completion is the list of commands above the editor.
type completion struct {
	lit    int
	hidden int // edits at which esc took the list away
	sure   int // edits at which a text that looks like a command may be sent as a message
}

// commandRows are the commands on the help page.
func commandRows(face func(command) (command, bool)) []helpRow {
	rows := []helpRow{{}, {title: "Commands, in place of a message"}}
	for _, c := range commandsOf(face) {
		rows = append(rows, helpRow{keys: c.usage(), help: c.words})
	}
	return append(rows, helpRow{keys: "//", help: "A message that begins with a slash"})
}

// parseCommand takes the name and what follows it apart.
func parseCommand(body string) (name, with string) {
	name, with = body, ""
	if i := strings.IndexAny(body, " \n"); i >= 0 {
		name, with = body[:i], strings.TrimSpace(body[i:])
	}
	return strings.ToLower(name), with
}

// commandsOf are the commands that a face has, in its words.
func commandsOf(face func(command) (command, bool)) (all []command) {
	for _, c := range commands() {
		if as, has := face(c); has {
			all = append(all, as)
		}
	}
	return all
}

// commandNamed finds a command by its whole name.
func (t *talk) commandNamed(name string) (command, bool) {
	all := commandsOf(t.face)
	i := slices.IndexFunc(all, func(c command) bool { return string(c.name) == name })
	if i < 0 {
		return command{}, false
	}
	return all[i], true
}

// run does a command. What is none is neither done nor lost: it asks whether it was meant as a message.
func (v *conversation) run(c *app.Conversation, t *talk, body string) {
	name, with := parseCommand(body)
	found, ok := t.commandNamed(name)
	switch {
	case !ok:
		v.doubt(t, "No such command.")
	case found.takes == "" && with != "":
		v.doubt(t, found.name+" takes nothing after it.")
	default:
		edits := t.editor.edits
		if why := found.run(v, c, t, with); why != "" {
			t.editor.notice = why
			return
		}
		if t.editor.edits == edits { // it has not written something there itself
			t.editor.set("")
			v.store(c.Peer)
		}
	}
}

// doubt asks whether a text that looks like a command is to be sent.
func (v *conversation) doubt(t *talk, why text.Safe) {
	t.complete.sure = t.editor.edits
	t.editor.notice = why + " Enter again sends it as text."
}

// commanding reports whether the editor holds a command, or the beginning of one.
func (t *talk) commanding() bool {
	first := t.editor.first()
	return strings.HasPrefix(string(first), "/") && !strings.HasPrefix(string(first), "//")
}

// offered are the commands that what is written may become. After the name it is the command itself, so that
// what it takes stays in sight.
func (t *talk) offered() []command {
	if !t.commanding() || t.complete.hidden == t.editor.edits {
		return nil
	}
	name, _ := parseCommand(t.editor.String())
	if !t.namingCommand() {
		if c, ok := t.commandNamed(name); ok {
			return []command{c}
		}
		return nil
	}
	return slices.DeleteFunc(commandsOf(t.face), func(c command) bool {
		return !strings.HasPrefix(string(c.name), name) || c.inCall && !t.calling()
	})
}

// namingCommand reports whether the name is still being written.
func (t *talk) namingCommand() bool {
	return len(t.editor.lines) == 1 && !strings.Contains(string(t.editor.first()), " ")
}

// completing reports whether keys choose from the list.
func (t *talk) completing() bool { return t.namingCommand() && len(t.offered()) > 0 }

// completeKey does what a key means while the list is shown. Enter completes a name that is not whole yet and
// does nothing else: only what stands there in full is done.
func (t *talk) completeKey(k tea.KeyPressMsg) bool {
	if !t.completing() {
		return false
	}
	all := t.offered()
	t.complete.lit = min(t.complete.lit, len(all)-1)
	does := completeKeys.of(k)
	switch does {
	case "next":
		t.complete.lit = (t.complete.lit + 1) % len(all)
	case "previous":
		t.complete.lit = (t.complete.lit + len(all) - 1) % len(all)
	case "complete", "choose":
		if name, _ := parseCommand(t.editor.String()); does == "choose" && slices.ContainsFunc(all, func(c command) bool { return string(c.name) == name }) {
			return false
		}
		t.completeWith(all[t.complete.lit])
	case "leave":
		t.complete.hidden = t.editor.edits
	default:
		t.complete.lit = 0
		return false
	}
	return true
}

// completeWith writes the name of a command in full.
func (t *talk) completeWith(c command) {
	whole := string(c.name)
	if c.takes != "" {
		whole += " "
	}
	t.editor.set(whole)
	t.complete.lit = 0
}

// leastLog is how many rows of the log stay in sight above the list of commands.
const leastLog = 4

// drawOffered draws the commands over the lower end of the log.
func (v *conversation) drawOffered(c *canvas, log rect, t *talk) {
	all := t.offered()
	if len(all) == 0 {
		return
	}
	th := v.m.theme
	lit := min(t.complete.lit, len(all)-1)
	rows := min(len(all), max(log.Dy()-leastLog, 1), log.Dy())
	from := min(max(lit-rows+1, 0), len(all)-rows)
	area, _ := cutBottom(log, rows)
	c.onClick(area, func(pointer) {})
	names := 0
	for _, o := range all {
		names = max(names, c.width(o.usage()))
	}
	for y := range rows {
		o := all[from+y]
		row := rect{Min: pt(area.Min.X, area.Min.Y+y), Max: pt(area.Max.X, area.Min.Y+y+1)}
		s := on(th.panel, th.text)
		if from+y == lit && t.namingCommand() {
			s = on(th.selected, th.text)
		}
		c.fill(row, s)
		p := c.pen(row, 0)
		if more := from; y == 0 && more > 0 {
			p.end(on(s, th.dim), "↑ "+text.Int(more)+" more ")
		}
		if more := len(all) - from - rows; y == rows-1 && more > 0 {
			p.end(on(s, th.dim), "↓ "+text.Int(more)+" more ")
		}
		p.skip(1)
		used := p.put(s, o.usage())
		p.skip(names - used.Dx() + 2)
		p.put(on(s, th.dim), o.words)
		c.onClick(row, func(pointer) {
			v.m.focus, v.m.talking = onTalk, true
			t.completeWith(o)
		})
	}
}

// usage is the name of a command and what it takes.
func (c command) usage() text.Safe {
	if c.takes == "" {
		return c.name
	}
	return c.name + " " + c.takes
}
