package flow

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
)

// seeds are messages with everything that this package has an opinion about.
func seeds() []string {
	return []string{
		message("MESSAGE sip:alice@contoso.com SIP/2.0", "Subject: one\r\n two", "\nhello"),
		message("REGISTER sip:contoso.com SIP/2.0", `m: "A, \"B" <sip:x@y;a,b>;Q=0.5 , sip:z@w;pub-gruu="sip:a@x;gr=1"`, "l: 0"),
		message("SIP/2.0 180 Ringing", "v: SIP / 2.0 / TCP  [::1] : 5060 ; Branch = x , SIP/2.0/UDP y;z=\"a,b\"", "Record-Route: <sip:p;lr>,<sip:q;lr>"),
		message("INVITE sip:a@b;c=d?e=f&g=h SIP/2.0", "r: <sip:c@d?Replaces=x%3Bto-tag%3D1>", "k: a, b", "\nv=0\r\n\r\n"),
		message("NOTIFY sip:a@b SIP/2.0", "Content-Length: 2", "l: 9", "\nxy"),
		"SIP/2.0 200\r\nv:SIP/2.0/TCP h\r\nf:*\r\nt:<sip:@>\r\ni:\x0e\r\nCSeq:1  X\r\n\r\n",
		"\r\n\r\n\x00\x00garbage\r\nMESSAGE sip:a@b SIP/2.0\r\n\r\n",
	}
}

// FuzzFrame checks that how a stream was cut into segments makes no difference to what comes out of it.
func FuzzFrame(f *testing.F) {
	for i, s := range seeds() {
		f.Add([]byte(s+seeds()[0]), uint8(i*7))
	}
	f.Fuzz(func(t *testing.T, stream []byte, size uint8) {
		limits := Limits{Headers: 2000, Body: 300, Line: 200, Params: 10}
		whole := cut(string(stream), len(stream)+1, limits)
		pieces := cut(string(stream), int(size)+1, limits)
		if a, b := strings.Join(whole, "|"), strings.Join(pieces, "|"); a != b {
			t.Errorf("at once %q\nin pieces of %d %q", a, int(size)+1, b)
		}
	})
}

// FuzzNormalise checks that what is handed out is exactly one message to sipgo's stream parser, so that it
// cannot close the flow; that sipgo survives using it; and that normalising again changes nothing.
func FuzzNormalise(f *testing.F) {
	for _, s := range seeds() {
		head, body, _ := strings.Cut(s, "\r\n\r\n")
		start, fields, _ := strings.Cut(head, "\r\n")
		f.Add(start, fields, []byte(body))
		for field := range strings.SplitSeq(fields, "\r\n") {
			f.Add(start, field, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, start, fields string, body []byte) {
		out, err := normal(t, message(start, fields, "\n"+string(body)))
		var bad *badMessage
		if err != nil {
			if !errors.As(err, &bad) || bad.code < 400 {
				t.Fatalf("%v", err)
			}
			return
		}
		count := 0
		stream := Limits{}.Parser().NewSIPStream()
		defer stream.Close()
		err = stream.ParseSIPStream([]byte(out), func(m sip.Message) {
			count++
			exercise(m)
		})
		if err != nil || count != 1 || stream.Buffer().Len() != 0 {
			t.Fatalf("sipgo: %v, %d messages, %d octets left\n%q", err, count, stream.Buffer().Len(), out)
		}
		back := unveil(nil, []byte(out))
		if again, err := normal(t, string(back)); err != nil || again != out {
			t.Fatalf("%v: once %q\ntwice %q", err, out, again)
		}
	})
}

// exercise does what a user agent does with a message.
func exercise(m sip.Message) {
	_ = m.String()
	req, ok := m.(*sip.Request)
	if !ok {
		return
	}
	res := sip.NewResponseFromRequest(req, 200, "OK", nil)
	_ = res.String()
	_ = req.Clone().String()
	if req.Contact() != nil {
		_ = req.Contact().Value()
	}
}

// FuzzValue checks that any text a peer puts into a quoted parameter can be read back behind sipgo.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"sip:a@x;gr=1", `a"b\c`, "INVITE, ACK", "<>", "", `\`, "=;,\t "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\r\n"+veils) || len(text) > 1000 || params([]byte(text)) > 50 {
			t.Skip()
		}
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
		m := parsed(t, message("REGISTER sip:contoso.com SIP/2.0", "Contact: <sip:a@b>;before=1;x="+quoted+";after=2"))
		p := m.(*sip.Request).Contact().Params
		got, _ := p.Get("x")
		before, _ := p.Get("before")
		after, _ := p.Get("after")
		if Value(got) != text || before != "1" || after != "2" || len(p) != 3 {
			t.Errorf("%q came back as %q among %v", text, Value(got), p)
		}
		if wire := unveil(nil, []byte(m.String())); !bytes.Contains(wire, []byte(";x="+quoted+";after=2")) {
			t.Errorf("%q is written as %q", quoted, wire)
		}
	})
}

// FuzzRead checks that a Conn with anything on its wire ends, and never returns both data and an error.
func FuzzRead(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, wire []byte, stream bool) {
		a, b := pipe()
		_, _ = b.Write(wire)
		_ = b.Close()
		c := Wrap(a, ConnConfig{Stream: stream, Trace: func(bool, []byte) {}, Reject: func(r Rejected) {
			if m, err := sip.ParseMessage(r.Response()); err == nil {
				exercise(m)
			}
		}})
		buf := make([]byte, 1<<16)
		for {
			n, err := c.Read(buf)
			c.Release()
			if err != nil {
				if n > 0 || c.Err() == nil || errors.Is(err, io.ErrNoProgress) {
					t.Errorf("%d, %v, %v", n, err, c.Err())
				}
				return
			}
		}
	})
}
