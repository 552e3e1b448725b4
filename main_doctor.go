package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"golync/contacts"
	"golync/internal/config"
	"golync/internal/doctor"
)

// errUnwell says that the doctor found faults. The report has said all there is to say.
var errUnwell = errors.New("faults were found")

// runDoctor is golync doctor [ADDRESS]: the chain between the user and one person, link by link. What is wrong
// with the configuration is a link too.
func runDoctor(ctx context.Context, f flags, env func(string) string, out io.Writer) error {
	c := doctor.Case{Ask: questioner(os.Stdin, os.Stderr)}
	switch {
	case len(f.words) > 1:
		return usage("%q is one word too many: golync doctor takes one address", f.words[1])
	case len(f.words) == 1:
		a, err := contacts.ParseAddress(f.words[0])
		if err != nil {
			return usage("%q is no address: %w", f.words[0], err)
		}
		c.Address = a
	}
	if f.trace != "" {
		file, err := os.OpenFile(f.trace, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return usage("--trace-sip: %w", err)
		}
		defer file.Close()
		c.Trace = file
	}
	read := config.Read
	if f.skype {
		read = config.ReadSkype
	}
	if c.Settings, c.Trouble = read(f.set, env); c.Trouble == nil {
		c.RootCAs, c.Trouble = rootsOf(c.Settings.CA)
	}
	if c.Trouble == nil && c.Settings.Account == "" {
		c.Settings.Account = recall(filepath.Join(c.Settings.Data, "account"))
	}
	return report(out, doctor.Examine(ctx, c), f.json)
}

// report writes what was found, and makes faults the exit code.
func report(out io.Writer, r doctor.Report, asJSON bool) error {
	var err error
	if asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		err = e.Encode(r)
	} else {
		_, err = r.WriteTo(out)
	}
	if err == nil && !r.Well() {
		err = errUnwell
	}
	return err
}

// questioner asks for the password at a terminal, without showing what is typed; nil when there is none.
func questioner(in, out *os.File) func(context.Context) (string, error) {
	if !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return nil
	}
	return func(context.Context) (string, error) {
		fmt.Fprint(out, "Password: ")
		typed, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(out)
		return string(typed), err
	}
}
