package sipclient

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/cpim"
	"golync/sipclient/imdn"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// envelope is a message as bob's program sends it, with further header lines.
func envelope(kind, body string, lines ...string) string {
	head := "From: <sip:boss@contoso.com>\r\nTo: <sip:alice@contoso.com>\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
	for _, l := range lines {
		head += l + "\r\n"
	}
	return head + "\r\nContent-Type: " + kind + "\r\n\r\n" + body
}

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// takesEnvelopes has the peer answer every OPTIONS as a program that takes envelopes.
func takesEnvelopes(peer *siptest.Peer) {
	peer.Auto("OPTIONS", func(m *siptest.Message) { peer.Reply(m, 200, "Accept: text/plain, Message/CPIM;q=1") })
}

// says sends a message of the user's to bob and answers it; the message is returned as it came.
func (d *desk) says(peer *siptest.Peer, m Message, code int) *siptest.Message {
	d.t.Helper()
	done := d.sending(context.Background(), m)
	got := peer.Expect("MESSAGE")
	peer.Reply(got, code)
	<-done
	synctest.Wait()
	return got
}

func inEnvelope(t *testing.T, m *siptest.Message) cpim.Message {
	t.Helper()
	e, err := cpim.Parse(m.Body)
	if m.Get("Content-Type") != cpim.MediaType || err != nil {
		t.Fatalf("no envelope (%v):\n%s", err, m)
	}
	return e
}

func TestAPlainClientKnowsNoEnvelopes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Plain = true })
		peer := d.signIn()
		takesEnvelopes(peer)
		for range 2 {
			if m := d.says(peer, hello(bob), 200); m.Get("Content-Type") != plainUTF8 {
				t.Fatal(m)
			}
		}
		res := peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", cpim.MediaType, envelope(plainText, "hi")))
		if res.Code() != 415 || strings.Contains(res.Get("Accept"), "cpim") {
			t.Fatal(res)
		}
		if res := peer.Response(peer.Send("OPTIONS", bob, "sip:alice@contoso.com", "", "")); strings.Contains(res.Get("Accept"), "cpim") {
			t.Fatal(res)
		}
	})
}

// Whoever cannot open the envelope has not got the message: its text follows by itself, once, under the same
// name, so that a program which opened it all the same sees one message.
func TestARefusedEnvelopeIsFollowedByItsText(t *testing.T) {
	for _, last := range []struct {
		code int
		how  Delivery
	}{{200, Sent}, {415, Failed}, {480, Failed}} {
		t.Run(fmt.Sprint(last.code), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", cpim.MediaType, envelope(plainText, "hi")))
				done := d.sending(context.Background(), hello(bob))
				behind := d.sending(context.Background(), Message{ID: "m2", Peer: bob, Body: hello(bob).Body})
				first := peer.Expect("MESSAGE")
				inEnvelope(t, first)
				peer.Reply(first, 415, "Accept: text/plain")
				again := peer.Expect("MESSAGE")
				if string(again.Body) != "hello" || again.Get("Call-ID") != "m1" || again.Get("CSeq") != first.Get("CSeq") ||
					again.Tag("From") == first.Tag("From") {
					t.Fatal(again)
				}
				peer.Reply(again, last.code)
				if got := <-done; got.how != last.how {
					t.Fatal(got)
				}
				if m := peer.Expect("MESSAGE"); m.Get("Content-Type") != plainUTF8 || m.Get("Call-ID") != "m2" {
					t.Fatal(m)
				} else {
					peer.Reply(m, 200)
				}
				<-behind
			})
		})
	}
}

func TestWhatComesInAnEnvelopeIsAMessageOfTheRequestsSender(t *testing.T) {
	ask := "imdn.Disposition-Notification: positive-delivery, display"
	for name, c := range map[string]struct {
		body string
		id   string // ReceiptID
		owed Owed
		mine string // Message.ID, "" for any
	}{
		"nothing asked":         {envelope(plainText, "hi", "imdn.Message-ID: x1"), "", 0, "<x1>"},
		"both asked":            {envelope(plainText, "hi", "imdn.Message-ID: x1", ask), "x1", OwedDelivery | OwedDisplay, "<x1>"},
		"delivery asked":        {envelope(plainText, "hi", "imdn.Message-ID: x1", "imdn.Disposition-Notification: positive-delivery"), "x1", OwedDelivery, "<x1>"},
		"only failures asked":   {envelope(plainText, "hi", "imdn.Message-ID: x1", "imdn.Disposition-Notification: negative-delivery"), "", 0, "<x1>"},
		"asked without a name":  {envelope(plainText, "hi", ask), "", 0, "call 7"},
		"a name of many words":  {envelope(plainText, "hi", "imdn.Message-ID: x 1", ask), "", 0, "call 7"},
		"named by its Call-ID":  {envelope(plainText, "hi", "imdn.Message-ID: call", ask), "call", OwedDelivery | OwedDisplay, "call 7"},
		"no type in it":         {"From: <sip:x@y>\r\n\r\n\r\nhi", "", 0, "call 7"},
		"Latin letters":         {envelope("text/plain; charset=ISO-8859-1", "hi"), "", 0, ""},
		"a longest possible ID": {envelope(plainText, "hi", "imdn.Message-ID: "+strings.Repeat("x", 255)), "", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				if code := peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", cpim.MediaType, c.body, "Call-ID: call", "CSeq: 7 MESSAGE")).Code(); code != 200 {
					t.Fatal(code)
				}
				m := next[MessageReceived](d).Message
				if m.Peer != bob || m.Body.Raw() != "hi" || m.ReceiptID != c.id || m.Owed != c.owed || c.mine != "" && m.ID != c.mine || len(m.ID) > 255 {
					t.Fatalf("%+v", m)
				}
			})
		})
	}
}

// Kamailio delivers an envelope that it has stored as text/plain.
func TestAnEnvelopeIsOpenedWhateverItIsCalled(t *testing.T) {
	id := "imdn.Message-ID: x1"
	receipt := string(imdn.Build(imdn.Receipt{MessageID: "m1", Kind: imdn.Display, Status: imdn.Displayed}))
	for name, c := range map[string]struct{ body, shown string }{
		"a message":                {envelope(plainText, "hi", id), "hi"},
		"with a line of the store": {"[Offline message - Mon Nov 23 17:01:03 2026] " + envelope(plainText, "hi", id), "hi"},
		"a receipt":                {envelope(imdn.MediaType, receipt, id), ""},
		"without a name":           {envelope(plainText, "hi"), envelope(plainText, "hi")},
		"a mail that somebody copied": {
			"From: Dana\r\nTo: <sip:alice@contoso.com>\r\nSubject: hi\r\n\r\nhello\r\n\r\n",
			"From: Dana\r\nTo: <sip:alice@contoso.com>\r\nSubject: hi\r\n\r\nhello\r\n\r\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				if code := peer.Response(d.receive(peer, c.body)).Code(); code != 200 {
					t.Fatal(code)
				}
				if c.shown == "" {
					if e := next[ReceiptReceived](d); e.ID != "m1" {
						t.Error(e)
					}
					quiet[MessageReceived](d)
				} else if m := next[MessageReceived](d).Message; m.Body.Raw() != c.shown {
					t.Errorf("shown is %q", m.Body.Raw())
				}
			})
		})
	}
}

func TestLettersAndImportance(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		for _, c := range []struct {
			kind, body, priority, want string
			important                  bool
		}{
			{"text/plain;charset=iso-8859-1", "caf\xe9", "Urgent", "café", true},
			{"text/plain", "café", "emergency", "café", true},
			{"text/plain;charset=us-ascii", "tea", "normal", "tea", false},
			{"text/plain", "tea", "", "tea", false},
		} {
			var headers []string
			if c.priority != "" {
				headers = []string{"Priority: " + c.priority}
			}
			peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", c.kind, c.body, headers...))
			if m := next[MessageReceived](d).Message; m.Body.Raw() != c.want || m.Important != c.important {
				t.Errorf("%+v", m)
			}
		}
		m := hello(bob)
		m.Important = true
		if got := d.says(peer, m, 200); got.Get("Priority") != "urgent" {
			t.Error(got)
		}
		if got := d.says(peer, hello(bob), 200); got.Get("Priority") != "" {
			t.Error(got)
		}
	})
}

func TestReceiptsAreToldAndNeverShownAsMessages(t *testing.T) {
	receipt := func(kind imdn.Kind, status imdn.Status) string {
		return string(imdn.Build(imdn.Receipt{MessageID: "m1", Kind: kind, Status: status}))
	}
	for name, c := range map[string]struct {
		kind, body string
		coding     bool
		want       Delivery
	}{
		"delivered":            {cpim.MediaType, envelope(imdn.MediaType, receipt(imdn.Delivery, imdn.Delivered)), false, Delivered},
		"seen":                 {cpim.MediaType, envelope(imdn.MediaType, receipt(imdn.Display, imdn.Displayed)), false, Read},
		"not delivered":        {cpim.MediaType, envelope(imdn.MediaType, receipt(imdn.Delivery, imdn.Failed)), false, Failed},
		"not told":             {cpim.MediaType, envelope(imdn.MediaType, receipt(imdn.Display, imdn.Forbidden)), false, 0},
		"on the way":           {cpim.MediaType, envelope(imdn.MediaType, receipt(imdn.Processing, imdn.Stored)), false, 0},
		"no receipt":           {cpim.MediaType, envelope(imdn.MediaType, "hello"), false, 0},
		"without an envelope":  {imdn.MediaType, receipt(imdn.Display, imdn.Displayed), false, Read},
		"packed, without one":  {imdn.MediaType, deflated(receipt(imdn.Delivery, imdn.Delivered)), true, Delivered},
		"one that asks itself": {cpim.MediaType, envelope(imdn.MediaType, receipt(imdn.Display, imdn.Displayed), "imdn.Message-ID: r1", "imdn.Disposition-Notification: display"), false, Read},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, func(o *Options) { o.Inbox = func(m Message, done func(error)) { t.Errorf("stored %+v", m); done(nil) } })
				peer := d.signIn()
				var headers []string
				if c.coding {
					headers = []string{"Content-Encoding: deflate"}
				}
				if code := peer.Response(peer.Send("MESSAGE", bob, "sip:alice@contoso.com", c.kind, c.body, headers...)).Code(); code != 200 {
					t.Fatal(code)
				}
				if c.want == 0 {
					quiet[ReceiptReceived](d)
				} else if e := next[ReceiptReceived](d); e != (ReceiptReceived{Peer: bob, ID: "m1", Delivery: c.want}) {
					t.Fatalf("%+v", e)
				}
				quiet[MessageReceived](d)
				if got := peer.Waiting(); len(got) != 0 {
					t.Fatalf("answered by %s", got[0])
				}
			})
		})
	}
}

func TestBlockedPeopleLearnNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Admit = func(Incoming) Verdict { return Verdict{Refuse: 403} } })
		peer := d.signIn()
		for _, method := range []string{"OPTIONS", "MESSAGE"} {
			res := peer.Response(peer.Send(method, bob, "sip:alice@contoso.com", cpim.MediaType, envelope(imdn.MediaType, "x")))
			if res.Code() != 403 || res.Get("Accept") != "" {
				t.Error(res)
			}
		}
		quiet[ReceiptReceived](d)
	})
}

// acknowledging sends a receipt beside the test.
func (d *desk) acknowledging(r Receipt) <-chan error {
	done := make(chan error, 1)
	go func() { done <- d.client.Acknowledge(context.Background(), r) }()
	synctest.Wait()
	return done
}

func TestAReceiptSaysWhatHasBecomeOfWhichMessage(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		r := Receipt{Peer: bob, ID: "x1", Of: noon}
		if err := <-d.acknowledging(r); !errors.Is(err, ErrNotSignedIn) {
			t.Fatal(err)
		}
		peer := d.signIn()
		for _, c := range []struct {
			seen   bool
			code   int
			kind   imdn.Kind
			status imdn.Status
		}{{false, 200, imdn.Delivery, imdn.Delivered}, {true, 415, imdn.Display, imdn.Displayed}} {
			r.Seen = c.seen
			done := d.acknowledging(r)
			m := peer.Expect("MESSAGE")
			e := inEnvelope(t, m)
			got, err := imdn.Parse(e.Body)
			if err != nil || got != (imdn.Receipt{MessageID: "x1", DateTime: noon, Recipient: "sip:alice@contoso.com", Kind: c.kind, Status: c.status}) {
				t.Fatalf("%+v, %v", got, err)
			}
			if e.ContentType != imdn.MediaType || e.Disposition != imdn.Disposition || e.Get(cpim.IMDN, imdn.MessageIDHeader) == "" ||
				e.Get(cpim.IMDN, imdn.AskHeader) != "" {
				t.Fatalf("%+v", e)
			}
			peer.Reply(m, c.code)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		done := d.acknowledging(r)
		peer.Reply(peer.Expect("MESSAGE"), 480)
		var refused *ResponseError
		if err := <-done; !errors.As(err, &refused) || refused.Code != 480 {
			t.Fatal(err)
		}
	})
}

func TestMessagesDoNotWaitForReceipts(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		first := d.acknowledging(Receipt{Peer: bob, ID: "x1"})
		second := d.acknowledging(Receipt{Peer: bob, ID: "x2"})
		slow := peer.Expect("MESSAGE") // and bob's program is
		began := time.Now()
		done := d.sending(context.Background(), hello(bob))
		m := peer.Expect("MESSAGE")
		if string(m.Body) != "hello" || time.Since(began) > noticePatience {
			t.Fatalf("after %v came %s", time.Since(began), m)
		}
		peer.Reply(m, 200)
		<-done
		again := peer.Expect("MESSAGE") // nobody knows whether the first one has arrived
		if !strings.Contains(string(again.Body), "x1") || again.Get("Call-ID") == slow.Get("Call-ID") {
			t.Fatalf("%s\ncame after\n%s", again, slow)
		}
		peer.Reply(again, 200)
		if err := <-first; err != nil {
			t.Fatal(err)
		}
		last := peer.Expect("MESSAGE")
		if !strings.Contains(string(last.Body), "x2") {
			t.Fatal(last)
		}
		peer.Close()
		if err := <-second; !errors.Is(err, ErrNotSignedIn) {
			t.Fatal(err)
		}
	})
}
