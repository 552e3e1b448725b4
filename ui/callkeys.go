package ui

import (
	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// callKeys mean a call, whatever has the keys: something may be typed, a dialog may be open. They are in force only
// while there is a call for them, and otherwise left to whoever has them. All are keys that type nothing, so that a
// call takes no letter from a sentence.
var callKeys = scope{
	{"answer", []text.Safe{"alt+c"}, "Answer the call that rings, while you type too", "answer"},
	{"decline", []text.Safe{"alt+i"}, "Decline the call that rings", "decline"},
	{"reply", []text.Safe{"alt+w"}, "Reply by IM: decline the call that rings and write to the caller", ""},
	{"ring menu", []text.Safe{"alt+z"}, "Menu of the call that rings: redirect it, Do Not Disturb", ""},
	{"hang up", []text.Safe{"alt+q"}, "End the call", "hang up"},
	{"mute", []text.Safe{"alt+m"}, "Mute your microphone in the call, or be heard again", "mute"},
	{"hold", []text.Safe{"alt+o", "ctrl+shift+h"}, "Put the call on hold, or resume it", "hold"},
	{"dial pad", []text.Safe{"alt+k"}, "Dial pad: press the keys of a telephone in the call", ""},
	{"transfer", []text.Safe{"alt+t"}, "Transfer the call to somebody else", ""},
	{"swap", []text.Safe{"alt+s"}, "Swap the two calls: talk in the one on hold", "swap"},
	{"devices", []text.Safe{"alt+a"}, "Microphone and loudspeaker of calls", ""},
	{"video", []text.Safe{"alt+v"}, "Ask for the picture of the other side in the call, or end all pictures", ""},
	{"camera", []text.Safe{"alt+u"}, "Turn your camera on or off: nobody sees you before", ""},
	{"picture", []text.Safe{"alt+l"}, "Make the picture of the call large, or small again", ""},
	{"show", []text.Safe{"alt+g"}, "Go to the conversation with whom you are in a call", ""},
	{"yes", []text.Safe{"alt+y"}, "Call where the notice above the conversation says", ""},
	{"no", []text.Safe{"alt+n"}, "Take the notice about a call above the conversation away", ""},
}

// callKey does what a key means to a call; false when there is none for it, or the key means none.
func (m *model) callKey(k tea.KeyPressMsg) bool {
	does := m.callDeed(k)
	if does == "" || !m.callFor(does) {
		return false
	}
	m.rings.handle(does)
	return true
}

// callDeed is what a key asks of a call, by the user's keys. Where the user has given a key of golync's to something
// else, it goes on meaning that.
func (m *model) callDeed(k tea.KeyPressMsg) action {
	if k.Code >= deeds {
		return callKeys.of(k)
	}
	b := m.canvas.keys.of(callKeys).binding(k.String())
	if b == nil || callKeys.binding(k.String()) != nil && m.canvas.keys.taken(k.String(), m.inForce()) {
		return ""
	}
	return b.does
}

// callFor reports whether there is something that an action of callKeys can be done to.
func (m *model) callFor(does action) bool {
	switch does {
	case "answer", "decline", "reply", "ring menu":
		_, ok := m.state.Ringing()
		return ok
	case "swap":
		return len(m.ownCalls()) > 1
	case "yes":
		n, ok := m.frontNotice()
		return ok && n.Target != ""
	case "no":
		_, ok := m.frontNotice()
		return ok
	default:
		_, ok := m.state.Current()
		return ok
	}
}

// callDo does an action of callKeys.
func (m *model) callDo(does action) {
	ring, _ := m.state.Ringing()
	is, _ := m.state.Current()
	switch does {
	case "answer":
		m.answer(ring)
	case "decline":
		m.do(m.state.DeclineCall(m.now(), ring.ID))
	case "reply":
		m.replyByIM(ring)
	case "ring menu":
		m.rings.openMenu(ring)
	case "hang up":
		m.do(m.state.HangUp(m.now(), is.ID))
	case "mute":
		m.do(m.state.MuteCall(m.now(), is.ID, !is.Muted))
	case "hold":
		m.holdOrResume(is)
	case "dial pad":
		m.openDialPad(is)
	case "transfer":
		m.openTransfer(is)
	case "swap":
		m.do(m.state.SwapCalls(m.now()))
	case "devices":
		openPage(m, audioTitle)
	case "video":
		m.videoOnOff(is)
	case "camera":
		m.cameraOnOff(is)
	case "picture":
		m.pictures.large = !m.pictures.large
	case "show":
		m.talkTo(is.Peer)
	case "yes":
		m.followRedirect()
	case "no":
		m.dismissCallNotice()
	}
}

// callHints are those of callKeys that a help line shows now: what rings goes before what is talked in.
func (m *model) callHints() (all []shownKey) {
	for _, h := range m.canvas.hintsOf([]scope{callKeys}) {
		if m.callFor(h.does) && m.hinted(h.does) {
			all = append(all, h)
		}
	}
	return all
}

// hinted reports whether an action can be done at this moment of the call, and so is worth a place.
func (m *model) hinted(does action) bool {
	is, _ := m.state.Current()
	_, rings := m.state.Ringing()
	switch does {
	case "mute", "hold", "swap":
		return is.Talking() && !rings
	case "hang up":
		return !rings
	}
	return true
}

// ownCalls are the calls that the user has placed or answered.
func (m *model) ownCalls() (own []app.Call) {
	for _, c := range m.state.Calls() {
		if !c.Rings() {
			own = append(own, c)
		}
	}
	return own
}
