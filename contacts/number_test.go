package contacts

import (
	"strings"
	"testing"
)

func TestNumbersAsPeopleAndProgramsWriteThem(t *testing.T) {
	for typed, want := range map[string]string{
		"+49 30 123456": "+4930123456", "(030) 123-456": "030123456", "030/12 34.56": "030123456", " 4712 ": "4712",
		"tel:+49-30-123456": "+4930123456", "TEL:+4930123456;phone-context=contoso.com": "+4930123456", "*31#030123": "*31#030123",
		"12": "", "": "", "+": "", "tel:": "", "tel:bob": "", "bob": "", "49+30123": "", "++4930": "", "1.2@3": "",
		strings.Repeat("1", 33): "", strings.Repeat(" 1", 90): "",
	} {
		got, ok := Number(typed)
		if ok != (want != "") || ok && got != want {
			t.Errorf("Number(%q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestANumberHasAnAddressAtMyDomain(t *testing.T) {
	for number, want := range map[string]Address{"+4930123456": "sip:+4930123456@contoso.com", "*31#030": "sip:*31%23030@contoso.com"} {
		if got, err := AtDomain(number, "sip:alice@contoso.com"); got != want || err != nil {
			t.Errorf("AtDomain(%q) = %q, %v; want %q", number, got, err, want)
		}
	}
	if _, err := AtDomain("4712", ""); err == nil {
		t.Error("a number has an address without a domain")
	}
}
