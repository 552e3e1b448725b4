package people

import "strings"

// reply is something a person says when spoken to. One whose word occurs in the message goes before those
// without a word.
type reply struct{ word, text string }

var danas = []reply{
	{"hello", "Hi! Give me a second, the printer is on fire. Not really."},
	{"hi", "Hi Alice!"},
	{"thank", "Any time."},
	{"when", "Thursday at ten, if the drawings are done."},
	{"drawing", "They are on the share since this morning, sheets 3 to 7."},
	{"lunch", "Half past twelve, downstairs?"},
	{"", "Sounds good to me."},
	{"", "Let me check and come back to you."},
	{"", "Yes, saw it. I'd change the second page, the rest is fine."},
	{"", "Can we take five minutes after the review?"},
}

var eves = []reply{
	{"hello", "Hello from Zürich ☀"},
	{"call", "I am in a call right now, can you write instead?"},
	{"when", "Friday. Earlier if the trains run."},
	{"thank", "You're welcome 🙂"},
	{"", "In a call, but go on, I read along."},
	{"", "Good point. I'll bring it up here."},
	{"", "Two minutes…"},
	{"", "That would be 3 × 40 = 120, no?"},
}

var freds = []reply{
	{"hello", "Morning. Is it still morning?"},
	{"server", "Which one? Two of them are mine."},
	{"down", "Looking. It is up again, please try."},
	{"thank", "np"},
	{"", "ok"},
	{"", "On it."},
	{"", "Did you try it over TLS?\nIt behaves differently there."},
	{"", "That needs a restart, tonight is fine."},
}

var ginas = []reply{
	{"hello", "Good morning Alice!"},
	{"thank", "Prego!"},
	{"when", "Thursday, with the noon truck."},
	{"hinge", "The steel ones. Forty pieces."},
	{"", "I ask the workshop and write again."},
	{"", "Perfetto."},
	{"", "Could you send me the drawing of sheet 4?"},
}

var cheris = []reply{
	{"hello", "Hey hey!"},
	{"coffee", "Wednesday at the harbour?"},
	{"thank", "😘"},
	{"", "Haha, yes!"},
	{"", "Wait, the wind is picking up. Later!"},
	{"", "I can see your status now, so this Lync thing works 😀"},
}

var bobs = []reply{
	{"yes", "Great."},
	{"thursday", "At ten. I bring the rods."},
	{"hello", "Hi there."},
	{"fish", "Nothing under forty centimetres this year."},
	{"", "Sure."},
	{"", "Let me ask my wife."},
	{"", "Sent from the boat."},
}

// answer chooses what to say to a message: by a word in it, else one that was not said last time.
func (p *person) answer(message string) string {
	lower := strings.ToLower(message)
	var fits []string
	for _, r := range p.replies {
		if r.word != "" && containsWord(lower, r.word) && r.text != p.said {
			p.said = r.text
			return r.text
		}
		if r.word == "" && r.text != p.said {
			fits = append(fits, r.text)
		}
	}
	p.said = fits[p.dice.IntN(len(fits))]
	return p.said
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
