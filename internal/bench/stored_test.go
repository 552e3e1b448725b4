package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golync/internal/lab"
	"golync/internal/store"
)

// BenchmarkStored: messages from the lab's relay, in this process, to golync in its own, until the last is
// stored and acknowledged; then the history is held against what was sent. What they leave in memory is
// looked at ten seconds later.
func BenchmarkStored(b *testing.B) {
	const count = 25_000
	home := prepare(b, 1000, 0)
	l := startLab(b, 1000)
	t := open(b, home, l.Addr("tcp"), nil)
	see(b, t, "Person 00000")
	quiet(t)
	begin := time.Now()
	statuses := make([]<-chan int, count)
	for i := range statuses {
		status, err := l.Inject(context.Background(), string(person(0)), me, fmt.Sprintf("number %06d", i))
		if err != nil {
			b.Fatal(err)
		}
		statuses[i] = status
	}
	for i, status := range statuses {
		if code := <-status; code != 200 {
			b.Fatalf("message %d was answered %d", i, code)
		}
	}
	took := time.Since(begin)
	result.least(b, "from the lab, stored, in order, none lost", count/took.Seconds(), "/s", 5000)
	time.Sleep(10 * time.Second)
	result.most(b, "RSS, 1,000 contacts, after 25,000 messages", status(b, t.Pid(), "VmRSS"), "MB", 40)
	result.known(b, "the most it ever was", status(b, t.Pid(), "VmHWM"), "MB")
	t.Close()
	inOrder(b, home, count)
}

// BenchmarkStoredFromAPipe is the same from a server that waits for no answer: everything lies in the socket at
// once.
func BenchmarkStoredFromAPipe(b *testing.B) {
	const count = 25_000
	w, p := signedIn(b, 1000, 0)
	pipe := messages(p, 0, count)
	begin := time.Now()
	go p.Raw(pipe)
	acknowledged(b, p, count)
	result.known(b, "the same from a server that never waits", count/time.Since(begin).Seconds(), "/s")
	time.Sleep(10 * time.Second)
	result.most(b, "RSS, 1,000 contacts, after those", status(b, w.Pid(), "VmRSS"), "MB", 40)
	result.known(b, "the most it ever was then", status(b, w.Pid(), "VmHWM"), "MB")
}

// startLab starts the embedded server with so many people besides the user.
func startLab(b *testing.B, people int) *lab.Lab {
	b.Helper()
	users := []lab.User{{Address: me, Name: "Alice", Password: password}}
	for n := range people {
		users = append(users, lab.User{Address: string(person(n)), Name: fmt.Sprintf("Person %05d", n), Password: password})
	}
	l, err := lab.Start(context.Background(), lab.Config{Users: users})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	return l
}

// inOrder fails unless the history holds exactly the messages that were sent, in their order.
func inOrder(b *testing.B, home string, count int) {
	b.Helper()
	s, err := store.Open(store.Dir(filepath.Join(home, "data"), me))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	next, before := count, int64(0)
	for more := true; more; {
		err := store.Wait(func(done func(error)) {
			s.Page(string(person(0)), before, 1000, func(page store.Page, err error) {
				more = page.More && err == nil
				for i := len(page.Messages) - 1; i >= 0 && err == nil; i-- {
					next--
					if want := fmt.Sprintf("number %06d", next); page.Messages[i].Body.Raw() != want {
						err = fmt.Errorf("history has %q where %q belongs", page.Messages[i].Body.Raw(), want)
					}
					before = page.Messages[i].Seq
				}
				done(err)
			})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if next != 0 {
		b.Fatalf("%d of %d messages are missing", next, count)
	}
}
