package desktop

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// realBus starts a session bus of this test's own, where the machine has one, and returns its address.
func realBus(t *testing.T) string {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil && os.Getenv("GOLYNC_PEERS") != "" {
		t.Fatal("no dbus-daemon on this machine: make peers installs it")
	}
	if err != nil {
		t.Skip("no dbus-daemon on this machine: golync was tried against a bus of the tests' own only")
	}
	config := filepath.Join(t.TempDir(), "bus.conf")
	err = os.WriteFile(config, []byte(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=`+t.TempDir()+`</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/></policy></busconfig>`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, "--config-file="+config, "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() }) //nolint:errcheck // it was killed
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the bus did not say where it listens: %v", err)
	}
	return strings.TrimSpace(address)
}

// notifications is a service as a desktop has one.
type notifications struct {
	conn  *dbus.Conn
	shown chan shownNote
}

// GetCapabilities is a method of the specification.
func (*notifications) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"body", "body-markup", "actions"}, nil
}

// Notify is another.
func (n *notifications) Notify(_ string, replaces uint32, _, head, body string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n.shown <- shownNote{id: 7, replaces: replaces, headline: head, body: body, actions: actions}
	return 7, nil
}

// CloseNotification is another.
func (n *notifications) CloseNotification(uint32) *dbus.Error { return nil }

func serveNotifications(t *testing.T, address string) *notifications {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	n := &notifications{conn: conn, shown: make(chan shownNote, 10)}
	if err := conn.Export(n, path, service); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(service, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the name cannot be had: %v, %v", reply, err)
	}
	return n
}

func TestANotificationGoesThroughARealBus(t *testing.T) {
	address := realBus(t)
	desk := serveNotifications(t, address)
	d := at(t, address)
	if !d.Show("dana", "Dana (dana@contoso.com)", "1 < 2") {
		t.Fatal("there is a service, but the answer is no")
	}
	if n := next(t, desk.shown); n.headline != "Dana (dana@contoso.com)" || n.body != "1 &lt; 2" {
		t.Errorf("%+v", n)
	}
	d.Show("dana", "Dana (dana@contoso.com)", "and more")
	if n := next(t, desk.shown); n.replaces != 7 {
		t.Errorf("the second does not replace the first: %+v", n)
	}
	if err := desk.conn.Emit(path, invoked, uint32(7), theirs); err != nil {
		t.Fatal(err)
	}
	if key, err := d.Opened(t.Context()); key != "dana" || err != nil {
		t.Errorf("opened %q, %v", key, err)
	}
}
