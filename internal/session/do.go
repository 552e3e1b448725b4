package session

import (
	"fmt"

	"golync/internal/app"
)

// Do does effects, in order where order counts. It never blocks, and does nothing once Close has begun.
func (s *Session) Do(effects []app.Effect) {
	for _, e := range effects {
		if s.ending.Load() {
			return
		}
		s.do(e)
	}
}

// do starts one effect. app.Effect is a closed set, and do_test.go holds this switch against it.
func (s *Session) do(e app.Effect) {
	switch e := e.(type) {
	case app.SignIn:
		s.signIn(e)
	case app.SignOut:
		s.signOut(e)
	case app.Watch:
		s.client.Watch(string(e.Address), e.Introduction)
	case app.Unwatch:
		s.client.Unwatch(string(e.Address))
	case app.PublishPresence:
		s.publish(e)
	case app.PublishRules:
		s.setRules(e)
	case app.SendMessage:
		s.send(e)
	case app.StoreMessage:
		s.storeMessage(e)
	case app.SendReceipts:
		s.sendReceipts(e)
	case app.TellTyping:
		s.client.Typing(string(e.Peer), e.Active)
	case app.LookUp:
		s.lookUp(e)
	case app.SetAdmission:
		admission := e.Admission
		s.admission.Store(&admission)
	case app.Alert:
		// The face announces: only it knows whether the user is looking, and what the terminal can do. It
		// takes these out before; one that comes here all the same asks for nothing that is done here.
	default:
		s.onCalls(e)
	}
}

// onCalls starts the effects on calls: on the network by the client, on this machine by the sound of the call.
func (s *Session) onCalls(e app.Effect) {
	switch e := e.(type) {
	case app.PlaceCall:
		s.placeCall(e)
	case app.AnswerCall:
		s.answerCall(e)
	case app.DeclineCall:
		s.client.Decline(e.ID, e.Code)
	case app.RedirectCall:
		s.client.Redirect(e.ID, string(e.To))
	case app.HangUp:
		s.client.HangUp(e.ID)
	case app.HoldCall:
		s.client.Hold(e.ID, e.On)
	case app.MuteCall:
		s.muteCall(e)
	case app.SendDigits:
		s.sendDigits(e)
	case app.TransferCall:
		s.client.Transfer(e.ID, string(e.To))
	case app.JoinCalls:
		s.client.TransferTo(e.ID, e.Other)
	case app.TimeRinging:
		s.timeRinging(e)
	case app.ChangePictures:
		s.changePictures(e)
	case app.UseCamera:
		s.useCamera(e)
	case app.UseDevices:
		s.useDevices(e)
	case app.PlayTone:
		s.playTone(e)
	default:
		s.onDisk(e)
	}
}

// onDisk starts the effects that the store does, in the order in which they come.
func (s *Session) onDisk(e app.Effect) {
	done := func(err error) { s.done(e, err) }
	switch e := e.(type) {
	case app.KeepReceipt:
		s.keepReceipt(e)
	case app.CancelMessage:
		s.cancelMessage(e)
	case app.SaveContact:
		s.store.SaveContact(e.Contact, done)
	case app.DeleteContact:
		s.store.DeleteContact(e.Address, done)
	case app.SaveGroup:
		s.store.SaveGroup(e.Group, e.Place, done)
	case app.DeleteGroup:
		s.store.DeleteGroup(e.ID, done)
	case app.SaveRequest:
		s.store.SaveRequest(e.Request, done)
	case app.DeleteRequest:
		s.store.DeleteRequest(e.Address, done)
	case app.SaveRelationship:
		s.store.SaveRelationship(e.Address, e.Relationship, done)
	case app.SaveAlerts:
		s.store.SaveAlerts(e.Options, done)
	case app.SaveOptions:
		s.store.SaveOptions(e.Options, done)
	case app.SaveFolded:
		s.store.SaveFolded(e.Heading, e.Folded, done)
	case app.SaveMe:
		s.store.SaveMe(meOf(e.Me), done)
	case app.SaveOpen:
		s.store.SaveOpen(e.Open, e.Front, done)
	case app.MarkRead:
		s.store.MarkRead(string(e.Peer), e.Seq, done)
	case app.SaveDraft:
		s.store.SaveDraft(e.Peer, e.Body, done)
	case app.SaveCall:
		s.store.SaveCall(e.Entry, done)
	case app.MarkCallsSeen:
		s.store.MarkCallsSeen(done)
	default:
		s.onHistory(e)
	}
}

// onHistory starts the effects that read the history or thin it out.
func (s *Session) onHistory(e app.Effect) {
	switch e := e.(type) {
	case app.LoadHistory:
		s.loadHistory(e)
	case app.LoadPast:
		s.loadPast()
	case app.LoadCalls:
		s.loadCalls(e)
	case app.SearchHistory:
		s.search(e)
	case app.ExportHistory:
		s.export(e)
	case app.DeleteHistory:
		s.deleteHistory(e)
	case app.DeleteOld:
		s.deleteOld(e)
	default:
		s.done(e, fmt.Errorf("golync does not know how to do %T", e))
	}
}

// done tells how an effect went.
func (s *Session) done(e app.Effect, err error) {
	if err != nil {
		s.log.Warn("an effect failed", "effect", fmt.Sprintf("%T", e), "err", err)
	}
	s.put(app.Input{Result: app.Done{Effect: e, Err: err}})
}
