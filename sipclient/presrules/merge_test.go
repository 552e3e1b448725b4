package presrules

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"golync/sipclient/xmldoc"
)

func TestOtherProgramsRulesStayByteForByte(t *testing.T) {
	for name, other := range map[string]struct{ before, rule, after string }{
		"their rule":   {head + "\n  ", aRule("linphone-1", `<cp:one id="sip:eve@contoso.com" />`, "allow"), "\n</cp:ruleset>\n"},
		"their prefix": {`<?xml version='1.0'?><ruleset xmlns='urn:ietf:params:xml:ns:common-policy'>`, `<rule id='x'><conditions/><!-- keep --><actions/></rule>`, `</ruleset>`},
		"odd bytes":    {"\ufeff" + head, "<cp:rule id=\"r\"\n\t>\r\n<![CDATA[ <golync> ]]></cp:rule >", " <!-- end --></cp:ruleset>\x00"},
		"empty inside": {head, "", "</cp:ruleset>"},
	} {
		doc := []byte(other.before + other.rule + other.after)
		once, err := Merge(doc, decided)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(string(once), other.rule) || !strings.HasPrefix(string(once), strings.TrimRight(other.before, " \n")) || !strings.HasSuffix(string(once), other.after) {
			t.Errorf("%s: %s", name, once)
		}
		if got, _ := mustParse(t, once).Decide("sip:dana@contoso.com"); got != Allow {
			t.Errorf("%s: golync's rules are not in force: %v", name, got)
		}
		twice, err := Merge(once, decided)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s: merging again changed\n%s\ninto\n%s\n%v", name, once, twice, err)
		}
		back, err := Merge(twice, takenBack)
		if err != nil || !bytes.Equal(back, doc) {
			t.Errorf("%s: without golync's rules it is\n%s\nwant\n%s\n%v", name, back, doc, err)
		}
	}
}

// takenBack is decided, taken back.
var takenBack = Rules{Undecided: slices.Collect(maps.Keys(decided.People))}

func TestWhatWasDecidedOnAnotherDeviceStays(t *testing.T) {
	const dana, eve, fred = "sip:dana@contoso.com", "sip:eve@contoso.com", "sip:fred@contoso.com"
	there := Build(Rules{People: map[string]Level{dana: Colleagues, eve: Blocked, fred: Workgroup}, OutsideAllowed: []string{"msn.com"}})
	doc, err := Merge(there, Rules{People: map[string]Level{"sip:dana@CONTOSO.com": External}, Undecided: []string{dana, fred}})
	if err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]Level{dana: External, eve: Blocked, fred: 0, "sip:x@msn.com": 0} {
		if _, got := mustParse(t, doc).Decide(who); got != want {
			t.Errorf("%s is on level %d, want %d, by\n%s", who, got, want, doc)
		}
	}
}

func TestASelfClosingRootIsOpened(t *testing.T) {
	for _, doc := range []string{
		`<ruleset xmlns="urn:ietf:params:xml:ns:common-policy"/>`,
		"<c:ruleset\n\txmlns:c='urn:ietf:params:xml:ns:common-policy' />\n",
	} {
		got, err := Merge([]byte(doc), decided)
		if err != nil {
			t.Fatal(err)
		}
		if h, _ := mustParse(t, got).Decide("sip:cheri@outlook.com"); h != PoliteBlock {
			t.Errorf("%s", got)
		}
	}
}

func TestNothingThereIsBuiltAnew(t *testing.T) {
	got, err := Merge([]byte("\r\n"), decided)
	if err != nil || !bytes.Equal(got, Build(decided)) {
		t.Errorf("%s, %v", got, err)
	}
	again, err := Merge(got, decided)
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("merging again gave %s, %v", again, err)
	}
}

func TestWhatCannotBeReadIsNotTouched(t *testing.T) {
	if got, err := Merge([]byte(head+"<cp:rule>"), decided); err == nil {
		t.Errorf("got %s", got)
	}
}

func mustParse(t *testing.T, doc []byte) Document {
	t.Helper()
	d, err := Parse(doc)
	if err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	return d
}

func FuzzParse(f *testing.F) {
	f.Add(Build(decided), "sip:dana@contoso.com")
	f.Add([]byte(head+aRule("a", `<cp:many domain="h"><cp:except id="sip:x@h"/></cp:many>`, "allow")+"</cp:ruleset>"), "sip:x@h")
	f.Add([]byte(`<ruleset xmlns="urn:ietf:params:xml:ns:common-policy"/>`), "")
	f.Fuzz(func(t *testing.T, data []byte, watcher string) {
		before, err := Parse(data)
		merged, mergeErr := Merge(data, Rules{People: map[string]Level{watcher: Blocked}})
		if (err == nil) != (mergeErr == nil) {
			t.Fatalf("parse says %v, merge says %v", err, mergeErr)
		}
		if err != nil {
			return
		}
		before.Decide(watcher)
		after, err := Parse(merged)
		if errors.Is(err, xmldoc.ErrTooLong) {
			return
		}
		if err != nil {
			t.Fatalf("merging broke it: %v\n%s", err, merged)
		}
		again, err := Merge(merged, Rules{People: map[string]Level{watcher: Blocked}})
		if err != nil || !bytes.Equal(again, merged) {
			t.Fatalf("merging again changed\n%q\ninto\n%q\n%v", merged, again, err)
		}
		_, _ = after.Decide(watcher)
	})
}
