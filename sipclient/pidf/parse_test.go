package pidf

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient/xmldoc"
)

// head opens a document with the prefixes that clients use.
const head = `<?xml version="1.0" encoding="UTF-8"?><presence xmlns="urn:ietf:params:xml:ns:pidf" ` +
	`xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" ` +
	`xmlns:c="urn:ietf:params:xml:ns:pidf:cipid" entity="sip:bob@contoso.com">`

func TestDocumentsAsClientsWriteThem(t *testing.T) {
	// The layouts are those of the programs named (facts/peers.md); people and words are ours.
	for name, c := range map[string]struct {
		doc  string
		want State
	}{
		"baresip": {
			"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\"\r\n" +
				"    xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\"\r\n    xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\"\r\n" +
				"    entity=\"sip:bob@contoso.com\">\r\n  <dm:person id=\"p4159\"><rpid:activities><rpid:busy/></rpid:activities></dm:person>\r\n" +
				"  <tuple id=\"t4109\">\r\n    <status>\r\n      <basic>open</basic>\r\n    </status>\r\n    <contact>sip:bob@contoso.com</contact>\r\n  </tuple>\r\n</presence>\r\n",
			State{Open: true, Activity: ActivityBusy},
		},
		"linphone": {
			`<?xml version="1.0" encoding="UTF-8" standalone="no"?><presence xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" ` +
				`xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" xmlns:pidfonline="http://www.linphone.org/xsds/pidfonline.xsd" ` +
				`entity="sip:bob@contoso.com" xmlns="urn:ietf:params:xml:ns:pidf"><tuple id="nx8qfw"><status><basic>open</basic>` +
				`<pidfonline:online/></status><contact priority="0.8">sip:bob@contoso.com</contact><timestamp>2026-11-23T12:00:00Z</timestamp></tuple>` +
				`<dm:person id="kq3"><rpid:activities><rpid:on-the-phone/></rpid:activities><dm:timestamp>2026-11-23T12:00:00Z</dm:timestamp></dm:person></presence>`,
			State{Open: true, Activity: ActivityOnThePhone, Since: noon},
		},
		"finch": {
			`<?xml version='1.0' encoding='UTF-8'?><presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:im='urn:ietf:params:xml:ns:pidf:im' ` +
				`entity='sip:bob@contoso.com'><tuple id='bs35r9f'><status><basic>open</basic></status><note>Busy as a bee</note></tuple></presence>`,
			State{Open: true, Note: text.From("Busy as a bee")},
		},
		"Kamailio, two publishers side by side": {
			head + `<tuple id="t2"><status><basic>open</basic></status><note>new</note></tuple><dm:person id="p2"><rpid:activities><rpid:away/></rpid:activities></dm:person>` +
				`<tuple id="t1"><status><basic>closed</basic></status><note>old</note></tuple><dm:person id="p1"><rpid:activities><rpid:busy/></rpid:activities></dm:person></presence>`,
			State{Open: true, Activity: ActivityAway, Note: text.From("new")},
		},
		"nothing inside": {head + `</presence>`, State{}},
	} {
		if got, err := Parse([]byte(c.doc)); err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestSeveralDevicesMakeOneState(t *testing.T) {
	const old, young = "<dm:timestamp>2026-11-23T08:00:00Z</dm:timestamp>", "<dm:timestamp>2026-11-23T12:00:00Z</dm:timestamp>"
	person := func(inner string) string { return "<dm:person id='p'>" + inner + "</dm:person>" }
	tuple := func(basic, inner string) string {
		return "<tuple id='t'><status><basic>" + basic + "</basic></status>" + inner + "</tuple>"
	}
	for name, c := range map[string]struct {
		inner string
		want  State
	}{
		"one open tuple is enough": {tuple("closed", "") + tuple("open", ""), State{Open: true}},
		"the newest person counts": {
			tuple("open", "") + person("<rpid:activities><rpid:away/></rpid:activities>"+old) + person("<rpid:activities><rpid:busy/></rpid:activities>"+young),
			State{Open: true, Activity: ActivityBusy, Since: noon},
		},
		"a device in use counts before an idle one": {
			tuple("open", "") + person("<rpid:activities><rpid:away/></rpid:activities><rpid:user-input>idle</rpid:user-input>"+young) + person(old),
			State{Open: true, Since: noon.Add(-4 * time.Hour)},
		},
		"the note of the tuple with the highest priority": {
			tuple("open", "<contact priority='0.2'>sip:a</contact><note>desk</note>") + tuple("open", "<contact priority='0.9'>sip:b</contact><note>mobile</note>"),
			State{Open: true, Note: text.From("mobile")},
		},
		"the person's note before the tuple's": {
			tuple("open", "<note>tuple</note>") + person("<dm:note>person</dm:note>"), State{Open: true, Note: text.From("person")},
		},
		"a note from another person when the chosen one has none": {
			person(young) + person("<dm:note>kept</dm:note>"+old), State{Since: noon, Note: text.From("kept")},
		},
		"the document's own note last": {"<note> all </note>", State{Note: text.From("all")}},
		"the activities' note":         {person("<rpid:activities><rpid:note>lunch at Gino's</rpid:note></rpid:activities>"), State{Note: text.From("lunch at Gino's")}},
		"the name of the tuple":        {tuple("open", "<c:display-name>Bob</c:display-name>"), State{Open: true, Name: text.From("Bob")}},
	} {
		if got, err := Parse([]byte(head + c.inner + "</presence>")); err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestActivities(t *testing.T) {
	for inner, want := range map[string]Activity{
		"<rpid:busy/><rpid:other>do-not-disturb</rpid:other>":                   ActivityDoNotDisturb,
		"<rpid:busy/><rpid:meeting/>":                                           ActivityMeeting,
		"<rpid:meeting/><rpid:on-the-phone/>":                                   ActivityOnThePhone,
		"<rpid:lunch/><rpid:away/>":                                             ActivityAway,
		"<rpid:lunch/><rpid:travel/>":                                           "lunch",
		"<rpid:unknown/>":                                                       ActivityNone,
		"<rpid:other>Walking the dog \u009b2J</rpid:other>":                     ActivityNone,
		"<rpid:other>Walking the dog</rpid:other><rpid:away/>":                  ActivityAway,
		"<other xmlns='urn:x'>do-not-disturb</other>":                           ActivityNone,
		"<rpid:other>" + strings.Repeat("long", 20) + "</rpid:other>":           ActivityNone,
		"<rpid:on-the-phone since='2026-11-23T12:00:00Z'>x</rpid:on-the-phone>": ActivityOnThePhone,
	} {
		got, err := Parse([]byte(head + "<dm:person id='p'><rpid:activities>" + inner + "</rpid:activities></dm:person></presence>"))
		if err != nil || got.Activity != want {
			t.Errorf("%s: got %q, %v; want %q", inner, got.Activity, err, want)
		}
	}
}

func TestTimesThatAreNoneAreIgnored(t *testing.T) {
	for in, want := range map[string]time.Time{
		"2026-11-23T13:00:00+01:00": noon,
		"2026-11-23T12:00:00":       noon,
		" 2026-11-23T12:00:00Z\n":   noon,
		"yesterday":                 {},
		"99999-01-01T00:00:00Z":     {},
		"9999-12-31T23:59:59-05:00": {},
	} {
		got, err := Parse([]byte(head + "<tuple id='t'><timestamp>" + in + "</timestamp></tuple></presence>"))
		if err != nil || !got.Since.Equal(want) {
			t.Errorf("%q: got %v, %v; want %v", in, got.Since, err, want)
		}
	}
}

func TestHostileDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"a million deep":  {head + strings.Repeat("<x>", 1_000_000), xmldoc.ErrTooLong},
		"deep but short":  {head + strings.Repeat("<x>", 1000), xmldoc.ErrTooDeep},
		"empty":           {"", xmldoc.ErrEmpty},
		"another root":    {"<presence xmlns='urn:x'/>", ErrNotPresence},
		"entities":        {"<!DOCTYPE p [<!ENTITY a 'b'>]>" + head + "&a;</presence>", xmldoc.ErrDTD},
		"very many empty": {head + strings.Repeat("<x/>", 5000) + "</presence>", xmldoc.ErrTooMany},
	} {
		if _, err := Parse([]byte(c.doc)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestTuplesBeyondTheLimitAreIgnored(t *testing.T) {
	closed := strings.Repeat("<tuple id='t'/>", MaxTuples)
	got, err := Parse([]byte(head + closed + "<tuple id='z'><status><basic>open</basic></status></tuple></presence>"))
	if err != nil || got.Open {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestControlCharactersStayInsidePeerText(t *testing.T) {
	got, err := Parse([]byte(head + "<note>a&#x9b;2J&#x202e;b</note></presence>"))
	if err != nil || got.Note.Raw() != "a\u009b2J\u202eb" {
		t.Errorf("got %q, %v", got.Note.Raw(), err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(head + "<tuple id='t'><status><basic>open</basic></status><note>n</note></tuple></presence>"))
	f.Add([]byte(head + "<dm:person id='p'><rpid:activities><rpid:other>x</rpid:other></rpid:activities></dm:person></presence>"))
	f.Add(Build(alice, State{Open: true, Idle: true, Activity: ActivityConference, Note: text.From("\u009b"), Since: noon}))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(data)
		if err != nil {
			return
		}
		again, err := Parse(Build(alice, s))
		if err != nil && !errors.Is(err, xmldoc.ErrTooLong) {
			t.Fatalf("what was read cannot be written: %+v: %v", s, err)
		}
		if err == nil && again != s {
			t.Fatalf("%+v came back as %+v", s, again)
		}
	})
}
