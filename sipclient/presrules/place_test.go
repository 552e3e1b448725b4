package presrules

import (
	"strings"
	"testing"
)

// facts/lync-2013-client.md section 4: the location is for Colleagues and closer relationships.
func TestWhereTheUserIsIsNotForExternalContacts(t *testing.T) {
	for level, want := range map[Level]string{
		FriendsAndFamily: "<pr:provide-all-attributes/>",
		Workgroup:        "<pr:provide-place-type>true</pr:provide-place-type>",
		Colleagues:       "<pr:provide-place-type>true</pr:provide-place-type>",
		External:         "<pr:provide-place-type>false</pr:provide-place-type>",
	} {
		doc := string(Build(Rules{People: map[string]Level{"sip:dana@contoso.com": level}}))
		if !strings.Contains(doc, want) {
			t.Errorf("level %v: no %s in %s", level, want, doc)
		}
	}
}
