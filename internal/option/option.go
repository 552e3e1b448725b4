// Package option is what the user chose on the pages of the Options dialog, Alerts apart, which decides over
// other people and has a package of its own. It holds values and their limits; who reads them does what they
// ask for. It neither draws nor stores.
package option

// Set is all of it, a field for each page (facts/lync-2013-client.md section 5). It can be compared.
type Set struct {
	General  General
	Personal Personal
	List     ContactsList
	Status   Status
	Toasts   Toasts
	IM       IM
	Sounds   Sounds
	Files    FileSaving
	Network  Network
	Calls    Calls
	Audio    Audio
	Video    Video
}

// Default is what holds until the user chooses: Lync's own defaults where it has them.
func Default() Set {
	return Set{
		Personal: Personal{SignIn: true, Reopen: true},
		List:     ContactsList{TwoLines: true, Favorites: true},
		Status:   Status{InactiveAfter: 5, AwayAfter: 5},
		Toasts:   Toasts{Words: true, Desktop: true},
		IM:       IM{Typing: true, Receipts: true},
		Sounds:   Sounds{Requests: true, Messages: true, StatusChanges: true, Calls: true, QuietWhenUndisturbed: true},
		Network:  Network{WarnPlain: true},
		Calls:    Calls{RingSeconds: 60},
	}
}

// Clean puts what lies outside its limits inside them, so that whatever the disk held can be relied on.
func (s Set) Clean() Set {
	s.General.Theme = within(s.General.Theme, ThemePlain)
	s.General.Signs = within(s.General.Signs, SignsASCII)
	s.List.DoubleClick = within(s.List.DoubleClick, DoubleClickCard)
	s.Toasts.Corner = within(s.Toasts.Corner, BottomLeft)
	s.Status.InactiveAfter = min(max(s.Status.InactiveAfter, IdleLeast), IdleMost)
	s.Status.AwayAfter = min(max(s.Status.AwayAfter, IdleLeast), IdleMost)
	s.Calls.Forward = within(s.Calls.Forward, ForwardUnanswered)
	s.Calls.RingSeconds = min(max(s.Calls.RingSeconds, RingLeast), RingMost)
	s.Files.KeepDays = min(max(s.Files.KeepDays, 0), KeepMost)
	return s
}

// within reads a choice whose last one is last; anything else is the first one.
func within[T ~uint8](choice, last T) T {
	if choice > last {
		return 0
	}
	return choice
}
