package sipclient

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"golync/internal/siptest"
	"golync/sipclient/presrules"
)

func TestAskGivesTheAnswerAsItCame(t *testing.T) {
	for code, reason := range map[int]string{200: "OK", 403: "Forbidden", 404: "Not Found", 480: "Temporarily Unavailable"} {
		bubble(t, func(t *testing.T) {
			d := newDesk(t, nil)
			peer := d.signIn()
			peer.Auto("OPTIONS", func(m *siptest.Message) {
				if m.URI() != "sip:bob@contoso.com" {
					t.Errorf("asked about %s", m.URI())
				}
				peer.Reply(m, code, `P-Asserted-Identity: "Bob" <sip:bob@contoso.com>`)
			})
			got, err := d.client.Ask(t.Context(), "sip:bob@contoso.com")
			if err != nil || got.Code != code || got.Reason.Raw() != reason || got.Name.Raw() != "Bob" {
				t.Errorf("%d: %+v, %v", code, got, err)
			}
		})
	}
}

func TestAskSaysWhyThereIsNoAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		if _, err := d.client.Ask(t.Context(), "sip:bob@contoso.com"); !errors.Is(err, ErrNotSignedIn) {
			t.Errorf("before signing in: %v", err)
		}
		if _, err := d.client.Ask(t.Context(), "nobody"); err == nil {
			t.Error("asked about no address")
		}
		peer := d.signIn()
		peer.Auto("OPTIONS", func(*siptest.Message) {})
		if _, err := d.client.Ask(t.Context(), "sip:bob@contoso.com"); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("of a silent server: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.client.Ask(ctx, "sip:bob@contoso.com"); !errors.Is(err, context.Canceled) {
			t.Errorf("nobody waits any more: %v", err)
		}
	})
}

// A server that took it for a publication would show the user as something.
func TestAskingForThePresenceServicePublishesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		peer.Auto("PUBLISH", func(m *siptest.Message) {
			if m.Get("Expires") != "0" || m.Get("SIP-If-Match") == "" || len(m.Body) > 0 || m.Get("Event") != "presence" {
				t.Errorf("it sends\n%s", m)
			}
			peer.Reply(m, 412)
		})
		if got, err := d.client.AskPresence(t.Context()); err != nil || got.Code != 412 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestReadRulesTellsWhatTheServerKeeps(t *testing.T) {
	document, err := presrules.Merge(nil, presrules.Rules{People: map[string]presrules.Level{"sip:eve@contoso.com": presrules.Blocked}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code   int
		body   string
		exists bool
		says   func(error) bool
	}{
		{200, string(document), true, func(err error) bool { return err == nil }},
		{404, "", false, func(err error) bool { return err == nil }},
		{405, "", false, func(err error) bool { return errors.Is(err, ErrNoRules) }},
		{401, "", false, func(err error) bool { return err != nil }},
		{503, "", false, func(err error) bool { var r *ResponseError; return errors.As(err, &r) && r.Code == 503 }},
		{200, "<no/>", true, func(err error) bool { return errors.Is(err, presrules.ErrNotRules) }},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if c.code == 401 {
				w.Header().Set("WWW-Authenticate", siptest.Account{Realm: "contoso.com"}.Challenge())
			}
			w.WriteHeader(c.code)
			_, _ = w.Write([]byte(c.body))
		}))
		d := newDesk(t, func(o *Options) { o.Account.XCAP, o.Dial = server.URL, nil })
		rules, exists, err := d.client.ReadRules(t.Context())
		if exists != c.exists || !c.says(err) {
			t.Errorf("%d %q: exists %v, %v", c.code, c.body, exists, err)
		}
		if h, _ := rules.Decide("sip:eve@contoso.com"); c.body == string(document) && h != presrules.PoliteBlock {
			t.Errorf("eve gets %v", h)
		}
		d.client.Close()
		server.Close()
	}
	if _, _, err := newDesk(t, nil).client.ReadRules(t.Context()); !errors.Is(err, ErrNoRules) {
		t.Errorf("without an XCAP root: %v", err)
	}
}

func TestAskXCAPLooksForTheCapabilitiesBelowTheRoot(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/xcap/xcap-caps/global/index" || r.Header.Get("Authorization") != "" {
			w.WriteHeader(404)
		}
	}))
	defer server.Close()
	for root, want := range map[string]int{server.URL + "/xcap/": 200, server.URL + "/xcap": 200, server.URL: 404} {
		d := newDesk(t, func(o *Options) { o.Account.XCAP, o.Dial = root, nil })
		if code, err := d.client.AskXCAP(t.Context()); code != want || err != nil {
			t.Errorf("%s: %d, %v", root, code, err)
		}
		d.client.Close()
	}
	if _, err := newDesk(t, nil).client.AskXCAP(t.Context()); !errors.Is(err, ErrNoRules) {
		t.Errorf("without an XCAP root: %v", err)
	}
}
