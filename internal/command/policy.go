package command

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"golync/internal/lab"
	"golync/internal/lab/policy"
)

// somebody stands for the Skype user of whom a policy's table speaks.
const somebody = "sip:somebody@outlook.com"

// CheckPolicy reads a policy file and says what is in it, and what in it can never apply: with the addresses of a
// users file also the lines for people who are not there. Its errors have the line of the first mistake.
func CheckPolicy(out io.Writer, path string, users []string) error {
	p, err := lab.ReadPolicy(path)
	if err != nil {
		return err
	}
	for _, w := range warnings(p, users) {
		fmt.Fprintln(out, w)
	}
	_, err = fmt.Fprintf(out, "%s is good: %s and %s are named in it\n", path, count(len(p.Users), "user"), count(len(p.Domains), "domain"))
	return err
}

// warnings are those of a policy by itself, and by the users of a users file; without any there was no such file.
func warnings(p *policy.Policy, users []string) []string {
	if len(users) == 0 {
		return p.Warnings
	}
	return slices.Concat(p.Warnings, p.Against(users))
}

// count writes a number of things.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprint(n, " ", thing)
}

// ShowPolicy prints what a policy file comes to for every user it names, for those of users besides, and for everybody
// else: each switch with where it is set, and what follows for Skype.
func ShowPolicy(out io.Writer, path string, users []string) error {
	p, err := lab.ReadPolicy(path)
	if err != nil {
		return err
	}
	state := "off"
	if p.Provider.Enabled {
		state = "on"
	}
	fmt.Fprintf(out, "provider  %s is %s, %s\n", p.Provider.Name, state, p.Provider.Verification)
	for _, d := range slices.Sorted(maps.Keys(p.Domains)) {
		fmt.Fprintf(out, "domain    %s: provisioning %s\n", d, p.Domains[d])
	}
	if len(p.Domains) == 0 {
		fmt.Fprintln(out, "domain    none is provisioned")
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "USER")
	for _, s := range policy.Switches() {
		fmt.Fprintf(w, "\t%s", s)
	}
	fmt.Fprintln(w, "\tSKYPE")
	for _, u := range everybody(p, users) {
		fmt.Fprint(w, strings.TrimPrefix(u, "sip:"))
		for _, s := range policy.Switches() {
			on, from := p.Effective(u, s)
			fmt.Fprintf(w, "\t%s (%s)", onOff(on), from)
		}
		skype := withSkype(p, u)
		if len(users) > 0 && !named(users, u) {
			skype = "nobody: not in the users file"
		}
		fmt.Fprintf(w, "\t%s\n", skype)
	}
	fmt.Fprint(w, "everybody else")
	for _, s := range policy.Switches() {
		on, from := p.Effective("", s)
		fmt.Fprintf(w, "\t%s (%s)", onOff(on), from)
	}
	fmt.Fprintln(w, "\tby domain")
	if all := warnings(p, users); len(all) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(all, "\n"))
	}
	return w.Flush()
}

// named reports whether an address is among others, whatever the case of its letters.
func named(all []string, address string) bool {
	return slices.ContainsFunc(all, func(a string) bool { return strings.EqualFold(a, address) })
}

// everybody lists the Lync users that a policy's table has.
func everybody(p *policy.Policy, users []string) []string {
	all := slices.Clone(users)
	for _, a := range p.Addresses() {
		if !named(users, a) {
			all = append(all, a)
		}
	}
	all = slices.DeleteFunc(all, func(u string) bool { return p.Public(u[strings.LastIndexByte(u, '@')+1:]) })
	slices.Sort(all)
	return all
}

// withSkype says what a policy leaves of Skype for one user, or which rule leaves nothing.
func withSkype(p *policy.Policy, user string) string {
	me, skype := policy.Party{Address: user}, policy.Party{Address: somebody, Public: true}
	ask := func(deed policy.Deed) policy.Refusal {
		return p.Decide(policy.Ask{From: me, To: skype, Deed: deed, Listed: true})
	}
	if r := ask(policy.Write); r.Refused() {
		return "nothing: " + string(r.Rule)
	}
	if ask(policy.Call).Refused() {
		return "messages"
	}
	return "messages, calls"
}

func onOff(on bool) string {
	if on {
		return "true"
	}
	return "false"
}
