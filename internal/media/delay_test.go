//go:build unix

package media

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// pictureBudget is far more than a picture takes from the camera to being ready to be drawn (6 to 15 ms, docs/calls.md): a
// busy machine is no fault, one that holds whole seconds of pictures back is.
const pictureBudget = time.Second

// How long a picture takes, all of it: given by a camera (a pipe), encoded, sent, put together, decoded. It is of one grey
// for a while and of another one then, and what counts is when that is seen.
func TestHowLongAPictureTakes(t *testing.T) {
	needProgram(t, "ffmpeg")
	for _, codec := range []string{"H264", "VP8"} {
		t.Run(codec, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "camera.y4m")
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Skipf("no pipes with names here: %v", err)
			}
			c := &dimmer{}
			done := make(chan struct{})
			defer close(done)
			go c.runs(path, done)
			delays := c.watch(t, path, codec)
			slices.Sort(delays)
			t.Logf("%s: from %v to %v, half of them within %v", codec, delays[0], delays[len(delays)-1], delays[len(delays)/2])
			if delays[len(delays)/2] > pictureBudget {
				t.Errorf("it takes %v", delays)
			}
		})
	}
}

// dimmer is a camera of 15 pictures in a second which become darker every five, and light again after greys of them.
type dimmer struct{ turned [greys]atomic.Int64 }

const greys = 8

func grey(k int) byte { return byte(220 - 25*k) }

func (c *dimmer) runs(path string, done <-chan struct{}) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, "YUV4MPEG2 W320 H240 F15:1 Ip C420jpeg\n") //nolint:errcheck // a test
	tick := time.NewTicker(pictureTime)
	defer tick.Stop()
	for n := 0; ; n++ {
		k := n / 5 % greys
		if n%5 == 0 {
			c.turned[k].Store(time.Now().UnixNano())
		}
		frame := append([]byte("FRAME\n"), bytes.Repeat([]byte{grey(k)}, 320*240)...)
		if _, err := f.Write(append(frame, bytes.Repeat([]byte{128}, 320*120)...)); err != nil {
			return
		}
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}

// watch shows it to another end, until that has seen ten greys, and tells how long each took.
func (c *dimmer) watch(t *testing.T, path, codec string) (delays []time.Duration) {
	t.Helper()
	from, to, d := ends(t, codec, false)
	defer from.Close()
	defer to.Close()
	defer d.Close()
	film := NewFilm("ffmpeg", FilmFile+path, codec, from.Send)
	defer film.Close()
	last, number := -1, uint64(0)
	until(t, "ten greys", 20*time.Second, func() bool {
		f, _ := d.Newest()
		if f.Number == number {
			return false
		}
		number = f.Number
		// What is white at 235 and black at 16 in the camera is 255 and 0 here (ITU-R BT.601).
		luma := 16 + float64(f.at(160, 120)[1])*219/255
		k := int(math.Round((220 - luma) / 25))
		if k != last && k >= 0 && k < greys && math.Abs(luma-float64(grey(k))) < 8 {
			last = k
			delays = append(delays, time.Duration(f.At.UnixNano()-c.turned[k].Load()))
		}
		return len(delays) == 10
	})
	return delays[2:]
}
