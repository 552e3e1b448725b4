package contacts

import "testing"

// The samples of RFC 3492 section 7.1, and names in use.
func TestPunycode(t *testing.T) {
	for in, want := range map[string]string{
		"ليهمابتكلموشعربي؟":                        "egbpdaj6bu4bxfgehfvwxn",
		"他们为什么不说中文":                                "ihqwcrb4cv8a8dqg056pqjye",
		"почемужеонинеговорятпорусски":             "b1abfaaepdrnnbgefbadotcwatmq2g4l",
		"porquénopuedensimplementehablarenespañol": "porqunopuedensimplementehablarenespaol-fmd56a",
		"3年b組金八先生":                                 "3b-ww4c5e180e575a65lsy2b",
		"bücher":                                   "bcher-kva",
		"münchen":                                  "mnchen-3ya",
		"παράδειγμα":                               "hxajbheg2az3al",
	} {
		if got := punycode(in); got != want {
			t.Errorf("punycode(%q) = %q, want %q", in, got, want)
		}
		if back, ok := unpunycode(want); back != in || !ok {
			t.Errorf("unpunycode(%q) = %q, want %q", want, back, in)
		}
	}
}
