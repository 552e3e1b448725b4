package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
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
	return replaceFile(filepath.Join(d.dir, file), data)
}

// replaceFile gives a file a new content, for its owner alone to read: all of it, or the old one stays.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("lab: %s: %w", filepath.Base(path), err), os.Remove(f.Name()))
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
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return d.damaged(file, err)
	}
	return nil
}

// damaged says what to do about a file that says what it cannot, and what its removal costs.
func (d *disk) damaged(file string, err error) error {
	costs := map[string]string{
		usersFile:   "who is in the users file signs in as before",
		rulesFile:   "golync writes its rules again when it signs in, other programs may not",
		waitingFile: "whoever waits asks again when signing in",
	}
	return fmt.Errorf("lab: %s is damaged (%w): put a copy of it in its place, or remove it: %s", filepath.Join(d.dir, file), err, costs[file])
}
