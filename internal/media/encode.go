package media

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// What a Film can be of, besides a camera by its path.
const (
	TestPicture = "test"  // moving colours
	FilmFile    = "file:" // and the path of a film, which is shown again and again
)

// Film is what the user shows, encoded by an ffmpeg that runs until Close. One that ends, or gives nothing, is replaced a
// few times and then no more.
type Film struct {
	program string
	args    []string
	read    func(io.Reader, func(Unit)) error
	take    func(Unit)

	mu   sync.Mutex
	err  error
	done chan struct{}
	once sync.Once
	wg   sync.WaitGroup
}

// NewFilm encodes a camera, a file or the test picture by a codec of VideoCodecs. program is ffmpeg. take gets each picture;
// it must not block.
func NewFilm(program, source, codec string, take func(Unit)) *Film {
	f := &Film{program: program, take: take, done: make(chan struct{}), read: readIVF}
	codec = strings.ToUpper(codec)
	if codec == "H264" {
		f.read = readFLV
	}
	f.args = encodeArgs(filmInput(source), codec)
	f.wg.Go(f.run)
	return f
}

// filmInput names the source to ffmpeg. A file is shown at its own pace; nothing but files is opened by that name.
func filmInput(source string) []string {
	if source == TestPicture {
		return []string{"-re", "-f", "lavfi", "-i", fmt.Sprintf("testsrc=size=%dx%d:rate=%d", ScreenWidth, ScreenHeight, filmRate)}
	}
	if path, ok := strings.CutPrefix(source, FilmFile); ok {
		return []string{"-re", "-stream_loop", "-1", "-protocol_whitelist", "file", "-i", "file:" + path}
	}
	return []string{"-f", "v4l2", "-i", source}
}

// Err is why nothing is shown any more, nil while there is hope.
func (f *Film) Err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// Close ends ffmpeg. It may be called more than once.
func (f *Film) Close() {
	f.once.Do(func() { close(f.done) })
	f.wg.Wait()
}

// filmAgain is how long it takes until a camera that has failed is tried again.
const filmAgain = time.Second

func (f *Film) run() {
	var began starts
	for why := error(nil); ; {
		if !began.may(time.Now()) {
			f.fail(why)
			return
		}
		if why = f.show(); why == nil {
			return
		}
		select {
		case <-f.done:
			return
		case <-time.After(filmAgain):
		}
	}
}

func (f *Film) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = fmt.Errorf("your picture cannot be shown: %w", cmp.Or(err, io.EOF))
}

// errDark says that ffmpeg gives no picture.
var errDark = errors.New("no picture comes from there")

// show runs one ffmpeg until it ends, or gives nothing, or nobody wants it any more: then there is no error.
func (f *Film) show() error {
	p := newPipe(f.program, f.args)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := p.start(); err != nil {
		return err
	}
	calm(p.cmd.Process)
	seen, over := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		over <- f.read(bufio.NewReaderSize(out, 64<<10), func(u Unit) {
			select {
			case seen <- struct{}{}:
			default:
			}
			f.take(u)
		})
	}()
	patience := time.NewTimer(darkFor)
	defer patience.Stop()
	for {
		select {
		case <-seen:
			patience.Reset(darkFor)
		case err := <-over:
			out.Close() //nolint:errcheck // nothing is read any more
			return p.why(err)
		case <-patience.C:
			p.kill()
			<-over
			return errDark
		case <-f.done:
			p.kill()
			<-over
			return nil
		}
	}
}

// kill ends a program that is not to say anything any more.
func (p *pipe) kill() {
	p.cmd.Process.Kill() //nolint:errcheck // it may have ended
	p.end()
}

// cameraNodes is where Linux says which cameras there are.
const cameraNodes = "/sys/class/video4linux"

// Cameras lists the cameras of this machine (video4linux), by the path that NewFilm takes.
func Cameras() []Device { return camerasIn(cameraNodes) }

// camerasIn reads the list. A camera may have nodes that give no picture: their index is not 0.
func camerasIn(nodes string) (all []Device) {
	found, _ := filepath.Glob(filepath.Join(nodes, "video*"))
	slices.Sort(found)
	for _, node := range found {
		if index, err := os.ReadFile(filepath.Join(node, "index")); err == nil && strings.TrimSpace(string(index)) != "0" {
			continue
		}
		name, _ := os.ReadFile(filepath.Join(node, "name"))
		all = append(all, Device{ID: "/dev/" + filepath.Base(node), Name: strings.TrimSpace(string(name))})
	}
	return all
}
