package ui

import (
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"

	"golync/internal/text"
)

// linkSchemes are what a link may begin with. Everything else in a message is text: a terminal hands a link
// to whatever program the system has for its scheme.
var linkSchemes = [...]string{"http://", "https://", "mailto:", "sip:", "sips:"}

// maxLink is the longest link in bytes, far below what terminals give up at (VTE: 2083).
const maxLink = 2000

// link is a part of a line that leads somewhere. What is seen is where it leads: there is no other way to
// make one.
type link struct {
	from, to int // bytes of the line
	uv.Link
}

// linksIn finds the links of one line of a message. of tells the messages apart, so that the parts of a link
// that is broken over two rows are one link to the terminal, and the same link in two messages is two.
func linksIn(line text.Safe, of string) []link {
	var found []link
	s := string(line)
	for at := 0; at < len(s); {
		colon := strings.IndexByte(s[at:], ':')
		if colon < 0 {
			break
		}
		colon += at
		from := schemeStart(s, at, colon)
		if from < 0 {
			at = colon + 1
			continue
		}
		to := linkEnd(s, from)
		target, ok := linkTarget(s[from:to])
		if ok {
			found = append(found, link{from, to, uv.Link{URL: target, Params: "id=" + linkID(of, from)}})
		}
		at = max(to, colon+1)
	}
	return found
}

// schemeStart is where the scheme before a colon begins; -1 when it is none that makes a link, or a part of
// a longer word.
func schemeStart(s string, least, colon int) int {
	for _, scheme := range linkSchemes {
		name := strings.TrimSuffix(scheme, "//")
		from := colon + 1 - len(name)
		if from < least || len(s)-from < len(scheme) || !strings.EqualFold(s[from:from+len(scheme)], scheme) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(s[:from]); from > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			continue
		}
		return from
	}
	return -1
}

// linkEnd is where a link that begins at from ends: before a blank or a sign that URLs do not hold, and
// before the punctuation of the sentence around it.
func linkEnd(s string, from int) int {
	end := from
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !inLink(r) {
			break
		}
		end += size
	}
	if end-from > 2*maxLink {
		return end // no link, and a long way back through its brackets
	}
	for end > from {
		last := s[end-1]
		if strings.IndexByte(".,;:!?'*_~", last) >= 0 {
			end--
			continue
		}
		i := strings.IndexByte(")]", last)
		if i < 0 || strings.Count(s[from:end], "(["[i:i+1]) >= strings.Count(s[from:end], ")]"[i:i+1]) {
			break
		}
		end--
	}
	return end
}

// inLink reports whether a character can stand in a link: those of RFC 3986, and letters of every script,
// which the target holds percent-encoded.
func inLink(r rune) bool {
	if r >= utf8.RuneSelf {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return r > ' ' && r < 0x7f && !strings.ContainsRune("<>\"`{}|\\^", r)
}

// linkTarget is what the terminal is told of a link: ASCII that no sequence can be ended with. It is not ok
// when the link leads nowhere, or hides where it leads: "https://contoso.com@fabrikam.com" is fabrikam's.
func linkTarget(seen string) (target string, ok bool) {
	if len(seen) > maxLink {
		return "", false
	}
	u, err := url.Parse(seen)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		ok = u.User == nil && strings.Trim(u.Hostname(), ".") != ""
	default:
		name, host, at := strings.Cut(u.Opaque, "@")
		ok = at && name != "" && strings.Trim(host, ".?;:") != ""
	}
	return percentEncoded(seen), ok
}

// percentEncoded is s with every byte that is not printable ASCII, and every percent sign that encodes
// nothing, written as RFC 3986 section 2.1 has it.
func percentEncoded(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c > ' ' && c < 0x7f && (c != '%' || isHex(s, i+1) && isHex(s, i+2)) {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func isHex(s string, i int) bool {
	return i < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i]) >= 0
}

// linkID is the same for the rows of one link, and short: it is sent with every row.
func linkID(of string, from int) string {
	h := fnv.New32a()
	h.Write([]byte(of))                 //nolint:errcheck // a hash takes everything
	h.Write([]byte{':'})                //nolint:errcheck // likewise
	h.Write([]byte(strconv.Itoa(from))) //nolint:errcheck // likewise
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// within is what of the links stands in bytes from..to of their line, counted from there.
func within(links []link, from, to int) []link {
	var part []link
	for _, l := range links {
		if l.to > from && l.from < to {
			part = append(part, link{max(l.from, from) - from, min(l.to, to) - from, l.Link})
		}
	}
	return part
}

// link makes the cells of an area lead somewhere, in a style of its own.
func (c *canvas) link(area rect, to uv.Link, s style) {
	area = area.Intersect(c.bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		line := c.cells.Line(y)
		for x := area.Min.X; x < area.Max.X; x++ {
			if !line[x].IsZero() {
				line[x].Style, line[x].Link = s, to
			}
		}
	}
}

// link is how a link looks: underlined, because the accent alone says that golync does something.
func (t *theme) link() style {
	s := t.accent
	s.Underline = uv.UnderlineSingle
	return s
}

// drawLinks marks the links of a row of text that was drawn at an area.
func (c *canvas) drawLinks(at rect, words text.Safe, links []link, s style) {
	for _, l := range links {
		from := at.Min.X + c.width(words[:l.from])
		to := from + c.width(words[l.from:l.to])
		c.link(rect{Min: pt(from, at.Min.Y), Max: pt(to, at.Max.Y)}.Intersect(at), l.Link, s)
	}
}
