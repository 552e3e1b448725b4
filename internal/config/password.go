package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// ErrNoPassword says that no source of a password is configured: the user has to be asked.
var ErrNoPassword = errors.New("no password is configured: type it, or configure password_file or password_command")

// maxPassword bounds what is read as a password, in bytes.
const maxPassword = 4096

// Password is where the password comes from: the first line of a file, or of what a command prints.
// At most one is set. It is read anew each time, so that it is in memory no longer than needed.
type Password struct{ File, Command string }

// Configured reports whether there is a source.
func (p Password) Configured() bool { return p.File != "" || p.Command != "" }

// choose keeps the source that comes from the more important place.
func (p *Password) choose(file, command int, path string) error {
	switch {
	case file == 0 || command == 0:
	case file > command:
		p.Command = ""
	case command > file:
		p.File = ""
	default:
		return fmt.Errorf("%s: password_file and password_command are both set: expected one of them", path)
	}
	return nil
}

// Get reads the password. ErrNoPassword when there is no source.
func (p Password) Get(ctx context.Context) (string, error) {
	switch {
	case p.File != "":
		return p.fromFile()
	case p.Command != "":
		return p.fromCommand(ctx)
	}
	return "", ErrNoPassword
}

func (p Password) fromFile() (string, error) {
	content, err := os.ReadFile(p.File)
	if err != nil {
		return "", fmt.Errorf("the password file cannot be read: %w", err)
	}
	return firstLine("the password file "+p.File, content)
}

// fromCommand runs the command in a shell. What it says about a failure is its last line on stderr; what it
// prints on stdout is never repeated.
func (p Password) fromCommand(ctx context.Context) (string, error) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", p.Command)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		lines := strings.Split(strings.TrimSpace(said.String()), "\n")
		return "", fmt.Errorf("the password command failed: %w: %.200q", err, lines[len(lines)-1])
	}
	return firstLine("the password command", out.Bytes())
}

func firstLine(of string, content []byte) (string, error) {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 || len(line) > maxPassword {
		return "", fmt.Errorf("%s gives no password: expected it in the first line", of)
	}
	return string(line), nil
}

// Exposed reports whether a password file can be read by other people.
func (p Password) Exposed() bool {
	info, err := os.Stat(p.File)
	return p.File != "" && err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0
}
