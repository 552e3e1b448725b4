package lab

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
	"golync/sipclient/presrules"
)

func TestAPolicyFileIsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "policy.toml")
		write := func(text string) {
			t.Helper()
			if err := os.WriteFile(file+".new", []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(file+".new", file); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		write(policyOf("global.EnablePublicCloudAccess = false"))
		var log records
		l := world(t, Config{Log: log.logger(), PolicyFile: file})
		if err := l.followPolicy(); err != nil {
			t.Fatal(err)
		}
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		a, s := l.signedIn(t, alice), l.signedIn(t, cheri)
		says := func(want int) {
			t.Helper()
			status(t, s.says(alice, "x"), want)
			if want == 200 {
				a.next(sip.MESSAGE)
			}
		}
		says(403)
		write(policyOf())
		says(200)
		write("[provider]\nenabled = maybe\n")
		says(200)
		if !strings.Contains(log.String(), `the old policy stays in force" err="`+file+`:2: `) {
			t.Errorf("logged %s", log.String())
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		says(200)
		if got := strings.Count(log.String(), "no such file"); got != 1 {
			t.Errorf("that the file has gone is logged %d times", got)
		}
		write(policyOf("provider.enabled = false"))
		says(403)
		write(policyOf(`provider.verification = "UseSourceVerification"`))
		says(200)
		if !strings.Contains(log.String(), "deprecated") {
			t.Error("the warning of the policy is not logged")
		}
	})
}

// An editor may leave a file empty for a moment before it writes.
func TestAFileThatIsJustBeingWrittenIsNoPolicy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "policy.toml")
		put := func(text string) {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		put(policyOf())
		l := world(t, Config{PolicyFile: file})
		if err := l.followPolicy(); err != nil {
			t.Fatal(err)
		}
		inForce := func() (p *policy.Policy) {
			l.locked(func() { p = l.policy })
			return p
		}
		first := inForce()
		put("")
		time.Sleep(policyEvery)
		put(policyOf())
		time.Sleep(time.Second)
		if inForce() != first {
			t.Error("the empty file was taken for a policy")
		}
	})
}

func TestABadPolicyStopsTheStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "policy.toml")
	if _, err := Start(t.Context(), Config{Users: people(), PolicyFile: file}); err == nil {
		t.Error("it starts without its policy")
	}
	if err := os.WriteFile(file, []byte("\nx = 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), Config{Users: people(), PolicyFile: file}); err == nil || !strings.Contains(err.Error(), "policy.toml:2: ") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadPolicy(file); err == nil {
		t.Error("a bad policy was read")
	}
}

// The log is read from above: what a policy refuses stands below the line that it is in force.
func TestARefusalIsLoggedBelowThePolicyThatRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log records
		l := world(t, Config{Log: log.logger(), PolicyFile: "policy.toml"})
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		l.signedIn(t, alice)
		s := l.signedIn(t, cheri)
		status(t, s.watches(alice), 200)
		l.inForce(allowing(t, "provider.enabled = false"))
		force, refused := strings.Index(log.String(), "policy in force"), strings.Index(log.String(), "refused by policy")
		if force < 0 || refused < force {
			t.Errorf("logged %s", log.String())
		}
	})
}

// Something that never ends, or never begins, is no policy file; waiting for it would not even end with ctrl+c.
func TestAPipeIsNoPolicyFile(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "policy.toml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, t.TempDir()} {
		if _, err := ReadPolicy(path); err == nil || !strings.Contains(err.Error(), "no file with text in it") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
