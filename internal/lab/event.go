package lab

import (
	"strings"

	"github.com/emiago/sipgo/sip"
)

// badEvent refuses an event package that the lab has not.
func (l *Lab) badEvent(s *serving) {
	res := response(s.req, 489, "Bad Event")
	set(res, "Allow-Events", allowEvents)
	l.respond(s, res)
}

// accepts reports whether the watcher takes the event's documents; saying nothing means it does.
func accepts(req *sip.Request, event string) bool {
	want := pidfType
	if event == eventWinfo {
		want = winfoType
	}
	said := false
	for _, h := range req.GetHeaders("Accept") {
		for one := range strings.SplitSeq(h.Value(), ",") {
			said = true
			if m := mediaType(one); strings.EqualFold(m, want) || m == "*/*" || m == "application/*" {
				return true
			}
		}
	}
	return !said
}

// eventID reads the id parameter of Event.
func eventID(params string) string {
	for p := range strings.SplitSeq(params, ";") {
		if k, v, _ := strings.Cut(strings.TrimSpace(p), "="); strings.EqualFold(k, "id") {
			return v
		}
	}
	return ""
}

// clipped bounds an introduction, which is kept as long as the request is: 256 characters.
func clipped(s string) string {
	if r := []rune(s); len(r) > 256 {
		return string(r[:256])
	}
	return s
}
