package ui

import (
	"strings"
	"testing"

	"golync/internal/text"
)

func TestEachTerminalIsAskedInItsOwnWay(t *testing.T) {
	for _, c := range []struct {
		name string
		env  []string
		want Terminal
	}{
		{"kitty", []string{"TERM=xterm-kitty", "KITTY_WINDOW_ID=1"}, Terminal{way: byOSC99}},
		{"foot", []string{"TERM=foot-extra"}, Terminal{way: byOSC777}},
		{"ghostty", []string{"TERM=xterm-ghostty", "TERM_PROGRAM=ghostty"}, Terminal{way: byOSC777}},
		{"urxvt", []string{"TERM=rxvt-unicode-256color"}, Terminal{way: byOSC777}},
		{"GNOME's", []string{"TERM=xterm-256color", "VTE_VERSION=7600"}, Terminal{way: byOSC777}},
		{"iTerm2", []string{"TERM=xterm-256color", "TERM_PROGRAM=iTerm.app"}, Terminal{way: byOSC9}},
		{"iTerm2 over ssh", []string{"TERM=xterm-256color", "LC_TERMINAL=iTerm2"}, Terminal{way: byOSC9}},
		{"WezTerm", []string{"TERM=xterm-256color", "TERM_PROGRAM=WezTerm"}, Terminal{way: byOSC9}},
		{"Windows Terminal", []string{"TERM=xterm-256color", "WT_SESSION=c3f0"}, Terminal{way: byOSC9}},
		{"ConEmu", []string{"TERM=xterm-256color", "ConEmuANSI=ON"}, Terminal{way: byOSC9}},
		{"xterm", []string{"TERM=xterm-256color"}, Terminal{}},
		{"the console, started from kitty", []string{"TERM=linux", "KITTY_WINDOW_ID=1"}, Terminal{}},
		{"VS Code, started from kitty", []string{"TERM=xterm-256color", "TERM_PROGRAM=vscode", "KITTY_WINDOW_ID=1"}, Terminal{}},
		{"tmux in kitty", []string{"TERM=tmux-256color", "TERM_PROGRAM=tmux", "TMUX=/run/tmux,1,0", "KITTY_WINDOW_ID=1"}, Terminal{way: byOSC99, tmux: true}},
		{"tmux in xterm", []string{"TERM=tmux-256color", "TMUX=/run/tmux,1,0"}, Terminal{}},
		{"screen in kitty", []string{"TERM=screen", "STY=1.pts", "KITTY_WINDOW_ID=1"}, Terminal{}},
		{"nothing", nil, Terminal{}},
	} {
		env := func(name string) string {
			for _, e := range c.env {
				if value, ok := strings.CutPrefix(e, name+"="); ok {
					return value
				}
			}
			return ""
		}
		if got := TerminalOf(env); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestANotificationIsWrittenAsItsTerminalReadsIt(t *testing.T) {
	for _, c := range []struct {
		way        notifying
		head, body text.Safe
		want       string
	}{
		{byBell, "Dana", "Hi", ""},
		{byOSC9, "Dana", "Hi", "\x1b]9;golync: Dana: Hi\x1b\\"},
		{byOSC9, "4;1", "", "\x1b]9;golync: 4;1\x1b\\"},
		{byOSC777, "Dana; really", "Hi; you", "\x1b]777;notify;Dana, really;Hi; you\x1b\\"},
		{byOSC99, "Dana", "Hi", "\x1b]99;i=golync-6815c86c:a=focus:d=0;Dana\x1b\\\x1b]99;i=golync-6815c86c:p=body;Hi\x1b\\"},
		{byOSC99, "Dana", "", "\x1b]99;i=golync-6815c86c:a=focus;Dana\x1b\\"},
	} {
		if got := (Terminal{way: c.way}).notification("key", c.head, c.body); got != c.want {
			t.Errorf("%d, %q, %q: %q, want %q", c.way, c.head, c.body, got, c.want)
		}
	}
	got := Terminal{way: byOSC9, tmux: true}.notification("key", "Dana", "Hi")
	if want := "\x1bPtmux;\x1b\x1b]9;golync: Dana: Hi\x1b\x1b\\\x1b\\"; got != want {
		t.Errorf("in tmux: %q", got)
	}
}

func TestNotificationsCannotBreakOutOfTheirSequence(t *testing.T) {
	hostile := []string{"4;3;50", "a\x1b\\\x1b[2J", "b\x07\x1b]52;c;b3du\x07", "c\u009c\u009d0;x", "line\nline", "\x1bPtmux;\x1b\x1b[2J", strings.Repeat("long ", 500)}
	for way := byOSC9; way <= byOSC99; way++ {
		for _, words := range hostile {
			clean := text.From(words).Line()
			got := Terminal{way: way}.notification(words, clean, clean)
			if len(got) > 2*(headlineCells+bodyCells)+100 {
				t.Errorf("%d: %q makes %d bytes", way, words[:10], len(got))
			}
			for _, sequence := range strings.SplitAfter(strings.TrimSuffix(got, "\x1b\\"), "\x1b\\") {
				inside := strings.TrimSuffix(strings.TrimPrefix(sequence, "\x1b]"), "\x1b\\")
				if strings.ContainsAny(inside, "\x1b\x07\n") || strings.ContainsFunc(inside, func(r rune) bool { return r >= 0x80 && r < 0xa0 }) {
					t.Errorf("%d: %q makes %q", way, words, got)
				}
			}
		}
	}
}
