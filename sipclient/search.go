package sipclient

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
)

// Found is a person whom a search has found.
type Found struct {
	Address string    // address of record in canonical form
	Name    text.Peer // display name; empty when nobody says it
	Online  bool      // a program of the person's answered; otherwise nobody is there at the moment
}

// What a search may end in besides errors of the connection, for errors.Is.
var (
	ErrNotFound   = errors.New("nobody has this address")
	ErrNotAllowed = errors.New("the server does not allow looking for this person")
)

// searchTime bounds a search: somebody sits and waits for it.
const searchTime = 8 * time.Second

// Search asks the server whether there is a person with the address: OPTIONS through the own flow (RFC 3261
// section 11; design section 7). Its errors are ErrNotFound (404, 604), ErrNotAllowed (403), ErrNotSignedIn,
// ErrNoAnswer, ErrPassword, the context's, one for an address that is none, and *ResponseError.
func (c *Client) Search(ctx context.Context, uri string) (Found, error) {
	to, aor, err := nameaddr.Parse(uri)
	if err != nil {
		return Found{}, err
	}
	within, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	result := make(chan reply, 1)
	if !c.loop.post(func() { c.look(within, to, result) }) {
		return Found{}, ErrNotSignedIn
	}
	select {
	case r := <-result:
		return foundIn(r, aor)
	case <-within.Done():
		if ctx.Err() != nil {
			return Found{}, ctx.Err()
		}
		return Found{}, ErrNoAnswer
	case <-c.loop.done:
		return Found{}, ErrNotSignedIn
	}
}

// look sends the question of a search.
func (c *Client) look(ctx context.Context, to sip.Uri, result chan<- reply) {
	if c.net.phase != online {
		result <- reply{err: ErrNotSignedIn}
		return
	}
	c.exchangeWithin(ctx, c.net.link, draft{
		method: sip.OPTIONS, target: to, to: to, fromTag: newToken(), callID: newToken(), seq: 1,
	}, func(r reply) { result <- r })
}

// foundIn reads what came of a search for aor. 480 is somebody who is not there at the moment.
func foundIn(r reply, aor string) (Found, error) {
	switch code := r.code(); {
	case errors.Is(r.err, context.DeadlineExceeded):
		return Found{}, ErrNoAnswer
	case r.err != nil:
		return Found{}, r.err
	case r.res.IsSuccess(), code == sip.StatusTemporarilyUnavailable:
		return Found{Address: aor, Name: nameIn(r.res, aor), Online: r.res.IsSuccess()}, nil
	case code == sip.StatusNotFound, code == 604:
		return Found{}, ErrNotFound
	case code == sip.StatusForbidden:
		return Found{}, ErrNotAllowed
	}
	return Found{}, r.failure(sip.OPTIONS)
}

// nameIn is what a response calls the person at aor. The network's own word counts first (P-Asserted-Identity,
// RFC 3325 section 9.1): every response comes over the flow to the own server, which vouches for it or takes
// it away (section 5). What the person's program says of itself is better than nothing.
func nameIn(res *sip.Response, aor string) text.Peer {
	for _, h := range res.GetHeaders("p-asserted-identity") {
		for _, value := range listed(h.Value()) {
			var u sip.Uri
			var params sip.HeaderParams
			name, err := sip.ParseAddressValue(value, &u, &params)
			if who, ok := nameaddr.AOR(&u); err == nil && ok && strings.EqualFold(who, aor) && name != "" {
				return text.From(nameaddr.Unquote(name))
			}
		}
	}
	if to := res.To(); to != nil && to.DisplayName != "" {
		return text.From(nameaddr.Unquote(to.DisplayName))
	}
	if contact := res.Contact(); contact != nil {
		return text.From(nameaddr.Unquote(contact.DisplayName))
	}
	return text.Peer{}
}

// listed takes a list of addresses apart at the commas that divide it: outside of quotes and angle brackets
// (RFC 3261 section 7.3.1).
func listed(value string) (all []string) {
	quoted, bracketed, from := false, false, 0
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case quoted && c == '\\':
			i++
		case c == '"' && !bracketed:
			quoted = !quoted
		case quoted:
		case c == '<', c == '>':
			bracketed = c == '<'
		case c == ',' && !bracketed:
			all, from = append(all, strings.TrimSpace(value[from:i])), i+1
		}
	}
	return append(all, strings.TrimSpace(value[from:]))
}
