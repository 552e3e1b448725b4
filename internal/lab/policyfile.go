package lab

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"golync/internal/lab/policy"
)

// policyEvery is how often the policy file is looked at. A file counts once two looks have found the same in it,
// so that one that an editor is just writing is not taken for a policy that allows nothing.
const policyEvery = 400 * time.Millisecond

// ReadPolicy reads a policy file. Its errors name the file, and the line where that is known.
func ReadPolicy(path string) (*policy.Policy, error) {
	content, err := policyText(path)
	if err != nil {
		return nil, err
	}
	return policy.Parse(path, content)
}

func policyText(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("the policy file cannot be read: %w", err)
	}
	if !info.Mode().IsRegular() { // opening a pipe waits for whoever writes, and nothing ends that
		return "", fmt.Errorf("%s is no file with text in it: a policy file is one, such as docs/policy.toml", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the policy file cannot be read: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(f, policy.MaxSize+1))
	_ = f.Close()
	if err != nil {
		return "", fmt.Errorf("the policy file cannot be read: %w", err)
	}
	return string(content), nil
}

// followPolicy puts the policy of Config.PolicyFile in force, and every later one that the file holds until the lab
// closes.
func (l *Lab) followPolicy() error {
	text, err := policyText(l.cfg.PolicyFile)
	if err != nil {
		return err
	}
	p, err := policy.Parse(l.cfg.PolicyFile, text)
	if err != nil {
		return err
	}
	l.inForce(p)
	ended := make(chan struct{})
	l.closers = append(l.closers, func() { close(ended) })
	f := &policyFile{l: l, taken: text, seen: text}
	l.running.Go(func() {
		tick := time.NewTicker(policyEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				f.look()
			case <-ended:
				return
			}
		}
	})
	return nil
}

// inForce enforces a policy that the file holds, and says so.
func (l *Lab) inForce(p *policy.Policy) {
	l.log.Info("lab: policy in force", "file", l.cfg.PolicyFile, "provider", p.Provider.Name, "enabled", p.Provider.Enabled,
		"users", len(p.Users), "domains", len(p.Domains))
	for _, w := range slices.Concat(p.Warnings, p.Against(slices.Sorted(maps.Keys(l.people)))) {
		l.log.Warn("lab: policy", "warning", w)
	}
	l.Enforce(p) // after the line that says why what it refuses is refused
}

// policyFile is what is known of the file from look to look.
type policyFile struct {
	l       *Lab
	taken   string // what was read last, good or bad
	seen    string // what was there at the last look
	trouble string // what was said last of a file that cannot be read
}

// look takes a changed file. One that cannot be read, or says what no policy may say, leaves the old one in
// force.
func (f *policyFile) look() {
	text, err := policyText(f.l.cfg.PolicyFile)
	if err != nil {
		if f.trouble != err.Error() {
			f.trouble = err.Error()
			f.l.log.Warn("lab: the old policy stays in force", "err", err)
		}
		return
	}
	f.trouble = ""
	if was := f.seen; text != was || text == f.taken {
		f.seen = text
		return
	}
	f.taken = text
	p, err := policy.Parse(f.l.cfg.PolicyFile, text)
	if err != nil {
		f.l.log.Warn("lab: the old policy stays in force", "err", err)
		return
	}
	f.l.inForce(p)
}
