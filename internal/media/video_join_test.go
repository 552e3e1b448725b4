package media

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/pion/rtp/codecs"
)

var joinBegan = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// pieces are the packets of some pictures.
func pieces(codec string, units ...Unit) (all []piece) {
	for i, u := range units {
		parts := (&codecs.VP8Payloader{}).Payload(500, u.Data)
		if codec == "H264" {
			parts = (&codecs.H264Payloader{}).Payload(500, u.Data)
		}
		for k, part := range parts {
			all = append(all, piece{
				seq: uint16(65530 + len(all)), stamp: uint32(i * 6000), last: k == len(parts)-1, codec: codec, payload: part,
			})
		}
	}
	return all
}

// put gives a joiner some packets, 5 ms apart.
func (j *joiner) puts(all []piece) (units []Unit) {
	for i, p := range all {
		j.put(p, joinBegan.Add(time.Duration(i)*5*time.Millisecond))
		units = append(units, j.done()...)
	}
	return units
}

// Whichever one packet is lost, everything but its picture comes, from the next whole one on.
func TestOnePacketOfAnyIsLost(t *testing.T) {
	for _, codec := range []string{"H264", "VP8"} {
		film := newFilm(codec)
		var units []Unit
		for i := range 12 {
			film.whole = i%3 == 0
			units = append(units, film.next())
		}
		all := pieces(codec, units...)
		for gone := range all {
			of := int(all[gone].stamp / 6000)
			back := min(of/3*3+3, 12) // the next whole one
			if gone == 0 {
				back = 3
			}
			got := (&joiner{}).puts(append(append([]piece(nil), all[:gone]...), all[gone+1:]...))
			want := append(append([]Unit(nil), units[:of]...), units[back:]...)
			if gone == len(all)-1 {
				want = units[:of]
			}
			// The picture whose marker is lost is known to have ended by the one after it; whether that was all of it
			// is known only by the numbers.
			if len(got) != len(want) {
				t.Errorf("%s without packet %d of picture %d: %d pictures, not %d", codec, gone, of, len(got), len(want))
				continue
			}
			for i := range want {
				if !bytes.Equal(got[i].Data, want[i].Data) {
					t.Errorf("%s without packet %d: picture %d differs", codec, gone, i)
					break
				}
			}
		}
	}
}

// Who never sends a whole picture is shown as it comes, after a while of asking.
func TestAPictureThatIsNeverWholeIsShownInTheEnd(t *testing.T) {
	j, film := &joiner{}, newFilm("H264")
	film.n = 1
	shown := time.Duration(0)
	for i := range 45 {
		film.n = 1
		now := joinBegan.Add(time.Duration(i) * pictureTime)
		all := pieces("H264", film.next())
		for k := range all {
			all[k].seq, all[k].stamp = uint16(100*i+k), uint32(i)
		}
		for k := range all {
			all[k].seq = j.next + uint16(k)
			if !j.begun {
				all[k].seq = uint16(k)
			}
		}
		first := j.next
		for k := range all {
			if j.begun {
				all[k].seq = first + uint16(k)
			}
			j.put(all[k], now)
		}
		if len(j.done()) > 0 && shown == 0 {
			shown = now.Sub(joinBegan)
		}
	}
	if shown < wholeWithin || shown > wholeWithin+time.Second {
		t.Errorf("shown after %v", shown)
	}
}

// What the other side sends cannot grow in memory: pictures without an end, fragments without one, holes without end.
func TestPicturesAreBounded(t *testing.T) {
	payload := bytes.Repeat([]byte{7}, mostVideoPayload)
	for name, make := range map[string]func(i int) piece{
		"no end": func(i int) piece {
			return piece{seq: uint16(i), codec: "VP8", payload: append([]byte{0x10}, payload...)}
		},
		"no end, H.264": func(i int) piece { return piece{seq: uint16(i), codec: "H264", payload: payload} },
		"fragments": func(i int) piece {
			p := append([]byte{nalFUA, 5}, payload...)
			if i == 0 {
				p[1] |= 0x80
			}
			return piece{seq: uint16(i), codec: "H264", payload: p}
		},
		"holes": func(i int) piece { return piece{seq: uint16(2 * i), codec: "VP8", payload: payload} },
	} {
		j := &joiner{}
		for i := range 20_000 {
			j.put(make(i), joinBegan)
			if n := len(j.build.data); n > 2*mostUnit {
				t.Fatalf("%s: %d octets are kept", name, n)
			}
			if n := len(j.ahead); n > mostEarly+1 {
				t.Fatalf("%s: %d packets wait", name, n)
			}
		}
		if n := len(j.done()); n > 0 && name != "holes" {
			t.Errorf("%s: %d pictures", name, n)
		}
	}
}

// FuzzJoiner: whatever packets come, nothing breaks, and what comes out is no larger than what went in.
func FuzzJoiner(f *testing.F) {
	f.Add([]byte{0x90, 0x80, 1, 2, 3, 4}, uint64(1), true)
	f.Add([]byte{nalSTAPA, 0, 2, nalSPS, 1, 0, 1, nalIDR}, uint64(2), false)
	f.Add([]byte{nalFUA, 0x85, 1, 2, nalFUA, 0x45, 3}, uint64(3), false)
	f.Fuzz(func(t *testing.T, in []byte, seed uint64, vp8 bool) {
		rng := rand.New(rand.NewPCG(seed, 1))
		codec := "H264"
		if vp8 {
			codec = "VP8"
		}
		j, room := &joiner{}, 0
		for i := 0; len(in) > 0 && i < 200; i++ {
			n := 1 + rng.IntN(len(in))
			p := piece{seq: uint16(i + rng.IntN(3)), stamp: uint32(rng.IntN(3)), last: rng.IntN(3) == 0, codec: codec, payload: in[:n]}
			room += n*4 + 8
			j.put(p, joinBegan.Add(time.Duration(i*rng.IntN(100))*time.Millisecond))
			for _, u := range j.done() {
				if len(u.Data) == 0 || len(u.Data) > room {
					t.Fatalf("a picture of %d octets", len(u.Data))
				}
			}
			in = in[n/2:]
			if n < 2 {
				break
			}
		}
	})
}
