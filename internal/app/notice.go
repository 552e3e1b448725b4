package app

import (
	"errors"
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Notice is something the window says until it is dismissed or no longer true.
type Notice struct {
	ID    string
	Text  text.Safe
	Error bool // something failed; otherwise it is only worth knowing
}

// notices are those to be seen, and those that were said once and are not said again.
type notices struct {
	shown []Notice
	said  map[string]bool
}

// Notices returns what is to be said: what failed first, then the rest, each oldest first.
func (s *State) Notices() []Notice { return s.notices.shown }

// DismissNotice takes a notice away.
func (s *State) DismissNotice(id string) {
	s.withdraw(id)
}

// say shows a notice, in the place of an earlier one with the same ID.
func (s *State) say(n Notice) {
	shown := slices.Clone(s.notices.shown) // readers may hold the old one
	if i := slices.IndexFunc(shown, func(o Notice) bool { return o.ID == n.ID }); i >= 0 {
		if shown[i] == n {
			return
		}
		shown[i] = n
	} else {
		shown = append(shown, n)
		slices.SortStableFunc(shown, failuresFirst)
	}
	s.notices.shown = shown
	s.changed()
}

// failuresFirst keeps a full disk from standing behind something that is only worth knowing.
func failuresFirst(a, b Notice) int {
	switch {
	case a.Error == b.Error:
		return 0
	case a.Error:
		return -1
	}
	return 1
}

// sayOnce shows a notice the first time that it is called for.
func (s *State) sayOnce(n Notice) {
	if s.notices.said[n.ID] {
		return
	}
	if s.notices.said == nil {
		s.notices.said = map[string]bool{}
	}
	s.notices.said[n.ID] = true
	s.say(n)
}

// withdraw takes a notice away that is no longer true.
func (s *State) withdraw(id string) {
	i := slices.IndexFunc(s.notices.shown, func(n Notice) bool { return n.ID == id })
	if i < 0 {
		return
	}
	s.notices.shown = slices.Delete(slices.Clone(s.notices.shown), i, i+1)
	s.changed()
}

// What a server without a service means to the user.
const (
	noPresence    text.Safe = "This server has no presence service; golync tells the people who watch you your status itself while you are signed in."
	noWatcherInfo text.Safe = "This server does not say who watches you; people who add you appear in "
	unlessAsked   text.Safe = " only when they ask golync itself while you are signed in."
	noRules       text.Safe = "golync cannot tell this server whom you accept or block: that takes presence rules (--xcap). The server alone decides who sees you."
)

// explainServices says what the server lacks, each once, and takes back what it has meanwhile.
func (s *State) explainServices() {
	has, where := s.connection.Services, text.Safe("New")
	if s.me.Kind == contacts.Skype {
		where = "your contact requests"
	}
	for _, n := range []struct {
		there bool
		id    string
		text  text.Safe
	}{
		{has.Presence, "no-presence", noPresence},
		{has.WatcherInfo, "no-watcherinfo", noWatcherInfo + where + unlessAsked},
		{has.Rules || !has.Presence, "no-rules", noRules}, // without a presence service golync decides itself
	} {
		if n.there {
			s.withdraw(n.id)
		} else {
			s.sayOnce(Notice{ID: n.id, Text: n.text})
		}
	}
}

// done folds the end of an effect, of which only a failure matters.
func (s *State) done(now time.Time, d Done) {
	if _, ok := d.Effect.(PublishRules); ok {
		s.rulesPublished(d.Err)
		return
	}
	if e, ok := d.Effect.(DeleteHistory); ok {
		s.historyDeleted(e.Peer)
	}
	if e, ok := d.Effect.(SendReceipts); ok {
		s.receiptsSent(e, d.Err)
	}
	if d.Err != nil {
		s.callUndone(now, d)
	}
	id, sentence := failure(d.Effect)
	if d.Err == nil {
		if id != idDisk { // one write that worked does not mend another that did not
			s.withdraw(id)
		}
		return
	}
	if _, ok := d.Effect.(SignOut); ok {
		s.signedOut(now) // as far as the user is concerned
	}
	if errors.Is(d.Err, sipclient.ErrNotSignedIn) {
		return // SignedIn does it all again
	}
	s.say(failureNotice(id, sentence, d.Err))
}

// failureNotice is the notice of what did not work: what it means, why, and what to do now.
func failureNotice(id string, sentence text.Safe, err error) Notice {
	words := sentence + " " + text.From(err.Error()).Line() + "."
	if next := advice(id); next != "" {
		words += " " + next
	}
	return Notice{ID: id, Text: words, Error: true}
}

// advice is what the user can do about a failure, "" where golync does it by itself or another place says it.
func advice(id string) text.Safe {
	switch id {
	case "watch":
		return "Sign out and in again to try once more."
	case "presence":
		return "Choose it once more."
	case "rules":
		return "Change it once more, or sign out and in again."
	case "send":
		return "It stands in its conversation, to be sent again."
	case "history":
		return "Close the conversation and open it again to try once more."
	case "calls":
		return "Close the list of calls and open it again to try once more."
	case "search":
		return "Search once more."
	case idExport:
		return "Save it once more, in another folder or under another name."
	case "delete":
		return "Delete them once more."
	case idDisk:
		return "Make room on the disk, or let golync write to its folder."
	}
	return ""
}

const idDisk = "disk"

// failure says what it means to the user that an effect did not work.
func failure(e Effect) (id string, sentence text.Safe) {
	switch e.(type) {
	case SignIn:
		return "sign-in", "Signing in did not work:"
	case SignOut:
		return "sign-out", "The server could not be told that you sign out:"
	case Watch, Unwatch:
		return "watch", "A contact's status could not be asked for:"
	case PublishPresence:
		return "presence", "Your status could not be told to the server:"
	case PublishRules:
		return "rules", "Who may see you could not be told to the server:"
	case SendMessage, StoreMessage:
		return "send", "A message could not be sent:"
	case SendReceipts:
		return "receipts", "Who wrote to you could not be told that you have read it:"
	case LoadHistory, LoadPast:
		return "history", "Earlier messages could not be read:"
	case SearchHistory:
		return "search", "The history could not be searched:"
	case ExportHistory:
		return idExport, "The history could not be saved to a file:"
	case DeleteHistory, DeleteOld:
		return "delete", "Messages could not be deleted:"
	case LookUp:
		return "look-up", "Somebody could not be looked for:"
	case PlaceCall, AnswerCall, DeclineCall, RedirectCall, HangUp, HoldCall, MuteCall, SendDigits, TransferCall, JoinCalls, UseDevices,
		ChangePictures, UseCamera:
		return "call", "What you asked for in a call could not be done:"
	case LoadCalls:
		return "calls", "Earlier calls could not be read:"
	case TellTyping, SetAdmission, TimeRinging, PlayTone, Alert:
		return "machine", "golync could not do what was asked:"
	case SaveContact, DeleteContact, SaveGroup, DeleteGroup, SaveRequest, DeleteRequest, SaveRelationship,
		SaveAlerts, SaveOptions, SaveFolded, SaveMe, SaveOpen, SaveDraft, MarkRead, KeepReceipt, CancelMessage, SaveCall, MarkCallsSeen:
		return idDisk, "What you changed could not be stored and will be lost when golync ends:"
	}
	return "machine", "golync could not do what was asked:"
}
