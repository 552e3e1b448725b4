package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// dialPad is the keys of a telephone: whatever digit is typed or clicked while it is open goes to the other side of
// the call as a tone (RFC 4733).
type dialPad struct {
	m       *model
	call    string // ID
	pressed string
	refused text.Safe // why the last key was not sent
}

// dialRows are the keys as a telephone has them.
var dialRows = [...]string{"123", "456", "789", "*0#"}

// Its size, and how many of the keys that were pressed are shown.
const (
	dialWidth   = 27
	dialHeight  = 8
	dialPressed = 20
)

// openDialPad opens the dial pad of a call, or closes the one that is open.
func (m *model) openDialPad(c app.Call) {
	if d, ok := m.dialogs.top().(*dialPad); ok {
		m.close(d)
		return
	}
	m.open(&dialPad{m: m, call: c.ID})
}

// follow runs after every Update: without the call there is nothing to dial in.
func (d *dialPad) follow() {
	if _, ok := d.m.state.Call(d.call); !ok {
		d.m.close(d)
	}
}

func (d *dialPad) light() bool { return false }

func (d *dialPad) keys() []scope { return []scope{dialKeys} }

// dialKeys work while the dial pad is open, which says them in its lower edge. The keys of the telephone are not among
// them: they are what they are, whatever the user's keys.
var dialKeys = scope{
	{"close", []text.Safe{"esc", "enter"}, "Close the dial pad", ""},
}

// place leaves the bar of the call in sight where it can.
func (d *dialPad) place(within rect) rect {
	if area := d.m.layout.talk; !area.Empty() {
		return centred(area, dialWidth, dialHeight)
	}
	return centred(within, dialWidth, dialHeight)
}

func (d *dialPad) draw(c *canvas, area rect) *tea.Cursor {
	t := d.m.theme
	inside := drawPanel(c, t, area, "Dial Pad", "esc close")
	shown := d.pressed[max(len(d.pressed)-dialPressed, 0):]
	row := c.pen(inside, 0)
	if d.refused != "" {
		row.put(on(t.panel, t.trouble), d.refused)
	} else {
		row.put(on(t.panel, t.strong), text.From(shown).Line())
	}
	at := cursor(row.left, row.y, tea.CursorBar)
	for y, keys := range dialRows {
		p := c.pen(inside, y+2)
		p.skip((inside.Dx() - 3*5 - 2*2) / 2)
		for i, key := range keys {
			if i > 0 {
				p.skip(2)
			}
			p.button(on(t.button, t.text), d.label(key), func() { d.press(key) })
		}
	}
	return at
}

func (d *dialPad) label(key rune) text.Safe {
	if d.m.theme.brackets {
		return "[ " + text.From(string(key)).Line() + " ]"
	}
	return "  " + text.From(string(key)).Line() + "  "
}

// press sends one key.
func (d *dialPad) press(key rune) {
	effects, err := d.m.state.SendDigits(d.m.now(), d.call, string(key))
	if err != nil {
		d.refused = "Not answered yet"
		return
	}
	d.refused = ""
	d.pressed += string(key)
	d.m.do(effects)
}

// key presses a key of the telephone. Any other letter is not for what lies below.
func (d *dialPad) key(k tea.KeyPressMsg) bool {
	switch {
	case dialKeys.of(k) == "close":
		d.m.close(d)
	case len(k.Text) == 1 && strings.Contains("0123456789*#", k.Text):
		d.press(rune(k.Text[0]))
	}
	return true
}
