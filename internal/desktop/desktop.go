// Package desktop shows notifications on the machine's own screen: it speaks to org.freedesktop.Notifications
// on the session bus (Desktop Notifications Specification 1.2). It takes only text that is fit to show, keeps
// one notification for each key, and never makes anybody wait: who shows something leaves it in a short queue.
// It knows neither people nor windows.
package desktop

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"golync/internal/text"
)

// note is one notification to be shown.
type note struct {
	key            string
	headline, body text.Safe
}

// Desktop is the way to the session bus. Its methods may be called from anywhere.
type Desktop struct {
	address string
	log     *slog.Logger
	there   atomic.Bool // a notification service has answered
	queue   chan note
	opened  chan string
	stop    context.CancelFunc
	done    chan struct{}
}

// How much and how long. Nobody waits for a bus: what finds the queue full is not shown.
const (
	queued   = 32
	answerIn = 3 * time.Second  // what a call may take
	again    = 30 * time.Second // after the bus or its service went away
)

// Address is where the session bus of a user listens, by the environment, or "" where there is none to be
// used: none is named, or the user sits before another machine (ssh), whose screen it is not.
func Address(env func(string) string) string {
	if env("SSH_CONNECTION") != "" || env("SSH_TTY") != "" {
		return ""
	}
	address := env("DBUS_SESSION_BUS_ADDRESS")
	if !strings.HasPrefix(address, "unix:") {
		return "" // "autolaunch:" would start a bus that nobody listens to
	}
	return address
}

// Open begins to look for a notification service at a bus. It returns at once; until the service has answered,
// Show says no. Close ends it.
func Open(address string, log *slog.Logger) *Desktop {
	ctx, stop := context.WithCancel(context.Background())
	d := &Desktop{
		address: address, log: log, stop: stop, done: make(chan struct{}),
		queue: make(chan note, queued), opened: make(chan string, queued),
	}
	go d.run(ctx)
	return d
}

// Show shows a notification in the place of an earlier one of the same key. It never blocks. False says that
// there is no service just now.
func (d *Desktop) Show(key string, headline, body text.Safe) bool {
	if !d.there.Load() {
		return false
	}
	select {
	case d.queue <- note{key, headline, body}:
	default:
	}
	return true
}

// Opened waits until the user clicks on a notification, and returns its key.
func (d *Desktop) Opened(ctx context.Context) (string, error) {
	select {
	case key := <-d.opened:
		return key, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Close takes the notifications away and ends the connection. A bus that does not listen is not waited for
// longer than a call may take.
func (d *Desktop) Close() error {
	d.stop()
	select {
	case <-d.done:
	case <-time.After(answerIn):
	}
	return nil
}

// run keeps a connection, and looks again after it was lost: a service may start later than golync.
func (d *Desktop) run(ctx context.Context) {
	defer close(d.done)
	for {
		b, err := connect(ctx, d.address)
		if err == nil {
			d.there.Store(true)
			err = d.serve(ctx, b)
			d.there.Store(false)
			b.close()
		}
		if ctx.Err() != nil {
			return
		}
		d.log.Info("no desktop notifications", "err", err)
		select {
		case <-time.After(again):
		case <-ctx.Done():
			return
		}
	}
}

// serve shows what is in the queue until the service is gone.
func (d *Desktop) serve(ctx context.Context, b *bus) error {
	for {
		select {
		case n := <-d.queue:
			for _, n := range d.latest(n) {
				if err := b.show(ctx, n); err != nil {
					return err
				}
			}
		case s, ok := <-b.signals:
			if !ok {
				return errGone
			}
			if key := b.heard(s); key != "" {
				select {
				case d.opened <- key:
				default: // nobody listens
				}
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// latest takes everything out of the queue and keeps the last one for each key, in the order of the first: a
// slow service is not made to show what has been replaced already.
func (d *Desktop) latest(first note) []note {
	all, at := []note{first}, map[string]int{first.key: 0}
	for {
		select {
		case n := <-d.queue:
			if i, ok := at[n.key]; ok {
				all[i] = n
				continue
			}
			at[n.key] = len(all)
			all = append(all, n)
		default:
			return all
		}
	}
}
