package people

import (
	"time"

	"golync/internal/lab"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// character is what makes a person different from the others.
type character struct {
	address, name string
	moods         []mood        // the first one is shown at sign-in, then they go round in an order of the dice
	comes         time.Duration // after the start; 0 is at once
	knows         []string      // whom the person lets in from the start
	adds          time.Duration // adds the user so long after the start; 0 is never
	introduction  string        // what the request says
	accepts       time.Duration // a request is accepted so long after it came; 0 is never
	level         presrules.Level
	greeting      string // said once, when the user has accepted
	plain         bool   // has a program that gives no receipts
	manner        manner // with calls
	replies       []reply
}

// mood is a status with the note that goes with it.
type mood struct {
	activity pidf.Activity
	idle     bool
	note     string
}

// cast is everybody of the demo but the user.
func cast() []character {
	return append(colleagues(), outsiders()...)
}

func colleagues() []character {
	return []character{
		{
			address: "sip:dana@contoso.com", name: "Dana", knows: []string{Me}, level: presrules.Colleagues, accepts: 2 * time.Second,
			moods: []mood{
				{note: "Thanks to all for the b-day wishes!"},
				{activity: pidf.ActivityMeeting, note: "Review until four"},
				{activity: pidf.ActivityAway, note: "Coffee, then the drawings"},
				{activity: pidf.ActivityBusy, note: "Drawings. Back tomorrow."},
			},
			replies: danas,
		},
		{
			plain: true, manner: declines, address: "sip:eve@contoso.com", name: "Eve", knows: []string{Me}, level: presrules.Colleagues, accepts: 3 * time.Second,
			moods: []mood{
				{activity: pidf.ActivityOnThePhone, note: "In Zürich until Friday"},
				{note: "In Zürich until Friday"},
				{activity: pidf.ActivityDoNotDisturb, note: "Writing. Please mail."},
				{activity: pidf.ActivityBeRightBack, note: "Lunch"},
			},
			replies: eves,
		},
		{
			address: "sip:fred@contoso.com", name: "Fred", knows: []string{Me}, level: presrules.Workgroup, accepts: 2 * time.Second,
			comes: 3 * time.Second, manner: misses,
			moods: []mood{
				{activity: pidf.ActivityAway, idle: true, note: "Somewhere between two servers"},
				{note: "Coffee first"},
				{activity: pidf.ActivityOffWork, note: "Gone fishing"},
				{idle: true, note: "Coffee first"},
			},
			replies: freds,
		},
	}
}

func outsiders() []character {
	return []character{
		{
			address: "sip:gina@fabrikam.com", name: "Gina Rossi", knows: []string{Me}, level: presrules.External,
			adds: 4 * time.Second, introduction: "Hello Alice, Gina of Fabrikam. Shall we talk about the hinges?",
			greeting: "Thank you for adding me! The hinges arrive on Thursday.",
			moods: []mood{
				{note: "On site"},
				{activity: pidf.ActivityBusy, note: "On site, loud"},
				{activity: pidf.ActivityAway, note: "On the road"},
			},
			replies: ginas,
		},
		{
			address: "sip:cheri@outlook.com", name: "Cheri Serrano", knows: []string{Me}, level: presrules.External,
			adds: 7 * time.Second, introduction: "Hi Alice! It's Cheri from the sailing club.",
			greeting: "There you are! Coffee this week?",
			moods: []mood{
				{note: "Sailing season is here"},
				{activity: pidf.ActivityAway, note: "On the lake"},
				{activity: pidf.ActivityDoNotDisturb, note: "Asleep, probably"},
			},
			replies: cheris,
		},
		{
			address: lab.Decorate("bob@contoso.com"), name: "Bob", level: presrules.External, accepts: 3 * time.Second,
			greeting: "Hey, it works! Are you coming on Thursday?",
			moods: []mood{
				{note: "Fishing at the weekend"},
				{activity: pidf.ActivityAway, note: "Fishing"},
				{activity: pidf.ActivityBusy, note: "Tying flies"},
			},
			replies: bobs,
		},
	}
}
