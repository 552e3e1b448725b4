package ui

import (
	"testing"
	"time"

	"golync/internal/app"
)

func TestFindListsPastConversationsWithStrangers(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.results(history(time.Now()))
			x.press("/")
			x.types("kim ra")
			x.sees("Kim Ralls (kim@fabrikam.com)", "Thursday · See you at the fair", "Search all conversations for “kim ra”")
			x.seesNot("Nobody of your contacts")
			x.press("enter")
			x.sees("Write to Kim Ralls")
			x.press("tab", "/")
			x.types("dana") // a contact, who is listed once
			x.seesNot("dana@contoso.com) ")
			x.sees("Dana - Presence unknown")
		})
	}
}

func TestFindLeadsOnToTheSearch(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("/")
		x.types("twelve")
		x.sees("Nobody of your contacts.", "⌕ Search all conversations for “twelve”")
		x.press("enter")
		x.sees("All conversations", "Searching…")
		if q := asked(x); q.Query != "twelve" || q.Peer != "" {
			t.Errorf("searched for %+v", q)
		}
		x.press("esc")
		x.sees("Find someone or a room, or dial a number") // the box was left for the search
	})
}

// What happens while something is being found is seen there as well.
func TestFindFollowsTheHistory(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("/")
		x.types("kim")
		x.seesNot("Kim Ralls")
		x.results(history(time.Now()))
		x.sees("Kim Ralls")
		x.results(app.PastLoaded{UpTo: 30})
		x.seesNot("Kim Ralls")
	})
}
