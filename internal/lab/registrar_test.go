package lab

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const alice, dana, gina, cheri = "sip:alice@contoso.com", "sip:dana@contoso.com", "sip:gina@fabrikam.com", "sip:cheri@outlook.com"

var bob = Decorate("bob@contoso.com")

func TestRegisterIsChallengedWithTheBetterDigestFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := world(t, Config{}).device(t, alice)
		res := d.do("REGISTER", "sip:contoso.com", "", "To: <"+alice+">")
		status(t, res, 401)
		var algorithms []string
		for _, h := range res.GetHeaders("WWW-Authenticate") {
			_, a, _ := strings.Cut(h.Value(), "algorithm=")
			algorithms = append(algorithms, strings.Split(a, ",")[0])
		}
		if got := strings.Join(algorithms, " "); got != "SHA-256 MD5" {
			t.Errorf("offered %s", got)
		}
	})
}

func TestWhoMaySignIn(t *testing.T) {
	for name, tc := range map[string]struct {
		aor, password string
		want          int
	}{
		"the right password":                  {alice, "secret", 200},
		"a decorated Microsoft account":       {bob, "secret", 200},
		"the escaped form of the same":        {"sip:bob%28contoso.com%29@msn.com", "secret", 401}, // the user name is another
		"a wrong password":                    {alice, "wrong", 401},
		"nobody":                              {"sip:zoe@contoso.com", "secret", 401},
		"a domain that is not served":         {"sip:alice@nowhere.example", "secret", 401},
		"the Microsoft account not decorated": {"sip:bob@contoso.com", "secret", 401},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				status(t, world(t, Config{}).device(t, tc.aor).register(tc.password), tc.want)
			})
		})
	}
}

func TestSomebodyElsesPasswordDoesNotSignMeIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := world(t, Config{}).signedIn(t, dana)
		proof := d.auth.Authorize("REGISTER", "sip:contoso.com", nil, "dana", "secret")
		status(t, d.do("REGISTER", "sip:contoso.com", "", "To: <"+alice+">", "Authorization: "+proof), 401)
	})
}

func TestBindingsOfSeveralDevices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		one, two := l.signedIn(t, alice), l.device(t, alice)
		res := two.register("secret")
		status(t, res, 200)
		if got := len(res.GetHeaders("Contact")); got != 2 {
			t.Fatalf("%d bindings listed, want 2", got)
		}
		status(t, one.register("secret", "Expires: 0"), 200)
		res = two.register("secret")
		if got := len(res.GetHeaders("Contact")); got != 1 {
			t.Errorf("%d bindings after one left, want 1", got)
		}
		status(t, two.register("secret", "Contact: *", "Expires: 0"), 200)
		if l.people[alice].online() {
			t.Error("a star did not remove every binding")
		}
	})
}

func TestADeviceThatComesBackOnAnotherConnectionReplacesItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		id := `;reg-id=1;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000000000001>"`
		for range 2 {
			d := l.device(t, alice)
			status(t, d.register("secret", "Contact: <"+d.contact+">"+id), 200)
		}
		if got := len(l.people[alice].bindings); got != 1 {
			t.Errorf("%d bindings, want 1", got)
		}
	})
}

func TestRegistrationLifetimes(t *testing.T) {
	for name, tc := range map[string]struct {
		header  string
		want    int
		granted string
	}{
		"said by nobody": {"X: x", 200, "3600"},
		"by the header":  {"Expires: 600", 200, "600"},
		"too long":       {"Expires: 90000", 200, "3600"},
		"too brief":      {"Expires: 5", 423, ""},
		"not a number":   {"Expires: soon", 200, "3600"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				res := world(t, Config{}).device(t, alice).register("secret", tc.header)
				status(t, res, tc.want)
				if tc.want == 423 && header(res, "Min-Expires") != "60" {
					t.Error("423 does not say what would be enough")
				}
				if tc.granted != "" && !strings.Contains(header(res, "Contact"), ";expires="+tc.granted) {
					t.Errorf("granted %q, want %s", header(res, "Contact"), tc.granted)
				}
			})
		})
	}
}

func TestARegistrationEndsWhenItIsNotRefreshed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		d := l.device(t, alice)
		status(t, d.register("secret", "Expires: 60"), 200)
		time.Sleep(59 * time.Second)
		status(t, d.register("secret", "Expires: 60"), 200)
		time.Sleep(59 * time.Second)
		if !l.isOnline(alice) {
			t.Error("a refreshed registration ended")
		}
		time.Sleep(2 * time.Second)
		if l.isOnline(alice) {
			t.Error("a registration outlived its time")
		}
	})
}

func TestARegistrationEndsWithItsConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		d := l.signedIn(t, alice)
		_ = d.c.Close()
		synctest.Wait()
		if l.isOnline(alice) {
			t.Error("a binding outlived its connection")
		}
	})
}

func TestDevicesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		d := l.signedIn(t, alice)
		for i := 1; i < bindingLimit; i++ {
			status(t, d.register("secret", fmt.Sprintf("Contact: <sip:alice@10.0.0.1:%d>", i)), 200)
		}
		status(t, d.register("secret", "Contact: <sip:alice@10.0.0.1:999>"), 403)
		status(t, d.register("secret", "Contact: <sip:alice@10.0.0.1:1>"), 200)
	})
}

// isOnline reads under the lock, for tests.
func (l *Lab) isOnline(aor string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.people[aor].online()
}
