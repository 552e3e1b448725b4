package ui

import (
	"errors"

	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/flow"
)

// trouble is a failure as a person meets it.
type trouble struct {
	brief text.Safe // for the status line, no full stop
	what  text.Safe // a sentence
	next  text.Safe // what to do about it, a sentence
}

// brief is what failed in a few words.
func brief(err error) text.Safe { return explain(err).brief }

// explain says what a failure to sign in, or to stay signed in, means and what to do next.
func explain(err error) trouble {
	var (
		noFlow  *flow.Error
		refusal *sipclient.ResponseError
	)
	switch {
	case err == nil:
		return trouble{}
	case errors.Is(err, sipclient.ErrPassword):
		return trouble{
			"wrong password", "The server does not accept this address and password.",
			"Type the password again. If it keeps failing, ask whoever runs the server whether the account is enabled.",
		}
	case errors.Is(err, sipclient.ErrNoPassword):
		return trouble{
			"there is no password", "The server wants a password. None was typed, and none is configured.",
			"Type your password. To be asked no more, name a password_file or a password_command in the configuration.",
		}
	case errors.As(err, &noFlow):
		return explainFlow(noFlow)
	case errors.As(err, &refusal):
		return explainRefusal(refusal)
	case errors.Is(err, sipclient.ErrNoAnswer):
		return trouble{
			"the server does not answer", "The server took the connection but does not answer.",
			"Check that it speaks SIP on this port, or try again later.",
		}
	default:
		return trouble{
			"it did not work", "Signing in did not work: " + text.From(err.Error()).Line() + ".",
			"Try again; --debug writes the details to the log.",
		}
	}
}

// explainFlow explains why there is no connection.
func explainFlow(e *flow.Error) trouble {
	where := text.From(e.Target.Addr).Line()
	if where == "" {
		where = "the server"
	}
	switch e.Kind {
	case flow.NoSuchHost:
		return trouble{
			"the server was not found", "No server was found for this address.",
			"Check the part after the @, or name the server with --server HOST.",
		}
	case flow.Refused:
		return trouble{
			"nothing answers at " + where, "Nothing listens at " + where + ".",
			"Check --server and --transport, or wait until the server is up again.",
		}
	case flow.BadCertificate:
		return trouble{
			"the server's certificate is not valid", "The certificate that " + where + " shows is not valid for this address. It could be somebody else's server.",
			"Check the address. If your organisation signs its own certificates, name its authority with --ca FILE.",
		}
	case flow.NotTLS:
		return trouble{
			"the server does not speak TLS", "There is no TLS at " + where + ".",
			"If that is meant to be so, use --transport tcp.",
		}
	case flow.Timeout:
		return trouble{
			"no answer from " + where, "There is no answer from " + where + ".",
			"Check the network and --server, or try again later.",
		}
	default:
		return trouble{
			"the connection broke", "The connection to " + where + " broke: " + text.From(e.Err.Error()).Line() + ".",
			"Check the network.",
		}
	}
}

// explainRefusal explains a final response to REGISTER that refused it.
func explainRefusal(e *sipclient.ResponseError) trouble {
	code := text.Int(e.Code)
	said := "The server said " + code + because(e.Reason) + "."
	switch {
	case e.Code == 403:
		return trouble{"the server forbids it (403)", said + " The account may not sign in here.", "Ask whoever runs the server."}
	case e.Code == 404:
		return trouble{"no such account (404)", said + " It does not know this address.", "Check the address."}
	case e.Code >= 500:
		return trouble{"the server has a problem (" + code + ")", said, "Try again later."}
	default:
		return trouble{"the server refused (" + code + ")", said, "Check the address, or ask whoever runs the server."}
	}
}
