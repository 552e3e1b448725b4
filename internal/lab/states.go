package lab

import (
	"time"

	"golync/internal/text"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// A presence state leaves its person's side by two tables. Both keep the personal note, which External
// Contacts see too (facts/lync-2013-client.md section 4), and drop what is not named.
//
//	state published        External Contacts see   a Skype user sees     a Skype user's state, in Lync
//	Available              Available               Online                Available
//	Inactive               Inactive                Away                  Away
//	Busy                   Busy                    Busy                  Busy
//	In a call              Busy                    Busy                  Busy
//	In a conference call   Busy                    Busy                  Busy
//	In a meeting           Busy                    Busy                  Busy
//	Presenting             Do Not Disturb          Do Not Disturb        Do Not Disturb
//	Do Not Disturb         Do Not Disturb          Do Not Disturb        Do Not Disturb
//	Be Right Back          Be Right Back           Away                  Away
//	Away                   Away                    Away                  Away
//	Off Work               Away                    Away                  Away
//	Out of Office          Away                    Away                  Away
//	Offline, Invisible     Offline                 Offline               Offline
//
// External people get the availability only, never the activity (section 6); the public network knows
// fewer states still, and what it has no word for is rounded towards leaving the person alone.

// external is the second column: the activity as the bare availability it stands for.
var external = map[pidf.Activity]pidf.Activity{
	pidf.ActivityNone:         pidf.ActivityNone,
	pidf.ActivityBusy:         pidf.ActivityBusy,
	pidf.ActivityOnThePhone:   pidf.ActivityBusy,
	pidf.ActivityConference:   pidf.ActivityBusy,
	pidf.ActivityMeeting:      pidf.ActivityBusy,
	pidf.ActivityPresentation: pidf.ActivityDoNotDisturb,
	pidf.ActivityDoNotDisturb: pidf.ActivityDoNotDisturb,
	pidf.ActivityBeRightBack:  pidf.ActivityBeRightBack,
	pidf.ActivityAway:         pidf.ActivityAway,
	pidf.ActivityOffWork:      pidf.ActivityAway,
	pidf.ActivityOutOfOffice:  pidf.ActivityAway,
	pidf.ActivityVacation:     pidf.ActivityAway,
	pidf.ActivityHoliday:      pidf.ActivityAway,
	pidf.ActivityPermanent:    pidf.ActivityAway,
}

// forLevel returns what a watcher with this relationship sees of a state. Inside, activity and
// location are everybody's, and Workgroup is told that it may interrupt Do Not Disturb.
func forLevel(s pidf.State, level presrules.Level) pidf.State {
	if level == presrules.Workgroup && s.Activity == pidf.ActivityDoNotDisturb {
		s.Activity = pidf.ActivityUrgentOnly
	}
	if level != presrules.External {
		return s
	}
	s.Location, s.Mobile, s.Changed = text.Peer{}, false, time.Time{}
	if !s.Open {
		return pidf.State{Note: s.Note, Name: s.Name, Since: s.Since}
	}
	s.Activity = external[s.Activity]
	return s
}

// acrossGateway returns what the other side of the gateway sees, in either direction: the third and the
// fourth column are the same function.
func acrossGateway(s pidf.State) pidf.State {
	s = forLevel(s, presrules.External)
	if s.Open && s.Activity == pidf.ActivityBeRightBack {
		s.Activity = pidf.ActivityAway
	}
	if s.Open && s.Idle && s.Activity == pidf.ActivityNone {
		s.Activity = pidf.ActivityAway
	}
	s.Idle = false
	return s
}

// offline is what a blocked watcher sees, for good: the name, and nothing else.
func offline(name pidf.State) pidf.State { return pidf.State{Name: name.Name} }
