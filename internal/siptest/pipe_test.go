package siptest

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func ends() (a, b net.Conn) {
	return pipe("tcp", &net.TCPAddr{Port: 1}, &net.TCPAddr{Port: 2})
}

func TestWritingNeverWaitsForTheReader(t *testing.T) {
	a, b := ends()
	for range 1000 {
		if _, err := a.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	_ = a.Close()
	got, err := io.ReadAll(b)
	if err != nil || len(got) != 1000 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := b.Write([]byte("x")); err == nil {
		t.Error("wrote to nobody")
	}
	if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("read from a closed end: %v", err)
	}
}

func TestReadDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := ends()
		begin := time.Now()
		_ = b.SetReadDeadline(begin.Add(time.Minute))
		_ = b.SetReadDeadline(begin.Add(time.Second))
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begin) != time.Second {
			t.Errorf("got %v after %v", err, time.Since(begin))
		}
		_ = b.SetDeadline(time.Time{})
		_, _ = a.Write([]byte("x"))
		if n, err := b.Read(make([]byte, 1)); n != 1 || err != nil {
			t.Errorf("got %d, %v", n, err)
		}
		_ = b.SetDeadline(begin)
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("a deadline in the past: %v", err)
		}
		go func() {
			time.Sleep(time.Second)
			_ = b.Close()
		}()
		_ = b.SetDeadline(time.Now().Add(time.Hour))
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("closed under a reader: %v", err)
		}
	})
}
