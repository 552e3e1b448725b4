package text

import "testing"

func TestSentence(t *testing.T) {
	for words, want := range map[Safe]Safe{
		"": "", "nobody is there": "Nobody is there.", "Nobody is there.": "Nobody is there.", "is it?": "Is it?",
		"ärger": "Ärger.", "é": "É.", "你好": "你好.", "5 are left": "5 are left.",
	} {
		if got := Sentence(words); got != want {
			t.Errorf("%q becomes %q, want %q", words, got, want)
		}
	}
}
