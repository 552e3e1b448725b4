package bench

import (
	"debug/elf"
	"os"
	"testing"
	"time"
)

// BenchmarkBinary: what there is to install.
func BenchmarkBinary(b *testing.B) {
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	result.known(b, "the binary", float64(info.Size())/1e6, "MB")
	f, err := elf.Open(binary)
	if err != nil {
		b.Skip("no ELF file")
	}
	defer f.Close()
	libraries, err := f.ImportedLibraries()
	if err != nil {
		b.Fatal(err)
	}
	needs := len(libraries)
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			needs++
		}
	}
	result.most(b, "files it needs beside itself (0: static)", float64(needs), "files", 0.5)
}

// BenchmarkFirstFrame: from exec to the window with 1,000 contacts in it. Nothing listens at the server.
func BenchmarkFirstFrame(b *testing.B) {
	home := prepare(b, 1000, 0)
	var times []time.Duration
	for range 21 {
		begin := time.Now()
		t := open(b, home, "127.0.0.1:9", nil)
		if _, err := t.See("Person 00000"); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begin))
		t.Close()
	}
	result.most(b, "exec to first frame, 1,000 contacts, median", percentile(times, 50), "ms", 60)
	result.known(b, "exec to first frame, 1,000 contacts, p95", percentile(times, 95), "ms")
}
