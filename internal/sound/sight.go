package sound

import (
	"net/netip"
	"sync/atomic"

	"golync/internal/app"
	"golync/internal/media"
	"golync/sipclient/sdp"
)

// sight is the pictures of one call. The zero value has none, and refuses those of the other side. Line locks it, but for
// what comes from the network.
type sight struct {
	program string // ffmpeg; "" is none
	local   netip.Addr
	keys    []sdp.Crypto
	camera  string // as option.Video has it
	want    app.Pictures
	open    bool // shows the camera to whoever wants to see it

	video   *media.Video // its ports, from the first description with pictures on
	decoder atomic.Pointer[media.Decoder]
	film    *media.Film
	filmed  [2]string // of what it is and by which codec

	offered bool           // our last offer had pictures
	agreed  *sdp.Pictures  // nil: none
	remote  netip.AddrPort // where pictures were last to be sent to
	err     error
}

// wanted are the pictures as a description of ours has them; nil when there are none. held says that the user holds
// the call: nothing flows.
func (s *sight) wanted(held bool) *sdp.Video {
	if s.program == "" || s.want == app.NoPictures || !s.bind() {
		return nil
	}
	v := &sdp.Video{Addr: s.video.Addr(), Direction: sdp.RecvOnly, Crypto: s.keys}
	if s.shows() {
		v.Direction = sdp.SendRecv
	}
	if held {
		v.Direction = sdp.Inactive // a picture that stands still says less than none
	}
	for _, c := range media.VideoCodecs() {
		codec := sdp.Codec{Name: c.Name, Rate: 90000, Type: c.Type}
		if c.Name == "H264" {
			codec.Format = sdp.H264Format
		}
		v.Codecs = append(v.Codecs, codec)
	}
	return v
}

// shows reports whether the camera may be seen.
func (s *sight) shows() bool {
	return s.camera != "" && (s.open || s.want == app.ShowPictures)
}

// offer is what is offered now: nothing that nobody has asked for.
func (s *sight) offer(held bool) *sdp.Video {
	s.offered = s.want >= app.SeePictures
	if !s.offered {
		return nil
	}
	return s.wanted(held)
}

// answer is what an offer is answered with, nil when it has no pictures.
func (s *sight) answer(offer []byte, held bool) *sdp.Video {
	if !sdp.OffersPictures(offer) {
		return nil
	}
	return s.wanted(held)
}

// bind binds the ports for pictures, once.
func (s *sight) bind() bool {
	if s.video != nil {
		return true
	}
	v, err := media.ListenVideo(s.local, func(u media.Unit) {
		if d := s.decoder.Load(); d != nil {
			d.Take(u)
		}
	})
	if err != nil {
		s.err = err
		return false
	}
	s.video = v
	return true
}

// answered takes the answer to our last offer.
func (s *sight) answered(p *sdp.Pictures) {
	switch {
	case p != nil:
		s.err = nil
	case s.offered:
		s.err, s.want = app.ErrUnseen, app.PicturesIfOffered
	}
}

// insist gives up the pictures of a call that was refused with them, if it was.
func (s *sight) insist() bool {
	if !s.offered {
		return false
	}
	s.offered, s.want, s.err = false, app.PicturesIfOffered, app.ErrUnseen
	return true
}

// kept notes that our last offer was refused, and what was agreed before it stays.
func (s *sight) kept() {
	was := app.PicturesIfOffered
	if s.agreed != nil {
		was = app.SeePictures
		if s.film != nil {
			was = app.ShowPictures
		}
	}
	if s.want > was {
		s.err = app.ErrUnseen
	}
	s.want = was
}

// change has the pictures flow as it was agreed on; nil is not at all.
func (s *sight) change(p *sdp.Pictures, held bool) {
	s.agreed = p
	if p == nil {
		s.rest()
		return
	}
	if s.want == app.PicturesIfOffered {
		s.want = app.SeePictures // they are there now, and stay in offers of ours
	}
	if p.Remote.IsValid() {
		s.remote = p.Remote
	}
	to := media.Params{
		Remote: s.remote, Send: media.Codec{Name: p.Codec.Name, Type: p.Codec.Type}, Receive: map[uint8]media.Codec{}, Intra: p.Intra,
		Sending:   p.Direction.Sends() && p.Remote.IsValid() && !held && s.shows(),
		Receiving: p.Direction.Receives() && s.remote.IsValid(),
	}
	for _, c := range p.Receive {
		to.Receive[c.Type] = media.Codec{Name: c.Name, Type: c.Type}
	}
	if p.LocalKey != nil && p.RemoteKey != nil {
		to.Suite, to.SendKey, to.ReceiveKey = p.LocalKey.Suite, p.LocalKey.Key, p.RemoteKey.Key
	}
	if err := s.video.Change(to); err != nil {
		s.err = err
		s.rest()
		return
	}
	s.watch(to.Receiving)
	s.show(to.Sending)
}

// watch decodes what comes, or stops to.
func (s *sight) watch(on bool) {
	d := s.decoder.Load()
	switch {
	case on && d == nil:
		s.decoder.Store(media.NewDecoder(s.program, s.video.Ask))
	case !on && d != nil:
		s.decoder.Store(nil)
		go d.Close() // it waits for ffmpeg, and the client's loop waits for nothing
	}
}

// show has the user seen, or nobody.
func (s *sight) show(on bool) {
	wants := [2]string{}
	if on {
		wants = [2]string{s.camera, s.agreed.Codec.Name}
	}
	if s.film != nil && s.filmed != wants {
		go s.film.Close()
		s.film = nil
	}
	if on && s.film == nil {
		s.film, s.filmed = media.NewFilm(s.program, s.camera, s.agreed.Codec.Name, s.video.Send), wants
	}
}

// rest stops all pictures; the ports stay for the next ones.
func (s *sight) rest() {
	if s.video != nil {
		_ = s.video.Change(media.Params{}) // which asks for nothing that could fail
		s.watch(false)
	}
	s.show(false)
}

// close ends it for good.
func (s *sight) close() {
	s.rest()
	s.program, s.agreed = "", nil // whatever is still asked for begins nothing
	if s.video != nil {
		go s.video.Close()
	}
}

// Pictures says what the user wants of pictures, and what they would show. It counts from the next description on.
func (l *Line) Pictures(want app.Pictures) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sight.want, l.sight.err = want, nil
}

// Camera says what the user shows when they choose to, by the names that option.Video has. It counts at once.
func (l *Line) Camera(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sight.camera = name
	if l.sight.agreed != nil {
		l.sight.change(l.sight.agreed, l.held)
	}
}

// See makes pictures possible in a call, by an ffmpeg. Without it they are refused.
func (l *Line) See(ffmpeg string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sight.program = ffmpeg
}

// Welcome makes pictures possible as See does, and shows a camera to whoever asks for pictures: for a device that stands
// for somebody, and nobody sits before.
func (l *Line) Welcome(ffmpeg, camera string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sight.program, l.sight.camera, l.sight.open = ffmpeg, camera, true
}

// Kept notes that the other side has refused the last offer (sipclient.Keeper).
func (l *Line) Kept() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sight.kept()
}

// Picture is what the other side shows now, false when it shows nothing.
func (l *Line) Picture() (app.Picture, bool) {
	d := l.sight.decoder.Load()
	if d == nil {
		return app.Picture{}, false
	}
	f, ok := d.Newest()
	return app.Picture{Width: f.Width, Height: f.Height, RGB: f.RGB, Number: f.Number}, ok
}

// Seen tells which pictures there are, and why one that is wanted is missing.
func (l *Line) Seen() app.PicturesChanged {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := &l.sight
	d := s.decoder.Load()
	is := app.PicturesChanged{On: s.agreed != nil, Seen: d != nil, Shown: s.film != nil, Err: s.err}
	if d != nil && is.Err == nil {
		is.Err = d.Err()
	}
	if s.film != nil && is.Err == nil {
		is.Err = s.film.Err()
	}
	return is
}
