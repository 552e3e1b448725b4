package app

import (
	"testing"

	"golync/internal/option"
)

func TestNobodyLearnsThatTheUserIsTypingAgainstTheOption(t *testing.T) {
	w := talking(t)
	w.do(w.Write(w.now, dana))
	w.tells(TellTyping{Peer: dana, Active: true})
	set := option.Default()
	set.IM.Typing = false
	w.do(w.SetOptions(w.now, set))
	w.tells(TellTyping{Peer: dana}) // what was told is taken back
	w.do(w.Write(w.now, dana))
	w.after(typingRefresh)
	w.do(w.Write(w.now, dana))
	w.tells()
	w.do(w.Rest(w.now, dana))
	w.tells()
	w.do(w.SetOptions(w.now, option.Default()))
	w.do(w.Write(w.now, dana))
	w.tells(TellTyping{Peer: dana, Active: true})
}
