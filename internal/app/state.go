package app

import (
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
)

// Saved is what the disk knew when the program started.
type Saved struct {
	Me            Me
	Contacts      []contacts.Contact
	Groups        []contacts.Group // in order; empty on the first run
	Requests      []contacts.Request
	Relationships map[contacts.Address]contacts.Relationship // of people who are not contacts
	Alerts        alerts.Options
	Options       option.Set
	Folded        map[string]bool    // headings of STATUS and RELATIONSHIPS that are folded
	Open          []contacts.Address // open conversations, in order
	Front         contacts.Address   // the one of them in front
	Unread        map[contacts.Address]int
	Outbox        []sipclient.Message // sent by me, not settled when the program ended
	Owing         []contacts.Address  // who waits for receipts
	Drafts        map[contacts.Address]string
}

// State is everything the user meets. One goroutine owns it; it starts none. What its reading methods
// return is valid until the next call of another method, and is not to be changed.
type State struct {
	me          Me        // as chosen, whatever the connection
	shownAt     time.Time // since when others are shown the presence of now
	changedAt   time.Time // when anything of it changed last
	idle        idle
	connection  Connection
	session     session
	providers   contacts.Providers
	options     alerts.Options
	chosen      option.Set
	folded      map[string]bool
	list        *contacts.List
	strangers   strangers
	undecided   map[string]bool // on whom a decision was taken back since the program started
	newTab      newTab
	watchers    watchers
	talk        talk
	outbox      outbox
	typing      typing
	receipts    receipts
	drafts      map[contacts.Address]string // being written, by conversation
	past        past
	search      search
	lookUp      lookUp
	kept        kept
	calls       calls
	notices     notices
	version     uint64
	firstRun    bool
	staleRules  bool // the server has to be told the presence rules
	staleAdmits bool // sipclient has to be given a new admission snapshot
	effects     []Effect
	holding     bool    // several decisions are being made together
	alerts      []Alert // of one Take, put together before they are announced
}

// New makes the state from what the disk knew. Contact providers other than the built-in ones come with p.
func New(saved Saved, p contacts.Providers) *State {
	s := &State{
		me:        saved.Me,
		providers: p,
		options:   saved.Alerts,
		chosen:    optionsOf(saved.Options),
		folded:    foldedOf(saved.Folded),
		strangers: strangers{of: make(map[contacts.Address]stranger, len(saved.Relationships))},
		watchers:  newWatchers(),
		undecided: map[string]bool{},
		calls:     newCalls(),
		typing:    newTyping(),
		firstRun:  len(saved.Groups) == 0,
		version:   1,
	}
	if a, ok := checked(s.me.Address); ok {
		s.me.Address = a
	}
	s.me.Kind = p.AccountKind(s.me.Address)
	if !s.choosable(s.me.Availability) {
		s.me.Availability = contacts.Available
	}
	kindOf := func(a contacts.Address) contacts.Kind { return p.KindOf(s.me.Address, a) }
	s.list = contacts.NewList(restored(saved.Contacts, kindOf), saved.Groups)
	s.list.Show(displayOf(s.chosen.List))
	for a, r := range saved.Relationships {
		a, ok := checked(a)
		if _, contact := s.list.Get(a); ok && !contact && r != contacts.NoRelationship && r <= contacts.BlockedContacts {
			s.strangers.set(a, r)
		}
	}
	s.newTab = s.restoredRequests(saved.Requests)
	if !s.chosen.Personal.Reopen {
		saved.Open = nil
	}
	s.talk = restoredTalk(saved.Open, saved.Unread)
	s.talk.front = saved.Front
	s.drafts, s.past = restoredDrafts(saved.Drafts), newPast()
	s.outbox = restoredOutbox(saved.Outbox)
	s.receipts = restoredReceipts(saved.Owing)
	return s
}

// Start returns what is to be done when the program has started: the admission snapshot, the groups on the
// first run, the history of the conversations that are open, the last message of all others, and the log of calls. It does not
// sign in.
func (s *State) Start(now time.Time) []Effect {
	s.staleAdmits = true
	s.idle.key = wall(now)
	if s.firstRun {
		for i, g := range s.list.Groups() {
			s.do(SaveGroup{Group: g, Place: i})
		}
		s.firstRun = false
	}
	for _, c := range s.talk.open {
		s.do(LoadHistory{Peer: c.Peer, Limit: page})
	}
	s.do(LoadPast{})
	s.calls.log.loading = true
	s.do(LoadCalls{Limit: CallPage})
	s.dropOld(now)
	return s.flush()
}

// Take folds what happened, in order, and returns what is to be done.
func (s *State) Take(now time.Time, inputs []Input) []Effect {
	for _, in := range inputs {
		if in.Event != nil {
			s.event(now, in.Event)
		}
		if in.Result != nil {
			s.result(now, in.Result)
		}
	}
	s.dropOld(now)
	return s.flush()
}

// event folds what happened on the network.
func (s *State) event(now time.Time, e sipclient.Event) {
	switch e := e.(type) {
	case sipclient.PresenceChanged:
		s.presenceChanged(now, e)
	case sipclient.MessageReceived:
		s.messageReceived(e.Message)
	case sipclient.ReceiptReceived:
		s.receiptReceived(e)
	case sipclient.TypingChanged:
		s.typingChanged(e)
	case sipclient.WatchersChanged:
		s.watchersChanged(now, e)
	case sipclient.SignedIn:
		s.signedIn(e)
	case sipclient.SignInFailed:
		s.signInFailed(e)
	case sipclient.Disconnected:
		s.disconnected(e)
	case sipclient.SignedOut:
		s.signedOut(now)
	case sipclient.CallChanged:
		s.callChanged(now, e.Call)
	}
}

// result folds what came of an effect.
func (s *State) result(now time.Time, r Result) {
	switch r := r.(type) {
	case Done:
		s.done(now, r)
	case MessageStored:
		s.messageStored(r)
	case MessageSettled:
		s.messageSettled(now, r)
		s.arrivedAt(now, r.Peer)
	case HistoryLoaded:
		s.historyLoaded(r)
	case PastLoaded:
		s.pastLoaded(r)
	case HitsFound:
		s.hitsFound(r)
	case Exported:
		s.exported(r)
	case LookedUp:
		s.lookedUp(r)
	case DamageFound:
		s.say(Notice{ID: "damage", Text: "Earlier messages may be missing: " + text.From(r.Err.Error()).Line() + ". Close golync and put a copy in their place.", Error: true})
	case CallsLoaded:
		s.callsLoaded(now, r)
	case RangOut:
		s.rangOut(now, r.ID)
	case CallKeptAway:
		s.callKeptAway(now, r)
	case PicturesChanged:
		s.picturesChanged(r)
	case SoundFailed:
		s.soundFailed(r)
	case InboxFailed:
		s.say(Notice{ID: idDisk, Text: text.From(r.Err.Error()).Line() + ", so a message for you was refused. The server keeps it if it can.", Error: true})
	}
}

// do asks for a deed.
func (s *State) do(e Effect) { s.effects = append(s.effects, e) }

// changed notes that something to be seen is not as it was.
func (s *State) changed() { s.version++ }

// decided notes that somebody may see or reach the user who might not before, or the other way round.
func (s *State) decided() {
	s.staleRules, s.staleAdmits = true, true
	s.changed()
}

// flush returns the effects gathered, and with them what follows from all decisions together: one new
// admission snapshot, one writing of the rules.
func (s *State) flush() []Effect {
	if s.holding {
		return nil
	}
	if s.staleAdmits {
		s.staleAdmits = false
		s.do(SetAdmission{s.admission()})
	}
	if s.staleRules && s.connection.State == SignedIn {
		s.staleRules = false
		s.session.rulesUnderWay++
		s.do(PublishRules{s.rules()})
	}
	s.playTone()
	s.announce()
	out := s.effects
	s.effects = nil
	return out
}
