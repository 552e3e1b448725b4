package ui

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"

	"golync/internal/text"
)

// Desktop shows notifications beside the window, where one runs: on a machine's own screen.
type Desktop interface {
	// Show shows a notification in the place of an earlier one of the same key. It never blocks. False says
	// that there is no desktop just now, so that the terminal is asked.
	Show(key string, headline, body text.Safe) bool
	// Opened waits until the user clicks on a notification, and returns its key. An error ends the waiting.
	Opened(context.Context) (key string, err error)
}

// notifying is a sequence by which a terminal shows a notification.
type notifying uint8

// The sequences there are. A terminal that is not known to take one gets its bell rung and nothing else: what
// it does not know it might write onto the screen.
const (
	byBell   notifying = iota
	byOSC9             // iTerm2's: a text
	byOSC777           // rxvt-unicode's: a title and a text
	byOSC99            // kitty's: pieces with a key
)

// Terminal is how a terminal takes notifications. The zero value is one that only has a bell.
type Terminal struct {
	way  notifying
	tmux bool // the sequence has to be handed through
}

// terminalSign is a variable by which a terminal is known, and how its value begins.
type terminalSign struct {
	variable, begins string
	way              notifying
}

// terminalSigns are asked in order. TERM comes first, because it travels over ssh and is set by the terminal
// that is looked at; the others are inherited by whatever was started from another terminal.
var terminalSigns = []terminalSign{
	{"TERM", "xterm-kitty", byOSC99},
	{"TERM", "foot", byOSC777},
	{"TERM", "xterm-ghostty", byOSC777},
	{"TERM", "rxvt-unicode", byOSC777},
	{"TERM", "wezterm", byOSC9},
	{"TERM", "linux", byBell},
	{"TERM", "dumb", byBell},
	{"TERM_PROGRAM", "ghostty", byOSC777},
	{"TERM_PROGRAM", "iTerm.app", byOSC9},
	{"TERM_PROGRAM", "WezTerm", byOSC9},
	{"TERM_PROGRAM", "vscode", byBell},
	{"TERM_PROGRAM", "Apple_Terminal", byBell},
	{"LC_TERMINAL", "iTerm2", byOSC9}, // iTerm2 sends it over ssh
	{"KITTY_WINDOW_ID", "", byOSC99},
	{"GHOSTTY_RESOURCES_DIR", "", byOSC777},
	{"WEZTERM_PANE", "", byOSC9},
	{"VTE_VERSION", "", byOSC777},
	{"KONSOLE_VERSION", "", byOSC777},
	{"WT_SESSION", "", byOSC9},
	{"ConEmuANSI", "ON", byOSC9},
}

// TerminalOf finds out by the environment how the terminal takes notifications. Inside tmux the sequence is
// handed through to the terminal outside, as far as tmux lets it (allow-passthrough); GNU screen has a bell.
func TerminalOf(env func(string) string) Terminal {
	if env("STY") != "" {
		return Terminal{}
	}
	inTmux := env("TMUX") != ""
	for _, s := range terminalSigns {
		value := env(s.variable)
		if value != "" && strings.HasPrefix(value, s.begins) {
			return Terminal{way: s.way, tmux: inTmux && s.way != byBell}
		}
	}
	return Terminal{}
}

// What a notification may hold at most, in cells.
const (
	headlineCells = 100
	bodyCells     = 160
)

// notification is the sequence that shows a notification, in the place of an earlier one of the same key where
// the terminal can, or "" when it has none. It holds only what text.Peer has cleaned, so that nothing in it can
// end the sequence.
func (t Terminal) notification(key string, headline, body text.Safe) string {
	headline, body = wrap(headline, headlineCells)[0], wrap(body, bodyCells)[0]
	var s string
	switch t.way {
	case byOSC9:
		s = osc9(headline, body)
	case byOSC777:
		s = osc("777;notify;" + strings.ReplaceAll(string(headline), ";", ",") + ";" + string(body))
	case byOSC99:
		s = osc99(key, headline, body)
	}
	if t.tmux && s != "" {
		s = "\x1bPtmux;" + strings.ReplaceAll(s, "\x1b", "\x1b\x1b") + "\x1b\\"
	}
	return s
}

// osc is an operating system command, ended by ST.
func osc(s string) string { return "\x1b]" + s + "\x1b\\" }

// osc9 begins with a word of golync's own: a digit and a semicolon there are a command to ConEmu and to
// Windows Terminal.
func osc9(headline, body text.Safe) string {
	words := "golync: " + headline
	if body != "" {
		words += ": " + body
	}
	return osc("9;" + string(words))
}

// osc99 names the notification by its key, so that the next one of a person takes the place of the last. The
// key is hashed: an identifier has letters, digits and - only. A click on it brings the terminal to the front.
func osc99(key string, headline, body text.Safe) string {
	h := fnv.New32a()
	h.Write([]byte(key))
	id := fmt.Sprintf("i=golync-%08x", h.Sum32())
	if body == "" {
		return osc("99;" + id + ":a=focus;" + string(headline))
	}
	return osc("99;"+id+":a=focus:d=0;"+string(headline)) + osc("99;"+id+":p=body;"+string(body))
}
