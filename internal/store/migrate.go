package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// schema holds one file per version of the database, applied in the order of their names. A file that
// was ever released is never changed; what changes is a new one.
//
//go:embed schema/*.sql
var schema embed.FS

// migrate brings the database to the newest version, each step in one transaction, so that a crash
// leaves it at a version that exists.
func migrate(ctx context.Context, db *sql.DB) error {
	steps, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("%w (version %d, this program knows %d)", ErrNewer, version, len(steps))
	}
	for ; version < len(steps); version++ {
		text, err := schema.ReadFile(steps[version])
		if err != nil {
			return err
		}
		if err := step(ctx, db, string(text), version+1); err != nil {
			return fmt.Errorf("bring the data to version %d: %w", version+1, err)
		}
	}
	return nil
}

func step(ctx context.Context, db *sql.DB, text string, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit this does nothing
	if _, err := tx.ExecContext(ctx, text); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
}
