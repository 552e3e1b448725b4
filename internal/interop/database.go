//go:build linux

package interop

import (
	"crypto/md5"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// schemas is where Debian's kamailio-sqlite-modules puts the tables.
const schemas = "/usr/share/kamailio/db_sqlite"

// databases are the files of docs/kamailio/README.md and the schemas each is made of.
var databases = map[string][]string{
	"people":   {"standard", "auth_db"},
	"presence": {"standard", "presence"},
	"offline":  {"standard", "msilo"},
}

func (k *Kamailio) makeDatabases(users []User) {
	k.t.Helper()
	for name, tables := range databases {
		var sql strings.Builder
		sql.WriteString("PRAGMA journal_mode=WAL;\n")
		for _, table := range tables {
			b, err := os.ReadFile(filepath.Join(schemas, table+"-create.sql"))
			if err != nil {
				k.t.Fatalf("%v (package kamailio-sqlite-modules)", err)
			}
			sql.Write(b)
		}
		k.SQL(name, sql.String())
	}
	k.AddUsers(users...)
}

// AddUsers makes accounts; the server need not be restarted.
func (k *Kamailio) AddUsers(users ...User) {
	k.t.Helper()
	var sql strings.Builder
	for _, u := range users {
		user, domain, _ := strings.Cut(u.Address, "@")
		ha1 := md5.Sum([]byte(user + ":" + domain + ":" + u.Password))
		fmt.Fprintf(&sql, "INSERT INTO subscriber (username, domain, password, ha1) VALUES (%s, %s, '', '%x');\n", quote(user), quote(domain), ha1)
	}
	k.SQL("people", sql.String())
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// SQL runs statements on one of the databases (people, presence, offline) and returns what they print.
func (k *Kamailio) SQL(database, statements string) string {
	k.t.Helper()
	cmd := exec.Command("sqlite3", "-cmd", ".timeout 5000", k.file(database+".sqlite"))
	cmd.Stdin = strings.NewReader(statements)
	out, err := cmd.CombinedOutput()
	if err != nil {
		k.t.Fatalf("sqlite3: %v\n%s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// Lock keeps one of the databases from being written until unlock is called.
func (k *Kamailio) Lock(database string) (unlock func()) {
	k.t.Helper()
	cmd := exec.Command("sqlite3", "-cmd", ".timeout 5000", k.file(database+".sqlite"))
	in, err := cmd.StdinPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	if _, err := io.WriteString(in, "BEGIN IMMEDIATE; SELECT 'held';\n"); err != nil {
		k.t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("held\n"))); err != nil {
		k.t.Fatalf("sqlite3 did not lock %s: %v", database, err)
	}
	return func() {
		_, _ = io.WriteString(in, "COMMIT;\n")
		_ = in.Close()
		_ = cmd.Wait()
	}
}
