package main

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"golync/internal/command"
	"golync/internal/config"
)

// runLab is golync lab: the embedded server alone, with its log on the terminal.
func runLab(ctx context.Context, f flags, env func(string) string, out io.Writer) error {
	for name := range f.set {
		if name != "data" {
			return usage("--%s does nothing for golync lab", name)
		}
	}
	if f.users == "" {
		return usage("golync lab needs --users FILE: [[user]] tables with address, name and password")
	}
	users, err := config.Users(f.users)
	if err != nil {
		return usageError{err}
	}
	level := slog.LevelInfo
	if f.debug {
		level = slog.LevelDebug
	}
	return command.Lab(ctx, out, command.LabConfig{
		Listen: cmp.Or(f.listen, command.DefaultListen), Users: users,
		Data: cmp.Or(f.set["data"], filepath.Join(config.DataDir(env), "lab")),
		Log:  slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})),
	})
}
