package lab

// Devices returns at how many places the person with an address of record is signed in.
func (l *Lab) Devices(address string) (n int) {
	l.locked(func() {
		if p := l.people[address]; p != nil {
			n = len(p.bindings)
		}
	})
	return n
}
