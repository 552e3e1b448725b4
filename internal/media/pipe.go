package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// PipeFrom is a Source of what a program writes to its standard output: raw samples, 16-bit little-endian mono at
// 16 kHz. "arecord -q -t raw -f S16_LE -r 16000 -c 1" is one, "pw-cat --record --raw ... -" another. No shell is in between.
// io.EOF is the end of a program that ended well.
func PipeFrom(program string, args ...string) (Source, error) {
	p := newPipe(program, args)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	if err := p.start(); err != nil {
		return nil, err
	}
	return &pipeSource{pipe: p, out: out}, nil
}

// PipeTo is a Sink that a program reads from its standard input, in the same form: "aplay -q -t raw -f S16_LE -r 16000 -c 1".
// It is for the program to play at the right pace.
func PipeTo(program string, args ...string) (Sink, error) {
	p := newPipe(program, args)
	in, err := p.input()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	p.cmd.Stdout = nil
	if err := p.start(); err != nil {
		in.Close() //nolint:errcheck // the first error counts
		return nil, err
	}
	return &pipeSink{pipe: p, in: in}, nil
}

// pipe is a program that runs for as long as the device is used.
type pipe struct {
	cmd    *exec.Cmd
	inner  *os.File // the program's end of our pipe, open until it has started
	errors tail
	once   sync.Once
	ended  chan struct{} // it has been waited for
	err    error         // of the program; read after ended
}

// dying is how long a program has to end by itself once its input or output is closed.
const dying = 300 * time.Millisecond

func newPipe(program string, args []string) *pipe {
	p := &pipe{cmd: exec.Command(program, args...), ended: make(chan struct{})}
	p.cmd.Stderr = &p.errors
	p.cmd.WaitDelay = dying
	return p
}

// input is a pipe to the program that holds as little as the system allows: what it holds is delay.
func (p *pipe) input() (*os.File, error) {
	inner, outer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	shorten(outer)
	p.cmd.Stdin, p.inner = inner, inner
	return outer, nil
}

func (p *pipe) start() error {
	err := p.cmd.Start()
	if p.inner != nil {
		p.inner.Close() //nolint:errcheck // the program has its own
	}
	if err != nil {
		return fmt.Errorf("run %s: %w", p.cmd.Path, err)
	}
	return nil
}

// reap waits for the program, once.
func (p *pipe) reap() {
	p.once.Do(func() {
		go func() {
			p.err = p.cmd.Wait()
			close(p.ended)
		}()
	})
}

// end takes the program down: asked by the closed pipe, killed when it does not listen.
func (p *pipe) end() {
	p.reap()
	timer := time.NewTimer(dying)
	defer timer.Stop()
	select {
	case <-p.ended:
	case <-timer.C:
		p.cmd.Process.Kill() //nolint:errcheck // it may have ended meanwhile
		<-p.ended
	}
}

// why says what became of a program whose pipe has failed.
func (p *pipe) why(err error) error {
	p.end()
	if p.err == nil && errors.Is(err, io.EOF) {
		return io.EOF
	}
	if p.err != nil {
		err = p.err
	}
	if said := p.errors.String(); said != "" {
		return fmt.Errorf("%s: %w: %s", p.cmd.Path, err, said)
	}
	return fmt.Errorf("%s: %w", p.cmd.Path, err)
}

type pipeSource struct {
	*pipe
	out io.ReadCloser
	b   [2 * Frame]byte
}

func (s *pipeSource) Read(frame []int16) error {
	if _, err := io.ReadFull(s.out, s.b[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		return s.why(err)
	}
	for i := range frame {
		frame[i] = int16(binary.LittleEndian.Uint16(s.b[2*i:]))
	}
	return nil
}

func (s *pipeSource) Close() error {
	s.out.Close() //nolint:errcheck // nothing was written
	s.end()
	return nil
}

type pipeSink struct {
	*pipe
	in *os.File
	b  []byte
}

func (s *pipeSink) Write(frame []int16) error {
	s.b = s.b[:0]
	for _, v := range frame {
		s.b = binary.LittleEndian.AppendUint16(s.b, uint16(v))
	}
	if _, err := s.in.Write(s.b); err != nil {
		return s.why(err)
	}
	return nil
}

func (s *pipeSink) Close() error {
	s.in.Close() //nolint:errcheck // what the program has not read is lost
	s.end()
	return nil
}

// tail keeps the end of what a program says about its errors.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, b...)
	if len(t.b) > 400 {
		t.b = t.b[len(t.b)-400:]
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.ToValidUTF8(string(bytes.TrimSpace(t.b)), "?")
}
