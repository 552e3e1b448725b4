package contacts

import "strings"

// addrSpec takes the address out of what a header or an e-mail program writes around it (RFC 3261 section
// 25.1, name-addr): a display name in front, quoted or not, angle brackets, parameters behind them.
func addrSpec(s string) (string, error) {
	rest := s
	if strings.HasPrefix(s, `"`) {
		end := quotedEnd(s)
		if end < 0 {
			return "", ErrQuote
		}
		rest = strings.TrimSpace(s[end:])
		if strings.HasPrefix(rest, "@") {
			return "", ErrQuotedUser
		}
		if !strings.HasPrefix(rest, "<") {
			return "", ErrQuote
		}
	}
	open := strings.IndexByte(rest, '<')
	if open < 0 {
		if several(rest) {
			return "", ErrSeveral
		}
		return s, nil
	}
	inside, behind, ok := strings.Cut(rest[open+1:], ">")
	behind = strings.TrimSpace(behind)
	switch {
	case !ok || strings.Contains(inside, "<"):
		return "", ErrQuote
	case strings.HasPrefix(behind, ",") || several(rest[:open]):
		return "", ErrSeveral
	case behind != "" && !strings.HasPrefix(behind, ";"):
		return "", ErrQuote
	}
	return strings.TrimSpace(inside), nil
}

// quotedEnd is where a quoted string that begins s ends, or -1 (RFC 3261 section 25.1, quoted-string).
func quotedEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// several reports whether s is a list of addresses.
func several(s string) bool {
	first, rest, ok := strings.Cut(s, ",")
	return ok && strings.Contains(first, "@") && strings.Contains(rest, "@")
}
