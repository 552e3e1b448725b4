package pidf

import (
	"golync/sipclient/xmldoc"
)

// broader gives, for each token that golync writes inside rpid:other, the RPID element written beside it,
// so that a client that does not know the token still shows something true.
var broader = map[Activity]Activity{
	ActivityConference:   ActivityBusy,
	ActivityDoNotDisturb: ActivityBusy,
	ActivityUrgentOnly:   ActivityBusy,
	ActivityBeRightBack:  ActivityAway,
	ActivityOffWork:      ActivityAway,
	ActivityOutOfOffice:  ActivityAway,
}

// rank orders activities when a document names several at once: the one that says most comes first.
// Those not named here rank behind all of these, in the order of the document.
var rank = map[Activity]int{
	ActivityDoNotDisturb: 1,
	ActivityUrgentOnly:   2,
	ActivityConference:   3,
	ActivityPresentation: 4,
	ActivityOnThePhone:   5,
	ActivityMeeting:      6,
	ActivityBeRightBack:  7,
	ActivityOutOfOffice:  8,
	ActivityOffWork:      9,
	ActivityVacation:     10,
	ActivityHoliday:      11,
	ActivityPermanent:    12,
	ActivityBusy:         13,
	ActivityAway:         14,
}

// elements are the activities that RFC 4480 section 3.2 defines as elements of their own.
var elements = map[Activity]bool{
	"appointment": true, "away": true, "breakfast": true, "busy": true, "dinner": true, "holiday": true,
	"in-transit": true, "looking-for-work": true, "lunch": true, "meal": true, "meeting": true,
	"on-the-phone": true, "performance": true, "permanent-absence": true, "playing": true,
	"presentation": true, "shopping": true, "sleeping": true, "spectator": true, "steering": true,
	"travel": true, "tv": true, "vacation": true, "working": true, "worship": true,
}

// tokenIdle stands beside what the person does. Some servers take user-input out of documents whatever the
// rules say: Kamailio 5.6.3 keeps only what is provided with the word "true", which RFC 5025 has not for it.
const tokenIdle Activity = "idle"

// activity reads rpid:activities, which may be nil.
func activity(e *xmldoc.Element) (best Activity, idle bool) {
	if e == nil {
		return best, false
	}
	for _, c := range e.Children {
		a := ActivityNone
		switch {
		case !isRPID(c.Name.Space) || c.Name.Local == "note" || c.Name.Local == "unknown":
		case c.Name.Local == "other" || c.Name.Local == "activity" && c.Name.Space != nsRPID:
			a = token(c.Trimmed())
		default:
			a = token(c.Name.Local)
		}
		if a == tokenIdle {
			idle, a = true, ActivityNone
		}
		if a != ActivityNone && (best == ActivityNone || rankOf(a) < rankOf(best)) {
			best = a
		}
	}
	return best, idle
}

func rankOf(a Activity) int {
	if p, ok := rank[a]; ok {
		return p
	}
	return len(rank) + 1
}

// token lets only short plain words become an Activity. Free text, which RFC 4480 allows inside
// rpid:other, is nobody's state.
func token(s string) Activity {
	if len(s) > 32 {
		return ActivityNone
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && r != '-' {
			return ActivityNone
		}
	}
	return Activity(s)
}
