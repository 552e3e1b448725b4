package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"golync/contacts"
	"golync/internal/app"
)

// added says that exactly this contact was saved.
func added(x *face, a contacts.Address, g contacts.GroupID, r contacts.Relationship) {
	x.t.Helper()
	saves := did[app.SaveContact](x)
	if len(saves) != 1 {
		x.t.Fatalf("%d contacts were saved: %v", len(saves), saves)
	}
	c := saves[0].Contact
	if c.Address != a || len(c.Groups) != 1 || c.Groups[0] != g || c.Relationship != r {
		x.t.Fatalf("saved %s in %v as %v, want %s in %v as %v", c.Address, c.Groups, c.Relationship, a, g, r)
	}
}

// The specification: To add a Skype contact to Lync 2013.
func TestAddASkypeContactAsTheSpecificationSays(t *testing.T) {
	inWindow(t, 90, 30, world, func(x *face) {
		x.press("a")
		x.sees("Add a Contact in My Organization", "Add a Contact Not in My Organization", "Create a New Group")
		x.press("down", "enter") // step 1
		x.sees("Lync", "Skype", "Other")
		x.press("down", "enter") // step 2
		x.sees("Add Skype Contact", "IM Address", "Add to contact group", "Set privacy relationship", "External Contacts")
		x.types("cheri@outlook.com") // step 3
		x.sees("Will be added as cheri@outlook.com")
		x.press("tab", "enter", "up", "up", "enter") // step 4
		x.sees("Favorites")
		x.press("tab", "right", "left") // step 5
		x.sees("External Contacts", "Sees your status and note; not what exactly you are doing")
		x.press("tab", "enter")
		added(x, cheri, contacts.Favorites, contacts.ExternalContacts)
		if watches := did[app.Watch](x); len(watches) != 1 || watches[0].Address != cheri {
			t.Errorf("watched %v", watches)
		}
		x.sees("Waiting for cheri@outlook.com to accept") // step 6
		x.selected("cheri@outlook.com")
		x.press("c")
		x.sees("Contact Card", "IM Address", "cheri@outlook.com", "Skype (External Network)", "External Contacts", "Favorites")
	})
}

// The specification: To add a Skype contact to Lync when using a custom domain name.
func TestCustomDomainsAreDecoratedOrTypedDecorated(t *testing.T) {
	for _, typed := range []string{"gina@fabrikam.com", "gina(fabrikam.com)@msn.com"} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.press("a", "down", "right", "down", "enter")
			x.types(typed)
			x.sees("Will be added as gina(fabrikam.com)@msn.com")
			x.press("enter")
			added(x, "sip:gina(fabrikam.com)@msn.com", contacts.OtherContacts, contacts.ExternalContacts)
		})
	}
}

func TestTheFindBoxLeadsToTheWizardWithWhatWasTyped(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("/")
		x.types("cheri(contoso.com)@msn.com")
		x.press("enter")
		x.sees("Add Skype Contact", "Will be added as cheri(contoso.com)@msn.com")
		x.press("enter")
		added(x, "sip:cheri(contoso.com)@msn.com", contacts.OtherContacts, contacts.ExternalContacts)
	})
}

func TestInMyOrganizationCompletesTheDomain(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "enter")
		x.sees("Add a Contact in My Organization", "Colleagues")
		x.types("henry")
		x.sees("Will be added as henry@contoso.com")
		x.types("@fabrikam.com")
		x.sees("henry@fabrikam.com, which is not in your", "organization", "External Contacts")
		x.press("ctrl+u")
		x.types("henry")
		x.press("enter")
		added(x, "sip:henry@contoso.com", contacts.OtherContacts, contacts.Colleagues)
	})
}

func TestEachProviderHasItsTitle(t *testing.T) {
	for downs, title := range []string{"Add Lync Contact", "Add Skype Contact", "Add Contact"} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("a", "down", "enter")
			for range downs {
				x.press("down")
			}
			x.press("enter")
			x.sees("╭─ " + title + " ─")
		})
	}
}

func TestLeavingTheWizardAtAnyStepLosesNothingTyped(t *testing.T) {
	steps := map[string][]string{
		"esc in the address":       {"esc"},
		"esc in the group":         {"tab", "esc"},
		"esc on the open list":     {"tab", "enter", "esc", "esc"},
		"esc in the relation":      {"tab", "tab", "esc"},
		"cancel":                   {"tab", "tab", "tab", "tab", "enter"},
		"back, then esc":           {"tab", "tab", "tab", "tab", "tab", "enter", "esc", "esc"},
		"esc on the OK button":     {"tab", "tab", "tab", "esc"},
		"esc after a changed kind": {"tab", "tab", "right", "left", "esc"},
	}
	for name, keys := range steps {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				x.press("a", "down", "right", "down", "enter")
				x.types("cheri@outlook.com")
				x.press("tab", "left", "tab", "left") // Colleagues, Colleagues
				x.press("shift+tab", "shift+tab")
				x.press(keys...)
				x.seesNot("Add Skype Contact")
				if saves := did[app.SaveContact](x); saves != nil {
					t.Fatalf("leaving saved %v", saves)
				}
				x.press("a", "down", "right", "down", "enter")
				x.sees("cheri@outlook.com")
				x.press("enter")
				added(x, cheri, colleagues, contacts.Colleagues)
				x.press("a", "down", "right", "down", "enter")
				x.seesNot("Will be added")
			})
		})
	}
}

func TestBackLeadsToTheChoiceOfProvider(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.click("Back")
		x.sees("Add a Contact in My Organiza", "│ Lync", "│ Skype", "│ Other")
		x.seesNot("Add Skype Contact")
		x.press("enter") // on the provider that was chosen
		x.sees("Add Skype Contact")
	})
}

func TestAddingSomebodyAlreadyThereGoesToThemAndSaysSo(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.types("bob@contoso.com")
		x.sees("Bob (bob@contoso.com) is already in your contacts list; OK", "goes there.")
		x.press("enter")
		x.seesNot("Add Skype Contact")
		x.sees("Bob is already in your contacts list.")
		x.selected("Bob")
		if saves := did[app.SaveContact](x); saves != nil {
			t.Errorf("saved %v", saves)
		}
	})
}

func TestTheWizardSaysUnderTheFieldWhatIsWrong(t *testing.T) {
	for _, tc := range []struct{ typed, want string }{
		{"", "Type an IM address"},
		{"cheri", "looks like an e-mail address"},
		{"@outlook.com", "The name before the @ is missing."},
		{"+49 30 1234", "A phone number is not an IM address."},
	} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("a", "down", "right", "down", "enter")
			x.types(tc.typed)
			x.press("enter")
			x.sees("Add Skype Contact", tc.want)
			x.types("x")
			x.press("backspace", "esc")
			if saves := did[app.SaveContact](x); saves != nil {
				t.Errorf("%q was saved as %v", tc.typed, saves)
			}
		})
	}
}

func TestOneCannotAddOneself(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("a", "enter")
		x.types("alice")
		x.sees("This is your own address.")
		x.press("enter")
		x.sees("This is your own address.", "Set privacy relationship")
	})
}

func TestTheWizardWorksWithTheMouseAlone(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.click("+ Add")
		x.click("Add a Contact Not in My Organization")
		x.click("Skype")
		x.pastes("cheri@outlook.com\n")
		x.click("Other Contacts                                           ▾")
		x.click("Colleagues   ")
		x.click("External Contacts")
		x.click("Friends and Family")
		x.sees("Sees your status, what you are doing and since when, your")
		x.click("  OK  ")
		added(x, cheri, colleagues, contacts.FriendsAndFamily)
	})
}

func TestAClickBesideAnOpenListClosesItOnly(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter", "tab", "enter")
		x.sees("│Favorites")
		x.click("IM Address")
		x.seesNot("│Favorites")
		x.sees("Add Skype Contact")
	})
}

func TestDialogsAreUsableAtTheSmallestSize(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.sees("IM Address", "Add to contact group", "Set privacy relationship", "  OK      Cancel      Back", "esc cancel")
		x.press("esc")
		x.opensPage("Alerts")
		x.sees("Alerts", "  OK      Cancel")
		x.press("tab", "tab", "tab", "tab", "tab")
		x.sees("Block all invites")
		x.press("esc", "c")
		x.press("down", "c")
		x.sees("Contact Card", "Send an IM", "Close")
	})
}

// What does not fit is left out whole, and a thumb at the edge says that there is more.
func TestAFormThatDoesNotFitShowsNoHalfChoiceAndWhereOneIs(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.opensPage("Alerts")
		for _, line := range x.lines() {
			if inside := strings.Trim(line, " │▐"); inside == "(•)" || inside == "( )" {
				t.Errorf("a choice without its words:\n%s", x.text())
			}
		}
		x.sees("▐", "When my status is Do Not")
		x.seesNot("Allow invites") // out of sight
		x.press("tab", "tab", "tab", "tab", "tab")
		x.sees("(•) Allow invites but", "Block all invites", "▐")
	})
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("a", "enter")
		x.sees("Add a Contact in My Organization")
		x.seesNot("▐")
	})
}

// The button that is lit is the one that enter presses.
func TestOKIsLitOnlyWhereEnterMeansOK(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "enter")
		lit := x.styleOf("  OK  ").Bg
		x.press("tab") // the drop-down, which enter opens
		x.sees("enter open")
		if x.styleOf("  OK  ").Bg == lit {
			t.Error("OK is lit while enter opens a list")
		}
		x.press("tab", "tab")
		if x.styleOf("  OK  ").Bg != lit {
			t.Error("OK has the keys and is not lit")
		}
	})
}

func TestDialogsHaveAirWhereThereIsRoom(t *testing.T) {
	for _, keys := range [][]string{{"a", "enter"}, {"o", "enter"}, {"down", "delete"}, {"down", "c"}} {
		inWindow(t, 120, 40, world, func(x *face) {
			x.press(keys...)
			top := -1
			for y, line := range x.lines() {
				if strings.Contains(line, "╭─") {
					top = y
				}
			}
			if top < 0 {
				t.Fatalf("%v opens no dialog:\n%s", keys, x.text())
			}
			if below := x.lines()[top+1]; strings.Trim(below[strings.LastIndex(below[:len(below)-3], "│"):], " │") != "" {
				t.Errorf("%v: %q stands right under the edge", keys, below)
			}
		})
	}
}

func TestANewGroupIsCreatedAndItsNameChecked(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("a", "c", "enter")
		x.sees("Create a New Group", "Name of the group")
		x.types("Friends")
		x.press("esc", "a", "c", "enter")
		x.sees("Friends")
		x.press("enter")
		x.sees("Friends (0/0)")
		if saves := did[app.SaveGroup](x); len(saves) == 0 || saves[0].Group.Name.Raw() != "Friends" {
			t.Errorf("saved %v", saves)
		}
		x.press("a", "c", "enter")
		x.types("favorites")
		x.press("enter")
		x.sees("Name of the group")
	})
}

func TestDialogsNeedNoColour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := open(t, 80, 24, world(), Options{NoColour: true})
		defer x.close()
		x.press("a", "down", "right", "down", "enter")
		x.sees("[ OK ]", "[ Cancel ]", "[ Back ]")
		if s := x.styleOf("Other Contacts   "); s.Underline == 0 {
			t.Errorf("a drop-down looks like text: %+v", s)
		}
		x.press("tab")
		if s := x.styleOf("Other Contacts   "); s.Attrs == 0 {
			t.Errorf("the drop-down with the keys looks like the others: %+v", s)
		}
	})
}

// A part of what was pasted would be another address, or a puzzling error.
func TestAnAddressThatIsTooLongIsCalledThat(t *testing.T) {
	long := strings.Repeat("z", 1100) + "@contoso.com"
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.pastes(long)
		x.press("enter")
		x.sees("The address is too long.")
		x.press("esc", "/")
		x.pastes(long)
		x.sees("The address is too long.")
	})
}
