package app

import (
	"cmp"

	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/text"
	"golync/sipclient"
)

// Lync's own sentences about calls (facts/lync-2013-client.md section 8).
const (
	networkBusy    text.Safe = "Could not complete the call because the network is busy. Try again later."
	transferFailed text.Safe = "Cannot complete the transfer."
)

// personName is what somebody is called in a sentence.
func (s *State) personName(a contacts.Address) text.Safe {
	if name := s.NameOf(a).Line(); name != "" {
		return name
	}
	return address(string(a))
}

// calleeName is what the other side of a call is called in a sentence.
func (s *State) calleeName(c *call) text.Safe {
	if name := c.Name.Line(); name != "" {
		return name
	}
	return address(string(c.Peer))
}

// endNotice is what is to be said of a call that is over; nothing of one of which the user knows all, and of a missed
// one, which stands in the log.
func (s *State) endNotice(c *call, is sipclient.Call, how calllog.Outcome) CallNotice {
	who := s.calleeName(c)
	switch how {
	case calllog.Talked:
		return CallNotice{Text: s.talkedText(c, is, who)}
	case calllog.CutOff:
		return CallNotice{Text: "The call with " + who + " was cut off" + because(is) + ". Call once more to go on.", Error: true}
	case calllog.Elsewhere:
		return CallNotice{Text: "You have answered or declined the call from " + who + " on another device."}
	case calllog.Failed:
		if c.Incoming {
			return CallNotice{Text: failedHere(is, who), Error: true}
		}
		return CallNotice{Text: failedThere(is, who), Error: true}
	case calllog.NoAnswer:
		return CallNotice{Text: who + " did not answer. " + later, Error: true}
	case calllog.Refused:
		if is.Code >= 300 && is.Code < 400 {
			return s.redirected(is, who)
		}
		return CallNotice{Text: RefusalText(is.Code, is.Reason, who), Error: true}
	}
	return CallNotice{}
}

// talkedText is what is said when people have talked and the call ended as one of them wanted.
func (s *State) talkedText(c *call, is sipclient.Call, who text.Safe) text.Safe {
	switch {
	case c.Transfer == sipclient.TransferDone && c.To != "":
		return who + " and " + s.personName(c.To) + " are connected now. Your call has ended."
	case c.joined:
		return "" // the other call says it
	case is.Why == sipclient.EndedByPeer:
		return who + " has hung up."
	case is.Why == sipclient.EndedElsewhere:
		return "The call with " + who + " goes on on another device."
	}
	return ""
}

// later is what can be done when somebody could not be talked to.
const later text.Safe = "Call later, or send an instant message."

// because gives what the other side has said, in brackets.
func because(c sipclient.Call) text.Safe {
	if said := c.Reason.Line(); said != "" {
		return " (" + said + ")"
	}
	return ""
}

// failedHere is of a call that the user wanted to answer.
func failedHere(c sipclient.Call, who text.Safe) text.Safe {
	if c.Code == 488 || c.Code == 606 {
		return "The call from " + who + " could not be answered: their device and golync have no kind of sound in common. Send an instant message."
	}
	return "The call from " + who + " ended before it was connected" + because(c) + ". Call them back."
}

func failedThere(c sipclient.Call, who text.Safe) text.Safe {
	switch {
	case c.Code != 0:
		return RefusalText(c.Code, c.Reason, who)
	case c.Reason.Line() != "":
		return "The call to " + who + " could not be connected" + because(c) + ". Try again later."
	}
	return networkBusy
}

// redirected asks whether to call where the other side says (RFC 3261 section 21.3).
func (s *State) redirected(c sipclient.Call, who text.Safe) CallNotice {
	to, err := s.addressOf(c.Target)
	switch {
	case c.Code == 380:
		return CallNotice{Text: who + " cannot be called, but may be reached in another way" + because(c) + ". Send an instant message.", Error: true}
	case c.Target == "" || err != nil || to.Same(s.me.Address):
		return CallNotice{Text: who + " cannot be reached here, and says nowhere else to call. " + later, Error: true}
	case c.Code == 301:
		return CallNotice{Text: who + " has moved. Do you want to call " + s.personName(to) + " instead?", Target: to}
	}
	return CallNotice{Text: who + " asks you to call " + s.personName(to) + " instead. Do you want to?", Target: to}
}

// RefusalText says what the final response to a call means: what happened, why as far as known, and what can be done.
// who is whom the user called. Codes of 300 to 399 have words of their own: they are questions.
func RefusalText(code int, reason text.Peer, who text.Safe) text.Safe {
	switch code {
	case 486, 600:
		return who + " is in another call or does not want to be disturbed. " + later
	case 603, 607, 608:
		return who + " has declined the call. " + later
	case 480, 430, 410:
		return who + " cannot be reached and may be offline. " + later
	case 408:
		return who + " did not answer. " + later
	case 404, 604:
		return who + " cannot be found. Please check the address and try again."
	case 484, 485, 414, 416:
		return "The address of " + who + " is not complete, or fits several people. Please check the address and try again."
	case 488, 606, 415, 406:
		return noSoundInCommon(reason, who)
	case 401, 407:
		return "The server did not accept your password for this call. Sign out and in again, then try once more."
	}
	return refusedByServer(code, reason, who)
}

// noSoundInCommon is of a refusal of the sound alone. Who has another reason for it than that it does not fit says so.
func noSoundInCommon(reason text.Peer, who text.Safe) text.Safe {
	switch reason.Line() {
	case "", "Not Acceptable Here", "Not Acceptable", "Unsupported Media Type":
		return "The device of " + who + " and golync have no kind of sound in common. Send an instant message."
	}
	return who + " could not be called" + because(sipclient.Call{Reason: reason}) + ". Send an instant message."
}

// refusedByServer is of the codes with which rather a server on the way refuses than the other side.
func refusedByServer(code int, reason text.Peer, who text.Safe) text.Safe {
	said := because(sipclient.Call{Reason: reason})
	switch code {
	case 403:
		return who + " could not be called: the server or " + who + " does not allow it" + said +
			". Perhaps the address is outside your organization and is not federated with your company, or has not accepted you yet."
	case 402:
		return who + " could not be called: the server wants to be paid for it" + said + ". Ask your administrator."
	case 482, 483:
		return who + " could not be called: the call went round in a circle. Ask your administrator to check where calls are forwarded to."
	case 494, 421, 420:
		return who + " could not be called: their device wants something that golync cannot do" + said + ". Send an instant message."
	case 503, 504, 500, 513, 413:
		return networkBusy
	case 487, 481, 491:
		return "The call to " + who + " ended before it was answered" + said + ". Try again."
	}
	return who + " could not be reached" + cmp.Or(said, text.Safe(" (")+text.Int(code)+")") + ". Try again later."
}
