package policy

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"golync/sipclient/nameaddr"
)

// Bounds of a policy file.
const (
	MaxSize  = 1 << 20 // bytes
	maxUsers = 10_000
)

// ErrTooLarge says that a file is no policy by its size alone.
var ErrTooLarge = errors.New("a policy file has at most 1 MB")

// reader goes through a file's tables. It keeps the first mistake, in the order of the file.
type reader struct {
	path  string
	lines lines
	at    int // line of the first mistake
	err   error
	p     *Policy
	setUp map[string]int // lines of the domains
}

// Parse reads the text of a policy file. Errors are FILE:LINE: what is wrong and what is allowed. Keys count
// whatever their case, as they do in the administrator's shell.
func Parse(path, content string) (*Policy, error) {
	if len(content) > MaxSize {
		return nil, fmt.Errorf("%s: %w", path, ErrTooLarge)
	}
	var root map[string]any
	if _, err := toml.Decode(content, &root); err != nil {
		var bad toml.ParseError
		if errors.As(err, &bad) {
			return nil, fmt.Errorf("%s:%d: %s", path, unclosed(content, bad.Position.Line), bad.Message)
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	r := &reader{path: path, lines: linesOf(content), setUp: map[string]int{}, p: &Policy{
		Provider: Provider{Name: "Skype", Verification: AlwaysVerifiable},
		Global:   map[Switch]bool{}, Users: map[string]map[Switch]bool{}, Domains: map[string]Setup{},
	}}
	for _, key := range slices.Sorted(maps.Keys(root)) {
		r.section(key, root[key])
	}
	if r.err != nil {
		return nil, r.err
	}
	r.idle()
	slices.Sort(r.p.Warnings)
	return r.p, nil
}

// wrong notes a mistake; that which stands first in the file is told.
func (r *reader) wrong(line int, format string, args ...any) {
	if r.err == nil || line < r.at {
		r.at, r.err = line, fmt.Errorf("%s:%d: %s", r.path, line, fmt.Sprintf(format, args...))
	}
}

// missing is wrong for what a whole table lacks, unless a key of it was mistyped, which explains it.
func (r *reader) missing(at place, format string, args ...any) {
	if r.err == nil {
		r.wrong(r.lines.of(at, ""), format, args...)
	}
}

// section reads one table, or one list of tables.
func (r *reader) section(key string, value any) {
	switch strings.ToLower(key) {
	case "provider":
		r.table(key, value, r.provider)
	case "global":
		r.table(key, value, func(at place, t map[string]any) {
			for k, v := range t {
				r.flick(r.p.Global, at, k, v, "")
			}
		})
	case "user":
		r.tables(key, value, r.user)
	case "domain":
		r.tables(key, value, r.domain)
	default:
		r.wrong(r.lines.of(place{key, 0}, ""), "there is no %q: expected [provider], [global], [[user]] or [[domain]]", key)
	}
}

func (r *reader) table(key string, value any, read func(place, map[string]any)) {
	t, ok := value.(map[string]any)
	if !ok {
		r.wrong(r.lines.of(place{key, 0}, ""), "%s is a single table: expected [%s]", key, key)
		return
	}
	read(place{key, 0}, t)
}

func (r *reader) tables(key string, value any, read func(place, map[string]any)) {
	list, ok := tablesIn(value)
	if !ok || len(list) > maxUsers {
		r.wrong(r.lines.of(place{key, 0}, ""), "%s is a list of at most %d tables: expected [[%s]]", key, maxUsers, key)
		return
	}
	for i, t := range list {
		read(place{key, i}, t)
	}
}

// tablesIn returns a list of tables, written as tables or inline.
func tablesIn(value any) ([]map[string]any, bool) {
	if list, ok := value.([]map[string]any); ok {
		return list, true
	}
	inline, ok := value.([]any)
	list := make([]map[string]any, 0, len(inline))
	for _, v := range inline {
		t, table := v.(map[string]any)
		list, ok = append(list, t), ok && table
	}
	return list, ok
}

// provider reads what the file says of the public provider. A provider that the file names is off until it
// says otherwise, as a new CsPublicProvider is.
func (r *reader) provider(at place, t map[string]any) {
	for k, v := range t {
		line := r.lines.of(at, k)
		switch strings.ToLower(k) {
		case "name":
			s, ok := v.(string)
			if !ok || strings.TrimSpace(s) == "" {
				r.wrong(line, "name: expected the provider's name in quotes, such as \"Skype\"")
			}
			r.p.Provider.Name = s
		case "enabled":
			on, ok := v.(bool)
			if !ok {
				r.wrong(line, "enabled: expected true or false, not %s", shown(v))
			}
			r.p.Provider.Enabled = on
		case "verification":
			r.verification(line, v)
		case "domains":
			r.p.Provider.Domains = r.domains(line, v)
		default:
			r.wrong(line, "there is no setting %q for a provider: expected name, enabled, verification or domains", k)
		}
	}
}

// domains reads the list of domains whose people are the provider's users.
func (r *reader) domains(line int, v any) (all []string) {
	list, ok := v.([]any)
	for _, one := range list {
		s, text := one.(string)
		ok = ok && text && isDomain(s)
		all = append(all, strings.ToLower(s))
	}
	if !ok || len(list) == 0 {
		r.wrong(line, "domains: expected a list of SIP domains, such as [\"outlook.com\", \"live.com\"]")
	}
	return all
}

func isDomain(s string) bool { return s != "" && !strings.ContainsAny(s, " @/:\r\n") }

func (r *reader) verification(line int, v any) {
	for _, level := range []Verification{AlwaysVerifiable, AlwaysUnverifiable, UseSourceVerification} {
		if s, ok := v.(string); ok && strings.EqualFold(s, string(level)) {
			r.p.Provider.Verification = level
			if level == UseSourceVerification {
				r.p.Warnings = append(r.p.Warnings, fmt.Sprintf("%s:%d: verification: %s is deprecated and counts as %s", r.path, line, level, AlwaysVerifiable))
			}
			return
		}
	}
	r.wrong(line, "verification: expected %q, %q or %q, not %s", AlwaysVerifiable, AlwaysUnverifiable, UseSourceVerification, shown(v))
}

func (r *reader) user(at place, t map[string]any) {
	set := map[Switch]bool{}
	address, named, written := "", false, r.lines.of(at, "address")
	for k, v := range t {
		if !strings.EqualFold(k, "address") {
			r.flick(set, at, k, v, "address or ")
			continue
		}
		s, _ := v.(string)
		if s != "" && !strings.Contains(s, ":") {
			s = "sip:" + s
		}
		_, aor, err := nameaddr.Parse(s)
		if err != nil {
			r.wrong(written, "address: expected a SIP address such as \"sip:alice@contoso.com\", not %s", shown(v))
		}
		address, named = aor, true
	}
	switch {
	case !named:
		r.missing(at, "this user has no address")
	case r.p.Users[strings.ToLower(address)] != nil && address != "":
		r.wrong(written, "address: %s is there twice", address)
	}
	r.p.Users[strings.ToLower(address)] = set
	r.p.places = append(r.p.places, placed{r.path, written, address})
}

// flick reads one switch.
func (r *reader) flick(set map[Switch]bool, at place, key string, value any, besides string) {
	line := r.lines.of(at, key)
	for _, s := range Switches() {
		if !strings.EqualFold(key, string(s)) {
			continue
		}
		on, ok := value.(bool)
		if !ok {
			r.wrong(line, "%s: expected true or false, not %s", s, shown(value))
		}
		set[s] = on
		return
	}
	r.wrong(line, "there is no setting %q: expected %s%s, %s or %s", key, besides, PublicCloud, PublicCloudAudioVideo, Federation)
}

func (r *reader) domain(at place, t map[string]any) {
	name, setup := "", Setup("")
	for k, v := range t {
		line, s := r.lines.of(at, k), ""
		s, _ = v.(string)
		switch strings.ToLower(k) {
		case "name":
			name = strings.ToLower(s)
			if !isDomain(name) {
				r.wrong(line, "name: expected a SIP domain such as \"contoso.com\", not %s", shown(v))
			}
		case "provisioning":
			setup = Setup(strings.ToLower(s))
			if setup != Done && setup != Pending {
				r.wrong(line, "provisioning: expected %q or %q, not %s", Done, Pending, shown(v))
			}
		default:
			r.wrong(line, "there is no setting %q for a domain: expected name or provisioning", k)
		}
	}
	switch {
	case name == "":
		r.missing(at, "this domain has no name")
	case setup == "":
		r.missing(at, "%s has no provisioning: expected %q or %q", name, Done, Pending)
	case r.p.Domains[name] != "":
		r.missing(at, "%s is there twice", name)
	}
	r.p.Domains[name], r.setUp[name] = setup, r.lines.of(at, "name")
}

// shown writes a wrong value, bounded.
func shown(v any) string {
	switch t := v.(type) {
	case string:
		return fmt.Sprintf("%.60q", t)
	case map[string]any, []map[string]any, []any:
		return "a table or list"
	}
	return fmt.Sprintf("%.60s", fmt.Sprint(v))
}

// Addresses lists the users whom the policy names, as the file writes them, in order.
func (p *Policy) Addresses() (all []string) {
	for _, u := range p.places {
		all = append(all, u.address)
	}
	slices.Sort(all)
	return all
}
