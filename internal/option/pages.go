package option

// Theme is how the window is coloured.
type Theme uint8

// The themes. ThemeAutomatic follows the terminal: its background, its colours, NO_COLOR.
const (
	ThemeAutomatic Theme = iota
	ThemeLight
	ThemeDark
	ThemeHighContrast
	ThemePlain // no colour
)

// Signs says with what signs presence, groups and frames are drawn.
type Signs uint8

// The kinds of signs. SignsAutomatic is Unicode where the locale says UTF-8.
const (
	SignsAutomatic Signs = iota
	SignsUnicode
	SignsASCII
)

// General is the page of that name.
type General struct {
	Theme   Theme
	Signs   Signs
	NoMouse bool // the terminal keeps the mouse, to select and copy with
}

// Personal is what happens at the start.
type Personal struct {
	SignIn bool // sign in when golync starts, where the password is at hand
	Reopen bool // the conversations that were open open again
}

// DoubleClick is what two clicks on a contact do.
type DoubleClick uint8

// The things two clicks can do; Lync sends an IM unless told otherwise.
const (
	DoubleClickIM DoubleClick = iota
	DoubleClickCard
)

// ContactsList is how the contacts are shown; Lync calls the menu that leads here Display Options.
type ContactsList struct {
	TwoLines       bool // the personal note on a line of its own, else beside the presence
	ByAvailability bool // who is there first, else by name
	Address        bool // the address instead of the name
	Favorites      bool // Favorites is shown
	DoubleClick    DoubleClick
}

// The limits of Status, in minutes (facts/lync-2013-client.md section 5.2).
const (
	IdleLeast = 1
	IdleMost  = 360
)

// Status is when the user counts as idle, in minutes between IdleLeast and IdleMost.
type Status struct {
	InactiveAfter int // without a key or a click: Inactive
	AwayAfter     int // Inactive for so long: Away
}

// Corner is where alerts appear.
type Corner uint8

// The corners of the screen.
const (
	TopRight Corner = iota
	BottomRight
	TopLeft
	BottomLeft
)

// Toasts is how an alert looks, a block of the Alerts page.
type Toasts struct {
	Words   bool // the words of a message stand in its alert
	Desktop bool // alerts reach the desktop while the window is not looked at
	Corner  Corner
}

// IM is what others learn of the user's reading and writing.
type IM struct {
	Typing   bool // they see that the user is writing (RFC 3994)
	Receipts bool // they learn that a message was read (RFC 5438)
}

// Sounds says for what the terminal's bell rings, and whether a call does.
type Sounds struct {
	Requests             bool
	Messages             bool
	StatusChanges        bool
	Calls                bool // the ringing of an incoming call
	QuietWhenUndisturbed bool // none while the user is in Do Not Disturb
	QuietWhenBusy        bool // nor while Busy
}

// KeepMost is how many days of history can be asked for at most: a hundred years.
const KeepMost = 36500

// FileSaving is what becomes of the history.
type FileSaving struct {
	KeepDays int // messages older than so many days are deleted; 0 keeps them for ever
}

// Network is how careful the connection is.
type Network struct {
	WarnPlain bool // say so when what is written can be read on the way
}

// Forward is where incoming calls go. Ringing at two places at once is not among the choices: a caller that is
// given two addresses tries them as it likes (RFC 3261 section 8.1.3.4), so that only a server could do it.
type Forward uint8

// The choices of Call Forwarding.
const (
	ForwardOff        Forward = iota
	ForwardAll                // every call goes to ForwardTo, and nothing rings here
	ForwardUnanswered         // it rings here first, for RingSeconds
)

// The limits of Calls.RingSeconds. Before three minutes a server gives up by itself (timer C, RFC 3261 section 16.6).
const (
	RingLeast = 5
	RingMost  = 170
)

// Calls is what becomes of incoming calls, the page Call Forwarding.
type Calls struct {
	Forward     Forward
	ForwardTo   string // a SIP address or a number, as typed; when it is none nothing is forwarded
	RingSeconds int    // for how long a call rings before it counts as missed, between RingLeast and RingMost
}

// Audio is the devices of calls, by the names of the sound system; "" is its default, AudioNone no device at all,
// "wav:PATH" a file and "pipe:PROGRAM ARGUMENTS" a program (16-bit samples, 16 kHz, mono).
type Audio struct {
	Source string // the microphone
	Sink   string // the loudspeaker
}

// AudioNone is the name of no device: nothing is heard, or nothing said.
const AudioNone = "none"

// Video is what the user shows in calls, when they choose to.
type Video struct {
	// Camera is the path of a camera, VideoTest, or VideoFile and the path of a film; "" is nothing.
	Camera string
}

// What can be shown besides a camera.
const (
	VideoTest = "test"  // moving colours
	VideoFile = "file:" // and the path of a film, which is shown again and again
)
