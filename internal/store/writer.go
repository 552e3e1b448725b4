package store

import (
	"context"
	"database/sql"
	"slices"
	"sync"
)

const (
	// maxBatch bounds a transaction, and with it how long the first of its callers waits.
	maxBatch = 512
	// maxWaiting bounds, in bytes, the received messages that wait for the disk. The server keeps what
	// is refused.
	maxWaiting = 32 << 20
)

// job is one call. do may run more than once, each time in a fresh transaction.
type job struct {
	do   func(*tx) error
	done func(error)
	size int  // bytes that count against maxWaiting
	read bool // changes nothing, and works where nothing can be written
}

// writer does the jobs on a goroutine of its own.
type writer struct {
	tx     tx
	open   func() (*sql.Conn, error) // for the first job; nil when tx has its connection
	wake   chan struct{}             // holds one token while jobs may wait
	ended  chan struct{}
	chores []chore // of the goroutine alone

	mu     sync.Mutex
	jobs   []job
	size   int // of the jobs that are not done
	closed bool
}

func newWriter(conn *sql.Conn) *writer {
	return &writer{
		tx:    tx{conn: conn, statements: map[string]*sql.Stmt{}, peers: map[string]int64{}},
		wake:  make(chan struct{}, 1),
		ended: make(chan struct{}),
	}
}

// startReader does jobs that only read, beside the writer, on a connection that is opened when it is needed.
func startReader(open func() (*sql.Conn, error)) *writer {
	w := newWriter(nil)
	w.open = open
	go w.run()
	return w
}

func (w *writer) put(j job) {
	if err := w.enqueue(j); err != nil {
		j.done(err)
		return
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *writer) enqueue(j job) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return ErrClosed
	}
	if j.size > 0 && w.size+j.size > maxWaiting {
		return ErrFlooded
	}
	w.size += j.size
	w.jobs = append(w.jobs, j)
	return nil
}

func (w *writer) run() {
	defer close(w.ended)
	defer w.abandon()
	for {
		jobs, closed := w.take()
		for len(jobs) > 0 {
			n := min(len(jobs), maxBatch)
			w.commit(jobs[:n])
			w.forget(jobs[:n])
			jobs = jobs[n:]
		}
		if closed {
			return
		}
		if w.tx.fresh >= indexLag {
			w.tx.fresh = 0
			w.add(chore{do: (*tx).indexNew})
		}
		if !w.putter() {
			<-w.wake
		}
	}
}

func (w *writer) take() ([]job, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	jobs := w.jobs
	w.jobs = nil
	return jobs, w.closed
}

// forget takes jobs that are done off the count of what waits.
func (w *writer) forget(jobs []job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, j := range jobs {
		w.size -= j.size
	}
}

// commit does jobs in one transaction. When that fails, each gets a transaction of its own, so that
// each hears its own truth and one bad job costs the others nothing.
func (w *writer) commit(jobs []job) {
	err := w.connect()
	if err == nil {
		err = w.tx.together(jobs)
	}
	if err != nil && len(jobs) > 1 {
		for i := range jobs {
			w.commit(jobs[i : i+1])
		}
		return
	}
	for _, j := range jobs {
		j.done(explain(err))
	}
}

// connect opens the connection of a reader.
func (w *writer) connect() (err error) {
	if w.tx.conn == nil {
		w.tx.conn, err = w.open()
	}
	return err
}

// stop lets no more jobs in and waits for those that are; it reports false when that happened before.
func (w *writer) stop() bool {
	w.mu.Lock()
	before := w.closed
	w.closed = true
	w.mu.Unlock()
	if !before {
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
	<-w.ended
	return !before
}

// close ends the connection. SQLite moves the log into the database when the last one ends.
func (w *writer) close() error {
	for _, s := range w.tx.statements {
		s.Close()
	}
	if w.tx.conn == nil {
		return nil
	}
	return w.tx.conn.Close()
}

// tx is the transaction in which jobs run. It lives on the writer's goroutine.
type tx struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	peers      map[string]int64 // rows of peers, as far as met; void after a rollback
	fresh      int              // messages that came in since the index was asked to take them
	gone       int              // messages that were deleted, ever
	ctx        context.Context  // of what may be interrupted, nil of all else
}

// until is the context of a statement.
func (t *tx) until() context.Context {
	if t.ctx != nil {
		return t.ctx
	}
	return context.Background()
}

func (t *tx) together(jobs []job) error {
	begin := "BEGIN"
	if slices.ContainsFunc(jobs, func(j job) bool { return !j.read }) {
		begin = "BEGIN IMMEDIATE" // to wait for the lock here, not in the middle
	}
	if _, err := t.exec(begin); err != nil {
		return err
	}
	for _, j := range jobs {
		if err := j.do(t); err != nil {
			t.rollback()
			return err
		}
	}
	if _, err := t.exec("COMMIT"); err != nil {
		t.rollback()
		return err
	}
	return nil
}

// rollback ends a transaction that failed. SQLite may have done so already, and then says so: no news.
func (t *tx) rollback() {
	_, _ = t.exec("ROLLBACK")
	clear(t.peers)
}

// prepared returns the statement for a constant query, prepared once.
func (t *tx) prepared(query string) (*sql.Stmt, error) {
	if s, ok := t.statements[query]; ok {
		return s, nil
	}
	s, err := t.conn.PrepareContext(context.Background(), query)
	if err == nil {
		t.statements[query] = s
	}
	return s, err
}

func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.until(), args...)
}

// each runs a query and calls row for every row.
func (t *tx) each(row func(scan func(...any) error) error, query string, args ...any) error {
	s, err := t.prepared(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(t.until(), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
