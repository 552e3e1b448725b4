package sipclient

import (
	"regexp"
	"testing"

	"golync/sipclient/pidf"
)

// Kamailio keeps only the newest of two publications whose tuples have one id, so that two computers of the user's
// would take each other's word away.
func TestEachInstallationPublishesATupleOfItsOwn(t *testing.T) {
	tuple := regexp.MustCompile(`<tuple id="([A-Za-z][-A-Za-z0-9]*)">`)
	ids := map[string]string{}
	for _, instance := range []string{
		"11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222", "11111111-1111-4111-8111-111111111111",
	} {
		bubble(t, func(t *testing.T) {
			d := newDesk(t, func(o *Options) { o.Instance = instance })
			peer := d.signIn()
			done := d.publishing(pidf.State{Open: true})
			p := peer.Expect("PUBLISH")
			found := tuple.FindSubmatch(p.Body)
			if found == nil {
				t.Fatalf("no tuple in %s", p.Body)
			}
			id := string(found[1])
			if before, ok := ids[instance]; ok && before != id {
				t.Errorf("%s was %q and is %q after a restart", instance, before, id)
			}
			ids[instance] = id
			peer.Reply(p, 200, "SIP-ETag: one", "Expires: 100")
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		})
	}
	if a, b := ids["11111111-1111-4111-8111-111111111111"], ids["22222222-2222-4222-8222-222222222222"]; a == b {
		t.Errorf("both call themselves %q", a)
	}
}
