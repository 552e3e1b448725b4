package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// alone is golync without a terminal, in a home of its own: what an administrator's script runs.
type alone struct {
	t    *testing.T
	home string
}

func newAlone(t *testing.T) alone { return alone{t, home(t)} }

func (a alone) command(args ...string) *exec.Cmd {
	cmd := exec.Command(string(golync), args...)
	cmd.Dir, cmd.Env = a.home, []string{"HOME=" + a.home, "PATH=" + os.Getenv("PATH")}
	return cmd
}

func (a alone) write(name, content string) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.home, name), []byte(content), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// lab runs golync lab on free ports until end is called, and returns the flags with which one signs in there.
func (a alone) lab(args ...string) (signIn []string, end func()) {
	a.t.Helper()
	cmd := a.command(append([]string{"lab", "--listen", "127.0.0.1:0", "--users", "users.toml", "--data", "lab"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		a.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		a.t.Fatal(err)
	}
	ended := false
	end = func() {
		if !ended {
			ended = true
			_ = cmd.Process.Signal(os.Interrupt)
			_ = cmd.Wait()
		}
	}
	a.t.Cleanup(end)
	at := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.HasPrefix(lines.Text(), "ctrl+c"); {
		if words := strings.Fields(lines.Text()); len(words) == 2 {
			at[words[0]] = words[1]
		}
	}
	if at["tls"] == "" || at["xcap"] == "" {
		a.t.Fatalf("the lab says only %v", at)
	}
	return []string{"--server", at["tls"], "--xcap", at["xcap"], "--ca", at["trust"], "--password-file", "password"}, end
}

// faults runs golync doctor and returns what it found, and its exit code.
func (a alone) faults(args ...string) (faults []string, code int) {
	a.t.Helper()
	cmd := a.command(append([]string{"doctor", "--json"}, args...)...)
	out, err := cmd.Output()
	var r struct{ Faults []string }
	if bad := json.Unmarshal(out, &r); bad != nil {
		a.t.Fatalf("golync doctor: %v, %v:\n%s", err, bad, out)
	}
	return r.Faults, cmd.ProcessState.ExitCode()
}

// without takes a flag and its value out.
func without(args []string, flag string) []string {
	i := slices.Index(args, flag)
	return slices.Delete(slices.Clone(args), i, i+2)
}

func TestTheDoctorNamesEachFaultPlantedAroundTheProgram(t *testing.T) {
	a := newAlone(t)
	a.write("users.toml", `
[[user]]
address = "alice@contoso.com"
password = "secret word"
[[user]]
address = "dana@contoso.com"
password = "secret word"
[[user]]
address = "cheri@outlook.com"
password = "secret word"
`)
	a.write("policy.toml", `
[[user]]
address = "sip:dana@contoso.com"
EnablePublicCloudAccess = true
[provider]
name = "Skype"
enabled = true
[[domain]]
name = "contoso.com"
provisioning = "done"
`)
	a.write("password", "secret word\n")
	a.write("wrong", "another word\n")
	a.write("broken.toml", "account = 'alice@contoso.com'\nserver = 5\n")
	at, end := a.lab("--policy", "policy.toml")
	alice := append([]string{"--account", "alice@contoso.com"}, at...)
	check := func(want []string, args ...string) {
		t.Helper()
		wantCode := min(len(want), 1)
		if got, code := a.faults(args...); !slices.Equal(got, want) || code != wantCode {
			t.Errorf("golync doctor %v finds %v (exit code %d), want %v", args, got, code, want)
		}
	}
	check([]string{}, alice...)
	check([]string{"not-added"}, append(alice, "dana@contoso.com")...)
	check([]string{"not-found"}, append(alice, "nobody@contoso.com")...)
	check([]string{"policy-blocks", "alerts-hide-requests"}, append(alice, "cheri@outlook.com")...)
	check([]string{"wrong-password"}, append(without(alice, "--password-file"), "--password-file", "wrong")...)
	check([]string{"no-password"}, without(alice, "--password-file")...)
	check([]string{"certificate-untrusted"}, without(alice, "--ca")...)
	check([]string{"no-xcap"}, without(alice, "--xcap")...)
	check([]string{"bad-configuration"}, append(alice, "--config", "broken.toml")...)
	check([]string{"not-provisioned"}, append([]string{"--skype", "--account", "cheri@outlook.com"}, append(at, "alice@fabrikam.com")...)...)
	end()
	check([]string{"unreachable"}, alice...)
}
