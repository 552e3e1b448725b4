package e2e

import (
	"testing"

	"golync/internal/e2e/window"
)

// talkers are Alice, who uses Lync, and Bob, who uses Skype, with ears, and contacts of each other.
type talkers struct {
	*sides
	alice, bob           *window.Window
	aliceHears, bobHears window.Recording
}

func talkersUnder(t *testing.T, policy string) talkers {
	t.Helper()
	s := between(t, policy)
	aliceHas, aliceHears := ears(t, s.dir, "alice", mine)
	bobHas, bobHears := ears(t, s.dir, "bob", theirs)
	w := talkers{s, s.lync("alice@contoso.com", "Alice", "--config", aliceHas), s.skype("bob@contoso.com", "--config", bobHas), aliceHears, bobHears}
	befriends(w.alice, w.bob)
	return w
}

// "You can now establish an audio or video call with the newly added Skype user": Lync calls Skype, Skype calls
// Lync, and each hears the other through the gateway.
func TestLyncAndSkypeCallEachOther(t *testing.T) {
	x := talkersUnder(t, allowed)
	dials(x.alice, "Bob - Available")
	x.bob.Sees("Incoming call", "Alice", "alice@contoso.com")
	x.alice.Sees("Call with Bob", "Ringing…")
	x.bob.Presses("alt+c")
	x.bothTalk(t)
	x.bob.Presses("alt+q")
	x.alice.Sees("Bob has hung up.")
	x.alice.Row("Bob - Available")

	x.bob.Picks("Alice - Online")
	x.bob.Presses("alt+p")
	x.alice.Sees("Incoming call", "Bob", "External Network")
	x.alice.Presses("alt+c")
	x.bothTalk(t)
	x.alice.Presses("alt+q")
	x.bob.Sees("Alice has hung up.")
	x.alice.Quits()
	x.bob.Quits()
}

// bothTalk waits until each hears the other's tone.
func (x talkers) bothTalk(t *testing.T) {
	t.Helper()
	counts(t, x.alice, "Bob")
	counts(t, x.bob, "Alice")
	x.aliceHears.Hears(t, theirs, 0.2)
	x.bobHears.Hears(t, mine, 0.2)
	x.alice.Sees("Call with Bob", "They ■", "You ■", "encrypted")
}

// The administrator may allow Skype contacts and not calls with them: who is not allowed to call is told so, the
// other one learns nothing of the policy, and nothing rings.
func TestCallsWithSkypeTakeTheAdministrator(t *testing.T) {
	x := talkersUnder(t, reworded(t, allowed, "AudioVideoAccess = true", "AudioVideoAccess = false"))
	dials(x.alice, "Bob - Available")
	x.alice.Sees("Bob could not be called (Your Administrator Does Not", "Allow Calls with Skype). Send an instant message.")
	x.logs("refused", "deed=call", "EnablePublicCloudAudioVideoAccess")
	x.bob.Picks("Alice - Online")
	x.bob.Presses("alt+p")
	x.bob.Gets(1, "SIP/2.0 488 ", "INVITE")
	x.bob.Sees("Send an instant message.")
	for _, w := range []*window.Window{x.alice, x.bob} {
		never(t, w, "Incoming call")
	}
	never(t, x.bob, "Administrator")

	x.decrees(allowed)
	x.logs("policy in force", "policy.toml")
	x.alice.Insists(func() { dials(x.alice, "Bob - Available") }, seen("Ringing…"))
	x.bob.Sees("Incoming call")
	x.alice.Presses("alt+q")
	x.bob.Loses("Incoming call")
	x.alice.Quits()
	x.bob.Quits()
}

// A call that nobody took is counted until it has been looked at, and is called back from there.
func TestAMissedCallIsCountedAndCalledBack(t *testing.T) {
	x := talkersUnder(t, allowed)
	x.bob.Picks("Alice - Online")
	x.bob.Presses("alt+p")
	x.alice.Sees("Incoming call")
	x.bob.Presses("alt+q")
	x.alice.Gets(1, "CANCEL sip:")
	x.alice.Loses("Incoming call")
	x.alice.Sees("Conversations (1)")
	opensCalls(x.alice)
	x.alice.Row("Missed")
	x.alice.Loses("Conversations (1)")
	x.alice.Picks("Bob")
	x.alice.Presses("enter")
	x.bob.Sees("Incoming call")
	x.bob.Presses("alt+i")
	x.alice.Sees("Bob has declined the call.")
	x.alice.Quits()
	x.bob.Quits()
}

// Do Not Disturb keeps calls away: nothing rings, the caller is told, and the call stands among the missed ones.
func TestDoNotDisturbKeepsCallsAway(t *testing.T) {
	x := talkersUnder(t, allowed)
	x.alice.Presses("p")
	x.alice.Clicks("Do Not Disturb")
	x.bob.Row("Alice - Do Not Disturb")
	x.bob.Picks("Alice - ")
	x.bob.Presses("alt+p")
	x.bob.Sees("Alice is in another call or does not want to be", "disturbed. Call later, or send an instant message.")
	x.alice.Sends(1, "SIP/2.0 486 ", "INVITE")
	x.alice.Sees("Conversations (1)")
	never(t, x.alice, "Incoming call")
	opensCalls(x.alice)
	x.alice.Row("Missed - Do Not Disturb")
	x.alice.Quits()
	x.bob.Quits()
}
