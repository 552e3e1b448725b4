package media

import (
	"context"
	"errors"
	"io"
)

// Play gives the sound of a Source to a Sink, until the Source ends, one of them fails, or ctx is done: ringing, or the
// test of a loudspeaker. It closes both. The end of the Source and of ctx is no error.
func Play(ctx context.Context, from Source, to Sink) error {
	stop := context.AfterFunc(ctx, func() {
		from.Close() //nolint:errcheck // so that a Read that blocks returns
		to.Close()   //nolint:errcheck // so that a Write that blocks returns
	})
	defer func() {
		stop()
		from.Close() //nolint:errcheck // nothing is left to be read
		to.Close()   //nolint:errcheck // what counts has been written
	}()
	frame := make([]int16, Frame)
	if _, ok := to.(queuer); ok { // a frame ahead, because the Source's clock is another one
		if err := to.Write(frame); err != nil {
			return err
		}
	}
	for {
		err := from.Read(frame)
		if err == nil {
			err = to.Write(frame)
		}
		switch {
		case ctx.Err() != nil || errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}
