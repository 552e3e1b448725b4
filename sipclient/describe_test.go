package sipclient

import "testing"

// Whatever stands in a Reason is cut into pieces that become fewer.
func FuzzReason(f *testing.F) {
	f.Add(`SIP;cause=200;text="Call completed elsewhere"`)
	f.Add(`Q.850 ; cause=16 , SIP;text="a\"b;c" ; cause = 600`)
	f.Fuzz(func(t *testing.T, value string) {
		_ = unquoted(value)
		for rest := value; rest != ""; {
			var p string
			before := len(rest)
			p, rest = cutParam(rest)
			if len(p)+len(rest) > before || len(rest) >= before {
				t.Fatalf("%q grows", value)
			}
		}
	})
}
