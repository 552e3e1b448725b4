package store

// SaveFolded keeps whether a heading of the window's list is folded.
func (s *Store) SaveFolded(heading string, folded bool, done func(error)) {
	if !folded {
		s.exec(done, "DELETE FROM folded WHERE heading = ?", heading)
		return
	}
	s.exec(done, "INSERT OR IGNORE INTO folded (heading) VALUES (?)", heading)
}

func (t *tx) loadFolded(snap *Snapshot) error {
	return t.each(func(scan func(...any) error) error {
		var heading string
		err := scan(&heading)
		if snap.Folded == nil {
			snap.Folded = map[string]bool{}
		}
		snap.Folded[heading] = true
		return err
	}, "SELECT heading FROM folded")
}
