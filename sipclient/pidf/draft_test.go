package pidf

import "testing"

// Asterisk writes what it knows of an extension for telephones that read the drafts alone
// (res_pjsip_pidf_eyebeam_body_supplement).
const eyebeam = `<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:pp="urn:ietf:params:xml:ns:pidf:person"
 xmlns:es="urn:ietf:params:xml:ns:pidf:rpid:status:rpid-status" xmlns:ep="urn:ietf:params:xml:ns:pidf:rpid:rpid-person" entity="sip:dana@contoso.com">
<note>On the phone</note><tuple id="dana"><status><basic>open</basic></status></tuple>`

func TestTheDraftsOfRPIDAreRead(t *testing.T) {
	for person, want := range map[string]Activity{
		`<pp:person><status><ep:activities><ep:busy/></ep:activities></status></pp:person>`:                               ActivityBusy,
		`<pp:person><ep:activities><ep:away/></ep:activities></pp:person>`:                                                ActivityAway,
		`<pp:person><status><es:activities><es:away/></es:activities></status></pp:person>`:                               ActivityAway,
		`<pp:person><status/></pp:person>`:                                                                                ActivityNone,
		`<pp:person/>`:                                                                                                    ActivityNone,
		`<x:person xmlns:x="urn:x"><status><ep:activities><ep:busy/></ep:activities></status></x:person>`:                 ActivityNone,
		`<pp:person><status><x:activities xmlns:x="urn:x:rpid-"><x:busy/></x:activities></status></pp:person>`:            ActivityNone,
		`<pp:person><other><ep:activities><ep:busy/></ep:activities></other></pp:person>`:                                 ActivityNone,
		`<pp:person><status><activities xmlns="urn:ietf:params:xml:ns:pidf"><ep:busy/></activities></status></pp:person>`: ActivityNone,
	} {
		got, err := Parse([]byte(eyebeam + person + "</presence>"))
		if err != nil || got.Activity != want || !got.Open || got.Note.Raw() != "On the phone" {
			t.Errorf("%s: %+v, %v; want %q", person, got, err, want)
		}
	}
}
