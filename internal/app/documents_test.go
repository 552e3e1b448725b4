package app

import (
	"strings"
	"testing"

	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// The layouts of the programs named, as far as they are known; people and words are ours. %s is the address.
var documents = []struct {
	program, doc string
	want         contacts.Availability
	note, device string
}{
	{"baresip, online", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="%s"><dm:person id="p4159"><rpid:activities/></dm:person>
		<tuple id="t4109"><status><basic>open</basic></status><contact>%s</contact></tuple></presence>`, contacts.Available, "", ""},
	{"baresip, offline", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="%s"><dm:person id="p4159"><rpid:activities><rpid:unknown/></rpid:activities></dm:person>
		<tuple id="t4109"><status><basic>closed</basic></status></tuple></presence>`, contacts.Offline, "", ""},
	{"linphone, on a telephone call", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" xmlns:pidfonline="http://www.linphone.org/xsds/pidfonline.xsd" entity="%s">
		<tuple id="jkq"><status><basic>open</basic><pidfonline:online/></status><contact priority="0.8">%s;gr=urn:uuid:1</contact>
		<timestamp>2013-01-29T08:00:00Z</timestamp></tuple><dm:person id="uz2"><rpid:activities><rpid:on-the-phone/></rpid:activities></dm:person></presence>`, contacts.InACall, "", ""},
	{"linphone, two activities", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="%s"><tuple id="a"><status><basic>open</basic></status></tuple>
		<dm:person id="b"><rpid:activities><rpid:away/><rpid:vacation/></rpid:activities></dm:person></presence>`, contacts.OutOfOffice, "", ""},
	{"pjsua, away", `<?xml version="1.0" encoding="UTF-8"?><presence entity="%s" xmlns="urn:ietf:params:xml:ns:pidf"
		xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid"><tuple id="pj1"><status>
		<basic>open</basic></status><contact>%s</contact><timestamp>2013-01-29T08:00:00.123Z</timestamp></tuple><dm:person id="pj2">
		<rpid:activities><rpid:away/></rpid:activities><dm:note>Away</dm:note></dm:person></presence>`, contacts.Away, "Away", ""},
	{"X-Lite and Bria, away", `<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'
		xmlns:rpid='urn:ietf:params:xml:ns:pidf:rpid' xmlns:c='urn:ietf:params:xml:ns:pidf:cipid' entity='%s'><tuple id='tb6a'><status>
		<basic>open</basic></status></tuple><dm:person id='p8f'><rpid:activities><rpid:away/></rpid:activities><dm:note>Be back at ten</dm:note></dm:person></presence>`, contacts.Away, "Be back at ten", ""},
	{"Bria, on the phone and busy", `<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'
		xmlns:rpid='urn:ietf:params:xml:ns:pidf:rpid' entity='%s'><tuple id='t'><status><basic>open</basic></status></tuple><dm:person id='p'>
		<rpid:activities><rpid:busy/><rpid:on-the-phone/></rpid:activities><dm:note>On the Phone</dm:note></dm:person></presence>`, contacts.InACall, "On the Phone", ""},
	{"Bria for a telephone", `<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'
		xmlns:rpid='urn:ietf:params:xml:ns:pidf:rpid' entity='%s'><tuple id='t'><status><basic>open</basic></status><rpid:class>mobile</rpid:class></tuple></presence>`, contacts.Available, "", "Mobile"},
	{"eyeBeam, by the draft", `<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:es='urn:ietf:params:xml:ns:pidf:status:rpid-status'
		xmlns:p='urn:ietf:params:xml:ns:pidf:person' entity='%s'><tuple id='t'><status><basic>open</basic></status></tuple>
		<p:person><es:activities><es:activity>away</es:activity></es:activities></p:person></presence>`, contacts.Away, "", ""},
	{"Asterisk, on the phone", `<?xml version="1.0" encoding="ISO-8859-1"?><presence xmlns="urn:ietf:params:xml:ns:pidf"
		xmlns:pp="urn:ietf:params:xml:ns:pidf:person" xmlns:es="urn:ietf:params:xml:ns:pidf:rpid:status:rpid-status"
		xmlns:ep="urn:ietf:params:xml:ns:pidf:rpid:rpid-person" entity="%s"><pp:person><status><ep:activities><ep:busy/></ep:activities></status></pp:person>
		<note>On the phone</note><tuple id="100"><contact priority="1">%s</contact><status><basic>open</basic></status></tuple></presence>`, contacts.Busy, "On the phone", ""},
	{"FreeSWITCH, available", `<?xml version='1.0'?><presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'
		xmlns:rpid='urn:ietf:params:xml:ns:pidf:rpid' xmlns:c='urn:ietf:params:xml:ns:pidf:cipid' entity='%s'><tuple id='t6a5ed77e'><status><basic>open</basic></status></tuple>
		<dm:person id='p06360c4a'><rpid:activities/><dm:note>Available</dm:note></dm:person></presence>`, contacts.Available, "Available", ""},
	{"Blink, idle", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:agp-pidf="urn:ag-projects:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" xmlns:c="urn:ietf:params:xml:ns:pidf:cipid" xmlns:caps="urn:ietf:params:xml:ns:pidf:caps" entity="%s">
		<tuple id="SID-1"><status><basic>open</basic><agp-pidf:extended>available</agp-pidf:extended></status><agp-pidf:device-info id="1">
		<agp-pidf:description>den</agp-pidf:description></agp-pidf:device-info><rpid:user-input idle-threshold="600">idle</rpid:user-input>
		<caps:servcaps><caps:audio>true</caps:audio><caps:text>true</caps:text></caps:servcaps><c:display-name>Dana</c:display-name>
		<contact priority="0">%s</contact><note>At home</note><timestamp>2013-01-29T08:00:00Z</timestamp></tuple></presence>`, contacts.Inactive, "At home", ""},
	{"Blink, busy", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="%s">
		<tuple id="SID-1"><status><basic>open</basic></status><rpid:user-input>active</rpid:user-input></tuple><dm:person id="PID-1"><rpid:activities><rpid:busy/></rpid:activities>
		<rpid:time-offset>60</rpid:time-offset><dm:timestamp>2013-01-29T08:00:00Z</dm:timestamp></dm:person></presence>`, contacts.Busy, "", ""},
	{"Jitsi, do not disturb in its note", `<?xml version="1.0" encoding="UTF-8" standalone="no"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="%s">
		<dm:person xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" id="7"><rpid:activities xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid"><rpid:busy/></rpid:activities></dm:person>
		<tuple id="3"><status><basic>open</basic></status><contact>%s</contact><note>Busy (DND)</note></tuple></presence>`, contacts.Busy, "Busy (DND)", ""},
	{"Pidgin", `<?xml version='1.0' encoding='UTF-8'?><presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:im='urn:ietf:params:xml:ns:pidf:im' entity='%s'>
		<tuple id='bs35r9f'><status><basic>open</basic><im:im>busy</im:im></status><note>hello</note></tuple></presence>`, contacts.Available, "hello", ""},
	{"Kamailio's pua for a registered telephone", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" xmlns:c="urn:ietf:params:xml:ns:pidf:cipid" entity="%s"><tuple xmlns="urn:ietf:params:xml:ns:pidf" id="0x8">
		<status><basic>open</basic></status></tuple></presence>`, contacts.Available, "", ""},
	{"a server that adds the call to what was published", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="%s"><tuple id="a"><status><basic>open</basic></status></tuple><dm:person id="1"><rpid:activities/>
		<dm:timestamp>2013-01-29T08:59:00Z</dm:timestamp></dm:person><dm:person id="call"><rpid:activities><rpid:on-the-phone/></rpid:activities></dm:person></presence>`, contacts.InACall, "", ""},
	{"one that knows elements of its own", `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
		xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" xmlns:x="urn:x" entity="%s" x:must="1"><x:y><basic>closed</basic></x:y><tuple id="a"><x:z/><status><x:basic>closed</x:basic><basic>open</basic>
		</status></tuple><dm:person id="b"><x:activities><rpid:busy/></x:activities><rpid:mood><rpid:happy/></rpid:mood><rpid:sphere><rpid:work/></rpid:sphere></dm:person></presence>`, contacts.Available, "", ""},
}

func TestDocumentsOfOtherProgramsInLyncsWords(t *testing.T) {
	for _, c := range documents {
		s, err := pidf.Parse([]byte(strings.ReplaceAll(c.doc, "%s", string(dana))))
		if err != nil {
			t.Errorf("%s: %v", c.program, err)
			continue
		}
		w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
		w.take(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive, Known: true, State: s})
		if p := w.contact(dana).Presence; p.Availability != c.want || p.Note.Raw() != c.note || string(p.Device) != c.device {
			t.Errorf("%s: Dana is %v, %q, %q, want %v, %q, %q", c.program, p.Availability, p.Note.Raw(), p.Device, c.want, c.note, c.device)
		}
	}
}
