package store

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// crashDir names, in a child process, the data to write to until it is killed.
const crashDir = "GOLYNC_STORE_CRASH_DIR"

// crashCalls, when set there, has calls be written in the place of messages.
const crashCalls = "GOLYNC_STORE_CRASH_CALLS"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		writeUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// writeUntilKilled stores messages without end and prints the number of each once it is acknowledged.
func writeUntilKilled(dir string) {
	s, err := Open(dir)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	slots := make(chan struct{}, 300) // as many as a busy server has in flight
	if os.Getenv(crashCalls) != "" {
		callUntilKilled(s, slots)
	}
	for n := 0; ; n++ {
		slots <- struct{}{}
		s.Append(received(bob, fmt.Sprintf("%d-%d", os.Getpid(), n), strings.Repeat("x", n%500)), func(_ int64, err error) {
			if err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Printf("%d-%d\n", os.Getpid(), n)
			<-slots
		})
	}
}

// A process killed at a random moment loses nothing that it acknowledged, and the next start works.
func TestEveryAcknowledgedMessageSurvivesKill9(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	rounds := 8
	if testing.Short() {
		rounds = 2
	}
	for range rounds {
		for _, id := range runAndKill(t, dir, time.Duration(rand.IntN(60))*time.Millisecond) {
			acknowledged[id] = true
		}
		s, err := Open(dir) // checks the whole database: the last owner crashed
		if err != nil {
			t.Fatalf("after a crash: %v", err)
		}
		if !s.lock.crashed {
			t.Error("the crash was not noticed")
		}
		stored := map[string]bool{}
		for _, m := range page(t, s, bob, 0, 10_000_000).Messages {
			if stored[m.ID] {
				t.Errorf("%s is stored twice", m.ID)
			}
			stored[m.ID] = true
		}
		for id := range acknowledged {
			if !stored[id] {
				t.Errorf("%s was acknowledged and is lost", id)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d acknowledged messages over %d kills", len(acknowledged), rounds)
}

// runAndKill starts a writer, kills it some time after its first message, and returns what it
// acknowledged.
func runAndKill(t *testing.T, dir string, after time.Duration, env ...string) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), crashDir+"="+dir), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Fatal(lines.Text())
		}
		if len(ids) == 0 {
			time.AfterFunc(after, func() { cmd.Process.Signal(syscall.SIGKILL) })
		}
		ids = append(ids, lines.Text())
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
	// The last line may be cut short by the kill; a whole one ends the stream of whole ones.
	return ids[:max(len(ids)-1, 0)]
}
