package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golync/contacts"
	"golync/internal/config"
	"golync/internal/lab"
	"golync/internal/lab/policy"
)

// signIn is the command with which somebody signs in, to be pasted into a shell.
func signIn(server *lab.Lab, u config.User, ca string) string {
	words := []string{"golync", "--account", string(u.Address)}
	if server.Public(string(u.Address)) {
		words = []string{"golync", "skype", "--account", contacts.Providers{}.Account(u.Address)}
	}
	words = append(words, "--server", server.At("tls"), "--ca", ca, "--xcap", server.XCAP())
	for i, w := range words {
		words[i] = quoted(w)
	}
	return strings.Join(words, " ")
}

// quoted is a word as a shell takes it for one and for nothing else.
func quoted(word string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("@%+=:,./_-[]", c)
	}
	if word != "" && strings.IndexFunc(word, func(c rune) bool { return !plain(c) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// tellProvider says what the windows have to be told of a provider that is not the Skype they know: without it
// they take its people for somebody else's.
func tellProvider(out io.Writer, p *policy.Policy, users []config.User) {
	if p == nil || len(p.Provider.Domains) == 0 {
		return
	}
	domains := slices.Clone(p.Provider.Domains)
	decoration := domains[0]
	for _, u := range users {
		if strings.HasSuffix(u.Address.User(), ")") && slices.Contains(domains, u.Address.Host()) {
			decoration = u.Address.Host() // where accounts of other domains stand
		}
	}
	domains = slices.DeleteFunc(domains, func(d string) bool { return d == decoration && len(p.Provider.Domains) > 1 })
	for i, d := range domains {
		domains[i] = fmt.Sprintf("%q", d)
	}
	fmt.Fprintf(out, "\nThe policy has %s stand for Skype, which no window knows by itself: put this into\n"+
		"the config.toml of everybody (docs/configuration.md).\n\n"+
		"[providers.skype]\nname = %q\ndecoration_domain = %q\ndomains = [%s]\n",
		strings.Join(p.Provider.Domains, ", "), p.Provider.Name, decoration, strings.Join(domains, ", "))
}
