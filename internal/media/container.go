package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"strings"
)

// errContainer says that ffmpeg has written something else than it was asked for.
var errContainer = errors.New("ffmpeg wrote something unexpected")

// ppmHeader reads what stands before the pixels of a picture of ffmpeg's: "P6\n320 240\n255\n". A picture larger than
// was asked for is none.
func ppmHeader(in *bufio.Reader) (width, height int, err error) {
	var words [3]string
	for i := range words {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		words[i] = strings.TrimSuffix(string(line), "\n")
	}
	across, down, ok := strings.Cut(words[1], " ")
	width, _ = strconv.Atoi(across)
	height, _ = strconv.Atoi(down)
	if words[0] != "P6" || words[2] != "255" || !ok || width < 1 || width > ScreenWidth || height < 1 || height > ScreenHeight {
		return 0, 0, errContainer
	}
	return width, height, nil
}

// ivfHeader is the beginning of a file of VP8. Of what it says ffmpeg believes the pictures.
func ivfHeader() []byte {
	b := append(make([]byte, 0, 64), "DKIF\x00\x00\x20\x00VP80"...)
	b = binary.LittleEndian.AppendUint16(b, 16)
	b = binary.LittleEndian.AppendUint16(b, 16)
	b = binary.LittleEndian.AppendUint32(b, 25)
	b = binary.LittleEndian.AppendUint32(b, 1)
	return append(b, 0, 0, 0, 0, 0, 0, 0, 0)
}

func ivfFrame(b, picture []byte, at uint64) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(picture)))
	b = binary.LittleEndian.AppendUint64(b, at)
	return append(b, picture...)
}

// readIVF reads pictures of VP8 until the end, and gives each away.
func readIVF(in io.Reader, take func(Unit)) error {
	var head [32]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	if string(head[:4]) != "DKIF" {
		return errContainer
	}
	for {
		if _, err := io.ReadFull(in, head[:12]); err != nil {
			return err
		}
		picture, err := readPart(in, binary.LittleEndian.Uint32(head[:]))
		if err != nil {
			return err
		}
		if len(picture) > 0 {
			take(Unit{Codec: "VP8", Data: picture, Whole: picture[0]&1 == 0})
		}
	}
}

// readFLV does the same with H.264 in FLV: tags with a head of 11 octets, and their length once more behind them.
func readFLV(in io.Reader, take func(Unit)) error {
	var head [13]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	if string(head[:3]) != "FLV" {
		return errContainer
	}
	for {
		if _, err := io.ReadFull(in, head[:11]); err != nil {
			return err
		}
		const video, avc, units = 9, 7, 1
		kind := head[0]
		tag, err := readPart(in, binary.BigEndian.Uint32(head[:])&0xffffff)
		if err != nil {
			return err
		}
		if _, err := io.ReadFull(in, head[:4]); err != nil {
			return err
		}
		if kind == video && len(tag) > 5 && tag[0]&0x0f == avc && tag[1] == units {
			if u, ok := startCodes(tag[5:]); ok {
				take(Unit{Codec: "H264", Data: u, Whole: tag[0]>>4 == 1})
			}
		}
	}
}

// startCodes puts a start code in the place of each length before a unit of H.264.
func startCodes(b []byte) (out []byte, ok bool) {
	for len(b) > 4 {
		n := binary.BigEndian.Uint32(b)
		if b = b[4:]; n > uint32(len(b)) {
			return nil, false
		}
		out = append(append(out, 0, 0, 0, 1), b[:n]...)
		b = b[n:]
	}
	return out, len(b) == 0 && len(out) > 0
}

// readPart reads so many octets, if that is no more than a picture may have.
func readPart(in io.Reader, n uint32) ([]byte, error) {
	if n > mostUnit {
		return nil, errContainer
	}
	b := make([]byte, n)
	_, err := io.ReadFull(in, b)
	return b, err
}
