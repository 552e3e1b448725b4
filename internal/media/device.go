package media

// Source gives sound: a microphone, a file, a melody. Read fills one frame of Frame samples and blocks for as long as
// the sound lasts, 20 ms; a Source that does not block is slowed down. io.EOF is its end. Close makes a blocked Read
// return and may be called from another goroutine, and more than once.
type Source interface {
	Read(frame []int16) error
	Close() error
}

// Sink takes sound: a loudspeaker, a file. Write takes one frame of Frame samples; it may block until there is room.
// Close makes a blocked Write return and may be called from another goroutine, and more than once.
type Sink interface {
	Write(frame []int16) error
	Close() error
}
