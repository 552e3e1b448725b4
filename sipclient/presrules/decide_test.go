package presrules

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"golync/sipclient/xmldoc"
)

const head = `<cp:ruleset xmlns="urn:ietf:params:xml:ns:pres-rules" xmlns:pr="urn:ietf:params:xml:ns:pres-rules" xmlns:cp="urn:ietf:params:xml:ns:common-policy">`

// aRule is a rule as other programs write it.
func aRule(id, identity, handling string) string {
	return `<cp:rule id="` + id + `"><cp:conditions><cp:identity>` + identity + `</cp:identity></cp:conditions><cp:actions><pr:sub-handling>` +
		handling + `</pr:sub-handling></cp:actions><cp:transformations/></cp:rule>`
}

var decided = Rules{
	People: map[string]Level{
		"sip:dana@contoso.com":           FriendsAndFamily,
		"sip:eve@contoso.com":            Workgroup,
		"sip:fred@contoso.com":           Colleagues,
		"sip:gina@fabrikam.com":          External,
		"sip:cheri@outlook.com":          Blocked,
		"sip:bob(contoso.com)@msn.com":   Dismissed,
		"sip:o'hara&<\"x\">@contoso.com": Colleagues,
	},
	OutsideAllowed: []string{"outlook.com", "MSN.com"},
}

func TestWhatWasDecidedIsWhatWatchersGet(t *testing.T) {
	d, err := Parse(Build(decided))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		watcher string
		want    Handling
		level   Level
	}{
		{"sip:dana@contoso.com", Allow, FriendsAndFamily},
		{"SIP:dana@Contoso.COM:5060;transport=tcp", Allow, FriendsAndFamily},
		{"sip:Dana@contoso.com", Confirm, 0},
		{"sip:eve@contoso.com", Allow, Workgroup},
		{"sip:fred@contoso.com", Allow, Colleagues},
		{"sip:gina@fabrikam.com", Allow, External},
		{"sip:harry@fabrikam.com", Confirm, 0},
		{"sip:cheri@outlook.com", PoliteBlock, Blocked},
		{"sip:bob(contoso.com)@msn.com", Confirm, Dismissed},
		{"sip:someone@msn.com", Allow, External},
		{"sip:someone@outlook.com", Allow, External},
		{"sip:o'hara&<\"x\">@contoso.com", Allow, Colleagues},
		{"", Confirm, 0},
	} {
		if got, level := d.Decide(c.watcher); got != c.want || level != c.level {
			t.Errorf("%s: got %v at level %d, want %v at %d", c.watcher, got, level, c.want, c.level)
		}
	}
}

func TestOtherDevicesReadTheDecisionsBack(t *testing.T) {
	d, err := Parse(Build(decided))
	if err != nil {
		t.Fatal(err)
	}
	got := d.Rules()
	if !maps.Equal(got.People, decided.People) || !slices.Equal(got.OutsideAllowed, []string{"msn.com", "outlook.com"}) {
		t.Errorf("got %+v", got)
	}
}

func TestRulesOfOtherProgramsAreReadAsTheRFCsSay(t *testing.T) {
	const one = `<cp:one id="sip:dana@contoso.com"/>`
	for name, c := range map[string]struct {
		rules string
		want  Handling
	}{
		"no rules":                        {"", Confirm},
		"one":                             {aRule("a", one, "allow"), Allow},
		"block":                           {aRule("a", one, "block"), Block},
		"somebody else":                   {aRule("a", `<cp:one id="sip:eve@contoso.com"/>`, "allow"), Confirm},
		"everybody":                       {aRule("a", `<cp:many/>`, "polite-block"), PoliteBlock},
		"her domain":                      {aRule("a", `<cp:many domain="Contoso.com"/>`, "allow"), Allow},
		"another domain":                  {aRule("a", `<cp:many domain="fabrikam.com"/>`, "allow"), Confirm},
		"everybody but her":               {aRule("a", `<cp:many><cp:except id="sip:dana@contoso.com"/></cp:many>`, "allow"), Confirm},
		"everybody but her domain":        {aRule("a", `<cp:many><cp:except domain="contoso.com"/></cp:many>`, "allow"), Confirm},
		"everybody but another":           {aRule("a", `<cp:many><cp:except domain="fabrikam.com"/><cp:except id="sip:eve@contoso.com"/></cp:many>`, "allow"), Allow},
		"the highest wins":                {aRule("a", one, "allow") + aRule("b", one, "block"), Allow},
		"the highest wins, other order":   {aRule("a", one, "block") + aRule("b", one, "polite-block") + aRule("c", one, "confirm"), PoliteBlock},
		"an identity that names nobody":   {aRule("a", "", "allow"), Confirm},
		"one without an id":               {aRule("a", "<cp:one/>", "allow"), Confirm},
		"an unknown handling":             {aRule("a", one, "adore"), Confirm},
		"a handling with space around it": {aRule("a", one, "\n allow "), Allow},
		"no conditions at all":            {`<cp:rule id="a"><cp:actions><pr:sub-handling>block</pr:sub-handling></cp:actions></cp:rule>`, Block},
		"an unknown condition": {
			strings.Replace(aRule("a", one, "allow"), "</cp:conditions>", "<cp:sphere value='home'/></cp:conditions>", 1), Confirm,
		},
		"an element that is no rule": {strings.ReplaceAll(aRule("a", one, "allow"), "cp:rule", "cp:rumour"), Confirm},
	} {
		d, err := Parse([]byte(head + c.rules + "</cp:ruleset>"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, level := d.Decide("sip:dana@contoso.com"); got != c.want || level != 0 {
			t.Errorf("%s: got %v at level %d, want %v", name, got, level, c.want)
		}
	}
}

func TestNoDocumentMeansNoRules(t *testing.T) {
	d, err := Parse([]byte(" \n"))
	if got, _ := d.Decide("sip:dana@contoso.com"); err != nil || got != Confirm {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestHostileDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"a million deep": {head + strings.Repeat("<x>", 300_000), xmldoc.ErrTooDeep},
		"too long":       {head + strings.Repeat(" ", 2<<20), xmldoc.ErrTooLong},
		"another root":   {"<ruleset/>", ErrNotRules},
		"entities":       {"<!DOCTYPE r>" + head + "</cp:ruleset>", xmldoc.ErrDTD},
	} {
		if _, err := Parse([]byte(c.doc)); !errors.Is(err, c.want) {
			t.Errorf("%s: parse says %v, want %v", name, err, c.want)
		}
		if _, err := Merge([]byte(c.doc), decided); !errors.Is(err, c.want) {
			t.Errorf("%s: merge says %v, want %v", name, err, c.want)
		}
	}
}

func BenchmarkDecideAmongThousand(b *testing.B) {
	r := Rules{People: make(map[string]Level)}
	for i := range 1000 {
		r.People["sip:u"+strings.Repeat("x", i%7)+string(rune('a'+i%26))+"@contoso.com"] = Colleagues
	}
	d, err := Parse(Build(r))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d.Decide("sip:nobody@contoso.com")
	}
}
