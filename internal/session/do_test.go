package session

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// every is one value of each effect. TestEveryEffectIsDone holds it against the source of app.
var every = []app.Effect{
	app.SignIn{},
	app.SignOut{},
	app.Watch{Address: dana},
	app.Unwatch{Address: dana},
	app.PublishPresence{},
	app.PublishRules{},
	app.SendMessage{Message: message(dana, "m")},
	app.StoreMessage{Message: message(dana, "later")},
	app.SaveContact{Contact: contacts.Contact{Address: dana}},
	app.DeleteContact{Address: eve},
	app.SaveGroup{},
	app.DeleteGroup{},
	app.SaveRequest{},
	app.DeleteRequest{},
	app.SaveRelationship{Address: eve, Relationship: contacts.BlockedContacts},
	app.SaveAlerts{},
	app.SaveOptions{},
	app.SaveFolded{},
	app.SaveMe{},
	app.SaveOpen{},
	app.MarkRead{},
	app.LoadHistory{Peer: dana, Limit: 1},
	app.LoadPast{},
	app.SearchHistory{Query: "word"},
	app.ExportHistory{Peer: dana, Path: "/nowhere/to/be/found"},
	app.DeleteHistory{Peer: dana},
	app.DeleteOld{},
	app.SaveDraft{Peer: dana, Body: "draft"},
	app.TellTyping{Peer: dana},
	app.SendReceipts{Peer: dana},
	app.CancelMessage{Message: message(dana, "m")},
	app.KeepReceipt{Peer: dana, ID: "m"},
	app.LookUp{Address: dana},
	app.SetAdmission{},
	app.Alert{},
	app.PlaceCall{ID: "one", Peer: dana},
	app.AnswerCall{ID: "one"},
	app.DeclineCall{ID: "one", Code: 603},
	app.RedirectCall{ID: "one", To: eve},
	app.HangUp{ID: "one"},
	app.HoldCall{ID: "one", On: true},
	app.MuteCall{ID: "one", On: true},
	app.SendDigits{ID: "one", Digits: "1"},
	app.TransferCall{ID: "one", To: eve},
	app.JoinCalls{ID: "one", Other: "two"},
	app.TimeRinging{ID: "one"},
	app.UseDevices{},
	app.ChangePictures{},
	app.UseCamera{},
	app.PlayTone{},
	app.SaveCall{},
	app.MarkCallsSeen{},
	app.LoadCalls{Limit: 1},
}

// silent are the effects of which nothing comes back: events tell how signing in, watching and calls went, the
// others cannot fail.
var silent = []any{
	app.SignIn{},
	app.Watch{},
	app.Unwatch{},
	app.TellTyping{},
	app.SetAdmission{},
	app.Alert{},
	app.DeclineCall{},
	app.RedirectCall{},
	app.HangUp{},
	app.HoldCall{},
	app.MuteCall{},
	app.TransferCall{},
	app.JoinCalls{},
	app.UseDevices{},
	app.ChangePictures{},
	app.UseCamera{},
	app.PlayTone{},
}

func typeName(v any) string { return reflect.TypeOf(v).Name() }

// effectsInSource returns the types with an effect method in package app.
func effectsInSource(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../app/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("the source of app: %v, %v", files, err)
	}
	var names []string
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "effect" && f.Recv != nil {
				names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	return names
}

func TestEveryEffectIsDone(t *testing.T) {
	names := make([]string, len(every))
	for i, e := range every {
		names[i] = typeName(e)
	}
	declared := effectsInSource(t)
	slices.Sort(declared)
	if sorted := slices.Sorted(slices.Values(names)); !slices.Equal(sorted, declared) {
		t.Fatalf("this test knows %v\napp declares %v", sorted, declared)
	}
	source, err := os.ReadFile("do.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range every {
		t.Run(typeName(e), func(t *testing.T) {
			if !regexp.MustCompile(`case app\.` + typeName(e) + `:`).Match(source) {
				t.Fatal("do.go has no case for it")
			}
			b := start(t, &fake{sounds: &machine{}})
			b.Do([]app.Effect{e})
			if slices.ContainsFunc(silent, func(s any) bool { return typeName(s) == typeName(e) }) {
				b.settle()
				return
			}
			switch r := b.next().Result.(type) {
			case app.Done:
				if typeName(r.Effect) != typeName(e) || r.Err != nil {
					t.Errorf("got %+v", r)
				}
			case app.MessageStored, app.HistoryLoaded, app.PastLoaded, app.HitsFound, app.Exported, app.LookedUp, app.CallsLoaded, app.RangOut:
			default:
				t.Errorf("got %T", r)
			}
		})
	}
}

func TestWhatIsSavedIsThereAtTheNextStart(t *testing.T) {
	b := start(t, &fake{})
	if got := b.Saved(); got.Me.Name.Raw() != "Alice" || got.Me.Address != alice || got.Alerts != alerts.Default() {
		t.Errorf("the first start: %+v", got)
	}
	me := app.Me{Address: alice, Name: text.From("Alice B."), Availability: contacts.Busy, Note: text.From("thinking"), Location: text.From("Home")}
	b.Do([]app.Effect{
		app.SaveGroup{Group: contacts.Group{ID: contacts.Favorites}},
		app.SaveContact{Contact: contacts.Contact{Address: dana, Groups: []contacts.GroupID{contacts.Favorites}}},
		app.SaveContact{Contact: contacts.Contact{Address: eve, Groups: []contacts.GroupID{contacts.Favorites}}},
		app.DeleteContact{Address: dana},
		app.SaveRequest{Request: contacts.Request{Address: dana}},
		app.SaveRelationship{Address: "sip:x@y.z", Relationship: contacts.BlockedContacts},
		app.SaveAlerts{Options: alerts.Options{Outside: alerts.AllowInvites}},
		app.SaveMe{Me: me},
		app.SaveOpen{Open: []contacts.Address{dana}},
	})
	got := b.again(&fake{}).Saved()
	me.Name = text.From("Alice") // as the account is configured now
	if got.Me != me || len(got.Contacts) != 1 || got.Contacts[0].Address != eve || len(got.Groups) != 1 || len(got.Requests) != 1 ||
		got.Relationships["sip:x@y.z"] != contacts.BlockedContacts || got.Alerts.Outside != alerts.AllowInvites || len(got.Open) != 1 {
		t.Errorf("the next start: %+v", got)
	}
}

func TestNothingIsDoneAfterClose(t *testing.T) {
	f := &fake{}
	b := start(t, f)
	if err := b.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := len(f.noted())
	b.Do(every)
	if calls := f.noted(); len(calls) != before {
		t.Errorf("after Close the client was asked: %v", calls[before:])
	}
	if _, err := b.Next(t.Context()); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("Next after Close: %v", err)
	}
}
