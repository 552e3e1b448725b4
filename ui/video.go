package ui

import (
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// noPictures is why this window can show and send no pictures; "" when it can. It is asked anew each time, so that a
// program that has been installed meanwhile counts.
func (m *model) noPictures() text.Safe {
	if m.deps.Cameras == nil {
		return "There are no pictures in this window."
	}
	if _, err := m.deps.Cameras(); err != nil {
		return asSentence(err)
	}
	return ""
}

// missing is noPictures for what is drawn, which asks the disk less often than a frame is drawn.
func (p *pictures) missing() text.Safe {
	if now := p.m.now(); p.asked.IsZero() || now.Sub(p.asked) > time.Second {
		p.asked, p.why = now, p.m.noPictures()
	}
	return p.why
}

// whyNoVideo is why a person cannot be called with a picture now; "" when they can.
func (m *model) whyNoVideo(a contacts.Address) text.Safe {
	if why := m.whyNoCall(a); why != "" {
		return why
	}
	return m.noPictures()
}

// videoCall calls a person to see them, or asks for the picture in the call with them. The user is seen by nobody yet.
func (m *model) videoCall(a contacts.Address) {
	if why := m.whyNoVideo(a); why != "" {
		m.say(why)
		return
	}
	effects, err := m.state.PlaceVideoCall(m.now(), a)
	if err != nil {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.talkTo(a)
}

// videoItem is the line of a person's menu that calls with a picture.
func videoItem(m *model, a contacts.Address) menuItem {
	item := menuItem{label: "Start a Video Call", act: func() { m.videoCall(a) }, hint: "You see the other side. It sees you when you turn your camera on."}
	if item.why = m.whyNoVideo(a); item.why != "" {
		item.act = nil
	}
	return item
}

// videoLook is how the way to call with a picture is drawn.
func (m *model) videoLook(a contacts.Address) style {
	if m.whyNoCall(a) != "" || m.pictures.missing() != "" {
		return m.theme.dim
	}
	return m.theme.accent
}

// wantPictures has a call with other pictures, or says why not.
func (m *model) wantPictures(c app.Call, want app.Pictures) {
	why := m.noPictures()
	if want != app.NoPictures && why != "" {
		m.say(why)
		return
	}
	effects, err := m.state.SetPictures(m.now(), c.ID, want)
	if err != nil {
		m.say(asSentence(err))
		return
	}
	m.do(effects)
}

// videoOnOff asks for the picture of the other side, or has a call without any again.
func (m *model) videoOnOff(c app.Call) {
	if c.Pictures.On {
		m.wantPictures(c, app.NoPictures)
		return
	}
	m.wantPictures(c, app.SeePictures)
}

// cameraOnOff shows the user to the other side of a call, or hides them again.
func (m *model) cameraOnOff(c app.Call) {
	if c.Pictures.Shown {
		m.wantPictures(c, app.SeePictures)
		return
	}
	m.wantPictures(c, app.ShowPictures)
}

// videoDeeds are the buttons of a call that have to do with pictures.
func (m *model) videoDeeds(c app.Call) []callDeed {
	why := m.pictures.missing()
	if !c.Talking() {
		why = unanswered
	}
	video := callDeed{label: "Video", do: func() { m.videoOnOff(c) }, why: why}
	if c.Pictures.On {
		video.label = "Video Off"
	}
	camera := callDeed{label: "Camera", do: func() { m.cameraOnOff(c) }, why: why}
	if c.Pictures.Shown {
		camera.label = "Camera Off"
	}
	return []callDeed{video, camera}
}

// pictureWords say in the bar of a call who is seen; "" when nobody is.
func (m *model) pictureWords(c app.Call) text.Safe {
	switch is := c.Pictures; {
	case is.Shown:
		return "They see you"
	case is.On && !is.Seen && !c.Held && !c.Waiting:
		return "No picture"
	}
	return ""
}

// answerWith answers a call that rings with pictures as the user says.
func (m *model) answerWith(c app.Call, want app.Pictures) {
	effects, err := m.state.AnswerCallWith(m.now(), c.ID, want)
	if err != nil {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.talkTo(c.Peer)
}

// answerItems are the ways to answer a video call besides the plain one, with the picture of the other side alone.
func (m *model) answerItems(c app.Call) []menuItem {
	seen := menuItem{label: "Answer with My Camera", act: func() { m.answerWith(c, app.ShowPictures) }}
	if seen.why = m.noPictures(); seen.why == "" && m.state.Options().Video.Camera == "" {
		seen.why = asSentence(app.ErrNoCamera)
	}
	if seen.why != "" {
		seen.act = nil
	}
	return []menuItem{seen, {label: "Answer without Video", act: func() { m.answerWith(c, app.NoPictures) }}}
}

// commandVideo calls the person with a picture, or turns the pictures of the call with them on and off.
func commandVideo(v *conversation, c *app.Conversation, t *talk, _ string) text.Safe {
	m, a := v.m, c.Peer
	if is, ok := m.barOf(a); ok {
		t.editor.set("")
		m.videoOnOff(is)
		return ""
	}
	if why := m.whyNoVideo(a); why != "" {
		return why
	}
	t.editor.set("")
	m.videoCall(a)
	return ""
}

func commandCamera(v *conversation, _ *app.Conversation, t *talk, _ string) text.Safe {
	m := v.m
	return m.inCall(func(c app.Call) text.Safe {
		t.editor.set("")
		m.cameraOnOff(c)
		return ""
	})
}
