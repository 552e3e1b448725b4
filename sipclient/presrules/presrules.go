// Package presrules reads and writes presence authorization documents (RFC 4745, RFC 5025), which say
// who may see the user's presence. It is pure. Rules of other programs in the same document are kept
// byte for byte; golync's own rules have ids that begin with "golync-".
package presrules

// Level names a rule set of golync. Its order is the order of the rules in the document.
type Level uint8

// The rule sets: one for each privacy relationship, one for people dismissed, one for everybody outside.
// The zero Level is that of a decision that is not golync's.
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
	// Undecided are people on whom a decision was taken back. Merge leaves everybody else, who is not in
	// People either, as the document has it: that was decided on another device.
	Undecided []string
	// OutsideAllowed lists domains whose people are all allowed as External ("Allow anyone to contact
	// me"); nil writes no such rule. Somebody named in People is never touched by it.
	OutsideAllowed []string
}

// Handling is what a watcher's subscription gets (RFC 5025 section 3.2.1). Its order is that of the RFC:
// when several rules fit, the highest counts.
type Handling uint8

// The handlings of RFC 5025.
const (
	Block       Handling = iota // refused, and told so
	Confirm                     // pending, until the user decides
	PoliteBlock                 // accepted, and shown Offline
	Allow                       // accepted
)

const (
	nsPolicy   = "urn:ietf:params:xml:ns:common-policy"
	nsPresence = "urn:ietf:params:xml:ns:pres-rules"
)

// ownPrefix begins the id of every rule that golync writes, and of no other program's.
const ownPrefix = "golync-"

// outsideID is the rule of Rules.OutsideAllowed.
const outsideID = ownPrefix + "outside"

// ids are the rule ids of the levels.
var ids = map[Level]string{
	FriendsAndFamily: ownPrefix + "friends-and-family",
	Workgroup:        ownPrefix + "workgroup",
	Colleagues:       ownPrefix + "colleagues",
	External:         ownPrefix + "external",
	Blocked:          ownPrefix + "blocked",
	Dismissed:        ownPrefix + "dismissed",
}

// handlings are the words of RFC 5025 section 3.2.1.
var handlings = map[string]Handling{"block": Block, "confirm": Confirm, "polite-block": PoliteBlock, "allow": Allow}

// String gives the word of RFC 5025; empty for no handling.
func (h Handling) String() string {
	for word, handling := range handlings {
		if handling == h {
			return word
		}
	}
	return ""
}

// handling is what a level's rule says.
func (l Level) handling() Handling {
	switch l {
	case Blocked:
		return PoliteBlock
	case Dismissed:
		return Confirm
	default:
		return Allow
	}
}
