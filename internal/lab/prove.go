package lab

import (
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/digest"
)

// hashes computes what is kept of a password, by algorithm, so that the password itself is kept nowhere.
func hashes(user, realm, password string) map[string]string {
	all := map[string]string{}
	for _, algorithm := range []string{"SHA-256", "MD5"} {
		all[algorithm] = digest.HA1(algorithm, user, realm, password)
	}
	return all
}

// Secret returns the address of record of somebody as written, and what is kept of the password (User.HA1).
func Secret(address, password string) (aor string, ha1 map[string]string, err error) {
	p, err := newPerson(User{Address: address, Password: password})
	if err != nil {
		return "", nil, err
	}
	return p.aor, p.ha1, nil
}

// verifierOf is the guard of a realm, which is a domain. Somebody who asks by a domain that is not served is
// challenged like anybody else and never gets in.
func (l *Lab) verifierOf(realm string) *digest.Verifier {
	if v := l.guards[realm]; v != nil {
		return v
	}
	return l.guards[""]
}

// challenges lists what somebody may answer: the algorithms of which there is a digest, all for nobody.
func (l *Lab) challenges(p *person, realm string, stale bool) []string {
	return slices.DeleteFunc(l.verifierOf(realm).Challenges(stale), func(c string) bool {
		return p != nil && !slices.ContainsFunc(digest.Parse(c), func(one digest.Challenge) bool { return p.ha1[one.Algorithm] != "" })
	})
}

// verify checks the values of credential headers for one person.
func (l *Lab) verify(values []string, p *person, realm, method string, body []byte) digest.Outcome {
	result := digest.Refused
	for _, v := range values {
		_, o := l.verifierOf(realm).Verify(v, method, body, func(user, algorithm string) (string, bool) {
			if p == nil || user != p.user {
				return "", false
			}
			if algorithm == "" {
				algorithm = "MD5" // RFC 7616 section 3.3
			}
			ha1, ok := p.ha1[strings.ToUpper(algorithm)]
			return ha1, ok
		})
		result = max(result, o)
	}
	return result
}

// proved reports whether the sender of a request is who From says. A link that has shown the password once is
// believed from then on, unless every request is to be challenged; others are challenged here (407).
func (l *Lab) proved(s *serving) bool {
	from := &s.req.From().Address
	aor := aorOf(from)
	if s.from.users[aor] && !l.cfg.ChallengeAll {
		return true
	}
	p := l.people[aor]
	if p == nil && len(s.from.users) > 0 {
		l.refuse(s, sip.StatusForbidden, "Not Your Address")
		return false
	}
	if p == nil && s.req.Method == sip.OPTIONS && s.req.Recipient.User == "" {
		return true // asking whether a server lives needs no account
	}
	return l.challenged(s, p, lower(from.Host), "Proxy-Authorization", "Proxy-Authenticate", sip.StatusProxyAuthRequired)
}

// provedAs is proved for REGISTER, which is challenged as at the person's own door (401), each time.
func (l *Lab) provedAs(s *serving, p *person, domain string) bool {
	return l.challenged(s, p, domain, "Authorization", "WWW-Authenticate", sip.StatusUnauthorized)
}

// challenged checks the credentials in a request; it answers with a challenge when they are not good.
func (l *Lab) challenged(s *serving, p *person, realm, credHeader, chalHeader string, code int) (ok bool) {
	var values []string
	for _, h := range s.req.GetHeaders(credHeader) {
		values = append(values, h.Value())
	}
	result := l.verify(values, p, realm, string(s.req.Method), s.req.Body())
	if result == digest.Granted {
		s.from.users[p.aor] = true
		for s.req.RemoveHeader(credHeader) { // nobody behind the lab has a use for it
		}
		return true
	}
	if result == digest.Refused && len(values) > 0 {
		whom := &s.req.From().Address
		if s.req.Method == sip.REGISTER {
			whom = &s.req.To().Address
		}
		l.strangers.note(l, s.from, aorOf(whom), p)
	}
	res := response(s.req, code, "Who Are You")
	for _, c := range l.challenges(p, realm, result == digest.Stale) {
		set(res, chalHeader, c)
	}
	l.respond(s, res)
	return false
}
