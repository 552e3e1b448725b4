package doctor

// Fault is the name of something that is wrong. The names are stable: programs read them (docs/doctor.md).
type Fault string

// Faults of this machine and its configuration.
const (
	BadConfiguration   Fault = "bad-configuration"   // a file, a flag or a variable is wrong
	NoAccount          Fault = "no-account"          // nobody is configured to sign in
	NoPassword         Fault = "no-password"         // there is no source of a password, and nobody to ask
	PasswordUnreadable Fault = "password-unreadable" // the file or the command gives none
	DataUnreadable     Fault = "data-unreadable"     // contacts and options cannot be read
	Interrupted        Fault = "interrupted"         // the examination was ended before its end
)

// Faults on the way to the server.
const (
	NoServerInDNS        Fault = "no-srv"                // DNS has neither SRV records of the domain nor an address
	NoAddress            Fault = "no-address"            // the server has a name, and the name has no address
	DNSTimeout           Fault = "dns-timeout"           // DNS does not answer
	Unreachable          Fault = "unreachable"           // nobody listens there, or there is no way
	NotTLS               Fault = "not-tls"               // the port does not speak TLS 1.2 or later
	CertificateName      Fault = "certificate-name"      // the certificate is for somebody else
	CertificateExpired   Fault = "certificate-expired"   // its time is over, or has not begun
	CertificateUntrusted Fault = "certificate-untrusted" // nobody who is trusted has signed it
	CertificateUnfit     Fault = "certificate-unfit"     // it is wrong in another way
	ConnectionLost       Fault = "connection-lost"       // the server ended the connection
)

// Faults of the account at its server.
const (
	WrongPassword       Fault = "wrong-password"       // the registrar does not accept it
	NoSuchAccount       Fault = "no-such-account"      // the registrar does not know the user (404)
	RegistrationRefused Fault = "registration-refused" // it refuses for another reason
	ServerTrouble       Fault = "server-trouble"       // it says that it is in trouble itself (5xx)
	NoAnswer            Fault = "no-answer"            // the server is silent
	NoPresenceService   Fault = "no-presence-service"  // nobody takes PUBLISH
	PresenceRefused     Fault = "presence-refused"     // the account may not publish, or not see itself
	NoWatcherInfo       Fault = "no-watcher-info"      // the server does not tell who watches
	NoXCAP              Fault = "no-xcap"              // there is no place for presence rules
	XCAPUnreachable     Fault = "xcap-unreachable"     // there is one, but no way to it
	XCAPRefused         Fault = "xcap-refused"         // it does not let the account in
	RulesUnreadable     Fault = "rules-unreadable"     // what stands there are no rules
)

// Faults between the user and the other person.
const (
	BlockedByMe        Fault = "blocked-by-me"        // the user has blocked the person
	DismissedByMe      Fault = "dismissed-by-me"      // the user has dismissed the person's request
	RulesDiffer        Fault = "rules-differ"         // the server does not know what the user decided
	NotFound           Fault = "not-found"            // nobody has the address
	NotProvisioned     Fault = "not-provisioned"      // the domain is not set up for Skype, or not yet
	PolicyBlocks       Fault = "policy-blocks"        // an administrator does not allow it
	WaitingForThem     Fault = "waiting-for-them"     // they have not accepted
	RefusedByThem      Fault = "refused-by-them"      // they, or their rules, refuse
	NotThere           Fault = "not-there"            // their program answers for itself, and does not run (480)
	NoNotify           Fault = "no-notify"            // the question is taken, and nothing comes
	AlertsHideRequests Fault = "alerts-hide-requests" // the user's Alerts options keep their request out of New
	WaitingForMe       Fault = "waiting-for-me"       // their request is in New
	NotAdded           Fault = "not-added"            // neither has added the other
)
