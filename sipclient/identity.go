package sipclient

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
)

// userAgent is golync's name in User-Agent and Server.
const userAgent = "golync"

// identity is the account as it appears in messages.
type identity struct {
	uri      sip.Uri // canonical address of record
	aor      string
	name     string // display name, escaped for a quoted string
	server   string // where the account is, "" for RFC 3263 by its domain
	login    string // digest user name
	instance string // +sip.instance, "urn:uuid:..." (RFC 5626 section 4.1)
}

func identityOf(o Options) (identity, error) {
	a := o.Account
	uri, aor, err := nameaddr.Parse(a.URI)
	if err != nil {
		return identity{}, fmt.Errorf("account %q: %w", a.URI, err)
	}
	if strings.ContainsAny(a.Name, "\r\n\x00") {
		return identity{}, errors.New("the display name of the account contains a line break")
	}
	switch strings.ToLower(a.Transport) {
	case "", "tls", "tcp", "udp":
	default:
		return identity{}, fmt.Errorf("transport %q is none of tls, tcp, udp", a.Transport)
	}
	login := a.User
	if login == "" {
		login = uri.User
	}
	if strings.ContainsAny(login, "\r\n\x00") {
		return identity{}, errors.New("the user name of the account contains a line break")
	}
	instance := o.Instance
	if instance == "" {
		instance = newUUID()
	}
	if !isUUID(instance) {
		return identity{}, fmt.Errorf("instance %q is no UUID", instance)
	}
	return identity{
		uri: uri, aor: aor, name: nameaddr.Quote(a.Name), server: serverOf(a), login: login, instance: "urn:uuid:" + instance,
	}, nil
}

// device names this installation among those of the user, as an XML name: the first part of the instance.
func (me identity) device() string {
	first, _, _ := strings.Cut(strings.TrimPrefix(me.instance, "urn:uuid:"), "-")
	return "golync-" + strings.ToLower(first)
}

// serverOf is the server that the account names: its own field, else a port in the address, as people write
// who try golync out ("sip:alice@127.0.0.1:5060").
func serverOf(a Account) string {
	var u sip.Uri
	if a.Server == "" && sip.ParseUri(a.URI, &u) == nil && u.Port != 0 {
		return u.HostPort()
	}
	return a.Server
}

// newUUID makes a random UUID (RFC 9562 section 5.4).
func newUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func isUUID(s string) bool {
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	return err == nil && len(raw) == 16 && len(s) == 36
}

// newToken makes a random tag, branch or Call-ID: 80 bits in the letters of a token.
func newToken() string {
	var b [10]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
