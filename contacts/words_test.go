package contacts

import "testing"

// The words are Lync's, letter by letter (facts/lync-2013-client.md sections 4 and 6).
func TestWordsAreLyncs(t *testing.T) {
	for got, want := range map[string]string{
		FriendsAndFamily.String():  "Friends and Family",
		Workgroup.String():         "Workgroup",
		Colleagues.String():        "Colleagues",
		ExternalContacts.String():  "External Contacts",
		BlockedContacts.String():   "Blocked Contacts",
		NoRelationship.String():    "Auto-assign Relationship",
		PresenceUnknown.String():   "Presence unknown",
		Available.String():         "Available",
		Inactive.String():          "Inactive",
		Busy.String():              "Busy",
		InACall.String():           "In a call",
		InAConferenceCall.String(): "In a conference call",
		InAMeeting.String():        "In a meeting",
		DoNotDisturb.String():      "Do Not Disturb",
		Presenting.String():        "Presenting",
		BeRightBack.String():       "Be Right Back",
		Away.String():              "Away",
		OffWork.String():           "Off Work",
		OutOfOffice.String():       "Out of Office",
		Offline.String():           "Offline",
		Availability(99).String():  "Presence unknown",
		Relationship(99).String():  "Auto-assign Relationship",
	} {
		if got != want {
			t.Errorf("%q, Lync says %q", got, want)
		}
	}
}

func TestEachRelationshipIsExplainedInOneLine(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range append(Relationships(), NoRelationship, 99) {
		line := string(r.Explain())
		if line == "" || len(line) > 90 {
			t.Errorf("%v: %q is no line of at most 90 characters", r, line)
		}
		if seen[line] != (r == 99) {
			t.Errorf("%v is explained like another one", r)
		}
		seen[line] = true
	}
}

func TestWhoIsOnlineAndWhoIsUndisturbed(t *testing.T) {
	for _, a := range Availabilities() {
		if got, want := a.Online(), a != PresenceUnknown && a != Offline; got != want {
			t.Errorf("%v counts as online: %v", a, got)
		}
		if got, want := a.Occupied(), a == Busy || a == BusyIdle || a == InACall || a == InAConferenceCall || a == InAMeeting; got != want {
			t.Errorf("%s: occupied is %t", a, got)
		}
		if got, want := a.Undisturbed(), a == DoNotDisturb || a == Presenting || a == UrgentOnly; got != want {
			t.Errorf("%v keeps interruptions away: %v", a, got)
		}
	}
	for _, a := range Choices() {
		if !a.Online() {
			t.Errorf("%v cannot be chosen: there is Sign Out", a)
		}
	}
}

func TestDefaultRelationshipFollowsTheKind(t *testing.T) {
	for k, want := range map[Kind]Relationship{MyOrganization: Colleagues, External: ExternalContacts, Skype: ExternalContacts} {
		if got := DefaultRelationship(k); got != want {
			t.Errorf("%v gets %v, want %v", k, got, want)
		}
	}
}
