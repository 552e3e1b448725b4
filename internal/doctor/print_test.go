package doctor

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// names returns the constants of a file that are of a type.
func names(t *testing.T, file, typ string) (all []string) {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\t\w+ +`+typ+` += "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		all = append(all, m[1])
	}
	if len(all) == 0 {
		t.Fatalf("there is no %s in %s", typ, file)
	}
	return all
}

// Programs read these names.
func TestThePageExplainsEveryLinkAndEveryFault(t *testing.T) {
	page, err := os.ReadFile("../../docs/doctor.md")
	if err != nil {
		t.Fatal(err)
	}
	links, faults := names(t, "report.go", "Link"), names(t, "fault.go", "Fault")
	var rows []string
	for _, m := range regexp.MustCompile(`(?m)^\| ([a-z-]+) \|`).FindAllStringSubmatch(string(page), -1) {
		rows = append(rows, m[1])
	}
	for _, name := range append(links, faults...) {
		if !strings.Contains(" "+strings.Join(rows, " ")+" ", " "+name+" ") {
			t.Errorf("%s is not explained", name)
		}
	}
}

func TestTheDocumentForProgramsSaysWhatTheReportSays(t *testing.T) {
	r := Report{Account: alice, Address: cheri, Findings: []Finding{{Link: DNS, State: OK}, {Link: TLS, State: Skipped, because: Connection}}}
	f := Finding{Link: Alerts}
	f.tried("the options")
	f.came("of %s", "\x1b[31mcheri")
	f.fault(AlertsHideRequests, "choose %q", "x")
	r.Findings = append(r.Findings, f, Finding{Link: Waiting, State: Faulty, Fault: AlertsHideRequests})
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	none := []any{}
	want := map[string]any{
		"format": 1.0, "account": "sip:alice@contoso.com", "address": "sip:cheri@outlook.com", "well": false, "faults": []any{"alerts-hide-requests"},
		"links": []any{
			map[string]any{"link": "dns", "state": "ok", "tried": none, "came": none, "do": none},
			map[string]any{"link": "tls", "state": "skipped", "after": "connection", "tried": none, "came": none, "do": none},
			map[string]any{
				"link": "alerts", "state": "fault", "fault": "alerts-hide-requests", "tried": []any{"the options"}, "came": []any{"of [31mcheri"},
				"do": []any{`choose "x"`},
			},
			map[string]any{"link": "waiting", "state": "fault", "fault": "alerts-hide-requests", "tried": none, "came": none, "do": none},
		},
	}
	links := got["links"].([]any)
	links[2].(map[string]any)["came"] = []any{strings.ReplaceAll(links[2].(map[string]any)["came"].([]any)[0].(string), "\ufffd", "")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("it is\n%s", raw)
	}
}

func TestWhateverAServerSaysStaysWithin80Columns(t *testing.T) {
	for _, words := range []string{
		strings.Repeat("long ", 100), strings.Repeat("x", 500), strings.Repeat("漢字", 100), "\x1b]0;title\x07\r\n\r\nfine", "", strings.Repeat("漢字 a", 50),
	} {
		f := Finding{Link: Registration}
		f.tried("%s", words)
		f.came("503 %s", words)
		f.fault(ServerTrouble, "%s", words)
		var b strings.Builder
		if _, err := (Report{Account: alice, Address: dana, Findings: []Finding{f}}).WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if cells(line) > columns || strings.ContainsAny(line, "\x1b\x07\r") {
				t.Errorf("%q", line)
			}
		}
		whole := strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "\n", "")), "")
		for _, word := range strings.Fields(string(say("%s", words))) {
			if !strings.Contains(whole, word[:min(len(word), 30)]) {
				t.Errorf("%q is lost in %q", word, whole)
			}
		}
	}
}

// A path that is cut between two names can be put together again.
func TestALongPathIsBrokenBetweenItsNames(t *testing.T) {
	path := "/home/alice/" + strings.Repeat("a-long-name-of-a-directory/", 4) + "config.toml"
	for _, line := range wrap("reading "+path+" now", 60) {
		if cells(line) > 60 || !strings.HasSuffix(line, "/") && line != "reading" && !strings.HasSuffix(line, "config.toml now") {
			t.Errorf("%q", line)
		}
	}
}

func TestAReportWithoutAnAccountSaysSo(t *testing.T) {
	if got := (Report{}).title(); strings.Contains(got, "nobody") || !strings.Contains(got, "without an account") {
		t.Errorf("its title is %q", got)
	}
}
