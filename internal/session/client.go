package session

import (
	"context"

	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// Client is what a session needs of *sipclient.Client, whose methods say what each promises. Watch,
// Unwatch, Remember, Typing and those about calls do not block; the others return when their context ends, at the latest.
type Client interface {
	SignIn(context.Context) error
	SignOut(context.Context) error
	Close() error
	Watch(uri, introduction string)
	Unwatch(uri string)
	Publish(context.Context, pidf.State) error
	SetRules(context.Context, presrules.Rules) error
	Send(context.Context, sipclient.Message) (sipclient.Delivery, error)
	Acknowledge(context.Context, sipclient.Receipt) error
	Remember(uri string)
	Typing(uri string, active bool)
	Search(ctx context.Context, uri string) (sipclient.Found, error)
	Call(id, uri string, m sipclient.Media)
	Answer(id string, m sipclient.Media)
	Decline(id string, code int)
	Redirect(id, uri string)
	HangUp(id string)
	Hold(id string, on bool)
	Renew(id string)
	Transfer(id, uri string)
	TransferTo(id, other string)
}
