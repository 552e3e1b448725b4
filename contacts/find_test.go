package contacts

import (
	"testing"

	"golync/internal/text"
)

func TestFind(t *testing.T) {
	bob := Contact{
		Address: "sip:bob(contoso.com)@msn.com", Name: text.From("Bob Müller"),
		Presence: Presence{Note: text.From("Thanks to all for the b-day wishes!")},
	}
	zoe := Contact{Address: "sip:z@fabrikam.com", Name: text.From("Zoë\u200b Bobson")}
	nameless := Contact{Address: "sip:gina@fabrikam.com"}
	l := NewList([]Contact{zoe, bob, nameless, person("Dana")}, nil)
	for query, want := range map[string]string{
		"":              "",
		"  ":            "",
		"bob":           "Bob Müller Zoë\u200b Bobson",
		"BOB":           "Bob Müller Zoë\u200b Bobson",
		"bob mü":        "Bob Müller",
		"MÜLLER":        "Bob Müller",
		"müller bob":    "Bob Müller",
		"bob@contoso":   "Bob Müller",
		"b-day":         "Bob Müller",
		"zoë bob":       "Zoë\u200b Bobson",
		"fabrikam":      " Zoë\u200b Bobson",
		"gina@":         "",
		"contoso":       "Bob Müller Dana",
		"\u212Aein":     "",
		"nobody":        "",
		"dana thursday": "",
	} {
		if got := names(l.Find(query, 0)); got != want {
			t.Errorf("Find(%q) = %q, want %q", query, got, want)
		}
	}
}

func TestFindSaysWhereItFound(t *testing.T) {
	bob := Contact{
		Address: "sip:bob(contoso.com)@msn.com", Name: text.From("Bob Müller"),
		Presence: Presence{Note: text.From("Thanks to all for the b-day wishes!")},
	}
	jan := Contact{Address: "sip:m%C3%BCller@contoso.com"}
	l := NewList([]Contact{bob, jan}, nil)
	for _, c := range []struct {
		who   Contact
		query string
		want  Where
	}{
		{bob, "müller BOB", InName},
		{bob, "msn", InAddress},
		{bob, "bob@contoso", InAddress},
		{bob, "müller msn", InAddress},
		{bob, "wishes", InNote},
		{bob, "bob wishes", InNote},
		{jan, "MÜLLER@", InAddress},
		{jan, "%c3", InAddress},
	} {
		if got := FoundIn(&c.who, c.query); got != c.want {
			t.Errorf("%q is found in %d of %s, want %d", c.query, got, c.who.Address, c.want)
		}
		if found := l.Find(c.query, 0); len(found) == 0 {
			t.Errorf("%q is not found at all", c.query)
		}
	}
}

func TestFindPutsBeginningsOfWordsFirst(t *testing.T) {
	l := NewList([]Contact{person("Abdana"), person("Carl Dana"), person("Dana"), person("Zed Danason")}, nil)
	if got := names(l.Find("dana", 0)); got != "Carl Dana Dana Zed Danason Abdana" {
		t.Errorf("order is %q", got)
	}
	if got := names(l.Find("dana", 2)); got != "Carl Dana Dana" {
		t.Errorf("the first two are %q", got)
	}
}

func TestFindSeesNotesAndNamesAsTheyAreNow(t *testing.T) {
	l := NewList([]Contact{person("Dana")}, nil)
	const dana = Address("sip:dana@contoso.com")
	if len(l.Find("lunch", 0)) != 0 {
		t.Fatal("nobody is at lunch yet")
	}
	l.SetPresence(dana, Presence{Availability: Away, Note: text.From("At LUNCH")})
	if len(l.Find("lunch", 0)) != 1 {
		t.Error("the new note is not found")
	}
	l.Put(Contact{Address: dana, Name: text.From("Diana")})
	if len(l.Find("lunch", 0)) != 0 || len(l.Find("diana", 0)) != 1 {
		t.Error("Find looks at what was")
	}
}

func TestFoldMakesSpellingsTheSame(t *testing.T) {
	for _, pair := range [][2]string{
		{"ABC xyz", "abc XYZ"}, {"Straße", "STRAẞE"}, {"\u212Aelvin", "kelvin"}, {"ΣΑΣ", "σας"}, {"ДАНА", "дана"}, {"Å", "å"},
	} {
		if fold(pair[0]) != fold(pair[1]) {
			t.Errorf("%q and %q differ: %q, %q", pair[0], pair[1], fold(pair[0]), fold(pair[1]))
		}
	}
}
