package presrules

import (
	"strings"

	"golync/sipclient/xmldoc"
)

// Document is a presence authorization document as a presence server reads it. The zero Document has no rules.
type Document struct{ rules []rule }

// rule is one rule that can ever fit.
type rule struct {
	level    Level   // golync's rule set; 0 for another program's rule
	outside  bool    // golync's rule about everybody outside
	identity []match // any of them; nil when the rule asks for no identity
	handling Handling
}

// match is one element of cp:identity.
type match struct {
	one    string          // canonical address of cp:one, or
	domain string          // of cp:many; empty for everybody
	except map[string]bool // canonical addresses, and domains with "@" in front, that cp:many leaves out
}

// Parse reads a document. An empty one has no rules. A rule with a condition that cannot be judged here
// (sphere, validity, and any unknown one) never fits, as RFC 4745 section 7 has it for an unknown condition; neither does
// a rule without a sub-handling that RFC 5025 knows.
func Parse(data []byte) (Document, error) {
	if len(strings.TrimSpace(string(data))) == 0 {
		return Document{}, nil
	}
	root, err := parseRoot(data)
	if err != nil {
		return Document{}, err
	}
	return read(root), nil
}

func read(root *xmldoc.Element) Document {
	var d Document
	for _, e := range root.Children {
		if r, ok := readRule(e); ok {
			d.rules = append(d.rules, r)
		}
	}
	return d
}

func readRule(e *xmldoc.Element) (rule, bool) {
	id := e.Get("", "id")
	r := rule{level: levelOf(id), outside: id == outsideID}
	word := e.Child(nsPolicy, "actions").Child(nsPresence, "sub-handling").Trimmed()
	var known bool
	if r.handling, known = handlings[word]; !known || !e.Is(nsPolicy, "rule") {
		return rule{}, false
	}
	conditions := e.Child(nsPolicy, "conditions")
	if conditions == nil {
		return r, true
	}
	for _, c := range conditions.Children {
		// Two identities would both have to hold; no program was seen to write that.
		if !c.Is(nsPolicy, "identity") || r.identity != nil {
			return rule{}, false
		}
		r.identity = readIdentity(c)
	}
	return r, true
}

// readIdentity is never nil: an identity that names nobody fits nobody.
func readIdentity(e *xmldoc.Element) []match {
	found := make([]match, 0, len(e.Children))
	for _, c := range e.Children {
		switch {
		case c.Is(nsPolicy, "one") && c.Get("", "id") != "":
			found = append(found, match{one: canonical(c.Get("", "id"))})
		case c.Is(nsPolicy, "many"):
			found = append(found, match{domain: strings.ToLower(c.Get("", "domain")), except: exceptions(c)})
		}
	}
	return found
}

func exceptions(many *xmldoc.Element) map[string]bool {
	except := make(map[string]bool)
	for _, c := range many.Children {
		if !c.Is(nsPolicy, "except") {
			continue
		}
		if id := c.Get("", "id"); id != "" {
			except[canonical(id)] = true
		}
		if domain := c.Get("", "domain"); domain != "" {
			except["@"+strings.ToLower(domain)] = true
		}
	}
	return except
}

// canonical brings two spellings of one address together: scheme and host in lower case, no port, no
// parameters (RFC 3261 section 19.1.4 compares the user part with its case).
func canonical(uri string) string {
	user, host := split(uri)
	return user + "@" + host
}

// split gives user and host of "sip:user@host"; what is no such address has no user.
func split(uri string) (user, host string) {
	uri = strings.TrimSpace(uri)
	if scheme, rest, ok := strings.Cut(uri, ":"); ok && (strings.EqualFold(scheme, "sip") || strings.EqualFold(scheme, "sips") || strings.EqualFold(scheme, "pres")) {
		uri = rest
	}
	at := strings.LastIndexByte(uri, '@')
	if at >= 0 {
		user = uri[:at]
	}
	host = uri[at+1:]
	if end := strings.IndexAny(host, ";?"); end >= 0 {
		host = host[:end]
	}
	if colon := strings.LastIndexByte(host, ':'); colon > strings.IndexByte(host, ']') {
		host = host[:colon]
	}
	return user, strings.ToLower(host)
}
