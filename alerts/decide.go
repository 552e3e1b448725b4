package alerts

import "golync/contacts"

// SIP statuses that tell a sender no.
const (
	forbidden = 403 // which no server stores for later (design section 6)
	busy      = 486
	decline   = 603 // a call: nowhere else is it to be tried
)

// Decide says what an incoming thing gets (the table of design section 6). A relationship, once decided,
// always wins over the options: they are about people who are not contacts.
//
// A request is never refused: who may see the user is written in the presence rules, and by these somebody
// blocked sees Offline and somebody undecided stays pending.
func Decide(o Options, in Incoming) Verdict {
	if in.Relationship == contacts.BlockedContacts {
		return blocked(in.What)
	}
	var v Verdict
	switch in.What {
	case Request:
		v = request(o, in)
	case Conversation, Call:
		v = communication(o, in)
	case StatusChange:
		v = Verdict{Show: in.Contact, Alert: in.Contact}
	}
	if v.Alert && in.Mine.Undisturbed() {
		return undisturbed(o, in, v)
	}
	return v
}

// blocked hides everything of somebody in Blocked Contacts.
func blocked(w What) Verdict {
	switch w {
	case Conversation:
		return Verdict{Refuse: forbidden}
	case Call:
		return Verdict{Refuse: decline}
	}
	return Verdict{}
}

// request decides on somebody who has added the user.
func request(o Options, in Incoming) Verdict {
	switch {
	case in.Contact || in.Relationship != contacts.NoRelationship:
		return Verdict{Accept: true} // decided already: granted by the relationship
	case !o.TellMe:
		// The user's organisation is let in without a word, everybody else waits at the server.
		return Verdict{Accept: in.Kind == contacts.MyOrganization}
	case in.Kind == contacts.Skype && o.Outside == BlockAll:
		return Verdict{}
	}
	return Verdict{Show: true, Alert: true}
}

// communication decides on messages and calls.
func communication(o Options, in Incoming) Verdict {
	known := in.Contact || in.Relationship != contacts.NoRelationship
	if !known && in.Kind == contacts.Skype && o.Outside != AllowAnyone {
		return blocked(in.What)
	}
	return Verdict{Show: true, Alert: true}
}

// undisturbed takes from v what Do Not Disturb keeps away. A message can wait in its conversation, unread;
// a call that does not ring cannot, so its caller is told that the user is busy.
func undisturbed(o Options, in Incoming, v Verdict) Verdict {
	workgroup := in.Relationship == contacts.Workgroup
	switch in.What {
	case Conversation:
		v.Alert = workgroup && o.DND != ShowNone
	case Call:
		if !workgroup {
			return Verdict{Refuse: busy}
		}
		v.Alert = o.DND != ShowNone
	default:
		v.Alert = o.DND == ShowAllButConversations
	}
	return v
}
