package ui

import (
	"strings"

	"golync/internal/text"
)

// shownKey is a binding in a help line, with the scope in which it is in force.
type shownKey struct {
	of scope
	binding
}

// hintsOf are the bindings that a help line shows, with the user's keys.
func (c *canvas) hintsOf(scopes []scope) (all []shownKey) {
	for _, s := range scopes {
		for _, b := range c.keysOf(s) {
			if b.hint != "" {
				all = append(all, shownKey{s, b})
			}
		}
	}
	return all
}

// drawHints writes what the keys do, as much as fits whole. A click on it does it.
func drawHints(p *pen, t *theme, scopes []scope) { drawShown(p, t, p.c.hintsOf(scopes)) }

// drawShown is drawHints with the bindings themselves.
func drawShown(p *pen, t *theme, shown []shownKey) {
	for i, h := range p.c.hintsThatFit(shown, p.room()) {
		if i > 0 {
			p.put(t.line, " "+signDot+" ")
		}
		at := p.put(t.text, p.c.keyName(h.keys[0]))
		p.skip(1)
		at = at.Union(p.put(t.dim, h.hint))
		p.c.onClick(at, func(pointer) { p.c.press(press(h.of, h.does)) })
	}
}

// hintsThatFit leaves out as many hints as it takes: the last ones first, and the way to help last of all.
func (c *canvas) hintsThatFit(shown []shownKey, room int) []shownKey {
	cells := -3 // each needs three more than its words but the first
	for _, h := range shown {
		cells += c.hintCells(h)
	}
	for cells > room && len(shown) > 0 {
		last := len(shown) - 1
		if shown[last].does == "help" && last > 0 {
			last--
		}
		cells -= c.hintCells(shown[last])
		shown = append(shown[:last:last], shown[last+1:]...)
	}
	return shown
}

// hintCells is what a hint and the dot before it take.
func (c *canvas) hintCells(h shownKey) int {
	return c.width(c.keyName(h.keys[0])) + 1 + c.width(h.hint) + 3
}

// dialogHint is what a dialog says of a key, such as "enter OK", or of two, such as "↑↓ move".
type dialogHint struct {
	words text.Safe
	keys  [2]string // what a click presses: on the first cells, and on the rest; "" nothing
	first int       // how many cells those are
}

// dialogHint is a hint as it is written: with the user's key, and with words for arrows that cannot be drawn.
func (c *canvas) dialogHint(h text.Safe) dialogHint {
	for _, pair := range [...]struct {
		arrows, words text.Safe
		keys          [2]string
	}{{"↑↓", "up/down", [2]string{"up", "down"}}, {"←→", "left/right", [2]string{"left", "right"}}} {
		if rest, ok := strings.CutPrefix(string(h), string(pair.arrows)); ok && c.ascii {
			return dialogHint{pair.words + h[len(h)-len(rest):], pair.keys, len(pair.keys[0])}
		} else if ok {
			return dialogHint{h, pair.keys, 1}
		}
	}
	key, _, _ := strings.Cut(string(h), " ")
	if _, ok := keyPress(key); !ok {
		return dialogHint{words: h}
	}
	for _, s := range []scope{formKeys, menuKeys} {
		if b := s.binding(key); b != nil {
			h = c.keyName(c.keys.shown(s, b.does)) + h[len(key):]
			break
		}
	}
	return dialogHint{words: h, keys: [2]string{key, key}}
}

// drawDialogHints writes the hints of a dialog into its lower edge, at the right, when there is room for all.
func (c *canvas) drawDialogHints(edge rect, s style, hints []text.Safe) {
	const around = 1 // blank before and after
	const gap = " " + signDot + " "
	all, cells := make([]dialogHint, len(hints)), 2*around
	for i, h := range hints {
		all[i] = c.dialogHint(h)
		cells += c.width(all[i].words)
		if i > 0 {
			cells += c.width(gap)
		}
	}
	p := c.pen(edge, 0)
	if len(all) == 0 || cells > p.room() {
		return
	}
	p.skip(p.room() - cells)
	p.put(s, " ")
	for i, h := range all {
		if i > 0 {
			p.put(s, gap)
		}
		at := p.put(s, h.words)
		first, rest := cutLeft(at, h.first)
		c.onKeyClick(first, h.keys[0])
		c.onKeyClick(rest, h.keys[1])
	}
	p.put(s, " ")
}

// onKeyClick makes an area press a key when it is clicked.
func (c *canvas) onKeyClick(area rect, name string) {
	if k, ok := keyPress(name); ok && !area.Empty() {
		c.onClick(area, func(pointer) { c.press(k) })
	}
}
