package contacts

// Providers are the contact providers and their domain rules. The zero value is the built-in set: Lync,
// Skype, Other.
type Providers struct {
	// Skype is the public provider: which domains are its own, and where decorated addresses go.
	Skype PublicProvider
}

// PublicProvider is a provider of people outside, by account address.
type PublicProvider struct {
	DecorationDomain string   // "msn.com"; empty means the built-in one
	Domains          []string // domains whose accounts are left alone; empty means the built-in list
}
