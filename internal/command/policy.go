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

// CheckPolicy reads a policy file and says what is in it. Its errors have the line of the first mistake.
func CheckPolicy(out io.Writer, path string) error {
	p, err := lab.ReadPolicy(path)
	if err != nil {
		return err
	}
	for _, w := range p.Warnings {
		fmt.Fprintln(out, w)
	}
	_, err = fmt.Fprintf(out, "%s is good: %d users and %d domains are named in it\n", path, len(p.Users), len(p.Domains))
	return err
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
		fmt.Fprintf(w, "\t%s\n", withSkype(p, u))
	}
	fmt.Fprint(w, "everybody else")
	for _, s := range policy.Switches() {
		on, from := p.Effective("", s)
		fmt.Fprintf(w, "\t%s (%s)", onOff(on), from)
	}
	fmt.Fprintln(w, "\tby domain")
	return w.Flush()
}

// everybody lists the Lync users that a policy's table has.
func everybody(p *policy.Policy, users []string) []string {
	all := slices.Concat(p.Addresses(), users)
	all = slices.DeleteFunc(all, func(u string) bool { return p.Public(u[strings.LastIndexByte(u, '@')+1:]) })
	slices.Sort(all)
	return slices.Compact(all)
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
