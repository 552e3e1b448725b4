package contacts

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golync/internal/text"
)

// Providers are the contact providers and their domain rules. The zero value is the built-in set: Lync,
// Skype, Other.
type Providers struct {
	// Skype is the public provider: which domains are its own, and where decorated addresses go.
	Skype PublicProvider
}

// PublicProvider is a provider of people outside, by account address.
type PublicProvider struct {
	Name             string   // what people call it, "Skype"; empty means that
	Glyph            string   // its sign, one cell wide; empty means the first letter of the name
	DecorationDomain string   // "msn.com"; empty means the built-in one
	Domains          []string // domains whose accounts are left alone; empty means the built-in list
}

// decorationDomain is where accounts of other domains are routed (NameDecorationRoutingDomain).
const decorationDomain = "msn.com"

// skypeDomains are left alone by decoration: the specification's three, msn.com, and the regional ones
// of facts/lync-2013-client.md section 9. In order, for searching.
var skypeDomains = []string{
	"br.live.com",
	"hotmail.co.il", "hotmail.co.jp", "hotmail.co.th", "hotmail.co.uk", "hotmail.com", "hotmail.com.ar", "hotmail.com.tr",
	"hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it",
	"live.at", "live.be", "live.ca", "live.cl", "live.cn", "live.co.in", "live.co.kr", "live.co.uk", "live.co.za",
	"live.com", "live.com.ar", "live.com.au", "live.com.co", "live.com.mx", "live.com.my", "live.com.pe", "live.com.ph",
	"live.com.pk", "live.com.pt", "live.com.sg", "live.com.ve", "live.de", "live.dk", "live.fr", "live.hk", "live.ie",
	"live.in", "live.it", "live.jp", "live.nl", "live.no", "live.ph", "live.ru", "live.se",
	"livemail.com.br", "livemail.tw", "messengeruser.com", "msn.com", "outlook.com", "passport.com", "sympatico.ca",
	"tw.live.com", "webtv.net", "windowslive.com", "windowslive.es",
}

// Label returns what people call the provider.
func (p PublicProvider) Label() text.Safe {
	if name := text.From(p.Name).Line(); name != "" {
		return name
	}
	return "Skype"
}

// Sign returns the provider's sign, which stands where there is no room for its name.
func (p PublicProvider) Sign() text.Safe {
	if sign := text.From(p.Glyph).Line(); sign != "" {
		return sign
	}
	first, _ := utf8.DecodeRuneInString(string(p.Label()))
	return text.From(string(first)).Line()
}

// Decoration returns the domain to which accounts of other domains are routed, such as "msn.com".
func (p PublicProvider) Decoration() string {
	if p.DecorationDomain != "" {
		return strings.ToLower(p.DecorationDomain)
	}
	return decorationDomain
}

// Own returns the domains that are the provider's own, the decoration domain included, in lower case
// and in order.
func (p PublicProvider) Own() []string {
	own := skypeDomains
	if len(p.Domains) > 0 {
		own = make([]string, len(p.Domains))
		for i, d := range p.Domains {
			own[i] = strings.ToLower(d)
		}
	}
	own = slices.Clone(own)
	own = append(own, p.Decoration())
	slices.Sort(own)
	return slices.Compact(own)
}

// owns reports whether host, in lower case, is one of the provider's domains.
func (p PublicProvider) owns(host string) bool {
	if host == p.Decoration() {
		return true
	}
	if len(p.Domains) == 0 {
		_, ok := slices.BinarySearch(skypeDomains, host)
		return ok
	}
	return slices.ContainsFunc(p.Domains, func(d string) bool { return strings.EqualFold(d, host) })
}

// Resolved is what becomes of a typed IM address.
type Resolved struct {
	Address   Address // what will be used
	Decorated bool    // Address was made of another one by the decoration rule: it differs from what was typed
	Account   string  // what people call it: the Microsoft account of a Skype contact, else the IM address
}

// Resolve says which address is used when typed is entered as the IM address of a contact of provider.
// A Microsoft account of a domain that is not the provider's own is decorated: bob@contoso.com becomes
// bob(contoso.com)@msn.com; the decorated form is taken as well (the specification, custom domain names).
// For Lync a name without a domain is somebody in the domain of me. Errors are those of ParseAddress,
// ErrDecorated and ErrAccount.
func (p Providers) Resolve(me Address, provider Provider, typed string) (Resolved, error) {
	typed = strings.TrimSpace(typed)
	if provider == ProviderLync && me != "" && typed != "" && !strings.ContainsAny(typed, "@<: ") && !phoneNumber(typed) {
		typed += "@" + me.Host()
	}
	a, err := ParseAddress(typed)
	if err != nil {
		return Resolved{}, err
	}
	if provider != ProviderSkype {
		return Resolved{Address: a, Account: p.Account(a)}, nil
	}
	if a, err = ParseAddress(string(a.Folded())); err != nil { // Microsoft accounts know no capitals
		return Resolved{}, err
	}
	user, host := a.User(), a.Host()
	if p.Skype.owns(host) {
		return Resolved{Address: a, Account: p.Account(a)}, nil
	}
	if _, _, ok := undecorated(user); ok {
		return Resolved{}, ErrDecorated
	}
	if !hasName(host) {
		return Resolved{}, ErrAccount
	}
	decorated, err := ParseAddress("sip:" + user + "(" + host + ")@" + p.Skype.Decoration())
	if err != nil {
		return Resolved{}, err
	}
	return Resolved{Address: decorated, Decorated: true, Account: a.IM()}, nil
}

// KindOf says where a is, seen from me.
func (p Providers) KindOf(me, a Address) Kind {
	host := a.Host()
	switch {
	case p.Skype.owns(host):
		return Skype // to one another too: a public provider is nobody's organisation
	case me != "" && host == me.Host():
		return MyOrganization
	}
	return External
}

// Account returns the Microsoft account behind a decorated address, bob@contoso.com for
// bob(contoso.com)@msn.com, and the IM address of every other.
func (p Providers) Account(a Address) string {
	if a.Host() == p.Skype.Decoration() {
		if user, host, ok := undecorated(a.User()); ok {
			return user + "@" + host
		}
	}
	return a.IM()
}

// undecorated takes user(domain) apart.
func undecorated(s string) (user, host string, ok bool) {
	s, ok = strings.CutSuffix(s, ")")
	if !ok {
		return "", "", false
	}
	i := strings.LastIndexByte(s, '(')
	if i <= 0 {
		return "", "", false
	}
	user, host = s[:i], s[i+1:]
	if d, err := domain(host); err != nil || !strings.EqualFold(d, host) || !hasName(host) {
		return "", "", false
	}
	return user, host, true
}

// hasName reports whether host is a domain name with at least two labels, not an IP address.
func hasName(host string) bool {
	return strings.Contains(host, ".") && !strings.HasPrefix(host, "[") && strings.Trim(host, "0123456789.") != ""
}
