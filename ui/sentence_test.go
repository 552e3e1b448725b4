package ui

import "testing"

// What a deed came to is said whole: cut in the middle, it says nothing that the user can go by.
func TestASentenceIsSaidToItsEndAtEverySize(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.press("home", "f2")
			x.sees("Favorites and Other Contacts", "renamed or deleted.")
		})
	}
}
