package lab

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"golync/sipclient/digest"
	"golync/sipclient/presrules"
)

const (
	xcapRoot  = "/xcap"
	rulesAUID = "pres-rules" // RFC 5025 section 9.1
	rulesType = "application/auth-policy+xml"
)

// xcapHandler serves whole presence rules documents, one for each user (RFC 4825); parts of documents are not
// addressed. Beside them it has the capabilities document that every XCAP server has (section 12).
func (l *Lab) xcapHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(xcapRoot+"/"+rulesAUID+"/users/{user}/index", l.xcapRules)
	mux.HandleFunc("GET "+xcapRoot+"/xcap-caps/global/index", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xcap-caps+xml")
		_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
			`<xcap-caps xmlns="urn:ietf:params:xml:ns:xcap-caps"><auids><auid>`+rulesAUID+`</auid><auid>xcap-caps</auid></auids>`+
			`<namespaces><namespace>urn:ietf:params:xml:ns:pres-rules</namespace></namespaces></xcap-caps>`)
	})
	return mux
}

// xcapRules answers GET, PUT and DELETE of one user's document.
func (l *Lab) xcapRules(w http.ResponseWriter, r *http.Request) {
	p := l.xcapUser(w, r)
	if p == nil {
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		l.xcapGet(w, r, p)
	case http.MethodPut:
		l.xcapPut(w, r, p)
	case http.MethodDelete:
		l.xcapDelete(w, r, p)
	default:
		w.Header().Set("Allow", "GET, HEAD, PUT, DELETE")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// xcapUser finds whose document it is and checks that it is asked for by that user (RFC 4825 section 8.2.5);
// otherwise it answers itself.
func (l *Lab) xcapUser(w http.ResponseWriter, r *http.Request) *person {
	aor, err := parseAOR(r.PathValue("user"))
	if err != nil {
		http.Error(w, "no such user", http.StatusNotFound)
		return nil
	}
	l.mu.Lock()
	p := l.people[aor]
	l.mu.Unlock()
	realm := domainOf(aor)
	outcome := l.verify(r.Header.Values("Authorization"), p, realm, r.Method, nil)
	if outcome != digest.Granted {
		for _, c := range l.challenges(p, realm, outcome == digest.Stale) {
			w.Header().Add("WWW-Authenticate", c)
		}
		w.WriteHeader(http.StatusUnauthorized)
		return nil
	}
	return p
}

func (l *Lab) xcapGet(w http.ResponseWriter, r *http.Request, p *person) {
	l.mu.Lock()
	document, etag := p.document, p.etag
	l.mu.Unlock()
	if document == nil {
		http.Error(w, "no rules", http.StatusNotFound)
		return
	}
	w.Header().Set("ETag", `"`+etag+`"`)
	if match := r.Header.Get("If-None-Match"); match != "" && matches(match, etag, true) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", rulesType)
	_, _ = w.Write(document) // the client has gone, if anything
}

// xcapPut replaces the document, decides anew on every watcher at once, and answers when the disk has it.
func (l *Lab) xcapPut(w http.ResponseWriter, r *http.Request, p *person) {
	if !strings.EqualFold(mediaType(r.Header.Get("Content-Type")), rulesType) {
		http.Error(w, "the document has to be "+rulesType, http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, documentLimit))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if _, err := presrules.Parse(body); err != nil || len(bytes.TrimSpace(body)) == 0 {
		conflict(w, body, err)
		return
	}
	etag, created, err := l.replaceRules(r, p, body)
	switch {
	case errors.Is(err, errPrecondition):
		w.WriteHeader(http.StatusPreconditionFailed)
		return
	case err != nil || l.disk.flush() != nil:
		http.Error(w, "not stored", http.StatusInternalServerError)
		return
	}
	w.Header().Set("ETag", `"`+etag+`"`)
	if created {
		w.WriteHeader(http.StatusCreated)
	}
}

// errPrecondition says that the document is not the one that was to be replaced.
var errPrecondition = errors.New("lab: another document is there")

// replaceRules puts a document in force if the request's conditions allow it.
func (l *Lab) replaceRules(r *http.Request, p *person, body []byte) (etag string, created bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	created = p.document == nil
	if !preconditions(r, p.etag, !created) {
		return "", false, errPrecondition
	}
	if err := p.govern(body, l.etag()); err != nil {
		return "", false, err
	}
	l.keepRules()
	l.rulesChanged(p)
	return p.etag, created, nil
}

// xcapDelete takes the rules back: everybody waits again.
func (l *Lab) xcapDelete(w http.ResponseWriter, r *http.Request, p *person) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case p.document == nil:
		http.Error(w, "no rules", http.StatusNotFound)
	case !preconditions(r, p.etag, true):
		w.WriteHeader(http.StatusPreconditionFailed)
	default:
		p.document, p.etag, p.rules, p.outside = nil, "", presrules.Document{}, nil
		l.keepRules()
		l.rulesChanged(p)
	}
}
