package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/text"
)

func TestDurationsReadAsInLync(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		passed     time.Duration
		since, ago text.Safe
	}{
		{-time.Hour, "", "just now"}, // the other side's clock is ahead
		{0, "", "just now"},
		{59 * time.Second, "", "just now"},
		{time.Minute, " 1 min", "1 min ago"},
		{12*time.Minute + 59*time.Second, " 12 mins", "12 mins ago"},
		{time.Hour, " 1 hour", "1 hour ago"},
		{23 * time.Hour, " 23 hours", "23 hours ago"},
		{24 * time.Hour, " 1 day", "1 day ago"},
		{400 * 24 * time.Hour, " 400 days", "400 days ago"},
	} {
		if got := since(now.Add(-tc.passed), now); got != tc.since {
			t.Errorf("since %v is %q, not %q", tc.passed, got, tc.since)
		}
		if got := ago(now.Add(-tc.passed), now); got != tc.ago {
			t.Errorf("%v ago is %q, not %q", tc.passed, got, tc.ago)
		}
	}
	if got := since(time.Time{}, now); got != "" {
		t.Errorf("a time that is not known is %q", got)
	}
}

// contact is a contact with what the network last said, outside any list.
func contact(a contacts.Address, w contacts.Watch, p contacts.Presence) *contacts.Contact {
	return &contacts.Contact{Address: a, Name: text.From("Kim"), Relationship: contacts.Colleagues, Watch: w, Presence: p}
}

func TestRowsSayWhatIsKnownAndWhyNothingIs(t *testing.T) {
	m := modelOf(world(), 80, 24)
	kim := contacts.Address("sip:kim@fabrikam.com")
	blocked := contact(eve, contacts.WatchActive, contacts.Presence{Availability: contacts.Available})
	blocked.Relationship = contacts.BlockedContacts
	refused := contact(eve, contacts.WatchRefused, contacts.Presence{})
	refused.WatchReason = text.From("not\x1b[2Jnow")
	forbidden := contact(eve, contacts.WatchForbidden, contacts.Presence{})
	forbidden.WatchReason = text.From("Skype is off")
	for _, tc := range []struct {
		name  string
		who   *contacts.Contact
		width int
		want  personRow
	}{
		{
			"outside, with a note", contact(kim, contacts.WatchActive, contacts.Presence{Availability: contacts.Busy, Note: text.From("Hi")}), 60,
			personRow{contacts.Busy, "kim@fabrikam.com", "Busy - External Network", "Hi", false},
		},
		{
			"no room behind the name", contact(kim, contacts.WatchActive, contacts.Presence{Availability: contacts.Busy}), 40,
			personRow{contacts.Busy, "kim@fabrikam.com", "", "Busy - External Network", false},
		},
		{
			"no room, but a note", contact(kim, contacts.WatchActive, contacts.Presence{Availability: contacts.Busy, Note: text.From("Hi")}), 40,
			personRow{contacts.Busy, "kim@fabrikam.com", "Busy - External", "Hi", false},
		},
		{
			"no room for where the person is, and a note", contact(kim, contacts.WatchActive, contacts.Presence{Availability: contacts.Available, Note: text.From("Hi")}), 45,
			personRow{contacts.Available, "kim@fabrikam.com", "Available - External", "Hi", false},
		},
		{
			"waiting, and no room for the name", contact("sip:maximilian.mustermann@hotmail.com", contacts.WatchWaiting, contacts.Presence{}), 44,
			personRow{contacts.PresenceUnknown, "maximilian.mustermann@hotmail.com", "", "Waiting for the other side to accept", false},
		},
		{
			"waiting", contact(eve, contacts.WatchWaiting, contacts.Presence{}), 60,
			personRow{contacts.PresenceUnknown, "Eve", "Waiting for Eve to accept", "", false},
		},
		{"refused", refused, 60, personRow{contacts.PresenceUnknown, "Eve", "Did not accept", "The other side said no (not\uFFFD[2Jnow).", true}},
		{"not allowed", forbidden, 60, personRow{contacts.PresenceUnknown, "Eve", "Not allowed", "The server said no (Skype is off).", true}},
		{
			"unknown", contact(eve, contacts.WatchUnknown, contacts.Presence{}), 60,
			personRow{contacts.PresenceUnknown, "Eve", "Address not found", "Check the spelling.", true},
		},
		{"blocked", blocked, 60, personRow{contacts.PresenceUnknown, "Eve", "Blocked", "", false}},
		{"nothing known yet", contact(eve, contacts.WatchNone, contacts.Presence{}), 60, personRow{contacts.PresenceUnknown, "Eve", "Presence unknown", "", false}},
	} {
		if got := m.personRow(tc.who, tc.width); got != tc.want {
			t.Errorf("%s: %+v, not %+v", tc.name, got, tc.want)
		}
	}
}

func TestEveryKindHasItsLabel(t *testing.T) {
	for _, k := range []contacts.Kind{contacts.External, contacts.MyOrganization, contacts.Skype} {
		if string(kindLabel(k)) != k.String() {
			t.Errorf("%v is labelled %q", k, kindLabel(k))
		}
	}
}
