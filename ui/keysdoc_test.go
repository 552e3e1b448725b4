package ui

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// With -update the tables in README.md and docs/keys.md are written anew: go test ./ui -run Documented -update
var update = flag.Bool("update", false, "write the tables of keys into the documents")

func TestTheKeysAreDocumentedAsTheTableHasThem(t *testing.T) {
	for path, want := range map[string]string{"../docs/keys.md": everyKey(), "../README.md": readmeKeys()} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		const from, to = "<!-- keys -->\n", "<!-- /keys -->"
		before, rest, ok := strings.Cut(string(content), from)
		is, after, end := strings.Cut(rest, to)
		if !ok || !end {
			t.Fatalf("%s has no place for the keys: %s … %s", path, from, to)
		}
		if is == want {
			continue
		}
		if !*update {
			t.Errorf("%s has other keys than the table: make keys writes them", path)
			continue
		}
		if err := os.WriteFile(path, []byte(before+from+want+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// everyKey is a table for every chapter of the help page, with the names for the configuration.
func everyKey() string {
	var b strings.Builder
	done := map[text.Safe]bool{}
	for _, ch := range chapters() {
		var rows strings.Builder
		for _, s := range ch.scopes {
			for _, n := range namedScopes() {
				if !n.keys.same(s) || done[n.name] {
					continue
				}
				done[n.name] = true
				for _, bound := range s {
					rows.WriteString("| " + inMarkdown(bound.keys) + " | " + strings.ReplaceAll(string(bound.help), "|", `\|`) + " | `" + n.configured(bound.does) + "` |\n")
				}
			}
		}
		if rows.Len() > 0 {
			b.WriteString("\n### " + string(ch.title) + "\n\n| key | does | in the configuration |\n|---|---|---|\n" + rows.String())
		}
	}
	return b.String()
}

// readmeKeys is the few that are worth knowing on the first day: those that help lines show.
func readmeKeys() string {
	var b strings.Builder
	b.WriteString("| where | keys |\n|---|---|\n")
	for _, row := range []struct {
		where  string
		scopes []scope
	}{{"the window", []scope{windowKeys}}, {"a contact or group", []scope{contactKeys}}, {"NEW", []scope{newKeys}}, {"a conversation", []scope{editorKeys}}, {"a call", []scope{callKeys}}} {
		var keys []string
		for _, h := range newCanvas().hintsOf(row.scopes) {
			keys = append(keys, inMarkdown(h.keys[:1])+" "+string(h.hint))
		}
		b.WriteString("| " + row.where + " | " + strings.Join(keys, " · ") + " |\n")
	}
	return b.String()
}

func inMarkdown(keys []text.Safe) string {
	written := make([]string, len(keys))
	for i, key := range keys {
		written[i] = "`" + string(newCanvas().keyName(key)) + "`"
	}
	return strings.Join(written, " ")
}

// Lync's Alt+C and Alt+I accept and ignore an invitation (facts/lync-2013-client.md section 10).
func TestTheNewestAnnouncementIsAcceptedAndIgnoredByLyncsKeys(t *testing.T) {
	told := func(from contacts.Address) app.Input {
		return app.Input{Event: arrives(from, string(from), "Are you there?", 1, time.Now())}
	}
	inWindow(t, 80, 24, func() *app.State { return worldWith(alerts.Options{TellMe: true}) }, func(x *face) {
		x.happens(told(dana).Event)
		x.sees("Are you there?")
		x.press("alt+i")
		x.seesNot("Are you there?")
		x.happens(told(eve).Event)
		x.press("alt+c")
		x.sees("Are you there?")
		x.types("Yes")
		x.sees("Yes")
	})
}
