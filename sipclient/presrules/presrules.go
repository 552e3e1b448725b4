// Package presrules reads and writes presence authorization documents (RFC 4745, RFC 5025), which say
// who may see the user's presence. It is pure. Rules of other programs in the same document are kept
// byte for byte; golync's own rules have ids that begin with "golync-".
package presrules

// Level names a rule set of golync. Its order is the order of the rules in the document.
type Level uint8

// The rule sets: one for each privacy relationship, one for people dismissed, one for everybody outside.
const (
	FriendsAndFamily Level = iota + 1
	Workgroup
	Colleagues
	External
	Blocked   // polite-block: sees Offline
	Dismissed // confirm, named "golync-dismissed": stays pending, decided on every device
)

// Rules is what the user decided, by address of record ("sip:user@host").
type Rules struct {
	People map[string]Level
	// OutsideAllowed lists domains whose people are all allowed as External ("Allow anyone to contact
	// me"); nil writes no such rule. Somebody named in People is never touched by it.
	OutsideAllowed []string
}
