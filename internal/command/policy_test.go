package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/docs"
	"golync/internal/command/people"
	"golync/internal/lab/policy"
	"golync/sipclient/digest"
)

func policyFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "policy.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const somePolicy = `[provider]
enabled = true
verification = "UseSourceVerification"
[global]
EnablePublicCloudAccess = true
[[user]]
address = "sip:alice@contoso.com"
EnablePublicCloudAudioVideoAccess = true
[[user]]
address = "sip:dana@contoso.com"
EnablePublicCloudAccess = false
[[domain]]
name = "contoso.com"
provisioning = "done"
[[domain]]
name = "fabrikam.com"
provisioning = "pending"
`

func TestAPolicyIsShownForEverybody(t *testing.T) {
	var out bytes.Buffer
	users := []string{"sip:eve@contoso.com", "sip:alice@contoso.com", "sip:gina@fabrikam.com", "sip:hugo@litware.com", "sip:cheri@outlook.com"}
	file := policyFile(t, somePolicy)
	if err := ShowPolicy(&out, file, users); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := []string{
		"provider Skype is on, UseSourceVerification",
		"domain contoso.com: provisioning done",
		"domain fabrikam.com: provisioning pending",
		"",
		"USER EnablePublicCloudAccess EnablePublicCloudAudioVideoAccess EnableFederationAccess SKYPE",
		"alice@contoso.com true (global) true (user) false (default) messages, calls",
		"dana@contoso.com false (user) false (default) false (default) nobody: not in the users file",
		"eve@contoso.com true (global) false (default) false (default) messages",
		"gina@fabrikam.com true (global) false (default) false (default) nothing: DomainPending",
		"hugo@litware.com true (global) false (default) false (default) nothing: DomainNotProvisioned",
		"everybody else true (global) false (default) false (default) by domain",
		"",
		file + ":3: verification: UseSourceVerification is deprecated and counts as AlwaysVerifiable",
		file + ":10: sip:dana@contoso.com is not in the users file: nobody signs in with it, so that its line does nothing",
	}
	for i, line := range got {
		if got := strings.Join(strings.Fields(line), " "); i >= len(want) || got != want[i] {
			t.Errorf("line %d: %s", i, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
}

func TestAnEmptyPolicyIsShownToo(t *testing.T) {
	var out bytes.Buffer
	if err := ShowPolicy(&out, policyFile(t, ""), nil); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"Skype is off", "none is provisioned", "everybody else  false (default)"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("%q is missing in\n%s", line, out.String())
		}
	}
}

func TestAPolicyIsChecked(t *testing.T) {
	var out bytes.Buffer
	if err := CheckPolicy(&out, policyFile(t, somePolicy), nil); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"policy.toml:3: verification: UseSourceVerification is deprecated", "is good: 2 users and 2 domains are named in it"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("%q is missing in\n%s", line, out.String())
		}
	}
	for _, do := range []func(path string) error{
		func(path string) error { return CheckPolicy(&out, path, nil) },
		func(path string) error { return ShowPolicy(&out, path, nil) },
	} {
		if err := do(policyFile(t, "[global]\n\nEnable = true")); err == nil || !strings.Contains(err.Error(), "policy.toml:3: ") {
			t.Errorf("got %v", err)
		}
	}
}

func TestAPolicyIsCheckedAgainstTheUsers(t *testing.T) {
	var out bytes.Buffer
	if err := CheckPolicy(&out, policyFile(t, strings.Replace(somePolicy, "dana", "Dana", 1)), []string{"sip:dana@contoso.com"}); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "policy.toml:7: sip:alice@contoso.com is not in the users file") || strings.Contains(got, "Dana") {
		t.Errorf("it says\n%s", got)
	}
	out.Reset()
	if err := CheckPolicy(&out, policyFile(t, "[[user]]\naddress = \"dana@contoso.com\"\n"), nil); err != nil || !strings.Contains(out.String(), "1 user and 0 domains are named") {
		t.Errorf("%v, it says\n%s", err, out.String())
	}
}

func TestAUserWithoutAPassword(t *testing.T) {
	var out bytes.Buffer
	if err := Secret(&out, "alice@Contoso.com", "secret"); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`address = "sip:alice@contoso.com"`,
		`ha1 = "` + digest.HA1("MD5", "alice", "contoso.com", "secret") + `"`,
		`ha1_sha256 = "` + digest.HA1("SHA-256", "alice", "contoso.com", "secret") + `"`,
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("%q is missing in\n%s", line, out.String())
		}
	}
	if strings.Contains(out.String(), `"secret"`) {
		t.Error("the password is in the file")
	}
	if err := Secret(&out, "alice", "secret"); err == nil {
		t.Error("nobody has a secret")
	}
}

// The demo shows requests, messages and calls across the gateway, and another organisation.
func TestTheDemosPolicyAllowsWhatTheDemoShows(t *testing.T) {
	p, err := policy.Parse("policy.toml", docs.Policy)
	if err != nil || len(p.Warnings) > 0 {
		t.Fatal(err, p.Warnings)
	}
	me := policy.Party{Address: people.Me}
	for _, one := range people.Users() {
		other := policy.Party{Address: one.Address, Public: p.Public(one.Address[strings.LastIndexByte(one.Address, '@')+1:])}
		for _, deed := range []policy.Deed{policy.Find, policy.Watch, policy.Write, policy.Call} {
			for _, ask := range []policy.Ask{{From: me, To: other, Deed: deed}, {From: other, To: me, Deed: deed}} {
				if r := p.Decide(ask); r.Refused() {
					t.Errorf("%s to %s: %s", ask.From.Address, ask.To.Address, r.Rule)
				}
			}
		}
	}
}
