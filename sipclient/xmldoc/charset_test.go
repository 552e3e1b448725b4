package xmldoc

import "testing"

func TestADeclaredCharacterSetIsNoMatterForASCII(t *testing.T) {
	wide := Limits{Bytes: 1000, Depth: 5, Elements: 5}
	for _, c := range []struct {
		name, doc string
		readable  bool
	}{
		{"Asterisk's", `<?xml version="1.0" encoding="ISO-8859-1"?><a>On the phone</a>`, true},
		{"ASCII's own name", `<?xml version="1.0" encoding="us-ascii"?><a/>`, true},
		{"a letter that is another one here", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>M\xfcller</a>", false},
		{"UTF-8 under a wrong name", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Müller</a>", false},
		{"UTF-8", `<?xml version="1.0" encoding="utf-8"?><a>Müller</a>`, true},
	} {
		e, err := Parse([]byte(c.doc), wide)
		if (err == nil) != c.readable {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if c.readable && c.doc[e.Start:e.Start+2] != "<a" {
			t.Errorf("%s: the element stands at %d", c.name, e.Start)
		}
	}
}
