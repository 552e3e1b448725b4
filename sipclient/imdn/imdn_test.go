package imdn

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/sipclient/xmldoc"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestReceiptsComeBackAsTheyWereBuilt(t *testing.T) {
	for kind, may := range allowed {
		for _, status := range append([]Status{Unclear}, may...) {
			r := Receipt{MessageID: `a<b>"c"&d`, DateTime: noon, Recipient: "sip:dana@contoso.com", Kind: Kind(kind), Status: status}
			if got, err := Parse(Build(r)); err != nil || got != r {
				t.Errorf("%+v came back as %+v, %v", r, got, err)
			}
		}
	}
}

// Receipts in the form of RFC 5438's examples, and what other writers make of them.
func TestReceiptsAsOthersWriteThem(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want Receipt
	}{
		"RFC 5438, delivered": {
			`<?xml version="1.0" encoding="UTF-8"?>
			<imdn xmlns="urn:ietf:params:xml:ns:imdn">
			    <message-id>34jk324j</message-id>
			    <datetime>2008-04-04T12:16:49-05:00</datetime>
			    <recipient-uri>im:bob@example.com</recipient-uri>
			    <original-recipient-uri>im:bob@example.com</original-recipient-uri>
			    <delivery-notification><status><delivered/></status></delivery-notification>
			</imdn>`,
			Receipt{"34jk324j", time.Date(2008, 4, 4, 17, 16, 49, 0, time.UTC), "im:bob@example.com", Delivery, Delivered},
		},
		"as Linphone does": {
			`<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
			<imdn xmlns="urn:ietf:params:xml:ns:imdn" xmlns:linphoneimdn="http://www.linphone.org/xsds/imdn.xsd">
			  <message-id>KfPxd1Vml7nL</message-id><datetime>2026-11-23T12:00:00Z</datetime>
			  <display-notification><status><displayed/></status></display-notification></imdn>`,
			Receipt{"KfPxd1Vml7nL", noon, "", Display, Displayed},
		},
		"with a prefix, fractions and a status of its own": {
			`<i:imdn xmlns:i="urn:ietf:params:xml:ns:imdn"><i:message-id> m1 </i:message-id><i:datetime>2026-11-23T13:00:00.5+01:00</i:datetime>
			<i:delivery-notification><i:status><x:unsure xmlns:x="y"/></i:status></i:delivery-notification></i:imdn>`,
			Receipt{"m1", noon, "", Delivery, Unclear},
		},
		"without a namespace": {
			`<imdn><message-id>m1</message-id><delivery-notification><status><failed/></status></delivery-notification></imdn>`,
			Receipt{MessageID: "m1", Kind: Delivery, Status: Failed},
		},
		"both at once": {
			doc(`<message-id>m1</message-id><delivery-notification><status><delivered/></status></delivery-notification>
			<display-notification><status><displayed/></status></display-notification>`),
			Receipt{MessageID: "m1", Kind: Display, Status: Displayed},
		},
		"a server's": {
			doc(`<message-id>m1</message-id><processing-notification><status><stored/></status></processing-notification>`),
			Receipt{MessageID: "m1", Kind: Processing, Status: Stored},
		},
		"a status that the kind does not have": {
			doc(`<message-id>m1</message-id><display-notification><status><delivered/></status></display-notification>`),
			Receipt{MessageID: "m1", Kind: Display},
		},
		"what makes no sense": {
			doc(`<message-id>m1</message-id><datetime>soon</datetime><recipient-uri>a b</recipient-uri><delivery-notification/>`),
			Receipt{MessageID: "m1"},
		},
	} {
		if got, err := Parse([]byte(c.doc)); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func doc(inside string) string { return `<imdn xmlns="` + Namespace + `">` + inside + `</imdn>` }

func TestWhatIsNoReceiptIsRefused(t *testing.T) {
	const rest = `<display-notification><status><displayed/></status></display-notification>`
	id := func(s string) string { return doc("<message-id>" + s + "</message-id>" + rest) }
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"empty":                   {"", xmldoc.ErrEmpty},
		"no message":              {doc(rest), ErrNotReceipt},
		"nothing said":            {doc("<message-id>m1</message-id>"), ErrNotReceipt},
		"another root":            {`<x xmlns="` + Namespace + `"/>`, ErrNotReceipt},
		"another namespace":       {`<imdn xmlns="urn:x"><message-id>m1</message-id>` + rest + `</imdn>`, ErrNotReceipt},
		"a long ID":               {id(strings.Repeat("x", MaxID+1)), ErrNotReceipt},
		"an ID of several words":  {id("a b"), ErrNotReceipt},
		"an ID that no ASCII has": {id("ä"), ErrNotReceipt},
		"too long":                {id("m1") + strings.Repeat(" ", MaxSize), xmldoc.ErrTooLong},
		"too deep":                {doc(strings.Repeat("<a>", 100)), xmldoc.ErrTooDeep},
		"too many":                {doc(strings.Repeat("<a/>", 100)), xmldoc.ErrTooMany},
		"entities":                {`<!DOCTYPE a [<!ENTITY x "y">]>` + id("&x;"), xmldoc.ErrDTD},
	} {
		if got, err := Parse([]byte(c.doc)); !errors.Is(err, c.want) || got != (Receipt{}) {
			t.Errorf("%s: %+v, %v, want %v", name, got, err, c.want)
		}
	}
}

func TestWhatASenderWantsToHear(t *testing.T) {
	for value, want := range map[string]Wants{
		"":                           {},
		"positive-delivery, display": {Delivery: true, Display: true},
		"negative-delivery":          {Failure: true},
		" Display ;x=y ,processing, positive-delivery,,": {Delivery: true, Display: true},
		"none": {},
	} {
		if got := Asked(value); got != want {
			t.Errorf("%q asks for %+v, want %+v", value, got, want)
		}
		if got := Asked(Asking(want)); got != want {
			t.Errorf("%+v came back as %+v", want, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Build(Receipt{MessageID: "m1", DateTime: noon, Recipient: "sip:a@b", Kind: Display, Status: Displayed}))
	f.Add([]byte(doc(`<message-id>&lt;</message-id><processing-notification><status><stored/></status></processing-notification>`)))
	f.Add([]byte(`<imdn><message-id>m1</message-id><delivery-notification><status><failed/></status></delivery-notification></imdn>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse(data)
		if err != nil {
			return
		}
		if again, err := Parse(Build(r)); err != nil || again != r {
			t.Fatalf("%+v came back as %+v, %v", r, again, err)
		}
		Asked(r.MessageID)
	})
}
