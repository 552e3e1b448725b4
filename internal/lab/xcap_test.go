package lab

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"golync/sipclient/digest"
	"golync/sipclient/presrules"
)

// xcap is a client of the lab's XCAP server, without a socket.
type xcap struct {
	t        testing.TB
	h        http.Handler
	user     string
	password string
}

func (x xcap) do(method, path, body string, headers ...string) *http.Response {
	x.t.Helper()
	send := func(more ...string) *http.Response {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		for _, h := range append(headers, more...) {
			name, value, _ := strings.Cut(h, ": ")
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		x.h.ServeHTTP(w, r)
		return w.Result()
	}
	res := send()
	if res.StatusCode != http.StatusUnauthorized {
		return res
	}
	c, err := digest.Choose(res.Header.Values("WWW-Authenticate"))
	if err != nil {
		x.t.Fatal(err)
	}
	return send("Authorization: " + digest.NewSession(c).Authorize(method, path, nil, x.user, x.password))
}

func (x xcap) expect(res *http.Response, want int) string {
	x.t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		x.t.Fatal(err)
	}
	if res.StatusCode != want {
		x.t.Fatalf("got %s, want %d: %s", res.Status, want, body)
	}
	return string(body)
}

const (
	alicesRules = "/xcap/pres-rules/users/sip:alice@contoso.com/index"
	asRules     = "Content-Type: application/auth-policy+xml"
)

func TestXCAPKeepsADocument(t *testing.T) {
	l := world(t, Config{})
	x := xcap{t, l.xcapHandler(), "alice", "secret"}
	x.expect(x.do("GET", alicesRules, ""), 404)
	x.expect(x.do("DELETE", alicesRules, ""), 404)
	x.expect(x.do("PUT", alicesRules, "x", asRules, `If-Match: "nothing"`), 409)
	one, two := string(presrules.Build(allows(dana))), string(presrules.Build(allows(dana, gina)))
	x.expect(x.do("PUT", alicesRules, one, asRules, `If-Match: "nothing"`), 412)
	res := x.do("PUT", alicesRules, one, asRules, "If-None-Match: *")
	x.expect(res, 201)
	etag := res.Header.Get("ETag")
	x.expect(x.do("PUT", alicesRules, two, asRules, "If-None-Match: *"), 412)
	res = x.do("PUT", alicesRules, two, asRules, "If-Match: "+etag)
	x.expect(res, 200)
	x.expect(x.do("PUT", alicesRules, one, asRules, "If-Match: "+etag), 412)
	etag = res.Header.Get("ETag")
	res = x.do("GET", strings.ReplaceAll(alicesRules, "sip:alice@", "sip%3Aalice%40"), "")
	if got := x.expect(res, 200); got != two || res.Header.Get("ETag") != etag || res.Header.Get("Content-Type") != rulesType {
		t.Errorf("got %v %s", res.Header, got)
	}
	x.expect(x.do("GET", alicesRules, "", "If-None-Match: "+etag), 304)
	x.expect(x.do("DELETE", alicesRules, "", `If-Match: "other"`), 412)
	x.expect(x.do("DELETE", alicesRules, "", "If-Match: "+etag), 200)
	x.expect(x.do("GET", alicesRules, ""), 404)
	if caps := x.expect(x.do("GET", "/xcap/xcap-caps/global/index", ""), 200); !strings.Contains(caps, "<auid>pres-rules</auid>") {
		t.Error(caps)
	}
}

func TestXCAPRefusals(t *testing.T) {
	l := world(t, Config{})
	rules := string(presrules.Build(allows(dana)))
	for name, tc := range map[string]struct {
		user, password, method, path, body, media string
		want                                      int
	}{
		"a wrong password":       {"alice", "wrong", "GET", alicesRules, "", asRules, 401},
		"somebody else's":        {"dana", "secret", "GET", alicesRules, "", asRules, 401},
		"nobody's":               {"zoe", "secret", "GET", strings.ReplaceAll(alicesRules, "alice", "zoe"), "", asRules, 401},
		"no address":             {"alice", "secret", "GET", "/xcap/pres-rules/users/nobody/index", "", asRules, 404},
		"another application":    {"alice", "secret", "GET", "/xcap/resource-lists/users/sip:alice@contoso.com/index", "", asRules, 404},
		"another method":         {"alice", "secret", "POST", alicesRules, rules, asRules, 405},
		"another media type":     {"alice", "secret", "PUT", alicesRules, rules, "Content-Type: text/xml", 415},
		"not well-formed":        {"alice", "secret", "PUT", alicesRules, "<ruleset", asRules, 409},
		"empty":                  {"alice", "secret", "PUT", alicesRules, " ", asRules, 409},
		"not rules":              {"alice", "secret", "PUT", alicesRules, "<list/>", asRules, 409},
		"larger than is allowed": {"alice", "secret", "PUT", alicesRules, strings.Repeat(" ", documentLimit+1), asRules, 413},
	} {
		x := xcap{t, l.xcapHandler(), tc.user, tc.password}
		if res := x.do(tc.method, tc.path, tc.body, tc.media); res.StatusCode != tc.want {
			t.Errorf("%s: %s, want %d", name, res.Status, tc.want)
		}
	}
}

func TestADocumentDecidesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		x := xcap{t, l.xcapHandler(), "alice", "secret"}
		a, g := l.signedIn(t, alice), l.signedIn(t, gina)
		g.watches(alice)
		g.told()
		a.reads()
		a.expect(`0 full; gina@fabrikam.com pending subscribe "Gina" ""`)
		x.expect(x.do("PUT", alicesRules, string(presrules.Build(allows(gina))), asRules), 201)
		if state, _ := g.told(); state != "active" {
			t.Errorf("after the document gina is %s", state)
		}
		a.expect(`1 partial; gina@fabrikam.com active approved "Gina" ""`)
		x.expect(x.do("DELETE", alicesRules, ""), 200)
		if state, _ := g.told(); state != "pending" {
			t.Errorf("without it gina is %s", state)
		}
		a.expect(`2 partial; gina@fabrikam.com pending subscribe "Gina" ""`)
	})
}

func TestWhatWasStoredSurvivesARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := Config{Data: t.TempDir(), Users: people()}
		first, err := newLab(cfg)
		if err != nil {
			t.Fatal(err)
		}
		x := xcap{t, first.xcapHandler(), "alice", "secret"}
		x.expect(x.do("PUT", alicesRules, string(presrules.Build(allows(dana))), asRules), 201)
		g := first.signedIn(t, gina)
		status(t, g.watches(alice, "Subject: Hello"), 200)
		g.told()
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		cfg.Users = nil
		second, err := newLab(cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = second.Close() }()
		a := second.signedIn(t, alice)
		a.reads()
		a.expect(`0 full; gina@fabrikam.com waiting timeout "Gina" "Hello"`)
		x.h = second.xcapHandler()
		x.expect(x.do("GET", alicesRules, ""), 200)
		d := second.signedIn(t, dana)
		d.watches(alice)
		if state, _ := d.told(); state != "active" {
			t.Errorf("dana is %s", state)
		}
	})
}

func TestUsersThatCannotBe(t *testing.T) {
	for _, u := range []User{
		{Address: "alice", Password: "x"},
		{Address: "sip:contoso.com", Name: "", Password: "x"},
		{Address: "sip:alice@contoso.com", Name: "A\r\nX: y", Password: "x"},
		{Address: "sip:alice@contoso.com", Name: "Alice", Password: ""},
	} {
		if l, err := newLab(Config{Users: []User{u}}); err == nil {
			t.Errorf("%+v was taken", u)
			_ = l.Close()
		} else if !strings.Contains(fmt.Sprint(err), "lab: ") {
			t.Error(err)
		}
	}
}
