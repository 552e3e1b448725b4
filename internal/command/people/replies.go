package people

import "strings"

// reply is something a person says when spoken to. One whose word occurs in the message goes before those
// without a word.
type reply struct {
	word, text string
	does       deedAfter
}

// deedAfter is what a person does when the reply has been said.
type deedAfter uint8

const (
	nothing deedAfter = iota
	calls             // calls back: "call me"
	hangsUp           // ends the call that they are in
)

var danas = []reply{
	{word: "call", text: "Sure, I call you in a moment.", does: calls},
	{word: "call", text: "Calling you once more.", does: calls},
	{word: "bye", text: "Bye, talk to you soon!", does: hangsUp},
	{word: "hello", text: "Hi! Give me a second, the printer is on fire. Not really."},
	{word: "hi", text: "Hi Alice!"},
	{word: "thank", text: "Any time."},
	{word: "when", text: "Thursday at ten, if the drawings are done."},
	{word: "drawing", text: "They are on the share since this morning, sheets 3 to 7."},
	{word: "lunch", text: "Half past twelve, downstairs?"},
	{text: "Sounds good to me."},
	{text: "Let me check and come back to you."},
	{text: "Yes, saw it. I'd change the second page, the rest is fine."},
	{text: "Can we take five minutes after the review?"},
}

var eves = []reply{
	{word: "hello", text: "Hello from Zürich ☀"},
	{word: "call", text: "I am in a call right now, can you write instead?"},
	{word: "when", text: "Friday. Earlier if the trains run."},
	{word: "thank", text: "You're welcome 🙂"},
	{text: "In a call, but go on, I read along."},
	{text: "Good point. I'll bring it up here."},
	{text: "Two minutes…"},
	{text: "That would be 3 × 40 = 120, no?"},
}

var freds = []reply{
	{word: "call", text: "ok, calling you", does: calls},
	{word: "call", text: "again, then", does: calls},
	{word: "bye", text: "bye", does: hangsUp},
	{word: "hello", text: "Morning. Is it still morning?"},
	{word: "server", text: "Which one? Two of them are mine."},
	{word: "down", text: "Looking. It is up again, please try."},
	{word: "thank", text: "np"},
	{text: "ok"},
	{text: "On it."},
	{text: "Did you try it over TLS?\nIt behaves differently there."},
	{text: "That needs a restart, tonight is fine."},
}

var ginas = []reply{
	{word: "call", text: "Volentieri. One moment, I call you.", does: calls},
	{word: "call", text: "I call you again.", does: calls},
	{word: "bye", text: "Ciao!", does: hangsUp},
	{word: "hello", text: "Good morning Alice!"},
	{word: "thank", text: "Prego!"},
	{word: "when", text: "Thursday, with the noon truck."},
	{word: "hinge", text: "The steel ones. Forty pieces."},
	{text: "I ask the workshop and write again."},
	{text: "Perfetto."},
	{text: "Could you send me the drawing of sheet 4?"},
}

var cheris = []reply{
	{word: "call", text: "Love to. Calling you!", does: calls},
	{word: "call", text: "Again? Of course!", does: calls},
	{word: "bye", text: "Bye bye!", does: hangsUp},
	{word: "hello", text: "Hey hey!"},
	{word: "coffee", text: "Wednesday at the harbour?"},
	{word: "thank", text: "😘"},
	{text: "Haha, yes!"},
	{text: "Wait, the wind is picking up. Later!"},
	{text: "I can see your status now, so this Lync thing works 😀"},
}

var bobs = []reply{
	{word: "call", text: "Sure, I call you.", does: calls},
	{word: "call", text: "I try once more.", does: calls},
	{word: "bye", text: "Bye.", does: hangsUp},
	{word: "yes", text: "Great."},
	{word: "thursday", text: "At ten. I bring the rods."},
	{word: "hello", text: "Hi there."},
	{word: "fish", text: "Nothing under forty centimetres this year."},
	{text: "Sure."},
	{text: "Let me ask my wife."},
	{text: "Sent from the boat."},
}

// answer chooses what to say to a message: by a word in it, else one that was not said last time.
func (p *person) answer(message string) reply {
	lower := strings.ToLower(message)
	var fits []reply
	for _, r := range p.replies {
		if r.word != "" && containsWord(lower, r.word) && r.text != p.said {
			p.said = r.text
			return r
		}
		if r.word == "" && r.text != p.said {
			fits = append(fits, r)
		}
	}
	r := fits[p.dice.IntN(len(fits))]
	p.said = r.text
	return r
}

// containsWord reports whether a word of s begins with word, so that "hi" is not in "this".
func containsWord(s, word string) bool {
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n.,;:!?()\"'", r) }) {
		if f == word || (len(word) > 3 && strings.HasPrefix(f, word)) {
			return true
		}
	}
	return false
}
