package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// The log's bounds: three files of 5 MB.
const (
	logSize  = 5 << 20
	logFiles = 3
)

// LogFile is a file that begins anew when it has grown to its bound, and keeps the ones before as
// NAME.1 (the youngest) and so on. It may be written to from any goroutine; a write is never split.
type LogFile struct {
	path string
	size int64 // bound, bytes
	keep int   // files in all

	mu      sync.Mutex
	file    *os.File
	written int64
}

// OpenLog opens golync.log in dir for appending, for the user alone (0700, 0600).
func OpenLog(dir string) (*LogFile, error) { return openLog(dir, logSize, logFiles) }

func openLog(dir string, size int64, keep int) (*LogFile, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the log: %w", err)
	}
	l := &LogFile{path: filepath.Join(dir, "golync.log"), size: size, keep: keep}
	return l, l.open()
}

func (l *LogFile) open() error {
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("the log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return fmt.Errorf("the log: %w", err)
	}
	l.file, l.written = file, info.Size()
	return nil
}

// Write appends p, in a fresh file when it does not fit.
func (l *LogFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return 0, fs.ErrClosed
	}
	if l.written > 0 && l.written+int64(len(p)) > l.size {
		if err := l.turn(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(p)
	l.written += int64(n)
	return n, err
}

// turn moves every file one place on; the oldest is forgotten.
func (l *LogFile) turn() error {
	closed := l.file.Close()
	l.file = nil
	for i := l.keep - 1; i > 0; i-- {
		err := os.Rename(l.name(i-1), l.name(i))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, l.open())
		}
	}
	if l.keep == 1 {
		if err := os.Remove(l.path); err != nil {
			return errors.Join(err, l.open())
		}
	}
	return errors.Join(closed, l.open())
}

func (l *LogFile) name(age int) string {
	if age == 0 {
		return l.path
	}
	return fmt.Sprintf("%s.%d", l.path, age)
}

// Close ends the log. Later writes fail.
func (l *LogFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
