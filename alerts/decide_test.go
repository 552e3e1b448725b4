package alerts

import (
	"fmt"
	"testing"

	"golync/contacts"
)

// every calls do with every combination of options and incoming things there is.
func every(do func(o Options, in Incoming)) (n int) {
	bools := []bool{false, true}
	kinds := []contacts.Kind{contacts.External, contacts.MyOrganization, contacts.Skype}
	relationships := append(contacts.Relationships(), contacts.NoRelationship)
	for _, tell := range bools {
		for dnd := ShowAllButConversations; dnd <= ShowNone; dnd++ {
			for outside := BlockAll; outside <= AllowAnyone; outside++ {
				for what := Request; what <= StatusChange; what++ {
					for _, kind := range kinds {
						for _, contact := range bools {
							for _, r := range relationships {
								for _, mine := range contacts.Availabilities() {
									do(Options{tell, dnd, outside}, Incoming{what, kind, contact, r, mine})
									n++
								}
							}
						}
					}
				}
			}
		}
	}
	return n
}

// rule is a row of the table: the first one that matches says what the verdict is, Do Not Disturb aside.
// An empty column matches everything.
type rule struct {
	name         string
	what         []What
	kind         []contacts.Kind
	known        []bool // a contact, or decided upon
	contact      []bool
	relationship []contacts.Relationship
	tell         []bool
	outside      []OutsideChoice
	want         Verdict
}

var (
	yes, no     = []bool{true}, []bool{false}
	blockedOnly = []contacts.Relationship{contacts.BlockedContacts}
	skype       = []contacts.Kind{contacts.Skype}
)

// table is design section 6, Alerts, and facts/lync-2013-client.md sections 2 and 5.1.
var table = []rule{
	{name: "a blocked person's message", relationship: blockedOnly, what: []What{Conversation}, want: Verdict{Refuse: 403}},
	{name: "a blocked person's call", relationship: blockedOnly, what: []What{Call}, want: Verdict{Refuse: 603}},
	{name: "anything else of a blocked person", relationship: blockedOnly, want: Verdict{}},

	{name: "a request of somebody decided upon", what: []What{Request}, known: yes, want: Verdict{Accept: true}},
	{name: "an untold colleague", what: []What{Request}, tell: no, kind: []contacts.Kind{contacts.MyOrganization}, want: Verdict{Accept: true}},
	{name: "an untold outsider waits", what: []What{Request}, tell: no, want: Verdict{}},
	{name: "a Skype user's blocked invite", what: []What{Request}, kind: skype, outside: []OutsideChoice{BlockAll}, want: Verdict{}},
	{name: "any other request", what: []What{Request}, want: Verdict{Show: true, Alert: true}},

	{
		name: "a stranger's message from Skype", what: []What{Conversation}, kind: skype, known: no,
		outside: []OutsideChoice{BlockAll, AllowInvites}, want: Verdict{Refuse: 403},
	},
	{
		name: "a stranger's call from Skype", what: []What{Call}, kind: skype, known: no,
		outside: []OutsideChoice{BlockAll, AllowInvites}, want: Verdict{Refuse: 603},
	},
	{name: "any other message or call", what: []What{Conversation, Call}, want: Verdict{Show: true, Alert: true}},

	{name: "a contact's status", what: []What{StatusChange}, contact: yes, want: Verdict{Show: true, Alert: true}},
	{name: "a stranger's status", what: []What{StatusChange}, want: Verdict{}},
}

func matches[T comparable](column []T, v T) bool {
	for _, c := range column {
		if c == v {
			return true
		}
	}
	return len(column) == 0
}

func (r rule) matches(o Options, in Incoming) bool {
	known := in.Contact || in.Relationship != contacts.NoRelationship
	return matches(r.what, in.What) && matches(r.kind, in.Kind) && matches(r.known, known) && matches(r.contact, in.Contact) &&
		matches(r.relationship, in.Relationship) && matches(r.tell, o.TellMe) && matches(r.outside, o.Outside)
}

// disturbing says what Do Not Disturb lets through, by the three labels of the Alerts page.
func disturbing(o Options, in Incoming) bool {
	workgroup := in.Relationship == contacts.Workgroup
	talk := in.What == Conversation || in.What == Call
	switch o.DND {
	case ShowAllButConversations: // Show all alerts, but only conversation alerts from people in my Workgroup
		return !talk || workgroup
	case ShowWorkgroupOnly: // Show only conversation alerts from people in my Workgroup
		return talk && workgroup
	}
	return false // Don't show alerts
}

func TestDecideOverEveryCombination(t *testing.T) {
	used := make([]int, len(table))
	n := every(func(o Options, in Incoming) {
		want := Verdict{}
		for i, r := range table {
			if r.matches(o, in) {
				used[i]++
				want = r.want
				break
			}
		}
		if want.Alert && in.Mine.Undisturbed() {
			want.Alert = disturbing(o, in)
			if in.What == Call && in.Relationship != contacts.Workgroup {
				want = Verdict{Refuse: 486}
			}
		}
		if got := Decide(o, in); got != want {
			t.Errorf("%+v, %+v: %+v, want %+v", o, in, got, want)
		}
	})
	if n != 2*3*3*4*3*2*6*16 {
		t.Errorf("%d combinations", n)
	}
	for i, r := range table {
		if used[i] == 0 {
			t.Errorf("the row %q matches nothing", r.name)
		}
	}
}

// The sentences of the design hold whatever the table says.
func TestDecideHoldsWhatTheDesignPromises(t *testing.T) {
	every(func(o Options, in Incoming) {
		v := Decide(o, in)
		say := func(ok bool, promise string) {
			if !ok {
				t.Errorf("%+v, %+v: %+v: %s", o, in, v, promise)
			}
		}
		say(v.Refuse == 0 || !v.Show && !v.Alert && !v.Accept, "what is refused is neither seen nor heard")
		say(!v.Alert || v.Show, "what is announced can be seen")
		say(in.What != Request || v.Refuse == 0, "a request is left to the presence rules")
		if in.Relationship == contacts.BlockedContacts {
			say(!v.Show && !v.Accept, "somebody blocked is hidden")
			say(in.What != Conversation || v.Refuse == 403, "a message of somebody blocked is refused for good")
		}
		if in.Relationship != contacts.NoRelationship {
			for outside := BlockAll; outside <= AllowAnyone; outside++ {
				say(Decide(Options{o.TellMe, o.DND, outside}, in) == v, "a relationship wins over Contacts not using Lync")
			}
		}
		if in.Kind != contacts.Skype {
			for outside := BlockAll; outside <= AllowAnyone; outside++ {
				say(Decide(Options{o.TellMe, o.DND, outside}, in) == v, "people who use Lync are not touched by Contacts not using Lync")
			}
		}
		if !in.Mine.Undisturbed() {
			for dnd := ShowAllButConversations; dnd <= ShowNone; dnd++ {
				say(Decide(Options{o.TellMe, dnd, o.Outside}, in) == v, "the Do Not Disturb block is about Do Not Disturb")
			}
		}
		if in.Mine.Undisturbed() && v.Alert && in.What == Conversation {
			say(in.Relationship == contacts.Workgroup, "only Workgroup breaks through Do Not Disturb")
		}
		if in.What == Conversation && v.Refuse == 0 {
			say(v.Show, "a message that was taken is shown: nothing is lost")
		}
	})
}

func TestTheDefaultsAreLyncs(t *testing.T) {
	if d := Default(); !d.TellMe || d.DND != ShowAllButConversations || d.Outside != BlockAll {
		t.Errorf("defaults are %+v", d)
	}
}

// The walk of the specification: the Skype user's request shows once the option is changed.
func TestTheAlertsProcedureOfTheSpecification(t *testing.T) {
	cheri := Incoming{What: Request, Kind: contacts.Skype, Mine: contacts.Available}
	if Decide(Default(), cheri).Show {
		t.Error("in the default setting the request is held back")
	}
	o := Options{TellMe: true, Outside: AllowInvites}
	if v := Decide(o, cheri); !v.Show || !v.Alert {
		t.Errorf("with invites allowed the request gets %+v", v)
	}
	cheri.What = Conversation
	if v := Decide(o, cheri); v.Refuse != 403 {
		t.Errorf("all other communications are blocked, but a message gets %+v", v)
	}
	cheri.Contact, cheri.Relationship = true, contacts.ExternalContacts
	if v := Decide(o, cheri); !v.Show {
		t.Errorf("after the request is accepted a message gets %+v", v)
	}
}

func TestAdmitReadsTheSnapshot(t *testing.T) {
	const dana, eve, cheri = contacts.Address("sip:dana@contoso.com"), contacts.Address("sip:eve@contoso.com"), contacts.Address("sip:cheri@outlook.com")
	a := Admission{
		Options:  Default(),
		Mine:     contacts.DoNotDisturb,
		Decided:  map[contacts.Address]contacts.Relationship{dana: contacts.Workgroup, eve: contacts.BlockedContacts},
		Contacts: map[contacts.Address]bool{dana: true},
		KindOf: func(a contacts.Address) contacts.Kind {
			return contacts.Providers{}.KindOf("sip:alice@contoso.com", a)
		},
	}
	for _, c := range []struct {
		what What
		from contacts.Address
		want Verdict
	}{
		{Conversation, dana, Verdict{Show: true, Alert: true}},
		{Call, "sip:fred@contoso.com", Verdict{Refuse: 486}},
		{Conversation, "sip:fred@contoso.com", Verdict{Show: true}},
		{Conversation, eve, Verdict{Refuse: 403}},
		{Conversation, "sip:EVE@contoso.com", Verdict{Refuse: 403}},
		{Request, eve, Verdict{}},
		{Conversation, cheri, Verdict{Refuse: 403}},
		{Call, cheri, Verdict{Refuse: 603}},
		{StatusChange, dana, Verdict{Show: true, Alert: true}},
	} {
		if got := a.Admit(c.what, c.from); got != c.want {
			t.Errorf("%s from %s: %+v, want %+v", fmt.Sprint(c.what), c.from, got, c.want)
		}
	}
	if v := (Admission{}).Admit(Conversation, dana); !v.Show {
		t.Errorf("without a snapshot a message gets %+v", v)
	}
}

func BenchmarkAdmit(b *testing.B) {
	a := Admission{
		Options: Default(), Decided: map[contacts.Address]contacts.Relationship{}, Contacts: map[contacts.Address]bool{},
		KindOf: func(a contacts.Address) contacts.Kind { return contacts.Providers{}.KindOf("sip:alice@contoso.com", a) },
	}
	for i := range 10_000 {
		address := contacts.Address(fmt.Sprintf("sip:person%d@contoso.com", i))
		a.Decided[address], a.Contacts[address] = contacts.Colleagues, true
	}
	b.ReportAllocs()
	for b.Loop() {
		a.Admit(Conversation, "sip:person77@contoso.com")
		a.Admit(Conversation, "sip:cheri@outlook.com")
	}
}
