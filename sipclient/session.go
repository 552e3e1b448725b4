package sipclient

import (
	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/sdp"
)

// session is one call: an INVITE dialog, or several while it is placed, with the sound in it (RFC 3261 section 13).
// What is in here is common to both sides; the other fields are told where they are used. It belongs to the loop.
type session struct {
	c     *Client
	call  Call // as it stands
	told  Call // as it was told last
	over  bool // it has ended for the owner
	media Media
	byes  int    // not answered
	left  func() // called once when the other side has been told of the end; may be nil

	dialog *dialog
	order  pace // what is written within the dialogs leaves in order
	peer   abilities
	timing sessionTimer
	change change
	lapse  *timer // the end of patience: ringing, or without a flow
	away   bool   // the flow is gone, and the call goes on

	placing          // of a call that we make
	ringing          // of one that comes
	accept  *consent // a 2xx of ours that waits for its ACK
	refer   referral
}

// abilities are what the other side says that it can.
type abilities struct{ update, timer bool }

// learn reads Allow and Supported.
func (a *abilities) learn(m interface{ GetHeaders(string) []sip.Header }) {
	if len(m.GetHeaders("allow")) > 0 {
		a.update = names(m, "allow", "UPDATE")
	}
	a.timer = names(m, "supported", "timer") || names(m, "require", "timer")
}

// newSession makes a call that is not known to anybody yet.
func (c *Client) newSession(call Call, d *dialog) *session {
	s := &session{c: c, call: call, dialog: d, order: pace{limit: 1}}
	s.timing.ask = sessionLasts
	return s
}

// tell says how the call stands when that has changed.
func (s *session) tell() {
	if s.call != s.told {
		s.tellAgain()
	}
}

// tellAgain says it in any case: somebody waits to hear.
func (s *session) tellAgain() {
	s.told = s.call
	s.c.emit(CallChanged{s.call})
}

// dialogWith finds the dialog with a tag of the other side.
func (s *session) dialogWith(remote string) *dialog {
	if s.dialog.remoteTag == remote && (s.call.Incoming || s.taken) {
		return s.dialog
	}
	if e := s.early[remote]; e != nil && !s.taken {
		return e.dialog
	}
	return nil
}

// end ends the call for its owner. What has to be said to the other side is the caller's business, and the session
// stays for it until it is forgotten.
func (s *session) end(why CallEnd, code int, reason text.Peer) {
	if s.over {
		return
	}
	s.over = true
	s.stopTimers()
	s.call.State, s.call.Why, s.call.Code, s.call.Reason, s.call.Media = CallEnded, why, code, reason, false
	delete(s.c.calls.byID, s.call.ID)
	s.closeMedia()
	s.tell()
	s.expect()
	if s.c.calls.byTag[s.dialog.localTag] == s {
		s.c.loop.after(lingers, s.forget)
	}
}

// expect forgets a call that is over and that nothing more can come of. One that we made is remembered in any
// case: another device may answer it, and a lost ACK is asked for again.
func (s *session) expect() {
	if s.over && s.invite == nil && s.accept == nil && s.byes == 0 && len(s.acks) == 0 {
		s.forget()
	}
}

// forget drops what is left of a call that is over.
func (s *session) forget() {
	if s.c.calls.byTag[s.dialog.localTag] == s {
		delete(s.c.calls.byTag, s.dialog.localTag)
	}
	s.goodbye()
}

// goodbye says that the other side knows of the end, or never will.
func (s *session) goodbye() {
	if left := s.left; left != nil {
		s.left = nil
		left()
	}
}

func (s *session) closeMedia() {
	if m := s.media; m != nil {
		s.media = nil
		m.Close()
	}
}

func (s *session) stopTimers() {
	for _, t := range []*timer{s.lapse, s.timing.refresh, s.timing.expiry, s.change.again, s.refer.patience, s.ringAgain} {
		t.stop()
	}
	s.stopReliable()
}

// hangUp ends the call as the user wants it.
func (s *session) hangUp() {
	switch {
	case s.in != nil:
		s.decline(refuse(603, "Decline"), EndedHere)
		return
	case s.invite != nil && !s.taken:
		s.invite.cancel()
	case s.accept != nil && !s.accept.within:
		// A callee waits for the ACK before it hangs up (RFC 3261 section 15): see acknowledged.
	default:
		s.bye()
	}
	s.end(EndedHere, 0, text.Peer{})
}

// leave hangs up a call that people talk in.
func (s *session) leave() {
	s.bye()
	s.end(EndedHere, 0, text.Peer{})
}

// fail ends a call that people were connected in, because it broke.
func (s *session) fail(code int, reason text.Peer) {
	if !s.over {
		s.bye()
	}
	s.end(EndedFailed, code, reason)
}

// waits notes whether the other side holds us, by its description.
func (s *session) waits(description []byte) {
	s.call.Waiting = !sdp.DirectionOf(description).Receives()
}

// offline is told that the flow is gone.
func (s *session) offline() {
	switch {
	case s.in != nil:
		s.in = nil
		s.end(EndedFailed, 0, text.Peer{})
	case s.over:
		s.goodbye()
	case s.call.State == CallActive && !s.away:
		s.away = true
		s.lapse = s.c.loop.after(flowWithin, func() { s.end(EndedFailed, 0, text.Peer{}) })
	}
}

// online moves the call to the new flow: a re-INVITE tells the other side where we are now (RFC 3261 section 12.2,
// target refresh), and whether it is still there.
func (s *session) online() {
	if s.away {
		s.away, s.change.moved = false, true
		s.lapse.stop()
	}
	s.settle()
}
