package flow

import (
	"bytes"
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
)

// normal returns the normal form of a datagram, and the error that dropped it.
func normal(t *testing.T, msg string) (string, error) {
	t.Helper()
	c := Wrap(newQuietPipe(), ConnConfig{})
	f, err := c.frames.datagram([]byte(msg))
	if err == nil {
		err = f.err
	}
	if err == nil {
		_, err = c.accept(f)
	}
	return string(c.buffer), err
}

func newQuietPipe() *pipeEnd { a, _ := pipe(); return a }

// parsed is normal for a message that sipgo must take.
func parsed(t *testing.T, msg string) sip.Message {
	t.Helper()
	out, err := normal(t, msg)
	if err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	m, err := sip.ParseMessage([]byte(out))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return m
}

func TestLegalSyntaxReachesSipgoInItsNormalForm(t *testing.T) {
	for in, want := range map[string]string{
		"From: <sip:b@c> ; tag = 1":                    "From: <sip:b@c>;tag=1",
		"From: <sip:b@c>;Tag=1":                        "From: <sip:b@c>;tag=1",
		"f:<sip:b@c>;TAG=aBc":                          "From: <sip:b@c>;tag=aBc",
		"From\t :\r\n  Bob\r\n\t<sip:b@c>\r\n ;tag=1":  "From: Bob <sip:b@c>;tag=1",
		`From: "Bob; \"x\" <y>, z"<sip:b@c>;tag=1`:     `From: "Bob; \"x\" <y>, z" <sip:b@c>;tag=1`,
		"From: Anna   Maria <sip:b@c>;tag=1":           "From: Anna Maria <sip:b@c>;tag=1",
		"From: sip:b@c ; tag=1":                        "From: sip:b@c;tag=1",
		"From: <sip:b@c;X=Y?H=v>;tag=1":                "From: <sip:b@c;X=Y?H=v>;tag=1",
		"t: <sip:a@b>;;tag=2;":                         "To: <sip:a@b>;tag=2",
		"v: SIP / 2.0 / TCP   h ; Branch = z9hG4bK1":   "Via: SIP/2.0/TCP h;branch=z9hG4bK1",
		"Via: SIP/2.0/TLS [2001:db8::1] : 5061;rport":  "Via: SIP/2.0/TLS [2001:db8::1]:5061;rport",
		"Via: SIP/2.0/TCP h;x=\"a,b\";branch=1":        "Via: SIP/2.0/TCP h;x=\"a\x0fb\";branch=1",
		"CSeq: 1  MESSAGE":                             "CSeq: 1 MESSAGE",
		"CSeq:\t1\t\tMESSAGE":                          "CSeq: 1 MESSAGE",
		"m: *":                                         "Contact: *",
		`m: "A, B" <sip:x@y;a,b>;Q=0.5 , sip:z@w;q=1`:  "Contact: \"A, B\" <sip:x@y;a,b>;q=0.5\r\nContact: sip:z@w;q=1",
		`Contact: <sip:a@b>;methods="INVITE, ACK"`:     "Contact: <sip:a@b>;methods=\"INVITE\x0f\x11ACK\"",
		`Contact: <sip:a@b>;pub-gruu="sip:a@x;gr=1"`:   "Contact: <sip:a@b>;pub-gruu=\"sip:a@x\x0egr\x101\"",
		"Contact: <sip:a@b>;sig=aGk=;expires=5":        "Contact: <sip:a@b>;sig=aGk\x10;expires=5",
		`Contact: <sip:a@b>;n="a\"b\\";expires=5`:      "Contact: <sip:a@b>;n=\"a\x13b\\\\\";expires=5",
		"Record-Route: <sip:p1;lr>,<sip:p2;lr>;X=y":    "Record-Route: <sip:p1;lr>\r\nRecord-Route: <sip:p2;lr>;x=y",
		"o: presence;id=7":                             "Event: presence;id=7",
		"u: presence":                                  "Allow-Events: presence",
		"k: path":                                      "Supported: path",
		"s: Hello":                                     "Subject: Hello",
		"x: 90":                                        "Session-Expires: 90",
		"O : presence":                                 "Event: presence",
		"X-Odd: a ; b = c":                             "X-Odd: a ; b = c",
		"Subject: a\r\n b\r\n\t  c":                    "Subject: a b c",
		"r: <sip:c@d?Replaces=x%3Bto-tag%3D1> ; Early": "Refer-To: <sip:c@d?Replaces=x%3Bto-tag%3D1>;early",
	} {
		msg := withoutDefault(message("MESSAGE sip:alice@contoso.com SIP/2.0", in), in)
		got, err := normal(t, msg)
		if err != nil || !strings.Contains(got, "\r\n"+want+"\r\n") {
			t.Errorf("%q: %v, %q lacks %q", in, err, got, want)
		}
	}
}

// withoutDefault takes the field that message added by itself out when in says the same under another name.
func withoutDefault(msg, in string) string {
	name, _, _ := strings.Cut(in, ":")
	long := identify([]byte(strings.TrimSpace(name))).name
	for _, line := range strings.Split(msg, "\r\n") {
		if strings.HasPrefix(line, long+": ") && !strings.HasPrefix(in, line) {
			return strings.Replace(msg, line+"\r\n", "", 1)
		}
	}
	return msg
}

func TestWhatNobodyCanReadIsDropped(t *testing.T) {
	for in, want := range map[string]string{
		"From: \"Bob <sip:b@c>;tag=1": "quoted string without an end",
		"From: <sip:b@c;tag=1":        "address without >",
		"From: <sip:b@c> tag=1":       "not a parameter",
		"From: <sip:b@c>;=1":          "not a parameter",
		"From: <sip:b@c>;tag=\"1":     "quoted string without an end",
		"From:":                       "a mandatory header field is missing",
		"Via: SIP/2.0":                "Via without a protocol",
		"Via: SIP/2.0/TCP":            "Via without a host",
		"Via: ,":                      "empty list",
		"Via: SIP/2.0/TCP h;x=\"a":    "quoted string without an end",
		"Max-Forwards: abc":           "sipgo's parser refuses it",
		"Contact: <>":                 "sipgo's parser refuses it",
		"Refer-To: <":                 "address without >",
		"CSeq: x MESSAGE":             "sipgo's parser refuses it",
		"CSeq: 99999999999 MESSAGE":   "sipgo's parser refuses it",
		"Call-ID:":                    "a mandatory header field is missing",
		"Contact: <sip:a@b>" + strings.Repeat(";a", 4000):  "too many parameters",
		"Contact: <sip:a@b" + strings.Repeat(";a", 4000):   "too many parameters",
		"Refer-To: <sip:a@b?" + strings.Repeat("a&", 4000): "too many parameters",
	} {
		_, err := normal(t, message("MESSAGE sip:alice@contoso.com SIP/2.0", in))
		if err == nil || err.Error() != want {
			t.Errorf("%.60q: %v, want %s", in, err, want)
		}
	}
	for _, missing := range []string{"Via", "From", "To", "Call-ID", "CSeq"} {
		lines := strings.Split(message("MESSAGE sip:a@b SIP/2.0"), "\r\n")
		var kept []string
		for _, l := range lines {
			if !strings.HasPrefix(l, missing+":") {
				kept = append(kept, l)
			}
		}
		if _, err := normal(t, strings.Join(kept, "\r\n")); err == nil {
			t.Errorf("a message without %s went through", missing)
		}
	}
	if _, err := normal(t, message("MESSAGE sip:a@b"+strings.Repeat(";a", 3000)+" SIP/2.0")); err == nil {
		t.Error("3,000 parameters in the Request-URI went through")
	}
}

func TestParametersSurviveSipgo(t *testing.T) {
	m := parsed(t, message("REGISTER sip:contoso.com SIP/2.0",
		`Contact: <sip:a@b>;expires=60;+sip.instance="<urn:uuid:1>";pub-gruu="sip:a@x;gr=1, \"q\"";sig=aGk=`))
	contact := m.(*sip.Request).Contact()
	for name, want := range map[string]string{
		"expires": "60", "+sip.instance": "<urn:uuid:1>", "pub-gruu": `sip:a@x;gr=1, "q"`, "sig": "aGk=",
	} {
		got, _ := contact.Params.Get(name)
		if Value(got) != want {
			t.Errorf("%s is %q, want %q", name, Value(got), want)
		}
	}
	back := unveil(nil, []byte(m.String()))
	if want := `;pub-gruu="sip:a@x;gr=1, \"q\"";sig=aGk=`; !bytes.Contains(back, []byte(want)) {
		t.Errorf("%s\nlacks %s", back, want)
	}
}

func TestAVeilOfThePeersIsTakenOff(t *testing.T) {
	m := parsed(t, message("MESSAGE sip:a@b SIP/2.0", "From: \"a\x0fb\" <sip:b@c>;tag=1\x0ex", "Subject: \x10\x13", "\n\x0e\x0f"))
	if s := m.String(); strings.ContainsAny(strings.TrimSuffix(s, "\x0e\x0f"), veils) || !strings.HasSuffix(s, "\x0e\x0f") {
		t.Errorf("%q", s)
	}
}

func TestABodyIsNeverChanged(t *testing.T) {
	body := "\x0e;\x0f,\x10=\x11\r\n\r\nFrom: <x> ; Tag = 1\r\n\x00\xff"
	got, err := normal(t, message("MESSAGE sip:a@b SIP/2.0", "\n"+body))
	if err != nil || !strings.HasSuffix(got, "\r\n\r\n"+body) {
		t.Errorf("read: %v, %q", err, got)
	}
	two := message("MESSAGE sip:a@b SIP/2.0", "To: <sip:x@y>;tag=1\x0e", "\n"+body) + message("MESSAGE sip:a@b SIP/2.0", "\n"+body)
	if back := string(unveil(nil, []byte(two))); back != strings.Replace(two, "tag=1\x0e", "tag=1;", 1) {
		t.Errorf("written: %q", back)
	}
}
