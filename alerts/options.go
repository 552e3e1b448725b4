// Package alerts holds the options of Lync's Alerts page and decides what each incoming thing gets:
// whether it reaches the user at all, whether it is announced, and what the sender is told. It is
// pure: it rings no bell, draws nothing and knows no clock.
package alerts

// Options are the three blocks of Options ▸ Alerts (facts/lync-2013-client.md section 5.1).
type Options struct {
	TellMe  bool          // "Tell me when someone adds me to his or her contact list"
	DND     DNDChoice     // "When my status is Do Not Disturb"
	Outside OutsideChoice // "Contacts not using Lync"
}

// DNDChoice is the choice under "When my status is Do Not Disturb".
type DNDChoice uint8

// The three choices; the zero value is Lync's default.
const (
	ShowAllButConversations DNDChoice = iota // all alerts, conversations from Workgroup only
	ShowWorkgroupOnly                        // conversation alerts from Workgroup only
	ShowNone                                 // no alerts
)

// OutsideChoice is the choice under "Contacts not using Lync".
type OutsideChoice uint8

// The three choices; the zero value is Lync's default, which the specification has the user change.
const (
	BlockAll     OutsideChoice = iota // Block all invites and communications
	AllowInvites                      // Allow invites but block all other communications
	AllowAnyone                       // Allow anyone to contact me
)

// Default is what a new account starts with.
func Default() Options { return Options{TellMe: true} }
