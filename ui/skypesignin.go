package ui

import (
	"errors"

	"golync/contacts"
	"golync/internal/text"
)

// skypeSignIn are the words for a Skype user: who wants to talk to Lync people signs in with a Microsoft account
// (the specification, What is an MSA?).
var skypeSignIn = signInText{
	product: "Skype", below: "in the terminal, by golync",
	address: "Microsoft account", example: "someone@example.com",
	first: "Sign in with a Microsoft account: the e-mail address and the password of Outlook, OneDrive or Xbox LIVE.",
	as:    skypeAddress,
	wrong: skypeComplaint,
}

// skypeAddress says with which address somebody signs in who typed this, and in words what becomes of it.
func skypeAddress(p contacts.Providers, typed string) (a contacts.Address, becomes text.Safe, err error) {
	r, err := p.SignInAs(typed)
	if err != nil {
		return "", "", err
	}
	if p.AccountKind(r.Address) != contacts.Skype {
		return r.Address, text.From(r.Address.IM()).Line() + " is no Microsoft account: you will not be able to search for Lync people or to add them.", nil
	}
	if r.Decorated {
		return r.Address, "Lync people know you as " + text.From(contacts.Readable(r.Address.IM())).Line() + ".", nil
	}
	return r.Address, "", nil
}

// skypeComplaint says what is wrong with a Microsoft account, and what to type instead.
func skypeComplaint(err error) trouble {
	if errors.Is(err, contacts.ErrSkypeName) {
		return trouble{what: complaint(err)}
	}
	return trouble{what: complaint(err), next: "A Microsoft account looks like an e-mail address."}
}
