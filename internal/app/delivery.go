package app

import (
	"strings"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Parts of Lync's sentences (facts/lync-2013-client.md section 8).
const (
	notDelivered text.Safe = "This message was not delivered to "
	filtered     text.Safe = "Your message or invitation was not delivered, possibly because it contains a hyperlink or other content that the system administrator has blocked."
)

// DeliveryText says in Lync's words why a message of the user's has not reached name, or what is not known
// of it; an empty name is replaced by the address. It is empty for a message that arrived or is on its way.
func DeliveryText(m sipclient.Message, name text.Peer) text.Safe {
	who := name.Line()
	if who == "" {
		who = account(m.Peer)
	}
	switch m.Delivery {
	case sipclient.Failed:
		return failedText(m, who)
	case sipclient.Unknown:
		return unknownText(who)
	case sipclient.Stored:
		return who + " is offline. The server keeps this message and delivers it later."
	}
	return ""
}

// DeliveryLabel says in a word how far a message of the user's has come; it is empty for a received one.
func DeliveryLabel(m sipclient.Message) text.Safe {
	if !m.Outgoing {
		return ""
	}
	switch m.Delivery {
	case sipclient.Unsent:
		if m.Waiting {
			return "waiting"
		}
		return "sending"
	case sipclient.Sent:
		return "sent"
	case sipclient.Stored:
		return "stored"
	case sipclient.Delivered:
		return "delivered"
	case sipclient.Read:
		return "read"
	case sipclient.Failed:
		if cancelled(m) {
			return "not sent"
		}
		return "not delivered"
	}
	return "unknown"
}

// Unreachable reports whether a SIP status says that nobody was there to take a message, as a server without a
// store does for people who are offline (RFC 3261 section 21.4.18, RFC 5626 section 11.5). The message waits in the outbox for them.
func Unreachable(code int) bool { return code == 480 || code == 430 }

func unknownText(who text.Safe) text.Safe {
	return "This message may not have been delivered to " + who + " because the server sent the message to this person but it timed out."
}

func failedText(m sipclient.Message, who text.Safe) text.Safe {
	switch m.Code {
	case 0:
		if cancelled(m) {
			return "This message was not sent to " + who + " because you cancelled it."
		}
		if m.Reason.Empty() {
			break
		}
		return notDelivered + who + ": " + m.Reason.Line() + "."
	case 404, 604:
		return notDelivered + address(m.Peer) + " because the address is outside your organization and is not federated with your company, or the address is incorrect."
	case 408:
		return unknownText(who)
	case 410, 430, 480:
		return notDelivered + who + " because this person is unavailable or offline."
	case 486, 600:
		return notDelivered + who + " because one or more recipients do not want to be disturbed."
	case 415, 488:
		return notDelivered + who + " because one or more recipients don't support this type of message."
	case 500, 503, 504, 603:
		return notDelivered + who + " because the service is not available."
	case 606:
		return filtered
	}
	return who + " could not be reached and this message was not delivered" + forbidden(m) + "."
}

// forbidden is what a server says that does not let a message pass (403): a policy of the administrator's, or that
// the other side has not accepted yet. Nothing else tells the user which. A server that only repeats what 403 is
// called (RFC 3261 section 21.4.4) says nothing.
func forbidden(m sipclient.Message) text.Safe {
	if said := string(m.Reason.Line()); m.Code != 403 || said == "" || strings.EqualFold(said, "Forbidden") {
		return ""
	}
	return " (" + m.Reason.Line() + ")"
}

// account is what people call somebody without a name: the Microsoft account behind a decorated address.
func account(uri string) text.Safe {
	if a, err := contacts.ParseAddress(uri); err == nil {
		return text.From(contacts.Readable(contacts.Providers{}.Account(a))).Line()
	}
	return text.From(uri).Line()
}

// address is an address as it is used, where it is what may be wrong.
func address(uri string) text.Safe {
	if a, err := contacts.ParseAddress(uri); err == nil {
		return text.From(a.IM()).Line()
	}
	return text.From(uri).Line()
}
