package sipclient

import (
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// facts/lync-2013-client.md section 4: External Contacts get the availability as a number, and section 6's
// ranges say what that number is shown as.
func TestWhatOfEachStateALevelSees(t *testing.T) {
	for published, want := range map[pidf.Activity]struct{ workgroup, external pidf.Activity }{
		pidf.ActivityNone:         {pidf.ActivityNone, pidf.ActivityNone},
		pidf.ActivityBusy:         {pidf.ActivityBusy, pidf.ActivityBusy},
		pidf.ActivityOnThePhone:   {pidf.ActivityOnThePhone, pidf.ActivityBusy},
		pidf.ActivityConference:   {pidf.ActivityConference, pidf.ActivityBusy},
		pidf.ActivityMeeting:      {pidf.ActivityMeeting, pidf.ActivityBusy},
		pidf.ActivityDoNotDisturb: {pidf.ActivityUrgentOnly, pidf.ActivityDoNotDisturb},
		pidf.ActivityPresentation: {pidf.ActivityPresentation, pidf.ActivityDoNotDisturb},
		pidf.ActivityBeRightBack:  {pidf.ActivityBeRightBack, pidf.ActivityBeRightBack},
		pidf.ActivityAway:         {pidf.ActivityAway, pidf.ActivityAway},
		pidf.ActivityOffWork:      {pidf.ActivityOffWork, pidf.ActivityAway},
		pidf.ActivityOutOfOffice:  {pidf.ActivityOutOfOffice, pidf.ActivityAway},
		pidf.ActivityVacation:     {pidf.ActivityVacation, pidf.ActivityAway},
	} {
		full := pidf.State{
			Open: true, Activity: published, Idle: true, Note: text.From("note"), Name: text.From("Alice"),
			Location: text.From("Redmond"), Mobile: true, Since: time.Unix(1, 0), Changed: time.Unix(2, 0),
		}
		for level := presrules.FriendsAndFamily; level < presrules.External; level++ {
			all := full
			if level == presrules.Workgroup {
				all.Activity = want.workgroup
			}
			if got := seenBy(level, full); got != all {
				t.Errorf("level %v sees %+v of %+v", level, got, full)
			}
		}
		little := pidf.State{Open: true, Activity: want.external, Idle: true, Note: full.Note, Name: full.Name}
		if got := seenBy(presrules.External, full); got != little {
			t.Errorf("%q: External Contacts see %+v", published, got)
		}
	}
}
