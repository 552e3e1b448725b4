package app

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// implementers lists the types with a method of the name in the Go files of a folder: the closed sets.
func implementers(t *testing.T, folder, method string) []string {
	t.Helper()
	var all []string
	each(t, folder, func(f *ast.File) {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name == method && d.Recv != nil {
				if id, ok := d.Recv.List[0].Type.(*ast.Ident); ok {
					all = append(all, id.Name)
				}
			}
		}
	})
	if len(all) < 4 {
		t.Fatalf("in %s only %v have a method %s", folder, all, method)
	}
	slices.Sort(all)
	return all
}

func each(t *testing.T, folder string, do func(*ast.File)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		do(f)
	}
}

// cases lists the types of the type switch in a function of this package.
func cases(t *testing.T, function string) []string {
	t.Helper()
	var all []string
	each(t, ".", func(f *ast.File) {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Name != function {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if c, ok := n.(*ast.CaseClause); ok {
					for _, e := range c.List {
						switch e := e.(type) {
						case *ast.Ident:
							all = append(all, e.Name)
						case *ast.SelectorExpr:
							all = append(all, e.Sel.Name)
						}
					}
				}
				return true
			})
		}
	})
	slices.Sort(all)
	return all
}

func TestEveryEventResultAndEffectIsHandled(t *testing.T) {
	for _, c := range []struct{ folder, method, function string }{
		{"../../sipclient", "event", "event"},
		{".", "result", "result"},
		{".", "effect", "failure"},
	} {
		want, got := implementers(t, c.folder, c.method), cases(t, c.function)
		if !slices.Equal(got, want) {
			t.Errorf("%s handles %v, the set is %v", c.function, got, want)
		}
	}
}

func TestEveryFailureHasWords(t *testing.T) {
	for _, e := range []Effect{
		SignIn{},
		SignOut{},
		Watch{},
		Unwatch{},
		PublishPresence{},
		PublishRules{},
		SendMessage{},
		StoreMessage{},
		CancelMessage{},
		SaveContact{},
		DeleteContact{},
		SaveGroup{},
		DeleteGroup{},
		SaveRequest{},
		DeleteRequest{},
		SaveRelationship{},
		SaveAlerts{},
		SaveOptions{},
		SaveFolded{},
		SaveMe{},
		SaveOpen{},
		MarkRead{},
		LoadHistory{},
		LoadPast{},
		SearchHistory{},
		ExportHistory{},
		DeleteHistory{},
		DeleteOld{},
		SaveDraft{},
		LookUp{},
		SetAdmission{},
		Alert{},
		PlaceCall{},
		ChangePictures{},
		UseCamera{},
		AnswerCall{},
		DeclineCall{},
		RedirectCall{},
		HangUp{},
		HoldCall{},
		MuteCall{},
		SendDigits{},
		TransferCall{},
		JoinCalls{},
		TimeRinging{},
		UseDevices{},
		PlayTone{},
		SaveCall{},
		MarkCallsSeen{},
		LoadCalls{},
		nil,
	} {
		w := online(t, Saved{})
		w.results(Done{Effect: e, Err: errors.New("broken")})
		if n := w.Notices(); len(n) != 1 || !n[0].Error || !strings.Contains(string(n[0].Text), ": broken.") {
			t.Errorf("%T: %+v", e, n)
		}
	}
}

// No decision is carried out twice: made again at once, each asks for nothing.
func TestNoDecisionIsCarriedOutTwice(t *testing.T) {
	saved := Saved{
		Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues)},
		Groups:   []contacts.Group{{ID: contacts.FirstOwnGroup, Name: text.From("Teammates")}},
		Requests: []contacts.Request{{Address: gina}, {Address: fred}, {Address: cheri}},
	}
	for name, decide := range map[string]func(w *world) []Effect{
		"Accept":          func(w *world) []Effect { return w.Accept(w.now, gina, contacts.Favorites, contacts.Workgroup) },
		"Block":           func(w *world) []Effect { return w.Block(w.now, fred) },
		"Block a contact": func(w *world) []Effect { return w.Block(w.now, dana) },
		"Dismiss":         func(w *world) []Effect { return w.Dismiss(w.now, gina) },
		"Remove":          func(w *world) []Effect { return w.Remove(w.now, dana) },
		"SetRelationship": func(w *world) []Effect { return w.SetRelationship(w.now, dana, contacts.Workgroup) },
		"CopyTo":          func(w *world) []Effect { return w.CopyTo(w.now, dana, contacts.Favorites) },
		"RenameGroup": func(w *world) []Effect {
			effects, _ := w.RenameGroup(w.now, contacts.FirstOwnGroup, "Friends")
			return effects
		},
		"DeleteGroup": func(w *world) []Effect {
			effects, _ := w.DeleteGroup(w.now, contacts.FirstOwnGroup)
			return effects
		},
		"MoveTo":      func(w *world) []Effect { return w.MoveTo(w.now, dana, contacts.OtherContacts, contacts.Favorites) },
		"SetPresence": func(w *world) []Effect { return w.SetPresence(w.now, contacts.Busy) },
		"SetNote":     func(w *world) []Effect { return w.SetNote(w.now, "note") },
		"Open":        func(w *world) []Effect { return w.Open(w.now, dana) },
		"PlaceCall": func(w *world) []Effect {
			effects, _ := w.PlaceCall(w.now, dana)
			return effects
		},
		"SignOut": func(w *world) []Effect { return w.SignOut(w.now) },
		"SignIn": func(w *world) []Effect {
			w.State.SignOut(w.now)
			w.Take(w.now, []Input{{Event: sipclient.SignedOut{}}})
			return w.SignIn(w.now, "")
		},
		"AddContact": func(w *world) []Effect {
			_, effects, _ := w.AddContact(w.now, Draft{Provider: contacts.ProviderSkype, IM: "bob@contoso.com"})
			return effects
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := online(t, saved)
			first := decide(w)
			if len(first) == 0 {
				t.Fatal("the decision asks for nothing")
			}
			for i, e := range first {
				for _, o := range first[i+1:] {
					if reflect.DeepEqual(e, o) {
						t.Errorf("%T is asked for twice", e)
					}
				}
			}
			if name == "SignIn" {
				if again := w.SignIn(w.now, ""); len(again) != 0 {
					t.Errorf("made again it asks for %v", kinds(again))
				}
				return
			}
			if again := decide(w); len(again) != 0 {
				t.Errorf("made again it asks for %v", kinds(again))
			}
		})
	}
}

// Whatever was read of the state stays as it was while the next change is folded.
func TestWhatWasReadIsNotChangedUnderTheReader(t *testing.T) {
	w := online(t, Saved{Open: []contacts.Address{dana}, Requests: []contacts.Request{{Address: gina}, {Address: fred}}})
	w.results(Done{Effect: SaveMe{}, Err: errors.New("disk full")})
	open, rows, notices, groups := w.Conversations(), w.Requests(), w.Notices(), w.Contacts().Groups()
	before := []any{slices.Clone(open), slices.Clone(rows), slices.Clone(notices), slices.Clone(groups)}
	w.do(w.Open(w.now, eve))
	w.do(w.Close(w.now, dana))
	w.do(w.Dismiss(w.now, gina))
	w.DismissNotice("disk")
	_, _, _ = w.CreateGroup(w.now, "Teammates")
	w.do(w.ToggleGroup(w.now, contacts.Favorites))
	w.do(w.MoveGroup(w.now, contacts.Favorites, 1))
	_, _ = w.RenameGroup(w.now, contacts.FirstOwnGroup, "Friends")
	_, _ = w.DeleteGroup(w.now, contacts.FirstOwnGroup)
	for i, after := range []any{open, rows, notices, groups} {
		if !reflect.DeepEqual(before[i], after) {
			t.Errorf("%T was %v and became %v", after, before[i], after)
		}
	}
}
