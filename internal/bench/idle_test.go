package bench

import (
	"testing"
	"time"
)

// BenchmarkIdle: memory and processor of a window with 1,000 contacts, all online, that nobody touches.
func BenchmarkIdle(b *testing.B) {
	w, _ := signedIn(b, 1000, 0)
	see(b, w, "Person 00000 - Available")
	quiet(w)
	time.Sleep(3 * time.Second)
	const watch = 20 * time.Second
	before := processor(b, w.Pid())
	time.Sleep(watch)
	used := processor(b, w.Pid()) - before
	result.most(b, "idle, 1,000 contacts online, of a core", 100*used.Seconds()/watch.Seconds(), "%", 1)
	result.most(b, "RSS, 1,000 contacts online", status(b, w.Pid(), "VmRSS"), "MB", 40)
}
