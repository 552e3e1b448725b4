package people

import (
	"context"
	"maps"
	"slices"
	"strings"

	"golync/contacts"
	"golync/sipclient/presrules"
)

// Leave has one of them go for good, because somebody plays that person now: the program ends, and whom it had
// let in is undecided again, so that the player meets the requests. Nobody of that address is nobody who has
// to leave.
func (p *People) Leave(ctx context.Context, address string) {
	i := slices.IndexFunc(p.all, func(one *person) bool { return one.address == address })
	if i < 0 {
		return
	}
	one := p.all[i]
	one.leave()
	<-one.left
	one.report("rules", one.client.SetRules(ctx, presrules.Rules{Undecided: slices.Sorted(maps.Keys(one.rules.People))}))
	one.report("leaving", one.client.SignOut(ctx))
}

// NameOf returns what the person with an address is called, and whether there is one besides the user.
func NameOf(address string) (name string, ok bool) {
	for _, c := range cast() {
		if c.address == address {
			return c.name, true
		}
	}
	return "", false
}

// Accounts lists the Microsoft accounts of the Skype users, for people to read.
func Accounts() string {
	var all []string
	for _, c := range cast() {
		if a := contacts.Address(c.address); (contacts.Providers{}).AccountKind(a) == contacts.Skype {
			all = append(all, contacts.Providers{}.Account(a))
		}
	}
	return strings.Join(all, " or ")
}
