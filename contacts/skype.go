package contacts

import (
	"strings"

	"golync/internal/text"
)

// skypeLabels are the states as Skype has them: a Skype user knows four, and Lync's many are rounded towards
// leaving the person alone (facts/lync-2013-client.md section 9, Presence mapping).
var skypeLabels = [...]text.Safe{
	PresenceUnknown:   "Unknown",
	Available:         "Online",
	Inactive:          "Away",
	Busy:              "Do Not Disturb",
	InACall:           "Do Not Disturb",
	InAConferenceCall: "Do Not Disturb",
	InAMeeting:        "Do Not Disturb",
	DoNotDisturb:      "Do Not Disturb",
	Presenting:        "Do Not Disturb",
	BeRightBack:       "Away",
	Away:              "Away",
	OffWork:           "Away",
	OutOfOffice:       "Away",
	Offline:           "Offline",
	BusyIdle:          "Do Not Disturb",
	UrgentOnly:        "Do Not Disturb",
}

// SkypeLabel returns the state of another person as Skype names it. Of somebody who has not accepted yet it is
// "Unknown", and the row says for whom it waits.
func (a Availability) SkypeLabel() text.Safe {
	if int(a) >= len(skypeLabels) {
		a = PresenceUnknown
	}
	return skypeLabels[a]
}

// SkypeChoice returns the state as a Skype user chooses it: SkypeLabel, but being Offline by one's own will,
// while messages still arrive, is Invisible.
func (a Availability) SkypeChoice() text.Safe {
	if a == Offline {
		return "Invisible"
	}
	return a.SkypeLabel()
}

// SkypeChoices returns what a Skype user may choose by hand, in the order of Skype's menu.
func SkypeChoices() []Availability {
	return []Availability{Available, Away, DoNotDisturb, Offline}
}

// AccountKind says on which side an account is: Skype for a Microsoft account, in one of the provider's
// domains or decorated, and MyOrganization for everybody else's.
func (p Providers) AccountKind(a Address) Kind {
	if p.Skype.owns(a.Host()) {
		return Skype
	}
	return MyOrganization
}

// SignInAs says with which address somebody signs in who typed this as a Microsoft account: bob@contoso.com
// signs in as bob(contoso.com)@msn.com, and who typed that already, or cheri@outlook.com, as it is (design
// section 7). With the scheme sip: before it an address is no e-mail address but the SIP address of a Lync
// user, and is taken as it is; see AccountKind. A name without a domain is ErrSkypeName; the other errors are
// those of Resolve.
func (p Providers) SignInAs(typed string) (Resolved, error) {
	typed = strings.TrimSpace(typed)
	if typed != "" && !strings.ContainsAny(typed, "@<>: ") && !phoneNumber(typed) {
		return Resolved{}, ErrSkypeName
	}
	if low := strings.ToLower(typed); strings.HasPrefix(low, "sip:") || strings.HasPrefix(low, "sips:") || strings.Contains(low, "<sip") {
		a, err := ParseAddress(typed)
		if err != nil {
			return Resolved{}, err
		}
		return Resolved{Address: a, Account: p.Account(a)}, nil
	}
	return p.Resolve("", ProviderSkype, typed)
}
