package digest

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestChoosesTheStrongestChallengeItKnows(t *testing.T) {
	for name, tc := range map[string]struct {
		values    []string
		algorithm string
	}{
		"only MD5":              {[]string{`Digest realm="a", nonce="1", qop="auth"`}, ""},
		"MD5 first, SHA second": {[]string{`Digest realm="a", nonce="1", algorithm=MD5`, `Digest realm="a", nonce="2", algorithm=SHA-256`}, "SHA-256"},
		"both in one header":    {[]string{`Digest realm="a, b", nonce="1", algorithm=MD5, Digest realm="a", nonce="2", algorithm=SHA-512-256`}, "SHA-512-256"},
		"NTLM in front":         {[]string{`NTLM realm="a", targetname="x"`, `Kerberos realm="a"`, `Digest realm="a", nonce="1", algorithm=md5`}, "md5"},
		"AKA in front":          {[]string{`Digest realm="a", nonce="1", algorithm=AKAv1-MD5`, `Digest realm="a", nonce="2", algorithm=MD5-sess`}, "MD5-sess"},
	} {
		c, err := Choose(tc.values)
		if err != nil || c.Algorithm != tc.algorithm {
			t.Errorf("%s: chose %q, %v; want %q", name, c.Algorithm, err, tc.algorithm)
		}
	}
}

func TestSaysWhenNoChallengeCanBeAnswered(t *testing.T) {
	for _, values := range [][]string{
		nil,
		{""},
		{"NTLM"},
		{`Digest realm="a"`},
		{`Digest realm="a", nonce="1", algorithm=unknown`},
		{`Digest realm="a", nonce="1", qop="strange"`},
		{`=,=,"`},
		{`Digest nonce="", qop=auth`},
	} {
		if c, err := Choose(values); !errors.Is(err, ErrNoChallenge) {
			t.Errorf("%q: chose %+v, %v", values, c, err)
		}
	}
}

// The examples of RFC 7616 section 3.9.1: one request, answered with MD5 and with SHA-256.
func TestAnswersAsTheExamplesOfRFC7616(t *testing.T) {
	for algorithm, want := range map[string]string{
		"MD5":     "8ca523f5e9506fed4657c9700eebdbec",
		"SHA-256": "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
	} {
		a := answer{
			algorithm: algorithm, method: "GET", uri: "/dir/index.html", nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
			cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", nc: "00000001", qop: "auth",
		}
		if got := a.response(HA1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life")); got != want {
			t.Errorf("%s: %s, want %s", algorithm, got, want)
		}
	}
}

// password gives the one user of these tests its hash.
func password(word string) func(user, algorithm string) (string, bool) {
	return func(user, algorithm string) (string, bool) {
		return HA1(algorithm, user, "contoso.com", word), user == `al"ice`
	}
}

func TestVerifierAndSessionAgree(t *testing.T) {
	clock := time.Unix(1_000_000, 0)
	v := NewVerifier("contoso.com", func() time.Time { return clock })
	for _, qop := range []string{"auth", "auth-int", ""} {
		for _, suffix := range []string{"", "-sess"} {
			for _, value := range v.Challenges(false) {
				c := Parse(value)[0]
				c.QOP = qop
				c.Algorithm += suffix
				s := NewSession(c)
				for i := range 3 {
					h := s.Authorize("MESSAGE", "sip:bob(contoso.com)@msn.com", []byte("hi"), `al"ice`, "secret")
					if qop == "" && i > 0 {
						continue
					}
					if user, got := v.Verify(h, "MESSAGE", []byte("hi"), password("secret")); got != Granted || user != `al"ice` {
						t.Errorf("%s %s, request %d: %d for %q\n%s", c.Algorithm, qop, i, got, user, h)
					}
					if _, got := v.Verify(h, "INVITE", []byte("hi"), password("secret")); got != Refused {
						t.Errorf("the answer was taken for another method")
					}
				}
			}
		}
	}
}

func TestVerifierRefusesWhatIsNotRight(t *testing.T) {
	v := NewVerifier("contoso.com", time.Now)
	c, err := Choose(v.Challenges(false))
	if err != nil {
		t.Fatal(err)
	}
	good := NewSession(c).Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "secret")
	foreign := c
	foreign.Realm = "fabrikam.com"
	for name, h := range map[string]string{
		"nothing":        "",
		"wrong password": NewSession(c).Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "Secret"),
		"unknown user":   NewSession(c).Authorize("REGISTER", "sip:contoso.com", nil, "bob", "secret"),
		"other realm":    NewSession(foreign).Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "secret"),
		"cut short":      good[:len(good)/2],
	} {
		if _, got := v.Verify(h, "REGISTER", nil, password("secret")); got != Refused {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestVerifierTakesEachCountOnceAndForgetsOldNonces(t *testing.T) {
	clock := time.Unix(1_000_000, 0)
	v := NewVerifier("contoso.com", func() time.Time { return clock })
	c, err := Choose(v.Challenges(true))
	if err != nil {
		t.Fatal(err)
	}
	if !c.Stale {
		t.Error("stale was not said")
	}
	s := NewSession(c)
	first := s.Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "secret")
	second := s.Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "secret")
	check := func(h string, want Outcome) {
		t.Helper()
		if _, got := v.Verify(h, "REGISTER", nil, password("secret")); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
	check(second, Granted)
	check(first, Granted) // overtaken, not repeated
	check(first, Stale)
	check(second, Stale)
	third := s.Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "secret")
	clock = clock.Add(NonceLife + time.Second)
	check(third, Stale)
}

func TestAForgedNonceIsStale(t *testing.T) {
	v := NewVerifier("contoso.com", time.Now)
	s := NewSession(Challenge{Realm: "contoso.com", Nonce: strings.Repeat("f", 50), Algorithm: "MD5", QOP: "auth"})
	h := s.Authorize("REGISTER", "sip:contoso.com", nil, `al"ice`, "secret")
	if _, got := v.Verify(h, "REGISTER", nil, password("secret")); got != Stale {
		t.Errorf("got %d", got)
	}
}

func TestNothingCanBeInjectedThroughAName(t *testing.T) {
	s := NewSession(Challenge{Realm: "a\r\nX: y", Nonce: "1"})
	if h := s.Authorize("REGISTER", "sip:x", nil, "a\"\r\nVia: z", "p"); strings.ContainsAny(h, "\r\n") {
		t.Errorf("line break in %q", h)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`Digest realm="a, \"b", nonce="1", qop="auth,auth-int", algorithm=MD5, NTLM`)
	f.Fuzz(func(t *testing.T, value string) {
		for _, c := range Parse(value) {
			if h := NewSession(c).Authorize("MESSAGE", "sip:b@c", nil, "u", "p"); strings.Contains(h, "\n") && !strings.Contains(c.Algorithm, "\n") {
				t.Errorf("line break in %q", h)
			}
		}
	})
}
