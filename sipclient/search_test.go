package sipclient

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/internal/text"
)

// searches starts a search and returns the request it makes, and what will come of it.
func (d *desk) searches(ctx context.Context, peer *siptest.Peer, uri string) (*siptest.Message, <-chan searched) {
	d.t.Helper()
	peer.Auto("OPTIONS", nil)
	done := make(chan searched, 1)
	go func() {
		found, err := d.client.Search(ctx, uri)
		done <- searched{found, err}
	}()
	return peer.Expect("OPTIONS"), done
}

type searched struct {
	found Found
	err   error
}

const dana = "sip:dana@contoso.com"

func TestSearchSaysWhatTheServerKnows(t *testing.T) {
	for _, c := range []struct {
		name    string
		code    int
		headers []string
		want    Found
		err     error
	}{
		{name: "there", code: 200, headers: []string{`P-Asserted-Identity: "Dana" <sip:dana@contoso.com>`}, want: Found{dana, text.From("Dana"), true}},
		{name: "away", code: 480, headers: []string{`P-Asserted-Identity: "Dana" <sip:dana@contoso.com>`}, want: Found{dana, text.From("Dana"), false}},
		{name: "spelt otherwise", code: 200, headers: []string{`P-Asserted-Identity: Dana <sip:D%61na@Contoso.com;user=phone>`}, want: Found{dana, text.From("Dana"), true}},
		{name: "with a number", code: 200, headers: []string{`P-Asserted-Identity: tel:+4930123, "Dana, \"D\"" <sip:dana@contoso.com>`}, want: Found{dana, text.From(`Dana, "D"`), true}},
		{name: "of somebody else", code: 200, headers: []string{`P-Asserted-Identity: "Eve" <sip:eve@contoso.com>`}, want: Found{dana, text.From(""), true}},
		{name: "nobody vouches", code: 200, headers: []string{`Contact: "Dana's phone" <sip:dana@192.0.2.7>`}, want: Found{dana, text.From("Dana's phone"), true}},
		{name: "both", code: 200, headers: []string{`Contact: "CEO" <sip:dana@192.0.2.7>`, `P-Asserted-Identity: "Dana" <sip:dana@contoso.com>`}, want: Found{dana, text.From("Dana"), true}},
		{name: "garbage", code: 200, headers: []string{`P-Asserted-Identity: "Dana <<<,,"`}, want: Found{dana, text.From(""), true}},
		{name: "no name", code: 480, want: Found{dana, text.From(""), false}},
		{name: "unknown", code: 404, err: ErrNotFound},
		{name: "unknown anywhere", code: 604, err: ErrNotFound},
		{name: "not allowed", code: 403, err: ErrNotAllowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				m, done := d.searches(t.Context(), peer, dana)
				peer.Reply(m, c.code, c.headers...)
				if got := <-done; got.found != c.want || !errors.Is(got.err, c.err) {
					t.Errorf("got %+v, %v", got.found, got.err)
				}
			})
		})
	}
}

func TestSearchAsksThroughTheOwnFlowAndProvesWhoAsks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		m, done := d.searches(t.Context(), peer, "sips:dana@CONTOSO.com:5061;transport=tls")
		if to := m.Get("To"); to != "<"+dana+">" || m.First != "OPTIONS "+dana+" SIP/2.0" {
			t.Errorf("asked is %q to %q", m.First, to)
		}
		peer.Reply(m, 407, `Proxy-Authenticate: Digest realm="contoso.com", nonce="n", algorithm=SHA-256, qop="auth"`)
		m = peer.Expect("OPTIONS")
		if m.Get("Proxy-Authorization") == "" {
			t.Error("the question comes again without credentials")
		}
		peer.Reply(m, 480)
		if got := <-done; got.err != nil || got.found.Address != dana {
			t.Errorf("got %+v", got)
		}
	})
}

func TestOtherAnswersToASearchAreErrors(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		m, done := d.searches(t.Context(), peer, dana)
		peer.Reply(m, 503)
		var refused *ResponseError
		if got := <-done; !errors.As(got.err, &refused) || refused.Code != 503 {
			t.Errorf("got %+v", got)
		}
		if _, err := d.client.Search(t.Context(), "dana"); err == nil {
			t.Error("what is no address is found")
		}
	})
}

func TestASearchIsBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		began := time.Now()
		_, done := d.searches(t.Context(), peer, dana)
		if got := <-done; !errors.Is(got.err, ErrNoAnswer) || time.Since(began) != searchTime {
			t.Errorf("after %v: %+v", time.Since(began), got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, done = d.searches(ctx, peer, dana)
		cancel()
		if got := <-done; !errors.Is(got.err, context.Canceled) {
			t.Errorf("given up: %+v", got)
		}
	})
}

func TestWithoutAConnectionNobodyIsFound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		if _, err := d.client.Search(t.Context(), dana); !errors.Is(err, ErrNotSignedIn) {
			t.Errorf("before signing in: %v", err)
		}
		peer := d.signIn()
		_, done := d.searches(t.Context(), peer, dana)
		peer.Close()
		if got := <-done; got.err == nil {
			t.Errorf("over a broken flow: %+v", got)
		}
		synctest.Wait()
		d.client.Close()
		if _, err := d.client.Search(t.Context(), dana); !errors.Is(err, ErrNotSignedIn) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestAListOfAddressesIsDividedWhereItsCommasDivide(t *testing.T) {
	for value, want := range map[string][]string{
		`<sip:a@b.c>`:                         {`<sip:a@b.c>`},
		`"A, B" <sip:a@b.c>, <tel:1>`:         {`"A, B" <sip:a@b.c>`, `<tel:1>`},
		`"A \", B" <sip:a@b.c>,<sip:x,y@b.c>`: {`"A \", B" <sip:a@b.c>`, `<sip:x,y@b.c>`},
		`"A`:                                  {`"A`},
		`"A\`:                                 {`"A\`},
		``:                                    {``},
		`,`:                                   {``, ``},
	} {
		if got := listed(value); !slices.Equal(got, want) {
			t.Errorf("%q is divided into %q", value, got)
		}
	}
}
