package ui

import (
	"fmt"
	"testing"
	"time"
)

// letterBytes is the most that one letter typed into a conversation may send over a slow line.
const letterBytes = 100

func TestALetterSendsFewBytes(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {140, 45}} {
		inWindow(t, size[0], size[1], world, func(x *face) {
			x.talks()
			for i := range 30 {
				x.happens(arrives(bob, fmt.Sprint(i), "Some words, see https://contoso.com/"+fmt.Sprint(i), int64(i+1), time.Now()))
			}
			x.types("The beginning of a sentenc")
			for _, letter := range []string{"e", " ", "i", "n", " ", "i", "t", "s"} {
				if sent := x.bytesOf(func() { x.types(letter) }); len(sent) > letterBytes {
					t.Errorf("%v: the letter %q sent %d bytes: %q", size, letter, len(sent), sent)
				}
			}
			if sent := x.bytesOf(func() { x.passes(3 * time.Second) }); len(sent) > letterBytes {
				t.Errorf("%v: resting sent %d bytes: %q", size, len(sent), sent)
			}
		})
	}
}
