package digest

import (
	"io"
	"strings"
	"testing"
	"time"

	other "github.com/icholy/digest"
)

func TestWhiteSpaceAroundEqualSignsIsLegal(t *testing.T) {
	// RFC 3261 section 25.1: EQUAL = SWS "=" SWS, COMMA = SWS "," SWS, and LWS may be a tab.
	for _, value := range []string{
		`Digest realm = "contoso.com", nonce = "n1" , algorithm = SHA-256,qop = "auth"`,
		"Digest\trealm\t=\t\"contoso.com\",\tnonce=\"n1\"\t,algorithm=SHA-256, qop=\"auth\"",
		`  Digest   realm="contoso.com",nonce="n1", algorithm=SHA-256, qop="auth-int, auth"  `,
		`NTLM, Digest realm ="contoso.com", nonce= "n1", algorithm=SHA-256, qop="auth", Basic realm = "x"`,
	} {
		c, err := Choose([]string{value})
		want := Challenge{Realm: "contoso.com", Nonce: "n1", Algorithm: "SHA-256", QOP: "auth"}
		if err != nil || c != want {
			t.Errorf("%q: %+v, %v", value, c, err)
		}
	}
}

// TestAgreesWithAnImplementationNobodyHereWrote compares answers with those of icholy/digest.
func TestAgreesWithAnImplementationNobodyHereWrote(t *testing.T) {
	for _, algorithm := range []string{"", "MD5", "SHA-256", "SHA-512-256"} {
		for _, qop := range []string{"", "auth", "auth-int"} {
			s := NewSession(Challenge{Realm: "contoso.com", Nonce: "n1", Opaque: "o", Algorithm: algorithm, QOP: qop})
			for count := 1; count <= 2; count++ {
				h := s.Authorize("MESSAGE", "sip:bob@contoso.com;transport=tcp", []byte("hello"), "alice", "secret")
				chal := &other.Challenge{Realm: "contoso.com", Nonce: "n1", Opaque: "o", Algorithm: algorithm}
				if qop != "" {
					chal.QOP = []string{qop}
				}
				want, err := other.Digest(chal, other.Options{
					Method: "MESSAGE", URI: "sip:bob@contoso.com;transport=tcp", Username: "alice", Password: "secret",
					Count: count, Cnonce: s.cnonce,
					GetBody: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("hello")), nil },
				})
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(h, `response="`+want.Response+`"`) {
					t.Errorf("%s %s, count %d: %s lacks %s", algorithm, qop, count, h, want.Response)
				}
				if _, err := other.ParseCredentials(h); err != nil {
					t.Errorf("%v: %s", err, h)
				}
			}
		}
	}
}

func TestACountThatIsMissingIsNotTaken(t *testing.T) {
	v := NewVerifier("contoso.com", clockAt(1_000_000))
	c, err := Choose(v.Challenges(false))
	if err != nil {
		t.Fatal(err)
	}
	a := answer{algorithm: c.Algorithm, method: "REGISTER", uri: "sip:contoso.com", nonce: c.Nonce, cnonce: "x", qop: "auth"}
	ha1 := HA1(c.Algorithm, `al"ice`, "contoso.com", "secret")
	h := `Digest username="al\"ice", realm="contoso.com", nonce="` + c.Nonce + `", uri="sip:contoso.com", qop=auth, cnonce="x", algorithm=` +
		c.Algorithm + `, response="` + a.response(ha1) + `"`
	if _, got := v.Verify(h, "REGISTER", nil, password("secret")); got == Granted {
		t.Error("an answer without a count could be repeated for as long as its nonce lives")
	}
}

func clockAt(seconds int64) func() time.Time {
	return func() time.Time { return time.Unix(seconds, 0) }
}
