package doctor

import (
	"context"
	"errors"
	"time"

	"golync/sipclient/flow"
)

// connectWithin bounds one target, as flow.Dial does.
const connectWithin = 10 * time.Second

// connection opens a connection to the first target that takes one.
func connection(ctx context.Context, w *walk, f *Finding) {
	w.connect(ctx, f, w.targets)
	if w.plain == nil {
		f.fault(Unreachable, "Start the server, open the way through the firewall, or correct name and port.")
	}
}

// connect tries targets in their order. Those after the first that answers are left alone.
func (w *walk) connect(ctx context.Context, f *Finding, targets []flow.Target) {
	for _, t := range targets {
		f.tried("%s %s", t.Transport, t.Addr)
		if t.Transport == "UDP" {
			f.came("UDP has no connections: the registration will tell")
		}
		network := "tcp"
		if t.Transport == "UDP" {
			network = "udp"
		}
		within, cancel := context.WithTimeout(ctx, connectWithin)
		conn, err := w.Dial(within, network, t.Addr)
		cancel()
		if err == nil {
			if network == "tcp" {
				f.came("%s is connected", t.Addr)
			}
			w.reached, w.plain = t, conn
			return
		}
		f.came("%s: %s", t.Addr, flow.KindOf(err))
		if errors.Is(ctx.Err(), context.Canceled) {
			return
		}
	}
}
