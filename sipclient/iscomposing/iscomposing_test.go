package iscomposing

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/sipclient/xmldoc"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestNoticesComeBackAsTheyWereBuilt(t *testing.T) {
	for _, n := range []Notice{
		{},
		{Active: true},
		{Active: true, ContentType: "text/plain", Refresh: 90 * time.Second, LastActive: noon},
		{ContentType: `a<b>"c"&d`, LastActive: noon},
		{Active: true, Refresh: MinRefresh},
		{Active: true, Refresh: MaxRefresh},
	} {
		if got, err := Parse(Build(n)); err != nil || got != n {
			t.Errorf("%+v came back as %+v, %v", n, got, err)
		}
	}
}

// Documents in the forms of RFC 3994's examples, and what other writers may make of them.
func TestNoticesAsOthersWriteThem(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want Notice
	}{
		"RFC 3994, active": {
			`<?xml version="1.0" encoding="UTF-8"?>
			<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
			  xsi:schemaLocation="urn:ietf:params:xml:ns:im-composing iscomposing.xsd">
			    <state>active</state>
			    <contenttype>text/plain</contenttype>
			    <refresh>90</refresh>
			</isComposing>`,
			Notice{Active: true, ContentType: "text/plain", Refresh: 90 * time.Second},
		},
		"RFC 3994, idle": {
			`<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>idle</state>
			<lastactive>2003-01-27T10:43:00Z</lastactive><contenttype>audio</contenttype></isComposing>`,
			Notice{ContentType: "audio", LastActive: time.Date(2003, 1, 27, 10, 43, 0, 0, time.UTC)},
		},
		"with a prefix and an element of its own": {
			`<c:isComposing xmlns:c="urn:ietf:params:xml:ns:im-iscomposing"><x xmlns="y"/><c:state> active </c:state></c:isComposing>`,
			Notice{Active: true},
		},
		"time zone and fractions": {
			doc("<state>idle</state><lastactive>2026-11-23T13:00:00.75+01:00</lastactive>"), Notice{LastActive: noon},
		},
	} {
		if got, err := Parse([]byte(c.doc)); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func doc(inside string) string {
	return `<isComposing xmlns="` + namespace + `">` + inside + `</isComposing>`
}

func TestWhatMakesNoSenseIsNotThere(t *testing.T) {
	long := strings.Repeat("9", 100)
	for inside, want := range map[string]Notice{
		"<state>thinking</state>": {},
		"<state/>":                {},
		"<state>active</state><refresh>-1</refresh>":                        {Active: true},
		"<state>active</state><refresh>+90</refresh>":                       {Active: true},
		"<state>active</state><refresh>0</refresh>":                         {Active: true},
		"<state>active</state><refresh>1</refresh>":                         {Active: true, Refresh: MinRefresh},
		"<state>active</state><refresh>4000</refresh>":                      {Active: true, Refresh: MaxRefresh},
		"<state>active</state><refresh>" + long + "</refresh>":              {Active: true, Refresh: MaxRefresh},
		"<state>idle</state><lastactive>yesterday</lastactive>":             {},
		"<state>idle</state><contenttype>" + long + long + "</contenttype>": {},
		"<state>idle</state><contenttype>t&#x9b;2J</contenttype>":           {},
		"<state>active</state><state>idle</state>":                          {Active: true},
		"<state xmlns='urn:x'>idle</state><state>active</state>":            {Active: true},
	} {
		if got, err := Parse([]byte(doc(inside))); err != nil || got != want {
			t.Errorf("%s: %+v, %v", inside, got, err)
		}
	}
}

func TestWhatIsNoNoticeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"empty":             {"", xmldoc.ErrEmpty},
		"no state":          {doc(""), ErrNotTyping},
		"another namespace": {`<isComposing><state>active</state></isComposing>`, ErrNotTyping},
		"another root":      {`<x xmlns="` + namespace + `"><state>active</state></x>`, ErrNotTyping},
		"too long":          {doc("<state>active</state>" + strings.Repeat(" ", MaxSize)), xmldoc.ErrTooLong},
		"too deep":          {doc(strings.Repeat("<a>", 100)), xmldoc.ErrTooDeep},
		"too many":          {doc(strings.Repeat("<a/>", 100)), xmldoc.ErrTooMany},
		"entities":          {`<!DOCTYPE a [<!ENTITY x "y">]>` + doc("<state>&x;</state>"), xmldoc.ErrDTD},
	} {
		if got, err := Parse([]byte(c.doc)); !errors.Is(err, c.want) || got != (Notice{}) {
			t.Errorf("%s: %+v, %v, want %v", name, got, err, c.want)
		}
	}
}

func TestHowLongANoticeHolds(t *testing.T) {
	for _, c := range []struct {
		n    Notice
		want time.Duration
	}{
		{Notice{Active: true}, 120 * time.Second},
		{Notice{Active: true, Refresh: 90 * time.Second}, 90 * time.Second},
		{Notice{Refresh: 90 * time.Second}, 0},
	} {
		if got := c.n.Holds(); got != c.want {
			t.Errorf("%+v holds %v, want %v", c.n, got, c.want)
		}
	}
}

func TestOnlyTextIsAMessageBeingTyped(t *testing.T) {
	for kind, want := range map[string]bool{"": true, "text": true, "Text/plain": true, "text/html": true, "audio": false, "video/h264": false, "textual": false} {
		if got := (Notice{Active: true, ContentType: kind}).OfText(); got != want {
			t.Errorf("%q: %t", kind, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Build(Notice{Active: true, ContentType: "text/plain", Refresh: 90 * time.Second, LastActive: noon}))
	f.Add([]byte(doc("<state>idle</state><lastactive>9999-12-31T23:59:59-23:59</lastactive>")))
	f.Add([]byte(doc("<state>active</state><refresh>99999999999</refresh><contenttype>a&amp;b</contenttype>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Parse(data)
		if err != nil {
			return
		}
		if again, err := Parse(Build(n)); err != nil || again != n {
			t.Fatalf("%+v came back as %+v, %v", n, again, err)
		}
		if h := n.Holds(); n.Active != (h > 0) || h > MaxRefresh {
			t.Fatalf("%+v holds %v", n, h)
		}
	})
}
