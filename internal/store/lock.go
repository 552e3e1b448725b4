package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// lock keeps an account to one process. The kernel lets go of it when the process ends, however it
// ends; what stands in the file says who has it and, afterwards, whether it ended well.
type lock struct {
	file *os.File
	// crashed says that the last owner did not end well.
	crashed bool
}

// Lock keeps a directory that is not an account's to this process, until the returned function is called.
// The error to expect is ErrLocked. The directory is made when it is missing.
func Lock(dir string) (unlock func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, inFull(err)
	}
	l, err := takeLock(dir)
	if err != nil {
		return nil, inFull(err)
	}
	return func() error { return l.release(true) }, nil
}

// takeLock takes the lock of dir or returns a *LockedError.
func takeLock(dir string) (*lock, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			owner, _ := read(file)
			pid, _ := strconv.Atoi(owner)
			return nil, &LockedError{PID: pid}
		}
		return nil, fmt.Errorf("lock %s: %w", file.Name(), err)
	}
	before, err := read(file)
	if err != nil {
		file.Close()
		return nil, err
	}
	l := &lock{file: file, crashed: before != ""}
	if err := l.write(strconv.Itoa(os.Getpid())); err != nil {
		file.Close()
		return nil, err
	}
	return l, nil
}

func read(file *os.File) (string, error) {
	text := make([]byte, 32)
	n, err := file.ReadAt(text, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimSpace(string(text[:n])), err
}

func (l *lock) write(text string) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt([]byte(text), 0)
	return err
}

// release lets the next process in, and tells it whether all went well.
func (l *lock) release(well bool) error {
	if well {
		if err := l.write(""); err != nil {
			l.file.Close()
			return err
		}
	}
	return l.file.Close()
}
