package ui

import "time"

// typed tells State of every change of the text in the editor in front, so that the other side can see that
// somebody is writing. One timer at a time asks whether the writing has stopped.
func (v *conversation) typed() {
	m := v.m
	t := v.talks[v.shown]
	if t == nil || t.typed == t.editor.edits {
		return
	}
	t.typed, t.changed = t.editor.edits, m.now()
	v.rest()
	if t.editor.blank() || t.commanding() {
		m.do(m.state.Rest(m.now(), v.shown))
		return
	}
	m.do(m.state.Write(m.now(), v.shown))
	v.pause()
}

// pause lets State end what is not being written any more, now and whenever it asks for it.
func (v *conversation) pause() {
	if v.pausing {
		return
	}
	effects, next := v.m.state.Pause(v.m.now())
	v.m.do(effects)
	if next > 0 {
		v.pausing = true
		v.m.after(max(next, time.Millisecond), func() {
			v.pausing = false
			v.pause()
		})
	}
}
