package command

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/app"
	"golync/internal/lab/policy"
)

// orders puts a policy in force, as the administrator does who saves the file.
func (s *street) orders(content string) {
	s.t.Helper()
	p, err := policy.Parse("policy.toml", content)
	if err != nil {
		s.t.Fatal(err)
	}
	s.server.Enforce(p)
}

const publicNetwork = `
[provider]
name = "Skype"
enabled = true
verification = "AlwaysVerifiable"
[global]
EnablePublicCloudAccess = true
`

// The IMPORTANT boxes of the Skype side: nobody is found before the domain is provisioned, which the window says,
// and whoever was found waits for as long as the Lync user's policy keeps the request away.
func TestTheSearchFollowsTheAdministrator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := build(t)
		look := func() app.Looked {
			effects, err := s.skype.state.LookUp(time.Now(), "alice@contoso.com")
			s.skype.do(effects, err)
			s.skype.until("an answer", func(s *app.State) bool { return s.Looked().State != app.Looking })
			return s.skype.state.Looked()
		}
		for _, setup := range []string{"", "[[domain]]\nname = \"contoso.com\"\nprovisioning = \"pending\""} {
			s.orders(publicNetwork + setup)
			is := look()
			if is.State != app.LookNotFound || !strings.Contains(string(is.Trouble), "may not have completed, or the Lync domain has not yet been set up") {
				t.Errorf("%q: %+v", setup, is)
			}
		}
		const done = "[[domain]]\nname = \"contoso.com\"\nprovisioning = \"done\"\n"
		const alone = "[[user]]\naddress = \"sip:alice@contoso.com\"\nEnablePublicCloudAccess = false\n"
		s.orders(publicNetwork + done + alone)
		skypeAdds(s)
		s.listen("nothing", skypeWaits)
		s.orders(publicNetwork + done)
		s.listen(lyncAsked, skypeWaits)
		deed(lyncUser, accepts)(s)
		s.listen("Available", "Available")
		s.orders(publicNetwork + done + alone)
		s.both("nobody to see anybody", func(*app.State) bool {
			return stands(s.lync.state, bob) != "Available" || stands(s.skype.state, me) != "Available"
		})
	})
}
