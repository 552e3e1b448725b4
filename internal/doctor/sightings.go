package doctor

import (
	"context"
	"strings"
	"sync"
	"time"

	"golync/sipclient"
	"golync/sipclient/winfo"
)

// sightings is what the agent has told so far. It may be used from any goroutine.
type sightings struct {
	mu       sync.Mutex
	changed  chan struct{} // closed and replaced with every change
	in       *sipclient.SignedIn
	presence map[string]sipclient.PresenceChanged // the last of each, by address
	watchers map[string]winfo.Watcher             // by address
	winfo    bool                                 // a document about watchers came
	lost     error
	asked    map[string]bool // who has subscribed to us directly
	answers  []string        // status lines of what the server answered to REGISTER, in order
}

func newSightings() *sightings {
	return &sightings{
		changed: make(chan struct{}), presence: map[string]sipclient.PresenceChanged{},
		watchers: map[string]winfo.Watcher{}, asked: map[string]bool{},
	}
}

// await waits until seen, asked with the lock held, is content, at most for d. It reports whether it was.
func (s *sightings) await(ctx context.Context, d time.Duration, seen func() bool) bool {
	patience := time.NewTimer(d)
	defer patience.Stop()
	for {
		s.mu.Lock()
		content, changed := seen(), s.changed
		s.mu.Unlock()
		if content {
			return true
		}
		select {
		case <-changed:
		case <-patience.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// note changes something.
func (s *sightings) note(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.changed)
	s.changed = make(chan struct{})
}

// emit takes an event of the agent.
func (s *sightings) emit(e sipclient.Event) {
	s.note(func() {
		switch e := e.(type) {
		case sipclient.SignedIn:
			s.in = &e
		case sipclient.Disconnected:
			s.lost = e.Err
		case sipclient.PresenceChanged:
			s.presence[e.URI] = e
		case sipclient.WatchersChanged:
			s.winfo = true
			for _, w := range e.Watchers {
				s.watchers[w.URI] = w
			}
		}
	})
}

// admit refuses everybody as somebody who is not there: while the doctor is registered, what it got would be
// lost to the user. Who asked is noted.
func (s *sightings) admit(in sipclient.Incoming) sipclient.Verdict {
	if in.Method == "SUBSCRIBE" {
		s.note(func() { s.asked[in.From] = true })
	}
	return sipclient.Verdict{Refuse: 480}
}

// Write takes one message of the wire trace, in which no password is, and keeps what the registrar answers.
func (s *sightings) Write(trace []byte) (int, error) {
	head, message, _ := strings.Cut(string(trace), "\n")
	if !strings.HasSuffix(head, "<-") || !strings.HasPrefix(message, "SIP/2.0 ") {
		return len(trace), nil
	}
	status, challenge, registers := "", "", false
	for i, line := range strings.Split(message, "\n") {
		line = strings.TrimRight(line, "\r")
		name, value, _ := strings.Cut(line, ":")
		switch name = strings.ToLower(strings.TrimSpace(name)); {
		case i == 0:
			status = strings.TrimPrefix(line, "SIP/2.0 ")
		case line == "":
			name = "end"
		case name == "cseq":
			registers = strings.HasSuffix(line, "REGISTER")
		case name == "www-authenticate", name == "proxy-authenticate":
			challenge += ", " + challengeOf(value)
		case name == "server", name == "warning":
			challenge += ", " + name + strings.TrimSuffix(": "+strings.TrimSpace(value), " ")
		}
		if line == "" {
			break
		}
	}
	if registers {
		s.note(func() { s.answers = append(s.answers, status+challenge) })
	}
	return len(trace), nil
}

// challengeOf tells realm and algorithm of a challenge; its nonce is nobody's business.
func challengeOf(value string) string {
	realm, algorithm := "", "MD5"
	for _, p := range strings.Split(value, ",") {
		name, v, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(p), "Digest "), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "realm":
			realm = strings.Trim(v, `"`)
		case "algorithm":
			algorithm = strings.Trim(v, `"`)
		}
	}
	return "challenge " + algorithm + " of " + realm
}
