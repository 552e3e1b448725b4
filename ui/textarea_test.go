package ui

import (
	"testing"

	"golync/internal/text"
)

// areaDialog is a form with a text area alone.
type areaDialog struct {
	introduction
	sent int
}

// inArea opens one over the window.
func inArea(t *testing.T, do func(x *face, a *textArea, sent *int)) {
	t.Helper()
	inWindow(t, 80, 24, world, func(x *face) {
		d := &areaDialog{introduction: introduction{m: x.model, words: newTextArea(3, 20)}}
		d.form.parts = []part{label("Write"), d.words, hint(1, func() text.Safe {
			if d.words.full {
				return "full"
			}
			return text.Int(d.words.left())
		})}
		d.form.buttons = []formButton{{"Send", func() { d.sent++ }}, {"Cancel", func() {}}}
		x.program.Send(laterMsg{func() { x.model.open(&d.introduction) }})
		x.settle()
		do(x, d.words, &d.sent)
	})
}

func TestATextAreaIsOneParagraph(t *testing.T) {
	inArea(t, func(x *face, a *textArea, sent *int) {
		x.types("ab")
		x.press("alt+enter")
		x.pastes("c\nd\x07e\n")
		if a.value() != "abc de" {
			t.Errorf("it holds %q", a.value())
		}
		if *sent != 0 {
			t.Error("pasting a line break sent it")
		}
		x.press("enter")
		if *sent != 1 {
			t.Errorf("enter sent it %d times", *sent)
		}
	})
}

func TestATextAreaSaysWhenItIsFull(t *testing.T) {
	inArea(t, func(x *face, a *textArea, _ *int) {
		x.types("0123456789012345678")
		x.sees(" 1 ")
		x.pastes("too much")
		x.sees("full")
		x.press("backspace")
		x.seesNot("full")
		if a.value() != "012345678901234567" {
			t.Errorf("it holds %q", a.value())
		}
	})
}

func TestTheArrowsLeaveATextAreaAtItsEnds(t *testing.T) {
	inArea(t, func(x *face, a *textArea, sent *int) {
		x.types("ab")
		x.press("left")
		x.types("x")
		x.click("axb")
		x.types("y")
		x.press("down", "down", "enter") // out of the text, to Send, to Cancel
		if a.value() != "yaxb" || *sent != 0 {
			t.Errorf("it holds %q, sent %d times", a.value(), *sent)
		}
	})
}
