package window

// providers are the contact providers of the menu Add a Contact Not in My Organization, by their place in it.
var providers = map[string]int{"Lync": 0, "Skype": 1, "Other": 2}

// OpensWizard goes through the menu to the dialog of a provider: "Lync", "Skype" or "Other".
func (w *Window) OpensWizard(provider string) {
	w.t.Helper()
	w.Presses("a")
	w.Sees("Add a Contact in My Organization", "Add a Contact Not in My Organization", "Create a New Group")
	w.Clicks("Add a Contact Not in My Organization")
	w.Sees("Skype", "Other")
	for range providers[provider] {
		w.Presses("down")
	}
	w.Presses("enter")
	w.Sees("IM Address", "Add to contact group", "Set privacy relationship")
}

// AddsContact adds somebody with the group and relationship that the dialog proposes.
func (w *Window) AddsContact(provider, im string) {
	w.t.Helper()
	w.OpensWizard(provider)
	w.Types(im)
	w.Clicks("OK")
	w.Loses("IM Address")
}

// Chooses opens a drop-down by its label and takes one of its choices.
func (w *Window) Chooses(label, choice string) {
	w.t.Helper()
	s := w.Sees(label)
	x, y, _ := s.Find(label)
	w.Must(w.Click(x+2, y+1)) // the drop-down stands under its label
	w.Clicks(choice)
	w.Sees(choice)
}

// Accepts takes a request of the NEW tab, which must be shown, with what its dialog proposes.
func (w *Window) Accepts(name string) {
	w.t.Helper()
	w.Picks(name)
	w.Presses("enter")
	w.Sees("Add to contact group", "Set privacy relationship")
	w.Clicks("OK")
	w.Loses("Add to contact group")
}

// Takes clicks on an item of the menu that is open.
func (w *Window) Takes(item string) {
	w.t.Helper()
	x, y, _ := w.Sees("│ " + item).Find("│ " + item)
	w.Must(w.Click(x+2, y))
}
