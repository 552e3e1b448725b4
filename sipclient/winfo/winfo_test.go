package winfo

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/quick"

	"golync/internal/text"
	"golync/sipclient/xmldoc"
)

var (
	dana = Watcher{ID: "1", URI: "sip:dana@contoso.com", Status: Active, Event: "subscribe"}
	gina = Watcher{
		ID: "2", URI: "sip:gina@fabrikam.com", Name: text.From(`Gina "G" <x> & Co`), Status: Pending, Event: "subscribe",
		Introduction: text.From("We met\nin Paris 😀"),
	}
)

const head = `<watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="3" state="full">`

func TestDocumentsComeBackAsTheyWereBuilt(t *testing.T) {
	for _, d := range []Document{
		{Resource: "sip:alice@contoso.com", Full: true},
		{Version: 1<<32 - 1, Resource: "sip:alice@contoso.com", Watchers: []Watcher{dana, gina}},
	} {
		got, err := Parse(Build(d))
		if err != nil || !reflect.DeepEqual(got, d) {
			t.Errorf("%+v came back as %+v, %v", d, got, err)
		}
	}
}

func TestAnyNameAndIntroductionComeBackOrAreMarked(t *testing.T) {
	same := func(name, subject string) bool {
		w := dana
		w.Name, w.Introduction = text.From(name), text.From(subject)
		got, err := Parse(Build(Document{Watchers: []Watcher{w}}))
		return err == nil && len(got.Watchers) == 1 &&
			got.Watchers[0].Name.Raw() == carried(name) && got.Watchers[0].Introduction.Raw() == carried(subject)
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

// carried is what an XML document can carry of s.
func carried(s string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\t' && r != '\n' && r != '\r') || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, s)
}

func TestDocumentAsKamailioWritesIt(t *testing.T) {
	const doc = `<?xml version="1.0"?>` + "\n" + `<watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="0" state="full">` + "\n" +
		`  <watcher-list resource="sip:alice@contoso.com" package="presence">` + "\n" +
		`    <watcher id="MTZAMTI3" event="subscribe" status="pending">sip:dana@contoso.com</watcher>` + "\n  </watcher-list>\n</watcherinfo>\n"
	want := Document{Full: true, Resource: "sip:alice@contoso.com", Watchers: []Watcher{
		{ID: "MTZAMTI3", URI: "sip:dana@contoso.com", Status: Pending, Event: "subscribe"},
	}}
	if got, err := Parse([]byte(doc)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestWhatDoesNotConcernPresenceIsLeftOut(t *testing.T) {
	doc := head + `<x/><watcher-list resource="sip:a@h" package="dialog"><watcher id="0" status="active" event="subscribe">sip:no@h</watcher></watcher-list>` +
		`<watcher-list resource="sip:a@h" package="presence"><watcher status="active" event="approved"> sip:yes@h </watcher>` +
		`<watcher id="2" status="dreaming">sip:no@h</watcher><watcher id="3" status="active"/><y/></watcher-list>` +
		`<watcher-list resource="sip:b@h" package="presence"><watcher id="4" status="active">sip:no@h</watcher></watcher-list></watcherinfo>`
	got, err := Parse([]byte(doc))
	want := []Watcher{{ID: "sip:yes@h", URI: "sip:yes@h", Status: Active, Event: "approved"}}
	if err != nil || !reflect.DeepEqual(got.Watchers, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestHostileDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"a million deep":   {head + strings.Repeat("<x>", 1_000_000), xmldoc.ErrTooDeep},
		"empty":            {"", xmldoc.ErrEmpty},
		"another root":     {"<watcherinfo/>", ErrNotWatcherInfo},
		"version too high": {strings.Replace(head, `"3"`, `"4294967296"`, 1) + "</watcherinfo>", ErrVersion},
		"negative version": {strings.Replace(head, `"3"`, `"-1"`, 1) + "</watcherinfo>", ErrVersion},
		"no state":         {strings.Replace(head, `state="full"`, "", 1) + "</watcherinfo>", ErrVersion},
	} {
		if _, err := Parse([]byte(c.doc)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	got, err := Parse([]byte(head + `<watcher-list resource="r" package="presence"><watcher id="1" status="pending" display-name="&#x9b;2J">sip:a@h</watcher></watcher-list></watcherinfo>`))
	if err != nil || got.Watchers[0].Name.Raw() != "\u009b2J" {
		t.Errorf("C1 in a name: %+v, %v", got, err)
	}
}

func TestAFloodOfWatchersIsCut(t *testing.T) {
	d := Document{Full: true, Resource: "sip:alice@contoso.com", Watchers: []Watcher{dana}}
	for i := range MaxWatchers + 5 {
		d.Watchers = append(d.Watchers, Watcher{ID: fmt.Sprint("f", i), URI: fmt.Sprintf("sip:f%d@h", i), Status: Pending})
	}
	got, err := Parse(Build(d))
	if err != nil || len(got.Watchers) != MaxWatchers || got.Watchers[0] != dana {
		t.Fatalf("%d watchers, %v", len(got.Watchers), err)
	}
	var table Table
	table.Take(got)
	table.Take(Document{Version: 1, Watchers: []Watcher{gina}})
	if n := len(table.Watchers()); n != MaxWatchers {
		t.Errorf("the table grew to %d", n)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Build(Document{Full: true, Resource: "sip:alice@contoso.com", Watchers: []Watcher{dana, gina}}))
	f.Add([]byte(head + `<watcher-list resource="r" package="presence"><watcher status="waiting">sip:a@h</watcher></watcher-list></watcherinfo>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			return
		}
		again, err := Parse(Build(d))
		if err != nil && !errors.Is(err, xmldoc.ErrTooLong) {
			t.Fatalf("what was read cannot be written: %+v: %v", d, err)
		}
		if err == nil && !reflect.DeepEqual(again, d) {
			t.Fatalf("%+v came back as %+v", d, again)
		}
	})
}

func BenchmarkParseThousandWatchers(b *testing.B) {
	d := Document{Full: true, Resource: "sip:alice@contoso.com"}
	for i := range 1000 {
		d.Watchers = append(d.Watchers, Watcher{ID: fmt.Sprint(i), URI: fmt.Sprintf("sip:u%d@contoso.com", i), Status: Active, Event: "subscribe"})
	}
	doc := Build(d)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if _, err := Parse(doc); err != nil {
			b.Fatal(err)
		}
	}
}
