package contacts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Readable returns an IM address as it is shown: letters outside ASCII as themselves instead of as escapes
// and punycode, where that cannot deceive; see legible. A part that could stays as it is.
func Readable(im string) string {
	at := strings.LastIndexByte(im, '@')
	if at < 0 || !strings.Contains(im, "%") && !strings.Contains(im, "xn--") {
		return im
	}
	user, labels := im[:at], strings.Split(im[at+1:], ".")
	if plain, ok := unescaped(user); ok && legible(plain) {
		user = plain
	}
	for i, l := range labels {
		coded, ok := strings.CutPrefix(l, "xn--")
		if !ok {
			continue
		}
		plain, ok := unpunycode(coded)
		if again, err := label(plain); ok && err == nil && again == l && legible(plain) {
			labels[i] = plain
		}
	}
	return user + "@" + strings.Join(labels, ".")
}

// unescaped undoes the escapes of letters outside ASCII; false when others are among them, which stand for
// what must not be taken for a part of the address.
func unescaped(user string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(user); i++ {
		c := user[i]
		if c == '%' {
			v, ok := unhex(user, i)
			if !ok || v < utf8.RuneSelf {
				return "", false
			}
			c, i = v, i+2
		}
		b.WriteByte(c)
	}
	return b.String(), utf8.ValidString(b.String())
}

// legible reports whether nobody can take s for anything else than it is: composed letters of one alphabet
// that is written from left to right, with ASCII digits and signs, and not all of them lookalikes of ASCII
// letters. Right-to-left letters stay encoded, because terminals would let them change places with the rest.
func legible(s string) bool {
	if !norm.NFKC.IsNormalString(s) || !utf8.ValidString(s) {
		return false
	}
	script, marks, sure := "", 0, false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && !unicode.IsLetter(r):
			marks = 0
			continue
		case unicode.In(r, unicode.Mn, unicode.Mc):
			if marks++; marks > 2 || script == "" || script == "Latin" {
				return false // what has no composed form is drawn in too many ways
			}
			continue
		case !unicode.In(r, unicode.Lu, unicode.Ll, unicode.Lo):
			return false
		}
		is := scriptOf(r)
		if is == "" || script != "" && is != script {
			return false
		}
		script, marks = is, 0
		if r < utf8.RuneSelf {
			continue
		}
		like := looksLike(r) != r
		if like && script == "Latin" {
			return false
		}
		sure = sure || !like
	}
	return sure
}

// scriptOf names the alphabet of a letter, "" for one that is not shown. The three of Japanese and the two
// of Korean are written together.
func scriptOf(r rune) string {
	for _, s := range [...]struct {
		name   string
		tables []*unicode.RangeTable
	}{
		{"Latin", []*unicode.RangeTable{unicode.Latin}},
		{"Cyrillic", []*unicode.RangeTable{unicode.Cyrillic}},
		{"Greek", []*unicode.RangeTable{unicode.Greek}},
		{"Han", []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul}},
		{"Armenian", []*unicode.RangeTable{unicode.Armenian}},
		{"Georgian", []*unicode.RangeTable{unicode.Georgian}},
		{"Devanagari", []*unicode.RangeTable{unicode.Devanagari}},
		{"Bengali", []*unicode.RangeTable{unicode.Bengali}},
		{"Tamil", []*unicode.RangeTable{unicode.Tamil}},
		{"Thai", []*unicode.RangeTable{unicode.Thai}},
	} {
		if !unicode.In(r, s.tables...) {
			continue
		}
		if s.name == "Latin" && r >= utf8.RuneSelf && !european(r) {
			return ""
		}
		return s.name
	}
	return ""
}

// european reports whether r is of the Latin letters that everyday languages write: the blocks Latin-1,
// Latin Extended-A and Latin Extended Additional.
func european(r rune) bool { return r < 0x180 || r >= 0x1E00 && r < 0x1F00 }

// unpunycode decodes one label without its prefix, RFC 3492 section 6.2. Labels are short: 59 characters of
// input cannot overflow an int.
func unpunycode(s string) (string, bool) {
	var out []rune
	if cut := strings.LastIndexByte(s, '-'); cut > 0 {
		out, s = []rune(s[:cut]), s[cut+1:]
	}
	if len(s) > 59 {
		return "", false
	}
	n, i, bias := punyInitialN, 0, punyInitialBias
	for s != "" {
		from, w := i, 1
		for k := punyBase; ; k += punyBase {
			digit, ok := punyDigit(s)
			if !ok || w > unicode.MaxRune*64 {
				return "", false
			}
			s = s[1:]
			i += digit * w
			t := min(max(k-bias, punyTMin), punyTMax)
			if digit < t {
				break
			}
			w *= punyBase - t
		}
		bias = punyAdapt(i-from, len(out)+1, from == 0)
		n, i = n+i/(len(out)+1), i%(len(out)+1)
		if n > unicode.MaxRune {
			return "", false
		}
		out = append(out[:i], append([]rune{rune(n)}, out[i:]...)...)
		i++
	}
	return string(out), true
}

// punyDigit is the value of the first character, RFC 3492 section 5.
func punyDigit(s string) (int, bool) {
	switch {
	case s == "":
		return 0, false
	case s[0] >= 'a' && s[0] <= 'z':
		return int(s[0] - 'a'), true
	case s[0] >= '0' && s[0] <= '9':
		return int(s[0]-'0') + 26, true
	}
	return 0, false
}
