// Package command holds what golync does beside the window: the demo's world and the lab by itself. It draws
// nothing, and leaves flags and exit codes to main.
package command

import (
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/netip"
	"path/filepath"
	"sync"
	"time"

	"golync/contacts"
	"golync/docs"
	"golync/internal/app"
	"golync/internal/command/people"
	"golync/internal/lab"
	"golync/internal/lab/policy"
	"golync/internal/media"
	"golync/internal/sound"
	"golync/internal/store"
	"golync/sipclient"
)

// signInTime bounds how long the demo's people may take to sign in.
const signInTime = 30 * time.Second

// Demo is a server in this process with people in it.
type Demo struct {
	Account sipclient.Account // the user's
	Roots   *x509.CertPool    // whom to trust
	Data    string            // directory of the user's data and of what tells other windows of the demo

	log    *slog.Logger
	unlock func() error
	lab    *lab.Lab
	cancel context.CancelFunc
	moved  sync.WaitGroup
	people *people.People // once moved is done; nil when they could not sign in
}

// StartDemo starts the demo with everything it keeps in dir. The server listens when it returns; the
// people sign in meanwhile. The errors to expect are those of store.Lock.
func StartDemo(ctx context.Context, dir string, log *slog.Logger) (*Demo, error) {
	unlock, err := store.Lock(dir)
	if err != nil {
		return nil, err
	}
	allowed, err := policy.Parse("policy.toml", docs.Policy)
	if err != nil {
		return nil, errors.Join(err, unlock())
	}
	server, err := lab.Start(ctx, lab.Config{Users: people.Users(), Policy: allowed, Data: filepath.Join(dir, "lab"), Log: log})
	if err != nil {
		return nil, errors.Join(err, unlock())
	}
	d := &Demo{
		Account: sipclient.Account{
			URI: people.Me, Name: people.MyName, Server: server.Addr("tls"), Transport: "tls", XCAP: server.XCAP(),
			Password: func(context.Context) (string, error) { return people.Password, nil },
		},
		Roots: x509.NewCertPool(), Data: dir, log: log, unlock: unlock, lab: server,
	}
	d.Roots.AppendCertsFromPEM(server.CA())
	if err := d.publish(); err != nil { // without it there is no second window, and that is all
		log.Warn("golync skype --demo will not find the demo", "err", err)
	}
	ctx, d.cancel = context.WithCancel(context.WithoutCancel(ctx))
	d.moved.Go(func() { d.moveIn(ctx) })
	return d, nil
}

// moveIn signs the people in, and has those leave whom somebody else plays. Without them the window still works,
// so a failure is only logged.
func (d *Demo) moveIn(ctx context.Context) {
	signing, cancel := context.WithTimeout(ctx, signInTime)
	defer cancel()
	all, err := people.Start(signing, people.Config{
		Server: d.lab.Addr("tls"), XCAP: d.lab.XCAP(), CA: d.lab.CA(), Seed: uint64(time.Now().UnixNano()), Sound: speech, Log: d.log,
	})
	if err != nil {
		d.log.Error("the demo's people could not sign in", "err", err)
		return
	}
	d.people = all
	d.makeRoom(ctx)
}

// speech is the sound of a call of the demo's people, who are at this machine and speak TLS with the lab. Whoever asks
// for pictures sees moving colours, where there is an ffmpeg.
func speech() (people.Line, error) {
	l, err := sound.Open(netip.AddrFrom4([4]byte{127, 0, 0, 1}), true)
	if err != nil {
		return nil, err
	}
	if ffmpeg, err := media.FFmpeg(); err == nil {
		l.Welcome(ffmpeg, media.TestPicture)
	}
	return l, nil
}

// Furnish puts the demo's contacts into an empty list, as the user would, and returns what is to be done.
func (d *Demo) Furnish(now time.Time, state *app.State) []app.Effect {
	var all []app.Effect
	groups := map[string]contacts.GroupID{}
	for _, c := range people.Seed() {
		group, ok := groups[c.Group]
		if !ok && c.Group != "" {
			id, effects, err := state.CreateGroup(now, c.Group)
			if err != nil {
				d.log.Error("a group of the demo", "group", c.Group, "err", err)
			}
			group, groups[c.Group] = id, id
			all = append(all, effects...)
		}
		a, effects, err := state.AddContact(now, app.Draft{
			Provider: contacts.ProviderLync, IM: c.Address.IM(), Name: c.Name, Group: group, Relationship: c.Relationship,
		})
		if err != nil {
			d.log.Error("a contact of the demo", "contact", c.Address, "err", err)
			continue
		}
		all = append(all, effects...)
		if c.Favorite {
			all = append(all, state.CopyTo(now, a, contacts.Favorites)...)
		}
	}
	return all
}

// Close ends the people, then the server, which keeps what is to survive.
func (d *Demo) Close() error {
	d.cancel()
	d.moved.Wait()
	var err error
	if d.people != nil {
		err = d.people.Close()
	}
	return errors.Join(err, d.unpublish(), d.lab.Close(), d.unlock())
}
