package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
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
	Listen string // host:port of TCP and UDP; TLS is one port above, XCAP twenty; port 0: free ports
	Users  []config.User
	Data   string // directory of what survives a restart; the certificate to trust is written there
	Log    *slog.Logger
}

// Lab serves until ctx ends. It tells out where, once it listens.
func Lab(ctx context.Context, out io.Writer, c LabConfig) error {
	listen, err := addresses(c.Listen)
	if err != nil {
		return err
	}
	unlock, err := store.Lock(c.Data)
	if err != nil {
		return err
	}
	listen.Data, listen.Log = c.Data, c.Log
	for _, u := range c.Users {
		listen.Users = append(listen.Users, lab.User{Address: string(u.Address), Name: u.Name, Password: u.Password})
	}
	server, err := lab.Start(ctx, listen)
	if err != nil {
		return errors.Join(err, unlock())
	}
	ca := filepath.Join(c.Data, "ca.pem")
	if err = os.WriteFile(ca, server.CA(), 0o600); err == nil {
		err = tell(out, server, c.Users, ca)
	}
	if err == nil {
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
func tell(out io.Writer, server *lab.Lab, users []config.User, ca string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, transport := range []string{"tls", "tcp", "udp"} {
		fmt.Fprintf(w, "%s\t%s\n", transport, server.Addr(transport))
	}
	fmt.Fprintf(w, "xcap\t%s\ntrust\t%s\n\n", server.XCAP(), ca)
	for _, u := range users {
		fmt.Fprintf(w, "golync --account %s --server %s --ca %s --xcap %s\n", u.Address, server.Addr("tls"), ca, server.XCAP())
	}
	fmt.Fprintln(w, "\nctrl+c ends it.")
	return w.Flush()
}
