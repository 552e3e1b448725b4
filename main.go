// Golync is Microsoft Lync 2013 for the terminal: contacts with live presence, people who added you, Skype
// contacts, instant messages, over plain SIP.
//
// This package reads flags and configuration, wires the parts together, and gives the exit code. It neither
// decides nor draws.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"golync/internal/command"
	"golync/internal/store"
)

// version is set when a release is built; otherwise the build information tells.
var version = ""

// Exit codes, as --help lists them.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2 // flags or configuration
	exitLocked  = 3 // the account is in use by another golync
	exitCrashed = 4
)

func main() {
	// After the first signal the next one ends the program at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	os.Exit(code)
}

// run is the whole program but for the signals.
func run(ctx context.Context, args []string, env func(string) string, out, errs io.Writer) int {
	given, err := parseFlags(args)
	if err == nil {
		err = dispatch(ctx, given, env, out)
	}
	if err == nil {
		return exitOK
	}
	if errors.Is(err, errUnwell) {
		return exitFailure // the report has told
	}
	fmt.Fprintf(errs, "golync: %v\n", err)
	if next := advice(err); next != "" {
		fmt.Fprintln(errs, next)
	}
	return codeOf(err)
}

func dispatch(ctx context.Context, f flags, env func(string) string, out io.Writer) error {
	switch {
	case f.help:
		_, err := io.WriteString(out, help)
		return err
	case f.version:
		_, err := fmt.Fprintln(out, "golync", buildVersion())
		return err
	}
	switch f.command {
	case "":
		return runWindow(ctx, f, env)
	case "demo":
		return runDemo(ctx, f, env)
	case "skype":
		return runSkype(ctx, f, env)
	case "doctor":
		return runDoctor(ctx, f, env, out)
	case "lab":
		return runLab(ctx, f, env, out)
	}
	return usage("there is no command %q", f.command)
}

// buildVersion returns the version of the release, else what the build knows of its source.
func buildVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown version)"
	}
	return info.Main.Version
}

// usageError is a mistake on the command line or in the configuration.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func codeOf(err error) int {
	var wrong usageError
	switch {
	case errors.As(err, &wrong):
		return exitUsage
	case errors.Is(err, store.ErrLocked):
		return exitLocked
	case errors.Is(err, errCrashed):
		return exitCrashed
	}
	return exitFailure
}

// advice says what to do next, when there is something to say.
func advice(err error) string {
	var (
		wrong usageError
		runs  *command.LabRunsError
	)
	switch {
	case errors.As(err, &wrong):
		return "golync --help lists commands and flags."
	case errors.As(err, &runs):
		return "Use that one, or end it first. Another one beside it needs --data with another directory and --listen with another port."
	case errors.Is(err, syscall.EADDRINUSE):
		return "Another program listens there, perhaps another golync lab. End it, or choose with --listen HOST:PORT: TLS is one port above, XCAP twenty."
	case errors.Is(err, store.ErrLocked):
		return "Use that window, or end it first. Another account, or --data with another directory, works beside it."
	case errors.Is(err, command.ErrNoDemo):
		return "Start golync demo in another terminal first. If it keeps its data elsewhere, name the directory with --data DIR."
	case errors.Is(err, store.ErrDiskFull), errors.Is(err, store.ErrDisk):
		return "Make room on the disk and start golync again, or keep the data elsewhere with --data DIR."
	case errors.Is(err, store.ErrReadOnly):
		return "Give yourself the right to write there, or keep the data elsewhere with --data DIR."
	case errors.Is(err, store.ErrDamaged):
		return "Put a copy in the place of the file named above, or move it away to begin with empty lists."
	case errors.Is(err, store.ErrNewer):
		return "Use the newer golync, or keep other data with --data DIR."
	}
	return ""
}
