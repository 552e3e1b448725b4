package media

import (
	"os"
	"syscall"
)

// shorten makes a pipe hold one page, 128 ms of sound, instead of two seconds.
func shorten(f *os.File) {
	const setSize = 1031 // F_SETPIPE_SZ of fcntl(2)
	raw, err := f.SyscallConn()
	if err != nil {
		return
	}
	raw.Control(func(fd uintptr) { //nolint:errcheck // a longer pipe works as well
		syscall.Syscall(syscall.SYS_FCNTL, fd, setSize, 4096) //nolint:errcheck // see above
	})
}

// calm gives a program less of the processor than golync and its sound.
func calm(p *os.Process) {
	syscall.Setpriority(syscall.PRIO_PROCESS, p.Pid, 10) //nolint:errcheck // it runs as well without
}
