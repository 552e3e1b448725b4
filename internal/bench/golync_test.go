package bench

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/shot"
	"golync/internal/siptest"
	"golync/internal/store"
	"golync/internal/text"
	"golync/sipclient"
)

const (
	me       = "sip:alice@contoso.com"
	password = "pw-alice"
)

var (
	binary string // the program under test, built as it is released
	result table
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "golync-bench-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "golync")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "golync")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	code := m.Run()
	if len(result.figures) > 0 {
		result.print(os.Stdout)
	}
	return code
}

// person is the address of the n-th contact.
func person(n int) contacts.Address { return contacts.Address(fmt.Sprintf("sip:u%05d@contoso.com", n)) }

// prepare fills the data of one account: contacts in groups of 25, and messages with the first of them.
func prepare(b *testing.B, people, messages int) (home string) {
	b.Helper()
	home = b.TempDir()
	s, err := store.Open(store.Dir(filepath.Join(home, "data"), me))
	if err != nil {
		b.Fatal(err)
	}
	var failed error
	done := func(err error) {
		if err != nil {
			failed = err
		}
	}
	group := func(n int) contacts.GroupID { return contacts.FirstOwnGroup + contacts.GroupID(n/25) }
	for i, g := range []contacts.GroupID{contacts.Favorites, contacts.OtherContacts} {
		s.SaveGroup(contacts.Group{ID: g, Name: text.From([]string{"Favorites", "Other Contacts"}[i])}, i, done)
	}
	for n := range people {
		if n%25 == 0 {
			s.SaveGroup(contacts.Group{ID: group(n), Name: text.From(fmt.Sprintf("Team %d", n/25))}, 2+n/25, done)
		}
		s.SaveContact(contacts.Contact{
			Address: person(n), Name: text.From(fmt.Sprintf("Person %05d", n)), Provider: contacts.ProviderLync,
			Relationship: contacts.Colleagues, Groups: []contacts.GroupID{group(n)}, Added: time.Unix(1_700_000_000, 0),
		}, done)
	}
	for n := range messages {
		s.Append(sipclient.Message{
			ID: fmt.Sprintf("m%d", n), Peer: string(person(0)), Body: text.From(fmt.Sprintf("message %d, as long as people write", n)),
			At: time.Unix(1_700_000_000+int64(n), 0),
		}, func(_ int64, err error) { done(err) })
		if n%5000 == 4999 { // the store takes no more than so many at once
			if err := store.Wait(func(d func(error)) { s.SaveOpen([]contacts.Address{person(0)}, "", d) }); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := store.Wait(func(d func(error)) { s.MarkRead(string(person(0)), 1<<60, d) }); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil || failed != nil {
		b.Fatal(err, failed)
	}
	if err := os.WriteFile(filepath.Join(home, "password"), []byte(password+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	return home
}

// open starts golync on that data against a server; out hears what it writes, unless it is nil.
func open(b *testing.B, home, server string, out io.Writer) *shot.Terminal {
	b.Helper()
	env := []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "XDG_CONFIG_HOME=" + home,
		"XDG_STATE_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "XDG_DATA_HOME=" + home,
	}
	t, err := shot.Start(shot.Options{Cols: 120, Rows: 40, Env: env, Dark: true, Output: out}, binary, "--account", me, "--server", server,
		"--transport", "tcp", "--password-file", filepath.Join(home, "password"), "--data", filepath.Join(home, "data"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(t.Close)
	return t
}

// signedIn opens golync with so many contacts and messages against a server that grants everything;
// everybody is available.
func signedIn(b *testing.B, people, messages int) (*shot.Terminal, *siptest.Peer) {
	b.Helper()
	return signedInAt(b, prepare(b, people, messages))
}

// signedInAt is signedIn with data that have been prepared.
func signedInAt(b *testing.B, home string) (*shot.Terminal, *siptest.Peer) {
	b.Helper()
	s := siptest.ListenTCP(b)
	t := open(b, home, s.Addr(), nil)
	p := s.Accept()
	p.Attend(siptest.Account{User: "alice", Password: password, Realm: "contoso.com", Expires: 3600}, func(uri string) string {
		return siptest.Document(uri, "")
	})
	see(b, t, "Person 00000")
	quiet(t)
	return t, p
}

// see waits until a text stands on the screen.
func see(b *testing.B, t *shot.Terminal, text string) {
	b.Helper()
	if _, err := t.See(text); err != nil {
		b.Fatal(err)
	}
}

// quiet waits until the program has written nothing for a while.
func quiet(t *shot.Terminal) {
	for last := -1; ; {
		n := len(t.Raw())
		if n == last {
			return
		}
		last = n
		time.Sleep(400 * time.Millisecond)
	}
}
