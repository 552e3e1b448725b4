package config

import (
	"fmt"
	"strings"
	"unicode"

	"golync/contacts"
)

// publicProvider is the table of a contact provider: the built-in one is Skype, and with other domains another
// network that speaks SIP stands for it.
type publicProvider struct {
	Name             providerName `toml:"name"`
	Glyph            glyph        `toml:"glyph"`
	DecorationDomain domain       `toml:"decoration_domain"`
	Domains          domains      `toml:"domains"`
}

// longestName bounds what a provider is called, in characters: it stands in menus.
const longestName = 24

// providerName is what people call a provider.
type providerName string

// UnmarshalTOML takes a decoded value.
func (n *providerName) UnmarshalTOML(value any) error {
	s, ok := value.(string)
	letters := []rune(strings.TrimSpace(s))
	for _, r := range letters {
		ok = ok && unicode.IsPrint(r)
	}
	if !ok || len(letters) == 0 || len(letters) > longestName {
		return fmt.Errorf("expected a name in quotes of at most %d characters, such as \"Skype\", not %v", longestName, value)
	}
	*n = providerName(letters)
	return nil
}

// glyph is a sign one cell wide.
type glyph string

// UnmarshalTOML takes a decoded value.
func (g *glyph) UnmarshalTOML(value any) error {
	s, _ := value.(string)
	signs := []rune(s)
	if len(signs) != 1 || !unicode.IsGraphic(signs[0]) || unicode.In(signs[0], unicode.Mn, unicode.Me, unicode.Zs) {
		return fmt.Errorf("expected one character in quotes, such as \"S\", not %v", value)
	}
	*g = glyph(s)
	return nil
}

// domain is a domain name in lower case.
type domain string

// UnmarshalTOML takes a decoded value.
func (d *domain) UnmarshalTOML(value any) error {
	s, _ := value.(string)
	if s == "" || strings.ContainsAny(s, " @/:") {
		return fmt.Errorf("expected a domain in quotes, such as \"msn.com\", not %q", fmt.Sprint(value))
	}
	*d = domain(strings.ToLower(s))
	return nil
}

// domains is a list of them.
type domains []domain

// UnmarshalTOML takes a decoded value.
func (d *domains) UnmarshalTOML(value any) error {
	list, ok := value.([]any)
	if !ok {
		return fmt.Errorf("expected a list of domains, such as [\"outlook.com\", \"live.com\"], not %v", value)
	}
	for _, item := range list {
		var one domain
		if err := one.UnmarshalTOML(item); err != nil {
			return err
		}
		*d = append(*d, one)
	}
	return nil
}

// providers returns the contact providers as configured.
func (f *file) providers() contacts.Providers {
	p := f.Providers.Skype
	skype := contacts.PublicProvider{Name: string(p.Name), Glyph: string(p.Glyph), DecorationDomain: string(p.DecorationDomain)}
	for _, d := range p.Domains {
		skype.Domains = append(skype.Domains, string(d))
	}
	return contacts.Providers{Skype: skype}
}
