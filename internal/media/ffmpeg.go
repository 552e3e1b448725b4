package media

import (
	"errors"
	"os/exec"
	"strconv"
	"time"
)

// ErrNoFFmpeg says that there is no ffmpeg on this machine. golync decodes and encodes no pictures itself.
var ErrNoFFmpeg = errors.New("pictures need ffmpeg, which is not installed: install the package ffmpeg")

// FFmpeg finds ffmpeg on the PATH. It is cheap.
func FFmpeg() (program string, err error) {
	if program, err = exec.LookPath("ffmpeg"); err != nil {
		return "", ErrNoFFmpeg
	}
	return program, nil
}

// What ffmpeg is asked for. No window shows more than that of a picture, and few people have more of a network.
const (
	ScreenWidth  = 320 // pixels that a received picture is made to fit in
	ScreenHeight = 240
	filmRate     = 15      // pictures in a second that are sent
	filmBits     = 300_000 // bits in a second that are sent
	// largestPicture is how many pixels a picture may have that is decoded: 1920×1088. A larger one would cost memory
	// that the other side chooses.
	largestPicture = 1920 * 1088
)

// decodeArgs make ffmpeg decode what it reads and write pictures that say how large they are (PPM). Nothing is probed, so
// that the first picture is not waited for; the rates, which are the same, only keep it from repeating or dropping
// any. -fflags nobuffer is not among them: it throws the first whole picture away.
func decodeArgs(codec string) []string {
	form := "ivf"
	if codec == "H264" {
		form = "h264"
	}
	return []string{
		"-hide_banner", "-loglevel", "error", "-nostdin",
		"-threads", "1", "-flags", "low_delay", "-max_pixels", strconv.Itoa(largestPicture),
		"-probesize", "32", "-analyzeduration", "0", "-r", "25", "-f", form, "-i", "pipe:0",
		"-an", "-vf", fit("min("+strconv.Itoa(ScreenWidth)+"\\,iw)", "min("+strconv.Itoa(ScreenHeight)+"\\,ih)") + ":flags=fast_bilinear",
		"-pix_fmt", "rgb24", "-r", "25", "-f", "image2pipe", "-c:v", "ppm", "pipe:1",
	}
}

// fit is the filter that makes a picture smaller and keeps its shape.
func fit(width, height string) string {
	return "scale=w=" + width + ":h=" + height + ":force_original_aspect_ratio=decrease"
}

// encodeArgs make ffmpeg encode from an input. A whole picture comes once a second, because a running ffmpeg cannot be
// asked for one. H.264 comes in FLV and VP8 in IVF, which say where a picture ends.
func encodeArgs(input []string, codec string) []string {
	rate, bits := strconv.Itoa(filmRate), strconv.Itoa(filmBits)
	args := append([]string{"-hide_banner", "-loglevel", "error", "-nostdin"}, input...)
	args = append(args, "-an", "-sn",
		"-vf", fit(strconv.Itoa(ScreenWidth), strconv.Itoa(ScreenHeight))+":force_divisible_by=2,format=yuv420p",
		"-r", rate, "-g", rate, "-b:v", bits, "-maxrate", bits, "-bufsize", bits, "-threads", "1")
	if codec == "H264" {
		// Level 1.2 is all that the size needs, so that every decoder may be sent it.
		args = append(args, "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline",
			"-level", "1.2", "-bsf:v", "dump_extra", "-f", "flv")
	} else {
		args = append(args, "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0",
			"-error-resilient", "1", "-auto-alt-ref", "0", "-f", "ivf")
	}
	return append(args, "-flush_packets", "1", "pipe:1")
}

// What ends an ffmpeg that is of no use, and how often another one is tried.
const (
	mostStarts   = 4 // within startsWithin
	startsWithin = time.Minute
	stuckFor     = 2 * time.Second // for which it takes nothing
	blindFor     = 5 * time.Second // for which it gives nothing for what it takes
	darkFor      = 10 * time.Second
)

// starts counts how often a program was started lately.
type starts struct{ at []time.Time }

// may counts one more, unless there were too many.
func (s *starts) may(now time.Time) bool {
	if len(s.at) < mostStarts {
		s.at = append(s.at, now)
		return true
	}
	if now.Sub(s.at[0]) < startsWithin {
		return false
	}
	s.at = append(s.at[1:], now)
	return true
}
