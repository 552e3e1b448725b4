package desktop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"golync/internal/text"
)

// The names of the specification.
const (
	service   = "org.freedesktop.Notifications"
	path      = dbus.ObjectPath("/org/freedesktop/Notifications")
	invoked   = service + ".ActionInvoked"
	closed    = service + ".NotificationClosed"
	theirs    = "default" // the action of a click on the notification itself
	byDefault = int32(-1) // the service decides how long it stays
)

var errGone = errors.New("the session bus is gone")

// bus is a connection to a session bus that has a notification service.
type bus struct {
	conn    *dbus.Conn
	object  dbus.BusObject
	signals chan *dbus.Signal
	markup  bool              // the service reads the text as markup
	actions bool              // the service can tell of clicks
	shown   map[string]uint32 // by key: what the service calls the one on the screen
}

// connect joins a session bus and asks its notification service what it can.
func connect(ctx context.Context, address string) (*bus, error) {
	ctx, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	type joined struct {
		conn *dbus.Conn
		err  error
	}
	result := make(chan joined, 1)
	go func() { // neither dialling nor authenticating can be told to stop
		conn, err := dbus.Connect(address)
		result <- joined{conn, err}
	}()
	var conn *dbus.Conn
	select {
	case r := <-result:
		if r.err != nil {
			return nil, fmt.Errorf("join the session bus: %w", r.err)
		}
		conn = r.conn
	case <-ctx.Done():
		go func() {
			if r := <-result; r.err == nil {
				r.conn.Close() //nolint:errcheck // came too late
			}
		}()
		return nil, fmt.Errorf("join the session bus: %w", ctx.Err())
	}
	b := &bus{conn: conn, object: conn.Object(service, path), shown: map[string]uint32{}, signals: make(chan *dbus.Signal, queued)}
	if err := b.greet(ctx); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// greet asks what the service can, and to be told of clicks.
func (b *bus) greet(ctx context.Context) error {
	var can []string
	if err := b.object.CallWithContext(ctx, service+".GetCapabilities", 0).Store(&can); err != nil {
		return fmt.Errorf("ask the notification service: %w", err)
	}
	b.markup, b.actions = slices.Contains(can, "body-markup"), slices.Contains(can, "actions")
	b.conn.Signal(b.signals)
	if err := b.conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(service), dbus.WithMatchObjectPath(path)); err != nil {
		return fmt.Errorf("listen to the notification service: %w", err)
	}
	return nil
}

// show shows a notification, or changes the one of its key.
func (b *bus) show(ctx context.Context, n note) error {
	ctx, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	var actions []string
	if b.actions {
		actions = []string{theirs, "Open"}
	}
	hints := map[string]dbus.Variant{
		"category":       dbus.MakeVariant("im.received"),
		"suppress-sound": dbus.MakeVariant(true), // the terminal's bell rings as the user has chosen
	}
	var id uint32
	err := b.object.CallWithContext(ctx, service+".Notify", 0,
		"golync", b.shown[n.key], "", string(n.headline), b.words(n.body), actions, hints, byDefault).Store(&id)
	if err != nil {
		return fmt.Errorf("show a notification: %w", err)
	}
	b.shown[n.key] = id
	return nil
}

// words is the text as the service reads it: where it reads markup, nothing of a sender's may be some.
func (b *bus) words(s text.Safe) string {
	if !b.markup {
		return string(s)
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(string(s))
}

// heard takes a signal, and returns the key of a notification that was clicked on. One that is closed is
// forgotten, so that the next of its key is a new one.
func (b *bus) heard(s *dbus.Signal) (clicked string) {
	if s.Name != invoked && s.Name != closed || len(s.Body) == 0 {
		return ""
	}
	id, _ := s.Body[0].(uint32)
	for key, shown := range b.shown {
		if shown != id {
			continue
		}
		if s.Name == closed {
			delete(b.shown, key)
			return ""
		}
		return key
	}
	return ""
}

// close takes away what is still on the screen and leaves the bus.
func (b *bus) close() {
	for _, id := range b.shown {
		b.object.Call(service+".CloseNotification", dbus.FlagNoReplyExpected, id)
	}
	b.conn.Close() //nolint:errcheck // nothing depends on it
}
