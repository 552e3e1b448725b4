package media

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Image is a picture as it is shown: Width times Height pixels of three octets, red, green and blue, line by line from
// the top. Nobody changes it any more.
type Image struct {
	Width, Height int
	RGB           []byte
	Number        uint64    // counts them, from 1
	At            time.Time // when it was decoded
}

// Decoder makes frames of coded pictures, by an ffmpeg that runs from the first whole picture until Close. One that
// ends, hangs or shows nothing is replaced a few times, and then no more. All methods may be called from any goroutine.
type Decoder struct {
	program string
	lack    func() // asks for a whole picture
	queue   chan Unit
	behind  atomic.Bool // units were dropped: the next one has to be whole

	mu     sync.Mutex
	newest Image
	why    error // the last ffmpeg was ended
	err    error

	done chan struct{}
	once sync.Once
	wg   sync.WaitGroup
}

// mostQueued is how many coded pictures wait for ffmpeg: half a second.
const mostQueued = 8

// NewDecoder makes a decoder that runs program, which is ffmpeg. lack is called when a whole picture is needed; it must
// not block.
func NewDecoder(program string, lack func()) *Decoder {
	d := &Decoder{program: program, lack: lack, queue: make(chan Unit, mostQueued), done: make(chan struct{})}
	d.wg.Go(d.run)
	return d
}

// Take takes the next coded picture. It never blocks: what ffmpeg is too slow for is dropped.
func (d *Decoder) Take(u Unit) {
	if d.behind.Load() && !u.Whole {
		return
	}
	select {
	case d.queue <- u:
		d.behind.Store(false)
	default:
		d.behind.Store(true)
		d.lack()
	}
}

// Newest is the last picture that was decoded, false before the first.
func (d *Decoder) Newest() (Image, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newest, d.newest.Number > 0
}

// Err is why nothing is decoded any more, nil while there is hope.
func (d *Decoder) Err() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.err
}

// Close ends ffmpeg. It may be called more than once.
func (d *Decoder) Close() {
	d.once.Do(func() { close(d.done) })
	d.wg.Wait()
}

// run gives what comes to ffmpeg.
func (d *Decoder) run() {
	var is *decoding
	var began starts
	defer func() { is.stop() }()
	for {
		select {
		case <-d.done:
			return
		case u := <-d.queue:
			if is != nil && (is.codec != u.Codec || is.over()) {
				is.stop()
				is = nil
			}
			if is == nil {
				if !u.Whole {
					d.lack()
					continue
				}
				if is = d.begin(u.Codec, &began); is == nil {
					return
				}
			}
			if err := is.put(u, time.Now()); err != nil {
				d.note(is.why(err))
				is.stop()
				is = nil
				d.lack()
			}
		}
	}
}

// begin starts ffmpeg, nil when it has been tried too often or cannot be.
func (d *Decoder) begin(codec string, began *starts) *decoding {
	if !began.may(time.Now()) {
		d.giveUp(nil)
		return nil
	}
	is, err := startDecoding(d.program, codec)
	if err != nil {
		d.giveUp(err)
		return nil
	}
	d.wg.Go(func() { d.watch(is) })
	return is
}

// note remembers why ffmpeg was ended, for when it is not tried any more.
func (d *Decoder) note(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.why = err
}

// giveUp says why nothing is decoded any more.
func (d *Decoder) giveUp(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err = fmt.Errorf("the picture cannot be decoded: %w", cmp.Or(err, d.why, errBlind))
}

// watch takes the pictures of one ffmpeg.
func (d *Decoder) watch(is *decoding) {
	defer close(is.dried)
	in := bufio.NewReaderSize(is.out, 64<<10)
	var spare []byte
	for {
		width, height, err := ppmHeader(in)
		if err != nil {
			return
		}
		if len(spare) != 3*width*height {
			spare = make([]byte, 3*width*height)
		}
		if _, err := io.ReadFull(in, spare); err != nil {
			return
		}
		is.shown()
		if d.show(Image{Width: width, Height: height, RGB: spare}) {
			spare = nil
		}
	}
}

// mostShown is how many pictures in a second are worth being kept.
const mostShown = 20

// show keeps a picture, unless the one before it has hardly been seen.
func (d *Decoder) show(f Image) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	f.At = time.Now()
	if f.At.Sub(d.newest.At) < time.Second/mostShown {
		return false
	}
	f.Number = d.newest.Number + 1
	d.newest = f
	return true
}

// errBlind says that ffmpeg takes pictures and shows none.
var errBlind = errors.New("ffmpeg takes pictures and shows none")

// decoding is one ffmpeg that decodes.
type decoding struct {
	*pipe
	codec string
	in    *os.File
	out   io.Reader
	begun bool
	count uint64        // of pictures, for the times of IVF
	dried chan struct{} // nothing more comes out of it

	mu    sync.Mutex
	blank int       // coded pictures since the last one that was shown
	since time.Time // when the first of them was given
}

func startDecoding(program, codec string) (*decoding, error) {
	p := newPipe(program, decodeArgs(codec))
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	in, err := p.input()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	if err := p.start(); err != nil {
		in.Close() //nolint:errcheck // the first error counts
		return nil, err
	}
	calm(p.cmd.Process)
	return &decoding{pipe: p, codec: codec, in: in, out: out, dried: make(chan struct{})}, nil
}

// put gives a coded picture to ffmpeg.
func (is *decoding) put(u Unit, now time.Time) error {
	if is.hangs(now) {
		return errBlind
	}
	var b []byte
	if u.Codec == "H264" {
		b = append(append(b, u.Data...), 0, 0, 0, 1, nalDelimiter, 0xf0) // else it waits for the next one to see the end
	} else {
		if !is.begun {
			b = ivfHeader()
		}
		b = ivfFrame(b, u.Data, is.count)
	}
	is.begun, is.count = true, is.count+1
	is.in.SetWriteDeadline(now.Add(stuckFor)) //nolint:errcheck // a pipe has one
	_, err := is.in.Write(b)
	return err
}

// hangs counts a coded picture and reports whether too many have shown nothing.
func (is *decoding) hangs(now time.Time) bool {
	is.mu.Lock()
	defer is.mu.Unlock()
	if is.blank == 0 {
		is.since = now
	}
	is.blank++
	return is.blank > mostQueued && now.Sub(is.since) > blindFor
}

func (is *decoding) shown() {
	is.mu.Lock()
	is.blank = 0
	is.mu.Unlock()
}

// over reports whether ffmpeg has ended.
func (is *decoding) over() bool {
	select {
	case <-is.dried:
		return true
	default:
		return false
	}
}

// stop ends ffmpeg.
func (is *decoding) stop() {
	if is == nil {
		return
	}
	is.in.Close() //nolint:errcheck // what it has not read nobody wants
	is.end()
	<-is.dried
}
