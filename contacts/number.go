package contacts

import "strings"

// maxDigits is the longest number of the telephone network (E.164 section 6), with room for prefixes.
const maxDigits = 32

// Number reads a phone number as people write it, "+49 (30) 123-456", or as a tel: URI (RFC 3966), and
// returns it without its visual separators; false when it is none. Parameters of a tel: URI are dropped.
func Number(typed string) (number string, ok bool) {
	typed = strings.TrimSpace(typed)
	if len(typed) > 4 && strings.EqualFold(typed[:4], "tel:") {
		typed, _, _ = strings.Cut(typed[4:], ";")
	}
	if len(typed) > 4*maxDigits || !phoneNumber(typed) {
		return "", false
	}
	var b strings.Builder
	for i := range len(typed) {
		switch c := typed[i]; {
		case c >= '0' && c <= '9', c == '*', c == '#':
			b.WriteByte(c)
		case c == '+':
			if b.Len() > 0 {
				return "", false
			}
			b.WriteByte(c)
		}
	}
	return b.String(), b.Len() <= maxDigits
}

// AtDomain returns the address by which a number is reached in the domain of me (RFC 3261 section 19.1.6):
// "sip:+4930123456@contoso.com".
func AtDomain(number string, me Address) (Address, error) {
	return ParseAddress("sip:" + strings.ReplaceAll(number, "#", "%23") + "@" + me.Host())
}
