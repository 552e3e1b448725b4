package desktop

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// fakeBus is a session bus with a notification service in it, in as much of the protocol as one client needs
// (D-Bus Specification, "Message Protocol" and "Authentication Protocol").
type fakeBus struct {
	t        *testing.T
	can      []string // capabilities
	silent   bool     // takes every call and answers none
	held     chan bool
	listener net.Listener

	mu     sync.Mutex
	conns  []net.Conn
	out    io.Writer
	serial uint32
	next   uint32
	shown  chan shownNote
	gone   chan uint32 // CloseNotification
}

// shownNote is what a Notify asked for.
type shownNote struct {
	id, replaces   uint32
	headline, body string
	actions        []string
	silent         bool
}

func startBus(t *testing.T, can ...string) *fakeBus {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "bus"))
	if err != nil {
		t.Fatal(err)
	}
	b := &fakeBus{t: t, can: can, listener: l, shown: make(chan shownNote, 1000), gone: make(chan uint32, 10)}
	t.Cleanup(b.stop)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b.mu.Lock()
			b.conns = append(b.conns, c)
			b.mu.Unlock()
			go b.attend(c)
		}
	}()
	return b
}

func (b *fakeBus) address() string { return "unix:path=" + b.listener.Addr().String() }

// stop ends the bus as a session does that goes down.
func (b *fakeBus) stop() {
	b.listener.Close()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.conns {
		c.Close()
	}
}

// attend lets one client in and answers what it calls.
func (b *fakeBus) attend(c net.Conn) {
	in := bufio.NewReader(c)
	in.ReadByte() //nolint:errcheck // the nul of the beginning
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch {
		case strings.HasPrefix(line, "AUTH EXTERNAL"):
			io.WriteString(c, "OK 0123456789abcdef0123456789abcdef\r\n")
		case strings.HasPrefix(line, "NEGOTIATE_UNIX_FD"):
			io.WriteString(c, "ERROR\r\n")
		case strings.HasPrefix(line, "BEGIN"):
			b.mu.Lock()
			b.out = c
			b.mu.Unlock()
			for {
				m, err := dbus.DecodeMessage(in)
				if err != nil {
					return
				}
				b.answer(m)
			}
		default:
			io.WriteString(c, "REJECTED EXTERNAL\r\n")
		}
	}
}

func (b *fakeBus) answer(m *dbus.Message) {
	if m.Type != dbus.TypeMethodCall {
		return
	}
	var reply []any
	switch m.Headers[dbus.FieldMember].Value() {
	case "Hello":
		reply = []any{":1.1"}
	case "GetCapabilities":
		if b.silent {
			return
		}
		reply = []any{b.can}
	case "Notify":
		if b.held != nil {
			<-b.held
		}
		reply = []any{b.notify(m.Body)}
	case "CloseNotification":
		b.gone <- m.Body[0].(uint32)
		return
	}
	b.send(&dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldReplySerial: dbus.MakeVariant(m.Serial()),
	}, Body: reply})
}

func (b *fakeBus) notify(body []any) uint32 {
	n := shownNote{replaces: body[1].(uint32), headline: body[3].(string), body: body[4].(string), actions: body[5].([]string)}
	n.silent, _ = body[6].(map[string]dbus.Variant)["suppress-sound"].Value().(bool)
	if n.id = n.replaces; n.id == 0 {
		b.next++
		n.id = b.next
	}
	b.shown <- n
	return n.id
}

// emit sends a signal of the service.
func (b *fakeBus) emit(member string, body ...any) {
	b.send(&dbus.Message{Type: dbus.TypeSignal, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldInterface: dbus.MakeVariant(service), dbus.FieldMember: dbus.MakeVariant(member),
		dbus.FieldPath: dbus.MakeVariant(path), dbus.FieldSender: dbus.MakeVariant(":1.2"),
	}, Body: body})
}

// send writes a message with the serial number that the library gives to those of a connection only.
func (b *fakeBus) send(m *dbus.Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.serial++
	if len(m.Body) > 0 {
		m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(m.Body...))
	}
	var wire bytes.Buffer
	if err := m.EncodeTo(&wire, binary.LittleEndian); err != nil {
		b.t.Error("the bus cannot say that:", err)
		return
	}
	binary.LittleEndian.PutUint32(wire.Bytes()[serialAt:], b.serial)
	b.out.Write(wire.Bytes()) //nolint:errcheck // the client may have gone
}

// serialAt is where the serial number stands in a message: behind four bytes and the length of the body.
const serialAt = 8
