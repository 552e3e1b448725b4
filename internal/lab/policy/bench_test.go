package policy

import (
	"fmt"
	"testing"
)

// BenchmarkDecide is what each NOTIFY and MESSAGE across the gateway costs more, with as many users named as a
// policy of a thousand has.
func BenchmarkDecide(b *testing.B) {
	p := empty()
	p.Provider, p.Domains["contoso.com"] = Provider{Name: "Skype", Enabled: true, Verification: AlwaysVerifiable}, Done
	for i := range 1000 {
		p.Users[fmt.Sprintf("sip:user%d@contoso.com", i)] = map[Switch]bool{PublicCloud: true}
	}
	ask := Ask{From: cheri, To: Party{Address: "sip:user500@contoso.com"}, Deed: Write}
	b.ReportAllocs()
	for b.Loop() {
		if p.Decide(ask).Refused() {
			b.Fatal("refused")
		}
	}
}
