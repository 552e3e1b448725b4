package contacts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// domain makes a domain name canonical: lower case, no final dot, labels outside ASCII in punycode with
// the prefix "xn--" (RFC 5890 section 2.3.2.1). Labels follow RFC 1123 section 2.1, and underscores are
// let pass because internal networks have them.
func domain(s string) (string, error) {
	s = strings.TrimSuffix(s, ".")
	if s == "" || !utf8.ValidString(s) {
		return "", ErrHost
	}
	if len(s) > 4*maxHost {
		return "", ErrTooLong
	}
	// The ideographic full stops are dots to whoever types them (RFC 3490 section 3.1).
	s = strings.NewReplacer("\u3002", ".", "\uFF0E", ".", "\uFF61", ".").Replace(s)
	labels := strings.Split(s, ".")
	for i, l := range labels {
		l, err := label(l)
		if err != nil {
			return "", err
		}
		labels[i] = l
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "", ErrHost // 1.2.3, 300.1.1.1: not an IP address and not a name
	}
	return strings.Join(labels, "."), nil
}

func label(s string) (string, error) {
	if isASCII(s) {
		s = strings.ToLower(s)
	} else {
		// Compatibility forms such as full width letters are the plain letters (UTS 46 section 4).
		s = norm.NFKC.String(strings.ToLower(norm.NFKC.String(s)))
	}
	if s == "" || s[0] == '-' || s[len(s)-1] == '-' {
		return "", ErrHost
	}
	wide := false
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
		case r < utf8.RuneSelf:
			return "", ErrHost
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r) && i > 0, unicode.Is(unicode.Mc, r) && i > 0:
			wide = true
		default:
			return "", ErrIDN
		}
	}
	if wide {
		s = "xn--" + punycode(s)
	}
	if len(s) > 63 {
		return "", ErrTooLong
	}
	return s, nil
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// The parameters of punycode, RFC 3492 section 5.
const (
	punyBase, punyTMin, punyTMax  = 36, 1, 26
	punySkew, punyDamp            = 38, 700
	punyInitialBias, punyInitialN = 72, 128
)

// punycode encodes one label, RFC 3492 section 6.3. Labels are short, so nothing can overflow.
func punycode(s string) string {
	out := make([]byte, 0, len(s)+8)
	runes := []rune(s)
	for _, r := range runes {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(punyInitialN), 0, punyInitialBias
	for h := basic; h < len(runes); {
		m := rune(unicode.MaxRune)
		for _, r := range runes {
			if r >= n && r < m {
				m = r
			}
		}
		delta += int(m-n) * (h + 1)
		n = m
		for _, r := range runes {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			out = punyNumber(out, delta, bias)
			bias = punyAdapt(delta, h+1, h == basic)
			delta = 0
			h++
		}
		delta++
		n++
	}
	return string(out)
}

// punyNumber appends a generalized variable-length integer, RFC 3492 section 3.3.
func punyNumber(out []byte, q, bias int) []byte {
	const digits = "abcdefghijklmnopqrstuvwxyz0123456789"
	for k := punyBase; ; k += punyBase {
		t := min(max(k-bias, punyTMin), punyTMax)
		if q < t {
			return append(out, digits[q])
		}
		out = append(out, digits[t+(q-t)%(punyBase-t)])
		q = (q - t) / (punyBase - t)
	}
}

func punyAdapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (punyBase-punyTMin)*punyTMax/2 {
		delta /= punyBase - punyTMin
		k += punyBase
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}
