package doctor

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"golync/alerts"
	"golync/contacts"
	labpolicy "golync/internal/lab/policy"
	"golync/internal/store"
	"golync/sipclient/presrules"
)

func TestWhereAllIsWellNothingIsFound(t *testing.T) {
	bubble(t, "with a person", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.expect(w.examine())
	})
	bubble(t, "alone", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.given.Address = ""
		r := w.examine()
		w.expect(r)
		for _, f := range r.Findings {
			if f.State != OK {
				t.Errorf("%s is %s", f.Link, f.State)
			}
		}
	})
}

// Each fault is planted in a world that is well otherwise, and its name is all that may be found.
func TestEachPlantedFaultIsFoundByItsName(t *testing.T) {
	for _, c := range []struct {
		want  Fault
		plan  plan
		plant func(*world)
	}{
		{want: BadConfiguration, plant: func(w *world) { w.given.Trouble = errors.New("config.toml:3: server: expected text") }},
		{want: NoAccount, plant: func(w *world) { w.given.Settings.Account = "" }},
		{want: NoPassword, plant: func(w *world) { w.given.Settings.Password.Command = "" }},
		{want: PasswordUnreadable, plant: func(w *world) { w.given.Settings.Password.Command = "exit 1" }},
		{want: DataUnreadable, plant: func(w *world) {
			file := filepath.Join(store.Dir(w.given.Settings.Data, string(alice)), "golync.db")
			if err := os.WriteFile(file, []byte("this is no database, however long it may be"), 0o600); err != nil {
				w.t.Fatal(err)
			}
		}},
		{want: NoServerInDNS, plant: func(w *world) { w.dns = zone{} }},
		{want: NoAddress, plant: func(w *world) { w.dns.hosts = nil }},
		{want: DNSTimeout, plant: func(w *world) { w.dns.mute = true }},
		{want: Unreachable, plant: func(w *world) { w.dns.hosts["sip.contoso.com"] = "192.0.2.99" }},
		{want: Unreachable, plant: func(w *world) { w.net.Silence(secureAddr, true) }},
		{want: NotTLS, plant: func(w *world) { w.dns.srv["_sips._tcp.contoso.com"][0].Port = 5060 }},
		{want: CertificateName, plan: plan{names: []string{"sip.fabrikam.com"}}},
		{want: CertificateExpired, plant: func(w *world) { w.given.Now = func() time.Time { return time.Now().AddDate(120, 0, 0) } }},
		{want: CertificateUntrusted, plant: func(w *world) { w.given.RootCAs = nil }},
		{want: WrongPassword, plan: plan{password: "another word"}},
		{want: NoXCAP, plant: func(w *world) { w.given.Settings.XCAP = "" }},
		{want: XCAPUnreachable, plant: func(w *world) { w.given.Settings.XCAP = "http://192.0.2.1:9/xcap" }},
		{want: RulesDiffer, plant: func(w *world) { w.forget(alice, dana) }},
		{want: BlockedByMe, plant: func(w *world) {
			w.save(func(s *store.Store) { addTo(s, dana, contacts.ProviderLync, contacts.BlockedContacts) })
			w.rules(alice, dana, presrules.Blocked)
		}},
		{want: DismissedByMe, plant: func(w *world) {
			w.save(func(s *store.Store) {
				s.DeleteContact(dana, func(error) {})
				s.SaveRequest(contacts.Request{Address: dana, Since: time.Now(), Dismissed: true}, func(error) {})
			})
			w.rules(alice, dana, presrules.Dismissed)
		}},
		{want: NotFound, plant: func(w *world) {
			w.given.Address = "sip:nobody@contoso.com"
			w.save(func(s *store.Store) { addTo(s, w.given.Address, contacts.ProviderLync, contacts.Colleagues) })
			w.rules(alice, w.given.Address, presrules.Colleagues)
		}},
		{want: WaitingForThem, plant: func(w *world) { w.forget(dana, alice) }},
		{want: WaitingForThem, plant: func(w *world) { w.friends(cheri); w.forget(cheri, alice) }},
		{want: PolicyBlocks, plant: func(w *world) {
			w.friends(cheri)
			w.enforce("[provider]\nenabled = true\n[global]\nEnablePublicCloudAccess = false\n[[domain]]\nname = 'contoso.com'\nprovisioning = 'done'")
		}},
		{want: PolicyBlocks, plant: func(w *world) {
			w.friends(cheri)
			w.enforce("[provider]\nenabled = false")
		}},
		{want: NotProvisioned, plant: func(w *world) {
			w.friends(cheri)
			w.enforce("[provider]\nenabled = true\n[global]\nEnablePublicCloudAccess = true\n[[domain]]\nname = 'contoso.com'\nprovisioning = 'pending'")
		}},
		{want: NotProvisioned, plan: plan{names: []string{"outlook.com"}}, plant: func(w *world) {
			w.beCheri()
			w.enforce("[provider]\nenabled = true\n[global]\nEnablePublicCloudAccess = true\n[[domain]]\nname = 'contoso.com'\nprovisioning = 'pending'")
		}},
		{want: NotProvisioned, plan: plan{names: []string{"outlook.com"}}, plant: func(w *world) {
			w.beCheri()
			w.enforce("[provider]\nenabled = false")
		}},
		{want: WaitingForThem, plan: plan{names: []string{"outlook.com"}}, plant: func(w *world) {
			w.beCheri()
			w.forget(alice, cheri)
		}},
		{want: NotFound, plant: func(w *world) { // whose request cannot come either, whatever the options say
			w.given.Address = "sip:nobody@outlook.com"
		}},
		{want: AlertsHideRequests, plant: func(w *world) { w.cheriAsks() }},
		{want: WaitingForMe, plant: func(w *world) {
			w.cheriAsks()
			w.save(func(s *store.Store) {
				s.SaveAlerts(alerts.Options{TellMe: true, Outside: alerts.AllowInvites}, func(error) {})
			})
		}},
		{want: NotAdded, plant: func(w *world) {
			w.save(func(s *store.Store) { s.DeleteContact(dana, func(error) {}) })
			w.forget(alice, dana)
		}},
	} {
		bubble(t, string(c.want), func(t *testing.T) {
			w := newWorld(t, c.plan)
			if c.plant != nil {
				c.plant(w)
			}
			w.expect(w.examine(), c.want)
		})
	}
}

// beCheri makes the account that of the Skype user, whose friend alice is.
func (w *world) beCheri() {
	w.t.Helper()
	w.friends(cheri)
	w.given.Settings.Account, w.given.Address = cheri, alice
	w.dns.srv["_sips._tcp.outlook.com"] = w.dns.srv["_sips._tcp.contoso.com"]
	w.save(func(s *store.Store) { addTo(s, alice, contacts.ProviderLync, contacts.ExternalContacts) })
}

// cheriAsks has somebody whom alice does not know wait for her.
func (w *world) cheriAsks() {
	w.t.Helper()
	w.given.Address = cheri
	w.somebody(cheri).Watch(string(alice), "It is me, Cheri")
	synctest.Wait()
}

// friends lets alice and a Skype user have added each other, and the doctor be asked about that one.
func (w *world) friends(who contacts.Address) {
	w.t.Helper()
	w.given.Address = who
	w.save(func(s *store.Store) { addTo(s, who, contacts.ProviderSkype, contacts.ExternalContacts) })
	w.rules(alice, who, presrules.External)
	w.rules(who, alice, presrules.External)
}

// enforce puts a policy file in force.
func (w *world) enforce(file string) {
	w.t.Helper()
	p, err := labpolicy.Parse("policy.toml", file)
	if err != nil {
		w.t.Fatal(err)
	}
	w.lab.Enforce(p)
}
