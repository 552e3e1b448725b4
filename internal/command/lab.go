package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"golync/internal/config"
	"golync/internal/lab"
	"golync/internal/store"
)

// DefaultListen is where the lab listens when nothing else is said.
const DefaultListen = "127.0.0.1:5060"

// LabConfig is a lab of its own.
type LabConfig struct {
	Listen string   // host:port of TCP and UDP; TLS is one port above, XCAP twenty; port 0: free ports
	Names  []string // by which people reach the server besides, for its certificate
	Users  []config.User
	Policy string // file of what the administrator allows; empty: everything
	Data   string // directory of what survives a restart, the certificate to trust among it
	Log    *slog.Logger
}

// LabRunsError says that another golync lab has the data. errors.Is finds store.ErrLocked in it.
type LabRunsError struct {
	Data   string
	locked *store.LockedError
}

// Error names the directory, and the process where that is known.
func (e *LabRunsError) Error() string {
	if e.locked == nil || e.locked.PID == 0 {
		return "a lab already runs with the data in " + e.Data
	}
	return fmt.Sprintf("a lab already runs with the data in %s (process %d)", e.Data, e.locked.PID)
}

// Unwrap returns store.ErrLocked.
func (e *LabRunsError) Unwrap() error { return store.ErrLocked }

// Lab serves until ctx ends. It tells out where, once it listens.
func Lab(ctx context.Context, out io.Writer, c LabConfig) error {
	listen, err := addresses(c.Listen)
	if err != nil {
		return err
	}
	unlock, err := store.Lock(c.Data)
	if locked, ok := errors.AsType[*store.LockedError](err); ok {
		return &LabRunsError{Data: c.Data, locked: locked}
	} else if err != nil {
		return err
	}
	listen.Data, listen.Log, listen.Names, listen.PolicyFile, listen.OnlyUsers = c.Data, c.Log, c.Names, c.Policy, true
	for _, u := range c.Users {
		listen.Users = append(listen.Users, lab.User{Address: string(u.Address), Name: u.Name, Password: u.Password, HA1: u.HA1})
	}
	server, err := lab.Start(ctx, listen)
	if err != nil {
		return errors.Join(err, unlock())
	}
	if err = tell(out, server, c); err == nil {
		<-ctx.Done()
	}
	return errors.Join(err, server.Close(), unlock())
}

// addresses spreads the lab's services over the ports from listen on.
func addresses(listen string) (lab.Config, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return lab.Config{}, fmt.Errorf("%q is wrong: expected HOST:PORT, such as %s", listen, DefaultListen)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n > 65535-20 {
		return lab.Config{}, fmt.Errorf("%q is wrong: expected a port from 0 to %d", listen, 65535-20)
	}
	at := func(above uint64) string {
		if n == 0 {
			above = 0
		}
		return net.JoinHostPort(host, strconv.FormatUint(n+above, 10))
	}
	return lab.Config{TCP: at(0), UDP: at(0), TLS: at(1), XCAP: at(20)}, nil
}

// tell says where the lab listens, and how to sign in.
func tell(out io.Writer, server *lab.Lab, c LabConfig) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, transport := range []string{"tls", "tcp", "udp"} {
		fmt.Fprintf(w, "%s\t%s\n", transport, server.At(transport))
	}
	ca := filepath.Join(absolute(c.Data), lab.AuthorityFile)
	obeyed := c.Policy
	if obeyed == "" {
		obeyed = "none: everything is allowed (--policy FILE)"
	}
	fmt.Fprintf(w, "xcap\t%s\ntrust\t%s\npolicy\t%s\n\n", server.XCAP(), ca, obeyed)
	for _, u := range c.Users {
		fmt.Fprintln(w, signIn(server, u, ca))
	}
	if c.Policy != "" {
		if p, err := lab.ReadPolicy(c.Policy); err == nil { // the lab has read it a moment ago
			tellProvider(w, p, c.Users)
		}
	}
	fmt.Fprintln(w, "\nctrl+c ends it.")
	return w.Flush()
}

// absolute makes a path good in every directory, as far as that is known.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
