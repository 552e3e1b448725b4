package command

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golync/internal/command/people"
	"golync/sipclient"
	"golync/sipclient/flow"
)

// besideFile is what a demo that runs leaves in its directory, for a window beside it.
const besideFile = "demo.json"

// beside is where a demo is to be reached, as long as it runs.
type beside struct {
	Server string `json:"server"` // host:port of its TLS
	XCAP   string `json:"xcap"`
	CA     string `json:"ca"` // PEM
}

// ErrNoDemo says that there is no demo beside which a window could open.
var ErrNoDemo = errors.New("no golync demo is running")

// publish writes down where the demo is to be reached. Only the user may read it.
func (d *Demo) publish() error {
	content, err := json.Marshal(beside{Server: d.lab.Addr("tls"), XCAP: d.lab.XCAP(), CA: string(d.lab.CA())})
	if err != nil {
		return err
	}
	whole := filepath.Join(d.Data, besideFile)
	part, err := os.CreateTemp(d.Data, besideFile) // which is 0600
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), whole)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

// unpublish takes it back.
func (d *Demo) unpublish() error {
	if err := os.Remove(filepath.Join(d.Data, besideFile)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Neighbour is a person of a demo that runs in another window, for somebody to play.
type Neighbour struct {
	Account sipclient.Account
	Roots   *x509.CertPool // whom to trust
	Data    string         // directory of the neighbours' data
	// Dial opens connections to the demo, also to one that was started again and listens elsewhere.
	Dial flow.DialFunc
}

// knock is how long a demo may take to answer that it is there.
const knock = 2 * time.Second

// Beside returns the person with an address in the demo that runs in dir: ErrNoDemo when none does, or an error
// that says who is there.
func Beside(ctx context.Context, dir, address string) (*Neighbour, error) {
	b, err := lookBeside(dir)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(b.CA)) {
		return nil, unreadable(dir)
	}
	name, ok := people.NameOf(address)
	if !ok {
		return nil, fmt.Errorf("nobody in the demo has this account: expected %s", people.Accounts())
	}
	ctx, cancel := context.WithTimeout(ctx, knock)
	defer cancel()
	c, err := new(net.Dialer).DialContext(ctx, "tcp", b.Server)
	if err != nil { // it was killed, and could not take back what it had written
		return nil, ErrNoDemo
	}
	_ = c.Close()
	return &Neighbour{
		Account: sipclient.Account{
			URI: address, Name: name, Server: b.Server, Transport: "tls", XCAP: b.XCAP,
			Password: func(context.Context) (string, error) { return people.Password, nil },
		},
		Roots: roots, Data: filepath.Join(dir, "skype"), Dial: b.follow(dir),
	}, nil
}

// lookBeside reads where the demo of a directory is to be reached.
func lookBeside(dir string) (b beside, err error) {
	content, err := os.ReadFile(filepath.Join(dir, besideFile))
	if errors.Is(err, fs.ErrNotExist) {
		return b, ErrNoDemo
	} else if err != nil {
		return b, err
	}
	if err := json.Unmarshal(content, &b); err != nil {
		return b, unreadable(dir)
	}
	return b, nil
}

func unreadable(dir string) error {
	return fmt.Errorf("%w: %s cannot be read", ErrNoDemo, filepath.Join(dir, besideFile))
}

// follow dials what stands beside the demo at that moment in the place of what stood there at first.
func (b beside) follow(dir string) flow.DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if now, err := lookBeside(dir); err == nil { // otherwise it is not there, and the attempt fails by itself
			switch address {
			case b.Server:
				address = now.Server
			case hostOf(b.XCAP):
				address = hostOf(now.XCAP)
			}
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

// hostOf is the host and port of a URL.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// glance is how often the demo looks whether somebody plays one of its people.
const glance = time.Second

// makeRoom has people leave who are signed in from a second place: there somebody plays them. It returns when
// ctx ends.
func (d *Demo) makeRoom(ctx context.Context) {
	here := people.Users()[1:] // the first one is the user
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for i := 0; i < len(here); i++ {
			if d.lab.Devices(here[i].Address) < 2 {
				continue
			}
			leaving, cancel := context.WithTimeout(ctx, signInTime)
			d.people.Leave(leaving, here[i].Address)
			cancel()
			here = slices.Delete(here, i, i+1)
			i--
		}
	}
}
