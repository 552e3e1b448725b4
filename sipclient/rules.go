package sipclient

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golync/internal/text"
	"golync/sipclient/presrules"
)

// Limits of XCAP.
const (
	xcapTimeout = 15 * time.Second // for one request
	xcapTries   = 4                // read, merge, write, before ErrRulesChanged
	xcapLimit   = 1 << 20          // bytes of a document
	rulesType   = "application/auth-policy+xml"
)

// ruleBook is the user's presence rules document on the XCAP server (RFC 4825, RFC 5025 section 9). It is
// read, merged and written under its ETag, so that what other programs wrote meanwhile is never lost. It
// has nothing to do with the flow and runs on the goroutines of its callers.
type ruleBook struct {
	url    string
	client *http.Client
	creds  *credentials

	mu      sync.Mutex
	latest  presrules.Rules // of the newest call: an older one that comes late writes these too
	unsaved bool            // latest has not reached the server

	turn chan struct{} // holds a token while nobody is at work
}

// newRuleBook returns nil when the account has no XCAP root.
func newRuleBook(o Options, me identity) (*ruleBook, error) {
	if o.Account.XCAP == "" {
		return nil, nil
	}
	root, err := url.Parse(o.Account.XCAP)
	if err != nil || root.Scheme != "http" && root.Scheme != "https" || root.Host == "" {
		return nil, fmt.Errorf("XCAP root %q is no http or https URL", o.Account.XCAP)
	}
	transport := &http.Transport{
		TLSClientConfig:       &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		ResponseHeaderTimeout: xcapTimeout, MaxConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
	if o.Dial != nil {
		transport.DialContext = o.Dial
	}
	b := &ruleBook{
		url: strings.TrimRight(root.String(), "/") + "/pres-rules/users/" + escapePath(me.aor) + "/index",
		client: &http.Client{Transport: transport, Timeout: xcapTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // credentials are for the server that the user named
		}},
		creds: newCredentials(me.login, o.Account.Password),
		turn:  make(chan struct{}, 1),
	}
	b.turn <- struct{}{}
	return b, nil
}

// escapePath writes an address into a path as Kamailio expects it: only what a path cannot hold is escaped.
func escapePath(aor string) string {
	return strings.ReplaceAll((&url.URL{Path: "/" + aor}).EscapedPath()[1:], "%40", "@")
}

// write makes r the user's rules.
func (b *ruleBook) write(ctx context.Context, r presrules.Rules) error {
	b.mu.Lock()
	b.latest, b.unsaved = r, true
	b.mu.Unlock()
	return b.save(ctx)
}

// save writes the latest rules.
func (b *ruleBook) save(ctx context.Context) error {
	select {
	case <-b.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { b.turn <- struct{}{} }()
	for range xcapTries {
		b.mu.Lock()
		r := b.latest
		b.unsaved = false // whatever comes now is newer
		b.mu.Unlock()
		if changed, err := b.merge(ctx, r); err == nil && !changed {
			return nil
		} else if err != nil {
			b.failed()
			return err
		}
	}
	b.failed()
	return ErrRulesChanged
}

// failed notes that the rules are to be written again after the next sign-in.
func (b *ruleBook) failed() {
	b.mu.Lock()
	b.unsaved = true
	b.mu.Unlock()
}

// merge does one round, and reports true when the document changed on the server meanwhile.
func (b *ruleBook) merge(ctx context.Context, r presrules.Rules) (changed bool, err error) {
	old, etag, err := b.read(ctx)
	if err != nil {
		return false, err
	}
	merged, err := presrules.Merge(old, r)
	if err != nil {
		return false, fmt.Errorf("presence rules on the server: %w", err)
	}
	if old != nil && bytes.Equal(old, merged) {
		return false, nil
	}
	condition := [2]string{"If-None-Match", "*"}
	if old != nil {
		condition = [2]string{"If-Match", etag}
	}
	a, err := b.do(ctx, http.MethodPut, merged, condition)
	switch {
	case err != nil:
		return false, err
	case a.code == http.StatusPreconditionFailed:
		return true, nil
	case a.code/100 != 2:
		return false, a.failure(http.MethodPut)
	}
	return false, nil
}

// read fetches the document; nil when there is none yet.
func (b *ruleBook) read(ctx context.Context) (doc []byte, etag string, err error) {
	a, err := b.do(ctx, http.MethodGet, nil, [2]string{})
	switch {
	case err != nil:
		return nil, "", err
	case a.code == http.StatusNotFound:
		return nil, "", nil
	case a.code != http.StatusOK:
		return nil, "", a.failure(http.MethodGet)
	}
	if a.body == nil {
		a.body = []byte{}
	}
	return a.body, a.etag, nil
}

// httpAnswer is what came back.
type httpAnswer struct {
	code         int
	reason, etag string
	challenges   []string
	body         []byte
}

func (a httpAnswer) failure(method string) error {
	err := &ResponseError{Method: method, Code: a.code, Reason: text.From(a.reason)}
	switch a.code {
	case http.StatusUnauthorized:
		return ErrPassword
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return errors.Join(ErrNoRules, err)
	}
	return err
}

// do sends a request, as often as challenges ask for it.
func (b *ruleBook) do(ctx context.Context, method string, body []byte, condition [2]string) (httpAnswer, error) {
	var known attempt
	for {
		req, err := http.NewRequestWithContext(ctx, method, b.url, bytes.NewReader(body))
		if err != nil {
			return httpAnswer{}, err
		}
		if condition[1] != "" {
			req.Header.Set(condition[0], condition[1])
		}
		if body != nil {
			req.Header.Set("Content-Type", rulesType)
		}
		req.Header.Set("User-Agent", userAgent)
		k := call{method: method, uri: req.URL.RequestURI(), body: body, registrar: true, own: true}
		for _, f := range b.creds.fields(k, &known) {
			req.Header.Set(f.name, f.value)
		}
		a, err := b.once(req)
		if err != nil || a.code != http.StatusUnauthorized {
			return a, err
		}
		if again, err := b.creds.challenged(ctx, k, false, a.challenges, &known); err != nil || !again {
			return a, err
		}
	}
}

func (b *ruleBook) once(req *http.Request) (httpAnswer, error) {
	res, err := b.client.Do(req)
	if err != nil {
		return httpAnswer{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, xcapLimit+1))
	if err != nil {
		return httpAnswer{}, err
	}
	if len(body) > xcapLimit {
		return httpAnswer{}, fmt.Errorf("the document on the XCAP server is longer than %d bytes", xcapLimit)
	}
	_, reason, _ := strings.Cut(res.Status, " ")
	return httpAnswer{
		code: res.StatusCode, reason: reason, etag: res.Header.Get("ETag"),
		challenges: res.Header.Values("WWW-Authenticate"), body: body,
	}, nil
}

// probeRules finds out after signing in whether the XCAP server answers, and writes what could not be
// written before.
func (c *Client) probeRules() {
	if c.rules == nil {
		return
	}
	c.loop.spawn(func() {
		c.rules.mu.Lock()
		unsaved := c.rules.unsaved
		c.rules.mu.Unlock()
		var err error
		if unsaved {
			err = c.rules.save(c.ctx)
		} else {
			_, _, err = c.rules.read(c.ctx)
		}
		if err != nil {
			c.log.Warn("presence rules not reached", "error", err)
		}
		if err == nil || errors.Is(err, ErrNoRules) { // a server that is down for a while still has them
			c.loop.post(func() { c.found(&c.services.rules, err == nil) })
		}
	})
}
