package policy

import (
	"reflect"
	"strings"
	"testing"
)

const sample = `# comment = "with an equals sign"
[provider]
name = "Skype"
enabled = true
verification = "AlwaysUnverifiable"

[global]
EnablePublicCloudAccess = false
enablefederationaccess = true

[[user]]
address = "alice@Contoso.com"
EnablePublicCloudAccess = true

[[user]]
address = "sip:dana@contoso.com"
EnablePublicCloudAudioVideoAccess = true

[[domain]]
name = "Contoso.com"
provisioning = "done"
[[domain]]
name = "fabrikam.com"
provisioning = "pending"
`

func TestAPolicyFileIsRead(t *testing.T) {
	got, err := Parse("p", sample)
	want := &Policy{
		Provider: Provider{Name: "Skype", Enabled: true, Verification: AlwaysUnverifiable},
		Global:   map[Switch]bool{PublicCloud: false, Federation: true},
		Users: map[string]map[Switch]bool{
			alice.Address: {PublicCloud: true}, dana.Address: {PublicCloudAudioVideo: true},
		},
		Domains: map[string]Setup{"contoso.com": Done, "fabrikam.com": Pending},
	}
	if err == nil {
		got.places = nil // which the warnings are tested by
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAnyDomainCanStandForTheProvider(t *testing.T) {
	p, err := Parse("p", "provider.domains = [\"Litware.com\", \"adatum.com\"]\n")
	if err != nil {
		t.Fatal(err)
	}
	var none *Policy
	for domain, want := range map[string][2]bool{
		"litware.com": {true, false}, "ADATUM.com": {true, false}, "outlook.com": {false, true}, "Msn.com": {false, true}, "contoso.com": {},
	} {
		if got := [2]bool{p.Public(domain), none.Public(domain)}; got != want {
			t.Errorf("%s: %v, want %v", domain, got, want)
		}
	}
}

func TestAnEmptyFileAllowsNothing(t *testing.T) {
	p, err := Parse("p", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, ask := range []Ask{{From: cheri, To: alice, Deed: Find}, {From: alice, To: cheri, Deed: Write}, {From: alice, To: gina, Deed: Watch}} {
		if !p.Decide(ask).Refused() {
			t.Errorf("%+v passes", ask)
		}
	}
}

// Each mistake is said with its line and with what is allowed there.
func TestMistakesAreSaidWithTheirLine(t *testing.T) {
	for _, c := range []struct{ old, new, says string }{
		{`[provider]`, `[provider`, `p:2: expected '.' or ']' to end table name`},
		{`[global]`, `[globl]`, `p:7: there is no "globl": expected [provider], [global], [[user]] or [[domain]]`},
		{`enabled = true`, `enabled = "yes"`, `p:4: enabled: expected true or false, not "yes"`},
		{`enabled = true`, `enabld = true`, `p:4: there is no setting "enabld" for a provider: expected name, enabled, verification or domains`},
		{`name = "Skype"`, `name = " "`, `p:3: name: expected the provider's name`},
		{`"AlwaysUnverifiable"`, `"Never"`, `p:5: verification: expected "AlwaysVerifiable", "AlwaysUnverifiable" or "UseSourceVerification", not "Never"`},
		{`enabled = true`, `domains = "outlook.com"`, `p:4: domains: expected a list of SIP domains, such as ["outlook.com", "live.com"]`},
		{`enabled = true`, `domains = ["outlook.com", "x@live.com"]`, `p:4: domains: expected a list of SIP domains`},
		{`enabled = true`, `domains = []`, `p:4: domains: expected a list of SIP domains`},
		{`"AlwaysUnverifiable"`, `2`, `p:5: verification: expected "AlwaysVerifiable", "AlwaysUnverifiable" or "UseSourceVerification", not 2`},
		{`EnablePublicCloudAccess = false`, `EnablePublicCloudAcess = false`, `p:8: there is no setting "EnablePublicCloudAcess": expected EnablePublicCloudAccess, EnablePublicCloudAudioVideoAccess or EnableFederationAccess`},
		{`EnablePublicCloudAccess = true`, `EnablePublicCloudAcess = true`, `p:13: there is no setting "EnablePublicCloudAcess": expected address or EnablePublicCloudAccess`},
		{`EnablePublicCloudAudioVideoAccess = true`, `EnablePublicCloudAudioVideoAccess = 1`, `p:17: EnablePublicCloudAudioVideoAccess: expected true or false, not 1`},
		{`"sip:dana@contoso.com"`, `"dana"`, `p:16: address: expected a SIP address such as "sip:alice@contoso.com", not "dana"`},
		{`"sip:dana@contoso.com"`, `"SIP:alice@contoso.COM"`, `p:16: address: sip:alice@contoso.com is there twice`},
		{`"sip:dana@contoso.com"`, `"sip:Alice@contoso.com"`, `p:16: address: sip:Alice@contoso.com is there twice`},
		{`[global]`, "[global\n\n", `p:7: expected '.' or ']' to end table name`},
		{`address = "sip:dana@contoso.com"`, ``, `p:15: this user has no address`},
		{`"done"`, `"soon"`, `p:21: provisioning: expected "done" or "pending", not "soon"`},
		{`provisioning = "done"`, ``, `p:19: contoso.com has no provisioning: expected "done" or "pending"`},
		{`"fabrikam.com"`, `"contoso.com"`, `p:22: contoso.com is there twice`},
		{`"fabrikam.com"`, `"sip:fabrikam.com"`, `p:23: name: expected a SIP domain such as "contoso.com"`},
		{`name = "fabrikam.com"`, `nam = "fabrikam.com"`, `p:23: there is no setting "nam" for a domain: expected name or provisioning`},
		{`[provider]`, `[[provider]]`, `p:2: provider is a single table: expected [provider]`},
		{`# comment = "with an equals sign"`, `global = {Enable = true}` + "\n", `p:`},
		{`# comment = "with an equals sign"`, `mail = {to = "x"}`, `p:1: there is no "mail"`},
		{"[[user]]\naddress = \"alice@Contoso.com\"\nEnablePublicCloudAccess = true\n\n[[user]]\n", "[user]\n", `p:11: user is a list of at most`},
	} {
		content := strings.Replace(sample, c.old, c.new, 1)
		if content == sample {
			t.Fatalf("%q is not in the sample", c.old)
		}
		if _, err := Parse("p", content); err == nil || !strings.HasPrefix(err.Error(), c.says) {
			t.Errorf("%q: got %v\nwant %s", c.new, err, c.says)
		}
	}
	if _, err := Parse("p", strings.Repeat("#", MaxSize+1)); err == nil {
		t.Error("a file without end was read")
	}
}

// Inline tables are TOML too; their mistakes are found at the line that holds them.
func TestInlineTablesAreRead(t *testing.T) {
	p, err := Parse("p", `global = {EnablePublicCloudAccess = true}
domain = [{name = "contoso.com", provisioning = "done"}]
provider.enabled = true
user = [{address = "sip:alice@contoso.com", EnablePublicCloudAccess = true}]
`)
	if err != nil || p.Decide(Ask{From: cheri, To: alice, Deed: Watch}).Refused() {
		t.Errorf("%+v, %v", p, err)
	}
	for content, line := range map[string]string{
		"\nglobal = {x = true}":                     "p:2: ",
		"\n\nuser = [{address = 5}]":                "p:3: ",
		"\nprovider.enabled = 5":                    "p:2: ",
		"[global]\nEnableFederationAccess = [1, 2]": "p:2: EnableFederationAccess: expected true or false, not a table or list",
	} {
		if _, err := Parse("p", content); err == nil || !strings.HasPrefix(err.Error(), line) {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestTheDeprecatedLevelWarns(t *testing.T) {
	p, err := Parse("p", "[provider]\nverification = \"usesourceverification\"\n")
	if err != nil || len(p.Warnings) != 1 || !strings.HasPrefix(p.Warnings[0], "p:2: verification: UseSourceVerification is deprecated") {
		t.Errorf("%+v, %v", p, err)
	}
}

// Somebody who writes an address with other letters means the same person, and must not be left without the rule.
func TestAUsersLineHoldsWhateverTheCaseOfItsLetters(t *testing.T) {
	p, err := Parse("p", sample+"[[user]]\naddress = \"sip:Eve@Contoso.com\"\nEnableFederationAccess = false\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{"sip:eve@contoso.com", "sip:EVE@contoso.com", "sip:Eve@contoso.com"} {
		if on, from := p.Effective(user, Federation); on || from != FromUser {
			t.Errorf("%s: %v by the %s's line", user, on, from)
		}
	}
}

// A line that can never do anything is one that somebody thinks does.
func TestLinesThatCanNeverApplyWarn(t *testing.T) {
	p, err := Parse("p", sample+`[[user]]
address = "sip:Cheri@outlook.com"
EnablePublicCloudAccess = false
[[user]]
address = "sip:bob@contoso.com"
EnablePublicCloudAccess = false
[[user]]
address = "sip:Nobody@contoso.com"
EnablePublicCloudAccess = false
[[domain]]
name = "msn.com"
provisioning = "done"
`)
	if err != nil {
		t.Fatal(err)
	}
	for i, says := range []string{"p:26: sip:Cheri@outlook.com is a user of Skype", "p:35: msn.com is Skype's own domain"} {
		if len(p.Warnings) != 2 || !strings.HasPrefix(p.Warnings[i], says) {
			t.Errorf("it warns %q", p.Warnings)
		}
	}
	if got := p.Against([]string{"sip:Alice@contoso.com", "sip:dana@contoso.com", "sip:Bob(contoso.com)@msn.com", "sip:cheri@outlook.com"}); len(got) != 2 ||
		!strings.HasPrefix(got[0], "p:29: sip:bob@contoso.com is not in the users file") || !strings.Contains(got[0], "sip:Bob(contoso.com)@msn.com") ||
		!strings.HasPrefix(got[1], "p:32: sip:Nobody@contoso.com is not in the users file") {
		t.Errorf("against the users it warns %q", got)
	}
	var none *Policy
	if got := none.Against([]string{"sip:alice@contoso.com"}); len(got) != 0 {
		t.Errorf("without a policy it warns %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("user = [{address = 5}]\n[[domain]]")
	f.Fuzz(func(t *testing.T, content string) {
		p, err := Parse("p", content)
		if (p == nil) == (err == nil) {
			t.Errorf("%v, %v", p, err)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "p:") {
			t.Errorf("an error without its place: %v", err)
		}
	})
}
