//go:build linux

package interop

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/config"
	"golync/internal/doctor"
	"golync/internal/store"
	"golync/sipclient"
)

// examine lets the doctor look at alice's chain to somebody at a Kamailio.
func examine(t *testing.T, k *Kamailio, password, data string, to contacts.Address) (doctor.Report, string) {
	t.Helper()
	r := doctor.Examine(t.Context(), doctor.Case{
		Settings: config.Settings{
			Account: "sip:alice@contoso.com", Server: k.TLS, Transport: "tls", XCAP: k.XCAP, Data: data,
			Password: config.Password{Command: "echo '" + password + "'"},
		},
		RootCAs: k.CA, Address: to, Patience: 3 * time.Second,
	})
	var b strings.Builder
	if _, err := r.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return r, b.String()
}

func TestTheDoctorUnderstandsKamailio(t *testing.T) {
	k := Start(t, User{"alice@contoso.com", "secret"}, User{"dana@contoso.com", "secret"})
	data := t.TempDir()
	s, err := store.Open(store.Dir(data, "sip:alice@contoso.com"))
	if err != nil {
		t.Fatal(err)
	}
	s.SaveContact(contacts.Contact{
		Address: "sip:dana@contoso.com", Provider: contacts.ProviderLync, Relationship: contacts.Colleagues,
		Groups: []contacts.GroupID{contacts.OtherContacts},
	}, func(error) {})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		password, data string
		to             contacts.Address
		want           []doctor.Fault
	}{
		{"secret", t.TempDir(), "", nil},
		{"wrong", t.TempDir(), "", []doctor.Fault{doctor.WrongPassword}},
		{"secret", t.TempDir(), "sip:dana@contoso.com", []doctor.Fault{doctor.NotAdded}},
		// The rules were never written: that is my doing before it is hers.
		{"secret", data, "sip:dana@contoso.com", []doctor.Fault{doctor.RulesDiffer}},
	} {
		r, report := examine(t, k, c.password, c.data, c.to)
		if !slices.Equal(r.Faults(), c.want) {
			t.Errorf("%s with %q: found %v, want %v\n%s", c.to, c.password, r.Faults(), c.want, report)
		}
		if c.data != data { // what is in the list is asked for, as the window asks
			k.keepsNoRequests(t)
		}
	}
}

// keepsNoRequests fails when the server remembers anybody who watches somebody.
func (k *Kamailio) keepsNoRequests(t *testing.T) {
	t.Helper()
	out, err := exec.Command("sqlite3", filepath.Join(k.Dir, "presence.sqlite"), "SELECT * FROM watchers").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("the doctor leaves behind: %s, %v", out, err)
	}
}

// The server gives what it has kept to whoever registers first, and that may be the doctor.
func TestWhatWasKeptForTheUserIsKeptFromTheDoctor(t *testing.T) {
	k := Start(t, alice, dana)
	d := signIn(t, k, dana, "tls")
	for _, body := range []string{"one", "two"} {
		if got, err := d.say("sip:"+alice.Address, body); got != sipclient.Stored {
			t.Fatalf("%v, %v", got, err)
		}
	}
	if r, report := examine(t, k, alice.Password, t.TempDir(), "sip:dana@contoso.com"); !slices.Equal(r.Faults(), []doctor.Fault{doctor.NotAdded}) {
		t.Fatal(report)
	}
	a := signIn(t, k, alice, "tls")
	if got := []string{a.hears(), a.hears()}; !slices.Contains(got, "one") || !slices.Contains(got, "two") {
		t.Errorf("alice hears %q", got)
	}
}
