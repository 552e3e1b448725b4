package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// asked is the last search that the window asked for.
func asked(x *face) app.SearchHistory {
	x.t.Helper()
	all := did[app.SearchHistory](x)
	if len(all) == 0 {
		x.t.Fatalf("nothing is searched:\n%s", x.text())
	}
	return all[len(all)-1]
}

// hit is a message in which what was found stands between two signs "|".
func hit(a contacts.Address, seq int64, outgoing bool, marked string, at time.Time) app.Hit {
	var h app.Hit
	parts := strings.Split(marked, "|")
	body := ""
	for i, part := range parts {
		if i%2 == 1 {
			h.Marks = append(h.Marks, [2]int{len(body), len(body) + len(part)})
		}
		body += part
	}
	h.Message = sipclient.Message{ID: fmt.Sprint(seq), Seq: seq, Peer: string(a), Outgoing: outgoing, Body: text.From(body), At: at}
	return h
}

// finds answers the last search.
func finds(x *face, more bool, hits ...app.Hit) {
	x.t.Helper()
	x.results(app.HitsFound{Number: asked(x).Number, Hits: hits, More: more})
}

// lunches is what there is to find of lunch.
func lunches() []app.Hit {
	now := time.Now()
	return []app.Hit{
		hit(dana, 40, false, "Is |lunch| at twelve, or is |lunch| at one?", now),
		hit(bob, 20, true, "No |lunch| for me", now.AddDate(0, 0, -2)),
	}
}

func TestSearchLooksWhileTheUserTypes(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.press("f")
			x.sees("Search conversations", "All conversations", "Type words to find the messages")
			x.types("lunc")
			if q := asked(x); q.Query != "lunc" || q.Peer != "" {
				t.Errorf("searched for %+v", q)
			}
			x.sees("Searching…")
			x.types("h")
			finds(x, false, lunches()...)
			x.sees("2 messages", "Dana", "00:00", "Is lunch at twelve, or is lunch at one?", "You to Bob", "Thursday 00:00", "No lunch for me")
			x.selected("lunch") // the cursor stays in the field
		})
	}
}

// An answer to what was typed before must not pass for one to what is typed now.
func TestALateAnswerIsNotShown(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("f")
		x.types("l")
		late := asked(x)
		x.types("u")
		x.results(app.HitsFound{Number: late.Number, Hits: lunches()})
		x.sees("Searching…")
		x.seesNot("No lunch for me")
	})
}

// Who types fast presses enter before the results are there, and goes to the first of them all the same.
func TestEnterWaitsForTheResults(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("f")
		x.types("lun")
		finds(x, false, hit(eve, 90, false, "|lun|ar", time.Now()))
		x.sees("1 message", "lunar")
		x.types("ch")
		x.sees("Searching…", "lunar") // nothing flickers
		x.press("enter")
		x.sees("enter go there", "lunar") // which is not meant
		finds(x, false, lunches()...)
		x.seesNot("enter go there")
		x.sees("Write to Dana")

		x.press("ctrl+f", "ctrl+u")
		x.types("lunch")
		x.press("enter", "down") // the user has thought better of it
		finds(x, false, lunches()...)
		x.sees("2 messages")

		x.press("ctrl+u")
		x.types("dinner")
		x.press("enter")
		finds(x, false)
		x.sees("No message has")
		x.press("ctrl+u")
		x.types("lunch")
		finds(x, false, lunches()...)
		x.sees("2 messages") // the enter before was for dinner
	})
}

func TestWhatIsFoundIsMarkedWithoutColoursToo(t *testing.T) {
	for _, o := range []Options{{}, {NoColour: true}} {
		synctest.Test(t, func(t *testing.T) {
			x := open(t, 80, 24, world(), o)
			defer x.close()
			x.press("f")
			x.types("lunch")
			finds(x, false, hit(dana, 1, false, "The |lunch| is here", time.Now()))
			marked, plain := x.styleOf("lunch is"), x.styleOf("is here")
			if marked.Underline != uv.UnderlineSingle || marked.Attrs&uv.AttrBold == 0 {
				t.Errorf("the place found looks like %+v", marked)
			}
			if plain.Underline != uv.UnderlineNone {
				t.Errorf("what stands around it looks like %+v", plain)
			}
		})
	}
}

func TestEnterGoesToTheMessageAndTheResultsStay(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("f")
		x.types("lunch")
		finds(x, false, lunches()...)
		x.press("down", "enter")
		x.seesNot("Search conversations")
		load := did[app.LoadHistory](x)
		if len(load) == 0 || load[len(load)-1].Peer != bob || load[len(load)-1].Around != 20 {
			t.Fatalf("loaded %+v", load)
		}
		x.sees("Write to Bob")
		x.press("ctrl+f")
		x.sees("2 messages", "Is lunch at twelve", "No lunch for me")
		if again := did[app.SearchHistory](x); len(again) != 0 {
			t.Errorf("searched again: %+v", again)
		}
		x.press("enter") // the second one is still the selected one
		if load := did[app.LoadHistory](x); len(load) != 1 || load[0].Around != 20 {
			t.Errorf("loaded %+v", load)
		}
	})
}

// Whoever comes back from elsewhere than a result wants to know what there is now.
func TestASearchThatWasLeftIsAskedAgain(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("f")
		x.types("lunch")
		finds(x, false, lunches()...)
		x.press("esc", "f")
		if q := asked(x); q.Query != "lunch" {
			t.Errorf("searched for %+v", q)
		}
		x.sees("Searching…")
	})
}

func TestWhatWasDeletedIsNotAmongTheResults(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.results(history(time.Now()))
		x.press("f")
		x.types("lunch")
		finds(x, false, lunches()...)
		x.press("enter", "tab", "v", "delete", "left", "enter")
		if deleted := did[app.DeleteHistory](x); len(deleted) != 1 {
			t.Fatalf("deleted: %v", deleted)
		}
		x.press("f")
		x.seesNot("Is lunch at twelve")
		if q := asked(x); q.Query != "lunch" {
			t.Errorf("searched for %+v", q)
		}
	})
}

func TestSearchInTheConversationInFront(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("down", "enter", "ctrl+f")
		x.sees("All conversations   Dana", "of this conversation")
		x.types("tea")
		if q := asked(x); q.Peer != dana || q.Query != "tea" {
			t.Errorf("searched for %+v", q)
		}
		x.press("tab")
		if q := asked(x); q.Peer != "" || q.Query != "tea" {
			t.Errorf("searched for %+v", q)
		}
		col, row := x.find("   Dana")
		x.clickAt(col+3, row)
		if q := asked(x); q.Peer != dana {
			t.Errorf("searched for %+v", q)
		}
		x.click("All conversations")
		if q := asked(x); q.Peer != "" {
			t.Errorf("searched for %+v", q)
		}
		x.press("esc", "ctrl+f") // a search of all is not one of this conversation
		x.sees("Type words")
	})
}

func TestNothingFoundIsSaidInWords(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("down", "enter", "ctrl+f")
		x.types("tea")
		finds(x, false)
		x.sees("No message of this conversation has “tea” in it.", "tab to look through all")
		x.press("tab")
		finds(x, false)
		x.sees("No message has “tea” in it.")
		x.types("s")
		x.results(app.HitsFound{Number: asked(x).Number, Err: errors.New("the disk is gone")})
		x.sees("The disk is gone.")
		x.types("!")
		x.results(app.HitsFound{Number: asked(x).Number, Hits: lunches(), Partial: true})
		x.sees("still being prepared", "No lunch for me")
	})
}

func TestMoreIsFetchedBeforeTheEndIsReached(t *testing.T) {
	many := func(from int) (hits []app.Hit) {
		for i := range 50 {
			hits = append(hits, hit(dana, int64(from-i), false, fmt.Sprintf("|lunch| number %d", from-i), time.Now()))
		}
		return hits
	}
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("f")
		x.types("lunch")
		finds(x, true, many(1000)...)
		x.sees("50+ messages")
		x.press("pgdown", "pgdown", "pgdown")
		if early := did[app.SearchHistory](x); len(early) != 0 {
			t.Fatalf("fetched early: %+v", early)
		}
		x.press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
		x.sees("lunch number 951")
		fetched := did[app.SearchHistory](x)
		if len(fetched) != 1 || fetched[0].Before != 951 {
			t.Fatalf("fetched %+v", fetched)
		}
		x.results(app.HitsFound{Number: fetched[0].Number, Hits: many(950)})
		x.sees("100 messages", "lunch number 951")
		x.turns("lunch number 951", 200)
		x.sees("lunch number 901")
		x.doubleClick("lunch number 901")
		if load := did[app.LoadHistory](x); len(load) == 0 || load[len(load)-1].Around != 901 {
			t.Errorf("loaded %+v", load)
		}
	})
}

func TestASearchTakesAnythingThatIsTyped(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("f")
		x.pastes(strings.Repeat("word ", 2000))
		if q := asked(x); len(q.Query) > 512 {
			t.Errorf("a query of %d bytes is searched", len(q.Query))
		}
		x.press("ctrl+u")
		x.sees("Type words")
		x.types("\"*(:^ ")
		if q := asked(x); q.Query != "\"*(:^" {
			t.Errorf("searched for %q", q.Query)
		}
		x.press("enter", "up", "pgup", "tab", "pgdown", "down") // on nothing
		x.sees("Searching…")
	})
}

// Words and names are what others wrote; whatever they hold, the rows stay whole.
func TestHostileResultsStayInTheirRow(t *testing.T) {
	evil := strings.Repeat("漢字", 100) + "|lu\u0301nch\x1b[2J|\u202e\r\n\t" + strings.Repeat("e\u0301", 500) + "שלום"
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("f")
		x.types("lunch")
		h := hit(kim, 1, false, evil, time.Now())
		h.Message.Name = text.From("\x1b]0;owned\x07Kim" + strings.Repeat("e\u0301", 300))
		h.Marks = append(h.Marks, [2]int{5, 2}, [2]int{-3, 4}, [2]int{10, 1 << 30})
		finds(x, false, h, hit(dana, 2, false, "After |lunch|", time.Now()))
		x.sees("Kim", "漢字lunch", "After lunch")
		x.seesNot("\x1b", "\u202e")
		for i, line := range x.lines()[1:18] {
			if cells := cellsOf(text.From(line).Line()); !strings.ContainsAny(line, "│╭╰╮╯") || cells > 59 {
				t.Errorf("line %d is not whole: %q", i+1, line)
			}
		}
	})
}

func TestTheMenuOfAPersonLeadsToWhatWasSaidBefore(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.results(history(time.Now()))
		x.rightClick("Dana")
		x.click("Find Previous Conversations")
		x.sees("All conversations   Dana", "Type words")
		x.types("twelve")
		if q := asked(x); q.Peer != dana {
			t.Errorf("searched for %+v", q)
		}
		x.press("esc")
		x.rightClick("Eve")
		x.click("Find Previous Conversations")
		x.sees("You have not talked to Eve yet.")
	})
}

// clickAt clicks on a cell, where the text alone does not say which one is meant.
func (x *face) clickAt(col, row int) {
	x.program.Send(tea.MouseClickMsg{X: col, Y: row, Button: tea.MouseLeft})
	x.settle()
}
