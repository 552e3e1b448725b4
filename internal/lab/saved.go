package lab

import (
	"errors"
	"fmt"

	"golync/sipclient/winfo"
)

type savedUser struct {
	Address string            `json:"address"`
	Name    string            `json:"name"`
	HA1     map[string]string `json:"ha1"`
}

type savedRules struct {
	ETag     string `json:"etag"`
	Document string `json:"document"`
}

// load brings back people, rules and who waits.
func (d *disk) load(l *Lab) error {
	if d.dir == "" {
		return nil
	}
	var users []savedUser
	rules, waits := map[string]savedRules{}, map[string][]waiting{}
	if err := errors.Join(d.read(usersFile, &users), d.read(rulesFile, &rules), d.read(waitingFile, &waits)); err != nil {
		return err
	}
	for _, u := range users {
		p, err := newPerson(User{Address: u.Address, Name: u.Name})
		if err != nil {
			return d.damaged(usersFile, err)
		}
		p.ha1, p.waiting = u.HA1, waits[p.aor]
		if r, ok := rules[p.aor]; ok {
			if err := p.govern([]byte(r.Document), r.ETag); err != nil {
				return d.damaged(rulesFile, fmt.Errorf("rules of %s: %w", p.aor, err))
			}
		}
		l.people[p.aor] = p
	}
	return nil
}

func (l *Lab) keepUsers() {
	var all []savedUser
	for _, p := range l.sorted() {
		all = append(all, savedUser{p.aor, p.name, p.ha1})
	}
	l.disk.put(usersFile, all)
}

func (l *Lab) keepRules() {
	all := map[string]savedRules{}
	for _, p := range l.people {
		if p.document != nil {
			all[p.aor] = savedRules{p.etag, string(p.document)}
		}
	}
	l.disk.put(rulesFile, all)
}

// keepWaiting writes who waits, those included who are subscribed right now: after a crash they are not.
func (l *Lab) keepWaiting() {
	if l.disk.dir == "" {
		return
	}
	all := map[string][]waiting{}
	for _, p := range l.people {
		known := map[string]bool{}
		for _, w := range p.waiting {
			all[p.aor], known[w.Watcher] = append(all[p.aor], w), true
		}
		for _, s := range p.watchers {
			if s.status == winfo.Pending && !known[s.watcher] && len(all[p.aor]) < waitingLimit {
				w := waiting{ID: s.id, Watcher: s.watcher, Name: s.name, Intro: s.intro, Since: l.now()}
				all[p.aor], known[s.watcher] = append(all[p.aor], w), true
			}
		}
	}
	l.disk.put(waitingFile, all)
}
