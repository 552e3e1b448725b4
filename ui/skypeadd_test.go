package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// looksFor types an address into Add Contacts and returns what the server was asked.
func looksFor(x *face, typed string) app.LookUp {
	x.t.Helper()
	x.press("a")
	x.sees("╭─ Add Contacts")
	x.types(typed)
	x.press("enter")
	asked := did[app.LookUp](x)
	if len(asked) != 1 {
		x.t.Fatalf("%d searches were sent:\n%s", len(asked), x.text())
	}
	return asked[0]
}

// answered is the server's answer that there is somebody, notFound that there is nobody.
func answered(l app.LookUp, name string) app.Result {
	return app.LookedUp{Address: l.Address, Number: l.Number, Name: text.From(name), Found: true}
}

func notFound(l app.LookUp) app.Result { return app.LookedUp{Address: l.Address, Number: l.Number} }

// findsNobody lets the server know nobody, under whatever address it is asked for.
func findsNobody(x *face, l app.LookUp) {
	for asked := []app.LookUp{l}; len(asked) > 0; asked = did[app.LookUp](x) {
		x.results(notFound(asked[0]))
	}
}

// The specification, To add a Lync contact to Skype, steps 1 to 6.
func TestALyncContactIsAddedToSkype(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {140, 45}} {
		inSkype(t, size[0], size[1], bobAlone, func(x *face) {
			x.sees("Bob", "bob@contoso.com", "● Online ▾") // 1: signed in with a Microsoft account
			x.click("+ Add Contacts")                      // 2
			x.sees("Enter the SIP address of a Lync user, such as")
			x.types("alice@contoso.com") // 3
			x.press("enter")
			x.sees("Searching…")
			asked := did[app.LookUp](x)
			if len(asked) != 1 || asked[0].Address != alice {
				t.Fatalf("asked for %v", asked)
			}
			x.results(answered(asked[0], "Alice"))
			x.sees("1 result")
			below(x, "▌ Alice", "▌ Lync") // 4
			x.click("▌ Alice")
			x.sees("╭─ Profile")
			_, name := x.find("? Alice")
			if col, row := x.find("Add to Contacts  "); row != name || col < size[0]/2 { // 5: in the top right corner
				t.Errorf("Add to Contacts stands at %d, %d:\n%s", col, row, x.text())
			}
			below(x, "? Alice", "Lync")
			x.click("Add to Contacts")
			x.sees("Introduce yourself to Alice", "Hi Alice")
			x.press("ctrl+u")
			x.types("It is Bob of the choir.")
			x.press("enter")
			watched := did[app.Watch](x)
			if len(watched) != 1 || watched[0].Address != alice || watched[0].Introduction != "It is Bob of the choir." {
				t.Fatalf("asked with %+v", watched)
			}
			x.happens(waits(alice))
			x.sees("? Alice", "Waiting for Alice to accept") // 6: a question mark instead of the status
			x.seesNot("╭─", "● Alice")
			x.selected("Alice")
			x.happens(is(alice, "", "", time.Now()))
			x.sees("● Alice - Online - Lync")
			x.seesNot("? Alice")
			x.press("enter")
			x.types("Hello Alice")
			x.press("enter")
			if sent := did[app.SendMessage](x); len(sent) != 1 || sent[0].Message.Peer != string(alice) {
				t.Errorf("sent %v", sent)
			}
		})
	}
}

// below says that a text stands in the line below another one, in the same column.
func below(x *face, upper, lower string) {
	x.t.Helper()
	_, row := x.find(upper)
	if !strings.Contains(x.lines()[row+1], lower) {
		x.t.Errorf("below %q stands %q, not %q:\n%s", upper, x.lines()[row+1], lower, x.text())
	}
}

// Once somebody is added the address is done with, and the next one is not typed behind it.
func TestTheNextAddressIsTypedIntoAnEmptyField(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.results(answered(looksFor(x, "alice@contoso.com"), "Alice"))
		x.press("enter", "enter", "enter")
		if asked := looksFor(x, "dana@contoso.com"); asked.Address != dana {
			t.Errorf("asked for %v", asked)
		}
	})
}

func TestTheKeyboardAloneAddsALyncContact(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.results(answered(looksFor(x, "alice@contoso.com"), "Alice"))
		x.press("enter", "enter", "enter")
		if watched := did[app.Watch](x); len(watched) != 1 || watched[0].Introduction != "Hi Alice, I'd like to add you as a contact." {
			t.Errorf("asked with %+v", watched)
		}
		x.selected("Alice")
	})
}

// Zero search results: the specification's two reasons, and what to do.
func TestZeroResultsSayWhatTheSpecificationSays(t *testing.T) {
	inSkype(t, 60, 20, bobAlone, func(x *face) {
		findsNobody(x, looksFor(x, "alice@contoso.com"))
		for _, word := range strings.Fields("No results for alice@contoso.com provisioning process may not have completed the Lync domain has not yet been set up.") {
			x.sees(word)
		}
		x.sees("tell the administrator of", "search again later")
		x.seesNot("1 result", "Searching…", "Error")
		x.press("enter") // when it may have been set up
		x.sees("Searching…")
	})
}

// Of a Microsoft account there is nothing to provision.
func TestZeroResultsOfAMicrosoftAccountBlameNoAdministrator(t *testing.T) {
	for typed, says := range map[string]string{
		"cheri@outlook.com": "Nobody has the Microsoft account cheri@outlook.com.",
		"bob@contoso.com":   "This is your own Microsoft account",
	} {
		inSkype(t, 80, 24, bobAlone, func(x *face) {
			findsNobody(x, looksFor(x, typed))
			x.sees(says)
			x.seesNot("administrator", "provisioning")
		})
	}
}

func TestWhyNobodyIsFoundIsSaid(t *testing.T) {
	signedOutBob := func() *app.State {
		s := bobAlone()
		s.Take(time.Now(), events(sipclient.SignedOut{}))
		s.SignOut(time.Now())
		return s
	}
	noMicrosoftAccount := func() *app.State {
		s := app.New(bobsAccount(alice, nil), contacts.Providers{})
		s.Start(time.Now())
		s.SignIn(time.Now(), "")
		s.Take(time.Now(), events(signedIn))
		return s
	}
	for name, tc := range map[string]struct {
		state func() *app.State
		typed string
		says  string
	}{
		"the own address":        {bobAlone, "bob(contoso.com)@msn.com", "This is your own address."},
		"no address":             {bobAlone, "alice", "looks like an e-mail address"},
		"signed out":             {signedOutBob, "alice@contoso.com", "You are not signed in."},
		"no Microsoft account":   {noMicrosoftAccount, "dana@contoso.com", "needs a Microsoft account"},
		"two addresses at once":  {bobAlone, "alice@contoso.com, dana@contoso.com", "one address at a time"},
		"nothing typed at first": {bobAlone, "", "Look for the word Lync below the name"},
	} {
		t.Run(name, func(t *testing.T) {
			inSkype(t, 80, 24, tc.state, func(x *face) {
				x.press("esc") // the sign-in page of somebody signed out
				x.press("a")
				x.types(tc.typed)
				x.press("enter")
				for _, word := range strings.Fields(tc.says) {
					x.sees(word)
				}
				if asked := did[app.LookUp](x); len(asked) != 0 {
					t.Errorf("the server was asked for %v", asked)
				}
			})
		})
	}
}

// Who has no Microsoft account learns it before typing anything.
func TestWithoutAMicrosoftAccountAddContactsSaysSoAtOnce(t *testing.T) {
	inSkype(t, 80, 24, func() *app.State {
		s := app.New(bobsAccount(alice, nil), contacts.Providers{})
		s.Start(time.Now())
		return s
	}, func(x *face) {
		x.press("esc", "a")
		x.sees("needs a Microsoft")
	})
}

// A key that is pressed again while the server is being asked does not ask twice.
func TestASearchIsAskedOnce(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		l := looksFor(x, "alice@contoso.com")
		x.press("enter", "enter", "tab")
		if again := did[app.LookUp](x); len(again) != 0 {
			t.Errorf("asked again: %v", again)
		}
		x.results(answered(l, "Alice"))
		x.sees("1 result")
	})
}

func TestASearchThatFailsSaysSoAndCanBeRepeated(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		l := looksFor(x, "alice@contoso.com")
		x.results(app.LookedUp{Address: l.Address, Number: l.Number, Err: sipclient.ErrNoAnswer})
		x.sees("The server did not answer in time.")
		x.press("enter")
		x.sees("Searching…")
		again := did[app.LookUp](x)
		if len(again) != 1 {
			t.Fatalf("asked %d times", len(again))
		}
		x.results(app.LookedUp{Address: l.Address, Number: again[0].Number, Err: errors.New("the line is cut")})
		x.sees("the line is cut")
	})
}

// What is typed after the search is another question: the old answer must not be taken for its own.
func TestAnAnswerIsShownOnlyForWhatWasAsked(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		l := looksFor(x, "alice@contoso.com")
		x.types("x")
		x.results(answered(l, "Alice"))
		x.seesNot("1 result", "▌ Alice")
		x.press("backspace")
		x.sees("1 result", "▌ Alice")
		x.press("esc", "a")
		x.sees("alice@contoso.com", "1 result") // it outlives being closed
	})
}

func TestSomebodyWhoIsAContactAlreadyIsGoneTo(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.happens(is(dana, pidf.ActivityAway, "", time.Now()))
		x.press("a")
		x.types("dana@contoso.com")
		x.press("enter")
		x.sees("in your contacts already")
		x.press("enter")
		x.sees("╭─ Profile", "◔ Away - Lync")
		x.press("esc")
		x.selected("Dana")
	})
}

func TestASkypeUserWhoIsFoundIsNotCalledLync(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.results(answered(looksFor(x, "cheri@outlook.com"), "Cheri"))
		below(x, "▌ Cheri", "▌ Skype")
	})
}

// Nothing that was written is lost by going back.
func TestAnIntroductionThatWasLeftIsThereAgain(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.results(answered(looksFor(x, "alice@contoso.com"), "Alice"))
		x.press("enter", "enter", "ctrl+u")
		x.types("From the choir")
		x.press("esc")
		x.sees("╭─ Profile")
		x.press("enter")
		x.sees("From the choir")
		x.press("ctrl+u")
		x.sees("When this is empty, “Hi Alice,")
	})
}

func TestAnIntroductionHasALimitAndSaysSo(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.results(answered(looksFor(x, "alice@contoso.com"), "Alice"))
		x.press("enter", "enter", "ctrl+u")
		x.pastes(strings.Repeat("na ", 80) + "\nBatman") // 247 with the line break, which becomes a blank
		x.sees("Batman", "Room for 9 more")
		x.pastes("and Robin too")
		x.sees("There is room for 256 characters, and no more.")
		x.seesNot("Robin")
		x.press("enter")
		watched := did[app.Watch](x)
		if len(watched) != 1 || strings.Contains(watched[0].Introduction, "\n") || len(watched[0].Introduction) > introductionLimit {
			t.Errorf("asked with %+v", watched)
		}
	})
}

// Somebody found who has asked already needs no introduction, and one button alone looks as if enter pressed it.
func TestWhoHasAskedIsAcceptedByAdding(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.happens(asksBob())
		x.press("esc")
		x.results(answered(looksFor(x, "alice@contoso.com"), "Alice"))
		x.press("enter")
		x.sees("Alice has added you")
		if x.styleOf("Back ").Bg == x.styleOf("Add to Contacts ").Bg {
			t.Error("Back looks as if enter pressed it")
		}
		x.press("enter")
		x.sees("Alice is now one of your contacts.")
		x.seesNot("╭─", "REQUESTS (1)")
		x.selected("Alice")
	})
}

func TestAddingSomebodyBlockedSaysThatItTakesTheBlockBack(t *testing.T) {
	inSkype(t, 80, 24, func() *app.State {
		s := bobAlone()
		s.Block(time.Now(), alice)
		return s
	}, func(x *face) {
		x.results(answered(looksFor(x, "alice@contoso.com"), "Alice"))
		x.press("enter")
		x.sees("You have blocked Alice. Adding takes that")
		x.press("enter", "enter")
		x.sees("Waiting for Alice to accept")
		if x.state.RelationshipOf(alice) == contacts.BlockedContacts {
			t.Error("Alice is still blocked")
		}
	})
}

func TestFindInSkypeOffersWhatASkypeUserCanDo(t *testing.T) {
	for typed, says := range map[string]string{
		"zacharias":                "to look for a Lync user.",
		"+49 30 123456":            "calls people by their address",
		"bob(contoso.com)@msn.com": "This is your own address.",
		"alice@contoso.com":        "Look for alice@contoso.com",
		"ali":                      "? Alice",
	} {
		state := bobAlone
		if typed == "ali" {
			state = bobsWorld
		}
		inSkype(t, 80, 24, state, func(x *face) {
			x.press("/")
			x.types(typed)
			x.sees(says)
			x.seesNot("Send an IM to", "Add +", "Add alice", "Skype contact")
		})
	}
}

func TestFindLeadsToAddContacts(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.press("/")
		x.types("alice@contoso.com")
		x.sees("Look for alice@contoso.com")
		x.press("enter")
		x.sees("╭─ Add Contacts", "Searching…")
		if asked := did[app.LookUp](x); len(asked) != 1 {
			t.Errorf("asked %d times", len(asked))
		}
	})
}
