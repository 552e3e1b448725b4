package sipclient

import (
	"errors"
	"fmt"

	"golync/internal/text"
)

// Errors of the API, for errors.Is.
var (
	ErrPassword     = errors.New("the server does not accept this user name and password")
	ErrNoPassword   = errors.New("the server wants a password, and there is none")
	ErrDuplicate    = errors.New("this message is already stored")
	ErrNotSignedIn  = errors.New("not signed in")
	ErrTooLong      = errors.New("the message is too long")
	ErrNoAnswer     = errors.New("the server did not answer")
	ErrNoRules      = errors.New("the server offers no presence rules")
	ErrRulesChanged = errors.New("the presence rules were changed elsewhere at the same time")
)

// ResponseError is a final response that refused a request.
type ResponseError struct {
	Method string
	Code   int       // 300 to 699
	Reason text.Peer // reason phrase as it came
}

// Error gives method and code only: the phrase is a peer's text and is shown through text.Peer.
func (e *ResponseError) Error() string { return fmt.Sprintf("%s was answered %d", e.Method, e.Code) }
