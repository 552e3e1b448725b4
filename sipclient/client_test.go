package sipclient

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"golync/internal/siptest"
	"golync/internal/text"
	"golync/sipclient/pidf"
)

func TestTraceAndLogKeepSecrets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var trace, log bytes.Buffer
		d := newDesk(t, func(o *Options) {
			o.Trace, o.Log = &trace, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			o.Inbox = func(_ Message, done func(error)) { done(errors.New("disk full")) }
		})
		peer, done := d.begin()
		peer.Register(alice)
		<-done
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		peer.Response(d.receive(peer, "between us"))
		peer.Raw([]byte("MESSAGE sip:alice@contoso.com SIP/2.0\r\nAuthorization: Digest tell-nobody\r\nContent-Length: 10\r\n\r\nbetween us"))
		synctest.Wait()
		d.client.Close()
		if s := trace.String(); strings.Contains(s, "response=") || strings.Contains(s, "tell-nobody") || !strings.Contains(s, "-> REGISTER") && !strings.Contains(s, "->\nREGISTER") || !strings.Contains(s, "between us") {
			t.Error(s)
		}
		if s := log.String(); strings.Contains(s, "between us") || strings.Contains(s, "nobody") || !strings.Contains(s, "disk full") {
			t.Error(s)
		}
	})
}

func TestSignsInWatchesPublishesSendsAndReceives(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Register(siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"})
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if e := next[SignedIn](d); e.Server != serverAddr || e.Transport != "TCP" {
			t.Fatalf("%+v", e)
		}
		winfo := peer.Expect("SUBSCRIBE")
		if winfo.Get("Event") != "presence.winfo" {
			t.Fatal(winfo)
		}
		peer.Reply(winfo, 489)
		if e := next[SignedIn](d); e.Services.WatcherInfo {
			t.Fatalf("%+v", e)
		}

		d.client.Watch("sip:bob(contoso.com)@msn.com", "Alice here")
		s := peer.Expect("SUBSCRIBE")
		if s.URI() != "sip:bob(contoso.com)@msn.com" || s.Get("Subject") != "Alice here" {
			t.Fatal(s)
		}
		peer.Reply(s, 200, "Expires: 600")
		peer.Notify(s, "active;expires=600", pidfType, document("sip:bob(contoso.com)@msn.com"))
		if e := next[PresenceChanged](d); e.URI != "sip:bob(contoso.com)@msn.com" || !e.State.Open {
			t.Fatalf("%+v", e)
		}

		published := make(chan error, 1)
		go func() { published <- d.client.Publish(context.Background(), pidf.State{Open: true}) }()
		peer.Reply(peer.Expect("PUBLISH"), 200, "SIP-ETag: one", "Expires: 600")
		if err := <-published; err != nil {
			t.Fatal(err)
		}

		sent := make(chan Delivery, 1)
		go func() {
			how, _ := d.client.Send(context.Background(), Message{ID: "m1", Peer: "sip:bob@contoso.com", Body: text.From("hello")})
			sent <- how
		}()
		m := peer.Expect("MESSAGE")
		if string(m.Body) != "hello" || m.Get("Call-ID") != "m1" {
			t.Fatal(m)
		}
		peer.Reply(m, 202)
		if how := <-sent; how != Stored {
			t.Fatal(how)
		}

		in := peer.Send("MESSAGE", "sip:Bob@Contoso.com:5060;x=y", "sip:alice@contoso.com", "text/plain", "hi")
		if code := peer.Response(in).Code(); code != 200 {
			t.Fatal(code)
		}
		if e := next[MessageReceived](d); e.Message.Peer != "sip:Bob@contoso.com" || e.Message.Body.Raw() != "hi" {
			t.Fatalf("%+v", e)
		}
	})
}
