package contacts

import "testing"

// RFC 3261 section 19.1.4, as far as it is about an address of record: what is equal there is one Address,
// what is not is two. Beyond it, only letters' case in the user part is one person (Folded).
func TestAddressesAreEqualAsRFC3261Says(t *testing.T) {
	for _, pair := range [][2]string{
		{"sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"},
		{"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"},
		{"sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"},
		{"sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"},
		{"sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x"},
		{"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"},
		{"sip:a%2Cb@biloxi.com", "sip:a%2cb@biloxi.com"},
		{"sip:%28x%29@biloxi.com", "sip:(x)@biloxi.com"},
	} {
		a, errA := ParseAddress(pair[0])
		b, errB := ParseAddress(pair[1])
		if a != b || errA != errB {
			t.Errorf("%q is %q, %v and %q is %q, %v", pair[0], a, errA, pair[1], b, errB)
		}
	}
	for _, pair := range [][2]string{
		{"sip:bob@biloxi.com", "sip:bob@biloxi.org"},
		{"sip:bob@biloxi.com", "sip:bob@192.0.2.4"},
		{"sip:ceo%40corp.example@evil.example", "sip:ceo@corp.example"},
		{"sip:null-%00-null@biloxi.com", "sip:null--null@biloxi.com"},
		{"sip:alic%D0%B5@biloxi.com", "sip:alice@biloxi.com"},
		{"sip:bob@b\u0430nk.example", "sip:bob@bank.example"},
		{"sip:bob(contoso.com)@msn.com", "sip:bob@contoso.com"},
	} {
		a, errA := ParseAddress(pair[0])
		b, errB := ParseAddress(pair[1])
		if a.Same(b) || errA != nil || errB != nil {
			t.Errorf("%q is %q, %v and %q is %q, %v", pair[0], a, errA, pair[1], b, errB)
		}
	}
}

// A domain in letters that look like others is shown for what it is.
func TestLookalikeDomainsAreShownInPunycode(t *testing.T) {
	for typed, want := range map[string]Address{
		"bob@cont\u043eso.com":     "sip:bob@xn--contso-zqf.com",
		"bob@b\u0430nk.example":    "sip:bob@xn--bnk-6cd.example",
		"bob@\u0440\u0430ypal.com": "sip:bob@xn--ypal-43d9g.com",
		"bob@stra\u00dfe.example":  "sip:bob@xn--strae-oqa.example",
		"bob@B\u00dcCHER.example":  "sip:bob@xn--bcher-kva.example",
		"bob@bu\u0308cher.example": "sip:bob@xn--bcher-kva.example",
	} {
		if got, err := ParseAddress(typed); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", typed, got, err, want)
		}
	}
}
