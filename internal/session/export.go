package session

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/store"
	"golync/sipclient"
)

// exportPage is how many messages are in memory while the history is written to a file.
const exportPage = 500

// export writes a history to a file, beside everything else. What cannot be finished, also because the
// program ends, leaves no file.
func (s *Session) export(e app.ExportHistory) {
	s.start(func() {
		path, count, err := s.exportTo(s.ctx, e)
		if err != nil {
			s.log.Warn("an export failed", "path", path, "err", err)
		}
		s.put(app.Input{Result: app.Exported{Path: path, Count: count, Err: err}})
	})
}

func (s *Session) exportTo(ctx context.Context, e app.ExportHistory) (path string, count int, err error) {
	path, err = exportPath(e, time.Now())
	if err != nil {
		return path, 0, err
	}
	f, err := create(path)
	if err != nil {
		return path, 0, err
	}
	path = f.Name()
	w := bufio.NewWriterSize(f, 64<<10)
	count, err = s.writeHistory(ctx, e, formatOf(e.Format, w, s.saved.Me))
	err = errors.Join(err, w.Flush(), f.Sync(), f.Close())
	if err != nil {
		os.Remove(path)
	}
	return path, count, err
}

// writeHistory reads the history page by page and has each message written.
func (s *Session) writeHistory(ctx context.Context, e app.ExportHistory, to format) (count int, err error) {
	if err := to.begin(); err != nil {
		return 0, err
	}
	for after := int64(0); ; {
		page, err := s.after(ctx, e.Peer, after)
		if err != nil {
			return count, err
		}
		for _, m := range page {
			if err := to.message(m); err != nil {
				return count, err
			}
			count++
			after = m.Seq
		}
		if len(page) < exportPage {
			return count, to.end()
		}
	}
}

func (s *Session) after(ctx context.Context, peer contacts.Address, seq int64) (page []sipclient.Message, err error) {
	if ctx.Err() != nil {
		return nil, errors.New("golync was closed before it had finished")
	}
	err = store.Wait(func(done func(error)) {
		s.store.After(string(peer), seq, exportPage, func(messages []sipclient.Message, err error) {
			page = messages
			done(err)
		})
	})
	return page, err
}

// exportPath is where an export goes: as the user said, from the home folder on where it begins with "~", and
// under a name of its own in a folder.
func exportPath(e app.ExportHistory, now time.Time) (string, error) {
	path := e.Path
	if path == "" {
		path = "~"
	}
	if path == "~" || strings.HasPrefix(path, "~/") {
		home, err := os.UserHomeDir()
		if err != nil {
			return path, err
		}
		path = filepath.Join(home, path[1:])
	}
	folder := strings.HasSuffix(path, "/")
	path, err := filepath.Abs(path)
	if err != nil {
		return path, err
	}
	if info, err := os.Stat(path); folder || err == nil && info.IsDir() {
		path = filepath.Join(path, exportName(e, now))
	}
	return path, nil
}

func exportName(e app.ExportHistory, now time.Time) string {
	who, ending := "all", ".txt"
	if e.Peer != "" {
		who = url.PathEscape(e.Peer.IM())
	}
	if e.Format == app.ExportJSON {
		ending = ".json"
	}
	return "golync-" + who + "-" + now.Format(time.DateOnly) + ending
}

// mostNames bounds how many names are tried for a new file.
const mostNames = 1000

// create makes a new file for the user alone. A name that is taken gets a number: nothing is overwritten.
func create(path string) (*os.File, error) {
	ending := filepath.Ext(path)
	for n := 1; ; n++ {
		name := path
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ending), n, ending)
		}
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, fs.ErrExist) || n == mostNames {
			return f, err
		}
	}
}
