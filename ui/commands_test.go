package ui

import (
	"slices"
	"strings"
	"testing"

	"golync/internal/app"
	"golync/sipclient"
)

func TestASlashShowsTheCommandsAndCompletesThem(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("/")
		x.sees("/add", "Add the person to the list", "/card", "tab complete")
		x.types("no")
		x.sees("/note [TEXT]", "What's happening today")
		x.seesNot("/add")
		x.press("enter")
		x.sees("┃ /note")
		x.types("Moving house")
		x.sees("/note [TEXT]")
		x.press("enter")
		x.sees("Write to Bob", "Your note is published.", "Moving house")
		if got := x.sent(); got != nil {
			t.Errorf("sent %q", got)
		}
		x.types("/c")
		x.press("down", "down", "tab")
		x.sees("┃ /close")
		x.press("esc")
		x.sees("┃ /close")
		x.press("esc")
		x.sees("Find someone")
	})
}

func TestCommandsThatDoNotFitAreCounted(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.talks()
		x.types("/")
		x.sees("/add", "↓ 4 more")
		x.press("up")
		x.sees("/tag", "/video", "↑ 4 more")
		x.seesNot("/add")
	})
}

func TestNoMistypedCommandIsSentUnasked(t *testing.T) {
	for _, tc := range []struct{ typed, asks, sent string }{
		{"/etc/passwd is empty", "No such command. Enter again sends it as text.", "/etc/passwd is empty"},
		{"/closee", "No such command.", "/closee"},
		{"/", "No such command.", "/"},
		{"/close the door", "/close takes nothing after it. Enter again", "/close the door"},
		{"//close", "", "/close"},
		{"// ", "", "/"},
		{" /close", "", " /close"},
		{"a /close", "", "a /close"},
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.talks()
			x.types(tc.typed)
			if tc.typed == "/" {
				x.press("esc") // the list
			}
			x.press("enter")
			if tc.asks != "" {
				x.sees(tc.asks, "┃ "+tc.typed)
				if got := x.sent(); got != nil {
					t.Fatalf("%q sent %q unasked", tc.typed, got)
				}
				x.press("enter")
			}
			if got := x.sent(); !slices.Equal(got, []string{tc.sent}) {
				t.Errorf("%q sent %q", tc.typed, got)
			}
			x.sees("Write to Bob")
		})
	}
}

func TestOnlyTheBeginningOfAMessageIsACommand(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("Type")
		x.press("alt+enter")
		x.types("/not")
		x.seesNot("/note [TEXT]")
		x.types("e x")
		x.press("enter")
		x.press("alt+enter")
		x.types("/close")
		x.press("enter")
		if got := x.sent(); !slices.Equal(got, []string{"Type\n/note x", "/close"}) {
			t.Errorf("sent %q", got)
		}
	})
}

func TestWhatWasChangedAfterTheQuestionIsAskedAgain(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("/clsoe ")
		x.press("enter")
		x.types("now")
		x.press("enter")
		if got := x.sent(); got != nil {
			t.Errorf("sent %q", got)
		}
		x.sees("No such command.", "/clsoe now")
	})
}

func TestEveryCommandActsOrSaysWhyNot(t *testing.T) {
	for _, tc := range []struct{ typed, sees string }{
		{"/add", "Bob is in your contacts list already."},
		{"/block", "Block Bob"},
		{"/card", "IM Address"},
		{"/close", "Select a contact and press enter to send an IM."},
		{"/copy", "There is nothing to copy yet."},
		{"/export", "Save conversation as…"},
		{"/export json", "Save conversation as…"},
		{"/export xml", "It is one of: text, json."},
		{"/help", "The mouse works as well"},
		{"/important", "! high importance"},
		{"/latest", "Write to Bob"},
		{"/location Home", "Your location is set."},
		{"/location ", "Your location was taken away."},
		{"/note ", "Your note was taken away."},
		{"/reopen", "No closed conversation is left to open again."},
		{"/resend", "Nothing here is to be sent again."},
		{"/search lunch", "lunch"},
		{"/search ", "Which words are to be searched for?"},
		{"/status busy", "You are Busy."},
		{"/status DND", "You are Do Not Disturb."},
		{"/status be right", "You are Be Right Back."},
		{"/status reset", "You are Available."},
		{"/status happy", "It is one of: Available, Busy, Do Not Disturb"},
		{"/status ", "It is one of:"},
		{"/tag", "You are told when the status of Bob changes."},
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.talks()
			x.types(tc.typed)
			x.press("enter")
			x.sees(tc.sees)
			if got := x.sent(); got != nil {
				t.Errorf("%q sent %q", tc.typed, got)
			}
		})
	}
}

func TestQuitIsACommandToo(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("/quit")
		x.press("enter")
		if err := <-x.ended; err != nil {
			t.Error(err)
		}
	})
}

func TestAStrangerIsAddedByCommand(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(arrives(gina, "1", "Hello", 1, logStart))
		x.press("ctrl+t")
		x.types("/add")
		x.press("enter")
		x.sees("gina@fabrikam.com", "Cancel")
		x.press("esc")
		x.types("/tag")
		x.press("enter")
		x.sees("is not in your contacts list.", "┃ /tag")
	})
}

func TestCommandsAreNotToldToTheOtherSide(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("/status busy")
		if got := did[app.TellTyping](x); len(got) > 0 {
			t.Errorf("told %v", got)
		}
	})
}

func TestHighImportanceIsShownWhereItIsWrittenAndRead(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.press("ctrl+shift+i")
		x.sees("! high importance")
		x.click("! high importance")
		x.seesNot("high importance")
		x.press("ctrl+shift+i")
		x.types("Come at once")
		x.press("enter")
		x.types("/important And bring Dana")
		x.press("enter")
		x.types("please")
		x.press("enter")
		x.sees("Alice  ! high importance")
		sends := x.written()
		if len(sends) != 3 || !sends[0].Important || !sends[1].Important || sends[2].Important {
			t.Errorf("sent %v", sends)
		}
		if body := sends[1].Body.Raw(); body != "And bring Dana" {
			t.Errorf("sent %q", body)
		}
	})
}

func TestAnImportantMessageOfTheirsSaysSo(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		e := arrives(bob, "1", "Fire!", 1, logStart).(sipclient.MessageReceived)
		e.Message.Important = true
		x.happens(e, arrives(bob, "2", "All clear", 2, logStart))
		x.sees("Bob  ! high importance", "Fire!", "All clear")
	})
}

func TestHelpNamesEveryCommand(t *testing.T) {
	page := newHelp(&model{}).page(newCanvas())
	for _, c := range commands() {
		if !slices.ContainsFunc(page, func(r helpRow) bool { return r.keys == c.usage() && r.help == c.words }) {
			t.Errorf("%s is not on the help page", c.name)
		}
	}
}

func TestCommandsStandInTheOrderOfTheAlphabet(t *testing.T) {
	if !slices.IsSortedFunc(commands(), func(a, b command) int { return strings.Compare(string(a.name), string(b.name)) }) {
		t.Error("they do not")
	}
}
