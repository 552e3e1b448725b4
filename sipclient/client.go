package sipclient

import (
	"context"

	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// Client is the user agent of one account. Its methods may be called from any goroutine; those with a
// context block until the final answer or the context's end.
type Client struct{ o Options }

// New makes a client. It performs no I/O.
func New(o Options) (*Client, error) { return &Client{o: o}, nil }

// SignIn connects and registers, and from then on keeps the flow, the registration, the publication and
// all subscriptions alive by itself, reconnecting with jittered back-off. It returns after the first final
// answer; ErrPassword and a refused certificate stop it (no retry), other errors are retried in the background.
func (c *Client) SignIn(ctx context.Context) error { return nil }

// SignOut takes the publication, the subscriptions and the registration back, in bounded time, and closes the flow.
func (c *Client) SignOut(ctx context.Context) error { return nil }

// Close ends the client at once without telling the server, as a crash would.
func (c *Client) Close() error { return nil }

// Watch subscribes to a person's presence, now and after every reconnect. The introduction becomes the
// Subject (design section 7); it may be empty. Watching somebody twice changes nothing.
func (c *Client) Watch(uri, introduction string) {}

// Unwatch ends the subscription to a person.
func (c *Client) Unwatch(uri string) {}

// Publish makes s the user's presence, now and after every reconnect.
func (c *Client) Publish(ctx context.Context, s pidf.State) error { return nil }

// SetRules writes who may see the user: by XCAP where the server has it, and in any case for watchers who
// subscribe to us directly. Without XCAP it returns ErrNoRules after taking them for the latter.
func (c *Client) SetRules(ctx context.Context, r presrules.Rules) error { return nil }

// Send sends a message and returns how it went: Sent, Stored, Failed with a *ResponseError, or Unknown with
// ErrNoAnswer. Messages to one person leave in the order of the calls to Send, one at a time; Send puts the
// message in that order before it blocks.
func (c *Client) Send(ctx context.Context, m Message) (Delivery, error) { return Failed, nil }
