package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"golync/internal/command"
	"golync/internal/config"
)

// runLab is golync lab: the embedded server alone, with its log on the terminal, and what its administrator needs
// beside it.
func runLab(ctx context.Context, f flags, env func(string) string, out io.Writer) error {
	switch {
	case len(f.words) == 0:
		return serveLab(ctx, f, env, out)
	case f.words[0] == "policy":
		return labPolicy(f, out)
	case f.words[0] == "user":
		return labUser(ctx, f, out)
	}
	return usage("golync lab knows no %q: expected policy, user, or nothing to start the server", f.words[0])
}

// only refuses settings that do nothing for a command.
func only(f flags, command string, taken ...string) error {
	for _, name := range slices.Sorted(maps.Keys(f.set)) {
		if !slices.Contains(taken, name) {
			return usage("--%s does nothing for %s", name, command)
		}
	}
	return nil
}

func serveLab(ctx context.Context, f flags, env func(string) string, out io.Writer) error {
	if err := only(f, "golync lab", "data"); err != nil {
		return err
	}
	if f.users == "" {
		return usage("golync lab needs --users FILE: [[user]] tables with address, name and password or ha1")
	}
	users, err := config.Users(f.users)
	if err != nil {
		return usageError{err}
	}
	if f.policy != "" {
		if err := command.CheckPolicy(io.Discard, f.policy, nil); err != nil {
			return usageError{err}
		}
	}
	names := strings.FieldsFunc(f.name, func(r rune) bool { return r == ',' || r == ' ' })
	for _, name := range names {
		if net.ParseIP(name) == nil && strings.ContainsAny(name, ":/@[]") {
			return usage("--name: %q is wrong: expected a host or an address without a port, such as lync.contoso.com", name)
		}
	}
	level := slog.LevelInfo
	if f.debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	if (config.Password{File: f.users}).Exposed() {
		log.Warn("other people can read the users file; chmod 600 keeps it from them", "file", f.users)
	}
	return command.Lab(ctx, out, command.LabConfig{
		Listen: cmp.Or(f.listen, command.DefaultListen), Names: names, Users: users, Policy: f.policy,
		Data: cmp.Or(f.set["data"], filepath.Join(config.DataDir(env), "lab")),
		Log:  log,
	})
}

// labPolicy is golync lab policy show|check FILE: 0 for a good file, 2 for another.
func labPolicy(f flags, out io.Writer) error {
	if err := only(f, "golync lab policy"); err != nil {
		return err
	}
	if len(f.words) != 3 || f.words[1] != "show" && f.words[1] != "check" {
		return usage("expected golync lab policy show FILE, or golync lab policy check FILE")
	}
	var named []string
	if f.users != "" {
		users, err := config.Users(f.users)
		if err != nil {
			return usageError{err}
		}
		for _, u := range users {
			named = append(named, string(u.Address))
		}
	}
	if f.words[1] == "check" {
		return wrongFile(command.CheckPolicy(out, f.words[2], named))
	}
	return wrongFile(command.ShowPolicy(out, f.words[2], named))
}

// wrongFile makes a mistake in a file one of those that end with exit code 2.
func wrongFile(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

// labUser is golync lab user ADDRESS: a table for the users file, without the password in it.
func labUser(ctx context.Context, f flags, out io.Writer) error {
	if err := only(f, "golync lab user", "password-file"); err != nil {
		return err
	}
	if len(f.words) != 2 {
		return usage("expected golync lab user ADDRESS, such as golync lab user sip:alice@contoso.com")
	}
	if err := command.Secret(io.Discard, f.words[1], "any"); err != nil { // before the password is typed for nothing
		return usageError{err}
	}
	password, err := config.Password{File: f.set["password-file"]}.Get(ctx)
	if errors.Is(err, config.ErrNoPassword) {
		password, err = newPassword(f.words[1])
	}
	if err != nil {
		return err
	}
	return wrongFile(command.Secret(out, f.words[1], password))
}

// errDiffer says that somebody mistyped a new password, which is seen by nobody.
var errDiffer = errors.New("the two passwords are not the same: run it again")

// newPassword asks for a new password, twice at a terminal: what is mistyped there would keep its user out.
func newPassword(address string) (string, error) {
	password, err := askPassword("Password of " + address + ": ")
	if err != nil || !term.IsTerminal(int(os.Stdin.Fd())) {
		return password, err
	}
	again, err := askPassword("The same again: ")
	if err == nil && again != password {
		err = errDiffer
	}
	return password, err
}

// askPassword takes a password from the terminal unseen, or the first line of what is piped in.
func askPassword(question string) (string, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 4096)).ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			return "", errors.Join(config.ErrNoPassword, err)
		}
		return line, nil
	}
	fmt.Fprint(os.Stderr, question)
	typed, err := term.ReadPassword(in)
	fmt.Fprintln(os.Stderr)
	if err == nil && len(typed) == 0 {
		err = config.ErrNoPassword
	}
	return string(typed), err
}
