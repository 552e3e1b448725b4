package pidf

import (
	"strings"
	"testing"

	"golync/internal/text"
)

func TestPlacesAsTheyAreWritten(t *testing.T) {
	for inner, want := range map[string]string{
		"<rpid:other>Building 7</rpid:other>":                                                                                 "Building 7",
		"<rpid:note>at Gino's</rpid:note><office xmlns='urn:ietf:params:xml:ns:location-type'/>":                              "at Gino's",
		"<office xmlns='urn:ietf:params:xml:ns:location-type'/>":                                                              "Office",
		"<bus-station xmlns='urn:ietf:params:xml:ns:location-type'/><outdoors xmlns='urn:ietf:params:xml:ns:location-type'/>": "Bus station, Outdoors",
		"<other xmlns='urn:ietf:params:xml:ns:location-type'>the pier</other>":                                                "the pier",
		"<unknown xmlns='urn:ietf:params:xml:ns:location-type'/>":                                                             "",
		"<office xmlns='urn:x'/>":                     "",
		"<rpid:other> \n </rpid:other>":               "",
		"<rpid:other>a&#x9b;2J&#x202e;b</rpid:other>": "a\u009b2J\u202eb",
		"": "",
	} {
		got, err := Parse([]byte(head + "<dm:person id='p'><rpid:place-type>" + inner + "</rpid:place-type></dm:person></presence>"))
		if err != nil || got.Location.Raw() != want {
			t.Errorf("%s: got %q, %v; want %q", inner, got.Location.Raw(), err, want)
		}
	}
}

func TestALocationIsWrittenForEverybodyAndComesBack(t *testing.T) {
	s := State{Open: true, Location: text.From(`R&D <"7">`), Mobile: true, Since: noon}
	doc := string(Build(alice, s))
	if !strings.Contains(doc, "<rpid:place-type><rpid:other>R&amp;D ") {
		t.Error(doc)
	}
	if got, err := Parse([]byte(doc)); err != nil || got != s {
		t.Errorf("came back as %+v, %v", got, err)
	}
	if doc := string(Build(alice, State{Open: true})); strings.Contains(doc, "place-type") || strings.Contains(doc, "caps") {
		t.Errorf("nothing to tell, but: %s", doc)
	}
}

func TestDevicesToCarryAbout(t *testing.T) {
	const caps = "urn:ietf:params:xml:ns:pidf:caps"
	tuple := func(inner string) string {
		return "<tuple id='t'><status><basic>open</basic></status>" + inner + "</tuple>"
	}
	moves := func(what string) string {
		return "<c:mobility xmlns:c='" + caps + "'><c:supported>" + what + "</c:supported></c:mobility>"
	}
	for name, c := range map[string]struct {
		inner string
		want  bool
	}{
		"nothing is said":                {tuple(""), false},
		"its capabilities":               {tuple("<s:servcaps xmlns:s='" + caps + "'>" + moves("<c:mobile/>") + "</s:servcaps>"), true},
		"of one that can be either":      {tuple("<s:servcaps xmlns:s='" + caps + "'>" + moves("<c:fixed/><c:mobile/>") + "</s:servcaps>"), false},
		"its class":                      {tuple("<rpid:class>Mobile</rpid:class>"), true},
		"another class":                  {tuple("<rpid:class>presence</rpid:class>"), false},
		"the device that it names":       {"<dm:device id='d'><s:devcaps xmlns:s='" + caps + "'>" + moves("<c:mobile/>") + "</s:devcaps><dm:deviceID>urn:x:1</dm:deviceID></dm:device>" + tuple("<dm:deviceID>urn:x:1</dm:deviceID>"), true},
		"not the device that it names":   {"<dm:device id='d'><rpid:class>mobile</rpid:class><dm:deviceID>urn:x:1</dm:deviceID></dm:device>" + tuple("<dm:deviceID>urn:x:2</dm:deviceID>"), false},
		"a device without an identifier": {"<dm:device id='d'><rpid:class>mobile</rpid:class></dm:device>" + tuple(""), false},
	} {
		if got, err := Parse([]byte(head + c.inner + "</presence>")); err != nil || got.Mobile != c.want {
			t.Errorf("%s: got %v, %v", name, got.Mobile, err)
		}
	}
}
