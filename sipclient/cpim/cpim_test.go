package cpim

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func full() Message {
	return Message{
		From: Address{"Alice", "sip:alice@contoso.com"}, To: Address{"", "sip:dana@contoso.com"}, DateTime: noon, Subject: "plans",
		Extra: []Field{
			{IMDN, "Message-ID", "m1"},
			{IMDN, "Disposition-Notification", "positive-delivery, display"},
			{"urn:x", "Colour", "blue"},
			{Core, "cc", "<sip:eve@contoso.com>"},
		},
		ContentType: "text/plain;charset=UTF-8", Disposition: "render", Body: []byte("hello\r\n\r\nthere"),
	}
}

func TestAnEnvelopeComesBackAsItWasBuilt(t *testing.T) {
	for name, change := range map[string]func(*Message){
		"all of it":          func(*Message) {},
		"little":             func(m *Message) { *m = Message{To: m.To, Body: []byte{}} },
		"names with marks":   func(m *Message) { m.From.Name = "A\"l\\ice <sip:boss@contoso.com>\t Ä\u0085" },
		"spaces at the ends": func(m *Message) { m.Subject = " ;lang=fr plans " },
		"a body of bytes":    func(m *Message) { m.Body = []byte("\x00\xff\n\n") },
	} {
		m := full()
		change(&m)
		if got, err := Parse(Build(m)); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%s: %+v came back as %+v, %v", name, m, got, err)
		}
	}
}

// What a user wrote must not become a header field, and no field may end the header.
func TestNoValueBecomesAFieldOfItsOwn(t *testing.T) {
	evil := "x\r\nFrom: <sip:boss@contoso.com>\r\n\r\nboo"
	m := full()
	m.Subject, m.From.Name, m.To.URI, m.ContentType = evil, evil, evil, "text/plain"+evil
	m.Extra = []Field{{IMDN, "Message-ID", evil}, {IMDN, evil, "v"}, {evil, "Name", "v"}, {Core, "a.b", "v"}}
	built := string(Build(m))
	if strings.Contains(built, "\nFrom: <sip:boss") || strings.Count(built, "\r\n\r\n") != 3 { // the third is in the body
		t.Fatalf("built\n%s", built)
	}
	got, err := Parse([]byte(built))
	if err != nil || got.Subject != evil || got.From.Name != evil || got.To.URI != "" || len(got.Extra) != 1 || got.Extra[0].Value != evil {
		t.Fatalf("came back as %+v, %v", got, err)
	}
}

// Envelopes in the form of the RFCs' examples, and as programs of today write them.
func TestEnvelopesAsOthersWriteThem(t *testing.T) {
	for name, c := range map[string]struct {
		data              string
		from, id, ask     string
		kind, disposition string
		body              string
	}{
		"as in RFC 3862": {
			"From: MR SANDERS <im:piglet@100akerwood.com>\r\nTo: Depressed Donkey <im:eeyore@100akerwood.com>\r\n" +
				"DateTime: 2000-12-13T13:40:00-08:00\r\nSubject: the weather will be fine today\r\nSubject:;lang=fr beau temps prevu\r\n" +
				"NS: MyFeatures <mid:MessageFeatures@id.foo.com>\r\nRequire: MyFeatures.VitalMessageOption\r\n" +
				"MyFeatures.VitalMessageOption: Confirmation-requested\r\n\r\n" +
				"Content-type: text/xml; charset=utf-8\r\nContent-ID: <1234567890@foo.com>\r\n\r\n<body>Here is the text.</body>",
			"im:piglet@100akerwood.com", "", "", "text/xml; charset=utf-8", "", "<body>Here is the text.</body>",
		},
		"as in RFC 5438": {
			"From: Alice <im:alice@example.com>\r\nTo: Bob <im:bob@example.com>\r\nNS: imdn <urn:ietf:params:imdn>\r\n" +
				"imdn.Message-ID: 34jk324j\r\nDateTime: 2006-04-04T12:16:49-05:00\r\n" +
				"imdn.Disposition-Notification: positive-delivery, negative-delivery\r\n\r\nContent-type: text/plain\r\nContent-length: 12\r\n\r\nHello World",
			"im:alice@example.com", "34jk324j", "positive-delivery, negative-delivery", "text/plain", "", "Hello World",
		},
		"as Linphone does": {
			"From: <sip:dana@contoso.com>\r\nTo: <sip:alice@contoso.com>\r\nDateTime: 2026-11-23T12:00:00Z\r\nNS: imdn <urn:ietf:params:imdn>\r\n" +
				"imdn.Message-ID: KfPxd1Vml7nL\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery, display\r\n\r\n" +
				"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n\r\nhi",
			"sip:dana@contoso.com", "KfPxd1Vml7nL", "positive-delivery, negative-delivery, display", "text/plain; charset=utf-8", "", "hi",
		},
		"as an operator's phone does": {
			"From: <sip:anonymous@anonymous.invalid>\r\nTo: <sip:anonymous@anonymous.invalid>\r\nNS: imdn<urn:ietf:params:imdn>\r\n" +
				"imdn.Message-ID: x1\r\nDateTime: 2026-11-23T12:00:00.123Z\r\nimdn.Disposition-Notification: display\r\n\r\n" +
				"Content-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=",
			"sip:anonymous@anonymous.invalid", "x1", "display", "text/plain;charset=UTF-8", "", "hello",
		},
		"bare line feeds, odd case, another prefix": {
			"FROM: sip:dana@contoso.com\nns: i <urn:ietf:params:imdn>\nI.message-id: m2\n\ncontent-type:\n text/plain\nContent-Disposition: notification\n\nhi\n",
			"sip:dana@contoso.com", "m2", "", "text/plain", "notification", "hi\n",
		},
		"a namespace that nobody declared": {
			"From: <sip:dana@contoso.com>\r\nimdn.Message-ID: m3\r\nrcs.Other: x\r\nno field\r\n\r\n\r\nhi",
			"sip:dana@contoso.com", "m3", "", "", "", "hi",
		},
		"quoted-printable": {
			"To: <sip:alice@contoso.com>\r\n\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9",
			"", "", "", "", "", "café",
		},
		"names without a prefix are the receipts'": {
			"To: <sip:alice@contoso.com>\r\nNS: <urn:ietf:params:imdn>\r\nMessage-ID: m4\r\n\r\n\r\n", "", "m4", "", "", "", "",
		},
	} {
		m, err := Parse([]byte(c.data))
		if err != nil || m.From.URI != c.from || m.Get(IMDN, "Message-ID") != c.id || m.Get(IMDN, "disposition-notification") != c.ask ||
			m.ContentType != c.kind || m.Disposition != c.disposition || string(m.Body) != c.body {
			t.Errorf("%s: %+v with %q, %v", name, m, m.Body, err)
		}
	}
}

func TestWhatMakesNoSenseIsLeftOut(t *testing.T) {
	m, err := Parse([]byte("From: Dana <sip:dana contoso>\r\nTo: Alice <sip:alice\r\nDateTime: yesterday\r\nNS: x <>\r\nx.a: b\r\n: c\r\n" +
		"Subject: \xff\\ud800\\q\\\r\n\r\n\r\n"))
	want := Message{Subject: "\uFFFD\\ud800\\q\\", Body: []byte{}}
	if err != nil || !reflect.DeepEqual(m, want) {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestWhatIsNoEnvelopeIsRefused(t *testing.T) {
	line := "x: y\r\n"
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"empty":                 {"", ErrNotCPIM},
		"plain text":            {"hello", ErrNotCPIM},
		"no header":             {"\r\n\r\nhello", ErrNotCPIM},
		"no content":            {"From: <sip:a@b>\r\n\r\n", ErrNotCPIM},
		"cut short":             {"From: <sip:a@b>\r\n\r\nContent-Type: text/plain\r\n", ErrNotCPIM},
		"a long line":           {"Subject: " + strings.Repeat("x", MaxHeaders) + "\r\n\r\n\r\nhi", ErrTooLong},
		"a long content header": {"To: <sip:a@b>\r\n\r\nX: " + strings.Repeat("x", MaxHeaders) + "\r\n\r\nhi", ErrTooLong},
		"many fields":           {strings.Repeat(line, MaxFields+2) + "\r\n\r\nhi", ErrTooMany},
		"unknown encoding":      {"To: <sip:a@b>\r\n\r\nContent-Transfer-Encoding: uuencode\r\n\r\nhi", ErrEncoding},
	} {
		if m, err := Parse([]byte(c.data)); !errors.Is(err, c.want) || !reflect.DeepEqual(m, Message{}) {
			t.Errorf("%s: %+v, %v, want %v", name, m, err, c.want)
		}
	}
	if _, err := Parse([]byte("To: <sip:a@b>\r\n\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!")); err == nil {
		t.Error("what is no base64 was taken")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Build(full()))
	f.Add([]byte("FROM: sip:a@b\nns: i <urn:ietf:params:imdn>\nI.message-id: m2\n\ncontent-type:\n text/plain\n\nhi\n"))
	f.Add([]byte("NS: <urn:x>\r\nSubject:;lang=fr a\\u00e9\\\r\n\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		if err != nil {
			return
		}
		if len(m.Body) > len(data) {
			t.Fatalf("%d bytes of body from %d", len(m.Body), len(data))
		}
		again, err := Parse(Build(m))
		if errors.Is(err, ErrTooLong) || errors.Is(err, ErrTooMany) {
			return // escapes and declarations take room
		}
		if empty := (Message{ContentType: m.ContentType, Disposition: m.Disposition, Body: m.Body}); reflect.DeepEqual(m, empty) {
			return // nothing is left of its header
		}
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Fatalf("%+v came back as %+v, %v", m, again, err)
		}
	})
}
