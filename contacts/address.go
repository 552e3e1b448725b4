// Package contacts is the contact list: people, groups, privacy relationships, requests of people
// who added the user, addresses and providers, and the search over them. It is pure: it knows no
// network, no disk, no clock and no screen. The words are Lync 2013's.
package contacts

import (
	"strings"

	"golync/internal/text"
)

// Address is a SIP address of record in canonical form, "sip:user@host": scheme and host in lower
// case, printable ASCII only, no port and no parameters. ParseAddress makes one; it can therefore be
// shown as it is.
type Address string

// Kind says where a person is, seen from the user's own domain (design section 6, Alerts).
type Kind uint8

// The kinds of a person.
const (
	External       Kind = iota // another domain that speaks SIP; uses Lync
	MyOrganization             // the user's own domain
	Skype                      // a public provider's domain or a decorated address
)

// String returns the kind as the New tab shows it.
func (k Kind) String() string {
	switch k {
	case MyOrganization:
		return "My Organization"
	case Skype:
		return "Skype"
	}
	return "External"
}

// Relationship is the privacy relationship: what a person may see of the user.
type Relationship uint8

// The privacy relationships of Lync 2013. NoRelationship is somebody not yet decided upon.
const (
	NoRelationship Relationship = iota
	FriendsAndFamily
	Workgroup
	Colleagues
	ExternalContacts
	BlockedContacts
)

// AddressError is why an address cannot be used: a sentence fit to show, with nothing in it that was typed.
type AddressError text.Safe

// The ways in which an address is not one.
const (
	ErrNoAddress   AddressError = "Type an IM address, for example bob@contoso.com."
	ErrNoDomain    AddressError = "An IM address looks like an e-mail address: name@domain."
	ErrNoUser      AddressError = "The name before the @ is missing."
	ErrUser        AddressError = "The name before the @ has a character that no address may have."
	ErrHost        AddressError = "What stands after the @ is not a domain name."
	ErrIDN         AddressError = "The domain after the @ has a character that domain names may not have."
	ErrTooLong     AddressError = "The address is too long."
	ErrPhoneNumber AddressError = "A phone number is not an IM address."
	ErrScheme      AddressError = "Only addresses that begin with sip: or sips: can be used."
	ErrDecorated   AddressError = "An address in the form user(domain) belongs to the provider's own domain, such as msn.com."
	ErrAccount     AddressError = "A Microsoft account has a domain name after the @."
	ErrQuote       AddressError = "The quotation marks or angle brackets around the address do not match."
	ErrQuotedUser  AddressError = "A SIP address has no quotation marks around the name before the @: type it without them."
	ErrSeveral     AddressError = "Type one address at a time."
	ErrSkypeName   AddressError = "A Skype name cannot be used to search for Lync people or to add them: that needs a Microsoft account, which looks like an e-mail address. Merge your Skype name with a Microsoft account, then sign in with that."
)

// Error returns the sentence.
func (e AddressError) Error() string { return string(e) }

// Sentence returns it for the screen.
func (e AddressError) Sentence() text.Safe { return text.From(string(e)).Line() }

// Bounds in bytes: of a local part by RFC 5321 section 4.5.3.1.1, doubled because a decorated address
// carries a domain in it; of a domain name by RFC 1035 section 2.3.4.
const (
	maxUser  = 320
	maxHost  = 253
	maxTyped = 1024
)

// ParseAddress reads an address of record as a person types it or a server sends it: "bob@contoso.com",
// "sip:bob@contoso.com", "sips:..." (RFC 3261 section 19.1), with or without angle brackets, a display name
// before them and parameters behind them. Port, password, parameters and headers are dropped, escapes that need not be are undone
// (RFC 3261 section 19.1.4), and letters outside ASCII become escapes in the user part and punycode (RFC
// 3492) in the domain. Its errors are the Err... values of this package.
func ParseAddress(s string) (Address, error) {
	if canonical(s) {
		return Address(s), nil
	}
	if len(s) > maxTyped {
		return "", ErrTooLong
	}
	s, err := addrSpec(strings.TrimSpace(s))
	if err != nil {
		return "", err
	}
	if s == "" {
		return "", ErrNoAddress
	}
	rest, err := withoutScheme(s)
	if err != nil {
		return "", err
	}
	user, host, err := split(rest)
	if err != nil {
		return "", err
	}
	if host, err = parseHost(host); err != nil {
		return "", err
	}
	if user, err = parseUser(user); err != nil {
		return "", err
	}
	if len(user) > maxUser || len(host) > maxHost {
		return "", ErrTooLong
	}
	return Address("sip:" + user + "@" + host), nil
}

// IM returns the address as Lync shows it, without the scheme: "bob@contoso.com".
func (a Address) IM() string { return strings.TrimPrefix(string(a), "sip:") }

// User returns the part before the @.
func (a Address) User() string {
	im := a.IM()
	return im[:max(0, strings.LastIndexByte(im, '@'))]
}

// Host returns the part after the @.
func (a Address) Host() string { return string(a[strings.LastIndexByte(string(a), '@')+1:]) }

// Folded is what the ways of writing one person's address have in common, for use as a key: RFC 3261
// section 19.1.4 holds user parts apart by case, but no directory of people does, and nobody blocked is
// to come back in capitals.
func (a Address) Folded() Address {
	for i := 0; i < len(a); i++ {
		if a[i] >= 'A' && a[i] <= 'Z' {
			return Address(strings.ToLower(string(a)))
		}
	}
	return a
}

// Same reports whether a and b are one person's address, written in different cases perhaps.
func (a Address) Same(b Address) bool { return a == b || a.Folded() == b.Folded() }
