package flow

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
)

// scribe writes one and the same message in every way that RFC 3261 allows: white space where the grammar
// has it, folding, compact and oddly cased names, lists in one field or in several.
type scribe struct{ *rand.Rand }

// one picks one of several writings.
func (s scribe) one(of ...string) string { return of[s.IntN(len(of))] }

// lws is white space where there may be some (SWS in RFC 3261 section 25.1), some where there must be (LWS).
func (s scribe) sws() string { return s.one("", "", " ", "\t", "  \t", "\r\n ", " \r\n\t ") }
func (s scribe) lws() string { return s.one(" ", "\t", "   ", "\r\n ", " \r\n\t") }

// word writes a name in any case.
func (s scribe) word(w string) string { return s.one(w, w, strings.ToUpper(w), strings.ToLower(w)) }

// param writes ";name=value".
func (s scribe) param(name, value string) string {
	if value == "" {
		return s.sws() + ";" + s.sws() + s.word(name)
	}
	return s.sws() + ";" + s.sws() + s.word(name) + s.sws() + "=" + s.sws() + value
}

// field writes "name: value".
func (s scribe) field(long, short, value string) string {
	name := s.word(long)
	if short != "" && s.IntN(3) == 0 {
		name = s.word(short)
	}
	return name + s.one("", " ", "\t", "  ") + ":" + s.sws() + value + s.one("", " ", "\t") + "\r\n"
}

// list writes values in one field or in one for each.
func (s scribe) list(long, short string, values ...string) string {
	if s.IntN(2) == 0 {
		var out string
		for _, v := range values {
			out += s.field(long, short, v)
		}
		return out
	}
	return s.field(long, short, strings.Join(values, s.sws()+","+s.sws()))
}

func (s scribe) message() string {
	via := func(transport, host, branch string) string {
		return "SIP" + s.sws() + "/" + s.sws() + "2.0" + s.sws() + "/" + s.sws() + transport + s.lws() + host + s.sws() + ":" + s.sws() + "5060" +
			s.param("branch", branch) + s.param("rport", "")
	}
	fields := []string{
		s.list("Via", "v", via("TCP", "proxy.contoso.com", "z9hG4bKa"), via("UDP", "[2001:db8::1]", `z9hG4bKb`)),
		s.field("From", "f", `"Bob \"B\", Jr; <x>"`+s.sws()+"<sip:bob@fabrikam.com;transport=tcp>"+s.param("tag", "from1")+s.param("x", `"a;b=c, d"`)),
		s.field("To", "t", s.one("<sip:alice@contoso.com>", "sip:alice@contoso.com", "Alice"+s.lws()+"<sip:alice@contoso.com>")+s.param("tag", "to1")),
		s.field("Call-ID", "i", "call1@host"),
		s.field("CSeq", "", "0042"+s.lws()+"NOTIFY"),
		s.list("Contact", "m", `"A, B"`+s.sws()+"<sip:a@b;x=y>"+s.param("expires", "60")+s.param("pub-gruu", `"sip:a@x;gr=1"`), "<sip:c@d>"+s.param("q", "0.5")),
		s.list("Record-Route", "", "<sip:p1;lr>"+s.param("x", `"a,b"`), "<sip:p2;lr>"),
		s.field("Event", "o", "presence"), s.field("Subject", "s", "one"+s.lws()+"two"),
	}
	s.Shuffle(len(fields)-1, func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	body := "Subject: not this\r\n\r\nFrom: nor this"
	return "NOTIFY sip:alice@contoso.com SIP/2.0\r\n" + strings.Join(fields, "") + s.field("Content-Length", "l", fmt.Sprint(len(body))) + "\r\n" + body
}

// meaning is what a user agent takes from a message.
func meaning(m sip.Message) string {
	req := m.(*sip.Request)
	var b strings.Builder
	get := func(p sip.HeaderParams, name string) string { v, _ := p.Get(name); return Value(v) }
	for _, h := range req.GetHeaders("via") {
		v := h.(*sip.ViaHeader)
		fmt.Fprintln(&b, "via", v.ProtocolName, v.ProtocolVersion, v.Transport, v.Host, v.Port, get(v.Params, "branch"), v.Params.Has("rport"))
	}
	from, to := req.From(), req.To()
	fmt.Fprintln(&b, "from", from.DisplayName, from.Address.String(), get(from.Params, "tag"), get(from.Params, "x"))
	fmt.Fprintln(&b, "to", to.Address.String(), get(to.Params, "tag"))
	fmt.Fprintln(&b, req.CallID().Value(), req.CSeq().SeqNo, req.CSeq().MethodName)
	for _, h := range req.GetHeaders("contact") {
		c := h.(*sip.ContactHeader)
		fmt.Fprintln(&b, "contact", c.DisplayName, c.Address.String(), get(c.Params, "expires"), get(c.Params, "pub-gruu"), get(c.Params, "q"))
	}
	for _, h := range req.GetHeaders("record-route") {
		fmt.Fprintln(&b, "route", h.(*sip.RecordRouteHeader).Address.String())
	}
	for _, name := range []string{"event", "subject"} {
		for _, h := range req.GetHeaders(name) {
			fmt.Fprintln(&b, name, strings.Join(strings.Fields(h.Value()), " "))
		}
	}
	return b.String() + string(req.Body())
}

const meant = `via SIP 2.0 TCP proxy.contoso.com 5060 z9hG4bKa true
via SIP 2.0 UDP 2001:db8::1 5060 z9hG4bKb true
from Bob \"B\", Jr; <x> sip:bob@fabrikam.com;transport=tcp from1 a;b=c, d
to sip:alice@contoso.com to1
call1@host 42 NOTIFY
contact A, B sip:a@b;x=y 60 sip:a@x;gr=1 ` + `
contact  sip:c@d   0.5
route sip:p1;lr
route sip:p2;lr
event presence
subject one two
Subject: not this` + "\r\n\r\nFrom: nor this"

func TestHoweverAMessageIsWrittenSipgoReadsTheSame(t *testing.T) {
	for seed := range uint64(2000) {
		msg := scribe{rand.New(rand.NewPCG(seed, 1))}.message()
		a, b := pipe()
		c := Wrap(a, ConnConfig{Stream: true, Reject: func(r Rejected) { t.Errorf("seed %d: %v", seed, r.Err) }})
		_, _ = b.Write([]byte(msg))
		_ = b.Close()
		buf := make([]byte, 8000)
		n, err := c.Read(buf)
		if err != nil {
			t.Fatalf("seed %d: %v\n%q", seed, err, msg)
		}
		m, err := sip.ParseMessage(buf[:n])
		if err != nil {
			t.Fatalf("seed %d: %v\n%q", seed, err, msg)
		}
		if got := meaning(m); got != meant {
			t.Fatalf("seed %d: %s\nwant %s\nof %q", seed, got, meant, msg)
		}
	}
}

// RFC 4475 section 3.1.1.1, with the Content-Length of its body here.
const tortuous = "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r\n" +
	"TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n" +
	"from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8\r\n" +
	"MaX-fOrWaRdS: 0068\r\nCall-ID: wsinv.ndaksdj@192.0.2.1\r\nContent-Length   : 3\r\ncseq: 0009\r\n  INVITE\r\n" +
	"Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\ns :\r\nNewFangledHeader:   newfangled value\r\n continued newfangled value\r\n" +
	"UnknownHeaderWithUnusualValue: ;;,,;;,;\r\nContent-Type: application/sdp\r\n" +
	"Route:\r\n <sip:services.example.com;lr;unknownwith=value;unknown-no-value>\r\n" +
	"v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239\r\n" +
	"m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\r\n      newvalue ;\r\n  secondparam ; q = 0.33\r\n\r\nv=0"

func TestTheShortTortuousInvite(t *testing.T) {
	req := parsed(t, tortuous).(*sip.Request)
	to, _ := req.To().Params.Get("tag")
	from, _ := req.From().Params.Get("tag")
	q, _ := req.Contact().Params.Get("q")
	if to != "1918181833n" || from != "98asjd8" || q != "0.33" || len(req.GetHeaders("via")) != 3 || req.CSeq().MethodName != sip.INVITE {
		t.Errorf("%q %q %q %d %q", to, from, q, len(req.GetHeaders("via")), req.CSeq().MethodName)
	}
	if got := sip.NewResponseFromRequest(req, 200, "OK", nil); got.From().Params == nil {
		t.Error("no answer can be made of it")
	}
}
