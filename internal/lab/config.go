package lab

import (
	"log/slog"
	"net"
	"time"

	"golync/internal/lab/policy"
)

// Config says what the lab serves. Only Users is needed.
type Config struct {
	Domains []string // served besides the domains of Users
	Users   []User
	// OnlyUsers lets in nobody who is not in Users: whoever was and is no more is forgotten with rules and
	// requests. Otherwise the people of an earlier start stay.
	OnlyUsers bool
	Data      string // directory of users' digests, rules, waiting watchers and certificates; "" keeps them in memory

	Policy     *policy.Policy // what the administrator allows; nil allows everything
	PolicyFile string         // the file that holds it instead, followed while the lab runs

	TLS, TCP, UDP, XCAP string // listen addresses; "" is 127.0.0.1:0, "-" is none

	// Names are hosts and addresses by which devices reach the server besides those it listens on, for its
	// certificate; people are told the first.
	Names []string

	MinExpires, MaxExpires time.Duration // of registrations, subscriptions, publications; 0 is 60 s and an hour
	ChallengeAll           bool          // challenge every request, not only a link's first (as Kamailio may)

	Log *slog.Logger     // nil means no log. Never sees passwords or bodies
	Now func() time.Time // nil means time.Now
	// Listen opens the streams and XCAP; nil means net.Listen. Tests give a network in memory.
	Listen func(network, address string) (net.Listener, error)
}
