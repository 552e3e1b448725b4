package ui

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/app"
)

// atHome opens the window of somebody whose home directory is /home/alice.
func atHome(t *testing.T, width, height int, do func(x *face)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		x := open(t, width, height, world(), Options{Home: "/home/alice"})
		defer x.close()
		x.results(history(time.Now()))
		do(x)
	})
}

func TestAConversationIsSavedUnderAGoodName(t *testing.T) {
	for _, size := range sizes {
		atHome(t, size.width, size.height, func(x *face) {
			x.press("v", "m")
			x.click("Save as Text…")
			x.sees("Save conversation as…", "(•) Text, to be read", "( ) JSON, for other programs", "~/Conversation with Dana 2000-01-01.txt",
				"Everything that you and Dana have said", "OK", "Cancel")
			x.press("enter")
			want := app.ExportHistory{Peer: dana, Format: app.ExportText, Path: "/home/alice/Conversation with Dana 2000-01-01.txt"}
			if saved := did[app.ExportHistory](x); len(saved) != 1 || saved[0] != want {
				t.Fatalf("saved %+v", saved)
			}
			x.results(app.Exported{Path: want.Path, Count: 12})
			x.sees("12 messages were saved to")
		})
	}
}

func TestTheNameFollowsTheFormat(t *testing.T) {
	atHome(t, 80, 24, func(x *face) {
		x.press("v", "m")
		x.click("Save as JSON…")
		x.sees("(•) JSON", ".json")
		x.click("( ) Text")
		x.sees("2000-01-01.txt")
		x.press("down") // in the choice, which a click gave the keys
		x.sees("2000-01-01.json")
		x.press("tab", "ctrl+u")
		x.types("notes.md") // what the user chose stays
		x.click("( ) Text")
		x.sees("notes.md")
		x.click("OK")
		want := app.ExportHistory{Peer: dana, Format: app.ExportText, Path: "/home/alice/notes.md"}
		if saved := did[app.ExportHistory](x); len(saved) != 1 || saved[0] != want {
			t.Errorf("saved %+v", saved)
		}
	})
}

func TestWhereAConversationIsSaved(t *testing.T) {
	for typed, want := range map[string]string{
		"/tmp/a.txt": "/tmp/a.txt", "~/a.txt": "/home/alice/a.txt", " a.txt ": "/home/alice/a.txt", "~": "/home/alice",
		"~bob/a.txt": "/home/alice/~bob/a.txt", "/tmp/../a.txt": "/a.txt", "Übung 漢字.txt": "/home/alice/Übung 漢字.txt",
	} {
		atHome(t, 80, 24, func(x *face) {
			x.press("v", "m")
			x.click("Save as Text…")
			x.press("ctrl+u")
			x.pastes(typed)
			x.press("enter")
			if saved := did[app.ExportHistory](x); len(saved) != 1 || saved[0].Path != want {
				t.Errorf("%q is saved as %+v", typed, saved)
			}
		})
	}
}

func TestSavingNeedsANameAndCanBeCancelled(t *testing.T) {
	atHome(t, 60, 20, func(x *face) {
		x.press("v", "m")
		x.click("Save as Text…")
		x.press("ctrl+u", "enter")
		x.sees("Error: type the name of a file.")
		x.types("a")
		x.seesNot("Error")
		x.click("Cancel")
		x.seesNot("Save as")
		if saved := did[app.ExportHistory](x); len(saved) != 0 {
			t.Errorf("saved %+v", saved)
		}
	})
}

func TestSavingThatFailsIsTold(t *testing.T) {
	atHome(t, 80, 24, func(x *face) {
		x.press("v", "m")
		x.click("Save as Text…")
		x.press("enter")
		x.results(app.Exported{Err: errors.New("the disk is full")})
		x.sees("the disk is full")
	})
}

func TestAllConversationsCanBeSaved(t *testing.T) {
	m := modelOf(world(), 80, 24)
	m.deps.Home = "/home/alice"
	openExport(m, "")
	d := m.dialogs.top().(*exportDialog)
	if got, want := d.target(), "/home/alice/Conversations "+m.now().In(m.zone()).Format("2006-01-02")+".txt"; got != want {
		t.Errorf("saved as %q, not %q", got, want)
	}
	if got := d.says(); got != "Every conversation there was, message by message." {
		t.Errorf("says %q", got)
	}
}

func TestAPersonsNameCanStandInAFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Dana": "Dana", "../../etc/passwd": "etcpasswd", "a/b\\c:d*e?f\"g<h>i|j": "abcdefghij", "..": "somebody", "": "somebody", "///": "somebody",
		"Zoë 漢字": "Zoë 漢字", ".hidden": "hidden", "kim@fabrikam.com": "kim@fabrikam.com",
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
	if got := len(fileName(string(make([]rune, 9000)) + "漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢")); got > 160 {
		t.Errorf("a long name becomes %d bytes", got)
	}
}
