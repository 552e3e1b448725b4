package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"golync/sipclient/winfo"
)

// The files of Config.Data. Each is replaced whole, so that a crash leaves the old one or the new one.
const (
	usersFile   = "users.json"
	rulesFile   = "rules.json"
	waitingFile = "waiting.json"
)

// disk keeps the latest state of a few small files, written in the background: nothing that a client waits for
// waits for the disk, but a PUT of rules. The zero directory keeps nothing.
type disk struct {
	dir string

	mu      sync.Mutex
	more    sync.Cond
	pending map[string]any // by file; what is to be written next
	writing bool
	closed  bool
	err     error // of the last write of each round
	done    chan struct{}
}

type savedUser struct {
	Address string            `json:"address"`
	Name    string            `json:"name"`
	HA1     map[string]string `json:"ha1"`
}

type savedRules struct {
	ETag     string `json:"etag"`
	Document string `json:"document"`
}

// openDisk prepares the directory and starts the writer.
func openDisk(dir string) (*disk, error) {
	d := &disk{dir: dir, pending: map[string]any{}, done: make(chan struct{})}
	d.more.L = &d.mu
	if dir == "" {
		close(d.done)
		return d, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lab: data: %w", err)
	}
	go d.run()
	return d, nil
}

// put sees to it that a file gets this content; what was to be written before is skipped. The value must not
// change any more.
func (d *disk) put(file string, v any) {
	if d.dir == "" {
		return
	}
	d.mu.Lock()
	d.pending[file] = v
	d.mu.Unlock()
	d.more.Broadcast()
}

// flush waits until everything put so far is on the disk.
func (d *disk) flush() error {
	if d.dir == "" {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for (len(d.pending) > 0 || d.writing) && !d.closed {
		d.more.Wait()
	}
	return d.err
}

func (d *disk) run() {
	defer close(d.done)
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		for len(d.pending) == 0 {
			if d.closed {
				return
			}
			d.more.Wait()
		}
		batch := d.pending
		d.pending, d.writing = map[string]any{}, true
		d.mu.Unlock()
		var err error
		for file, v := range batch {
			err = errors.Join(err, d.replace(file, v))
		}
		d.mu.Lock()
		d.writing, d.err = false, err
		d.more.Broadcast()
	}
}

// replace writes a file beside the old one and then takes its place.
func (d *disk) replace(file string, v any) error {
	data, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		return fmt.Errorf("lab: %s: %w", file, err)
	}
	f, err := os.CreateTemp(d.dir, file+".*")
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(d.dir, file))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("lab: %s: %w", file, err), os.Remove(f.Name()))
	}
	return nil
}

// close writes what is pending and ends the writer.
func (d *disk) close() error {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.more.Broadcast()
	<-d.done
	return d.err
}

// read fills v from a file; a file that is not there leaves it as it is.
func (d *disk) read(file string, v any) error {
	data, err := os.ReadFile(filepath.Join(d.dir, file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	if err != nil {
		return fmt.Errorf("lab: %s: %w", file, err)
	}
	return nil
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
			return fmt.Errorf("%s: %w", usersFile, err)
		}
		p.ha1, p.waiting = u.HA1, waits[p.aor]
		if r, ok := rules[p.aor]; ok {
			if err := p.govern([]byte(r.Document), r.ETag); err != nil {
				return fmt.Errorf("lab: %s: rules of %s: %w", rulesFile, p.aor, err)
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
