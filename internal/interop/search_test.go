//go:build linux

package interop

import (
	"errors"
	"testing"

	"golync/sipclient"
)

// Kamailio, too, says who is there: it passes the question on to somebody who is signed in, and answers itself for
// everybody else.
func TestPeopleAreFoundByTheirAddress(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			a, d := signIn(t, k, alice, transport), signIn(t, k, dana, transport)
			got, err := a.Search(t.Context(), d.address)
			if err != nil || got.Address != d.address || !got.Online {
				t.Errorf("Dana is there: %+v, %v", got, err)
			}
			if err := d.SignOut(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got, err := a.Search(t.Context(), d.address); err != nil || got.Online {
				t.Errorf("Dana is away: %+v, %v", got, err)
			}
			if got, err := a.Search(t.Context(), "sip:nobody@contoso.com"); !errors.Is(err, sipclient.ErrNotFound) {
				t.Errorf("nobody: %+v, %v", got, err)
			}
			if got, err := a.Search(t.Context(), "sip:gina@fabrikam.com"); !errors.Is(err, sipclient.ErrNotAllowed) {
				t.Errorf("a domain that is not served: %+v, %v", got, err)
			}
		})
	}
}
