package main

import (
	"errors"
	"flag"
	"io"
	"strings"
)

// flags are the command line.
type flags struct {
	command string
	words   []string          // after the command
	set     map[string]string // settings given, by flag; config.Read takes them
	trace   string
	listen  string
	users   string
	policy  string
	name    string
	debug   bool
	ascii   bool
	demo    bool // golync skype beside a demo
	version bool
	json    bool
	skype   bool
	help    bool
}

// settings are the flags that the configuration has too, and the file that has it.
var settings = []string{"account", "display-name", "server", "transport", "password-file", "ca", "xcap", "data", "config"}

// wordy are the commands that words may follow.
var wordy = map[string]bool{"lab": true, "doctor": true}

// parseFlags reads the command line: flags, a command, flags.
func parseFlags(args []string) (flags, error) {
	f := flags{set: map[string]string{}}
	set := flag.NewFlagSet("golync", flag.ContinueOnError)
	set.SetOutput(io.Discard) // the error says it all
	for _, name := range settings {
		set.Func(name, "", func(v string) error {
			if v == "" {
				return errors.New("it is empty")
			}
			f.set[name] = v
			return nil
		})
	}
	set.StringVar(&f.trace, "trace-sip", "", "")
	set.StringVar(&f.listen, "listen", "", "")
	set.StringVar(&f.users, "users", "", "")
	set.StringVar(&f.policy, "policy", "", "")
	set.StringVar(&f.name, "name", "", "")
	set.BoolVar(&f.debug, "debug", false, "")
	set.BoolVar(&f.ascii, "ascii", false, "")
	set.BoolVar(&f.demo, "demo", false, "")
	set.BoolVar(&f.json, "json", false, "")
	set.BoolVar(&f.skype, "skype", false, "")
	set.BoolVar(&f.version, "version", false, "")
	err := set.Parse(args)
	for rest := set.Args(); err == nil && len(rest) > 0; rest = set.Args() {
		if f.command == "" {
			f.command = rest[0]
		} else {
			f.words = append(f.words, rest[0])
		}
		err = set.Parse(rest[1:])
	}
	switch {
	case errors.Is(err, flag.ErrHelp) || f.command == "help":
		f.help = true
		return f, nil
	case err != nil:
		return f, usage("%s", strings.ReplaceAll(err.Error(), " -", " --"))
	case f.command == "version":
		f.version = true
	case len(f.words) > 0 && !wordy[f.command]:
		return f, usage("%q is one word too many", f.words[0])
	case f.command != "lab" && f.listen+f.users+f.policy+f.name != "":
		return f, usage("--listen, --users, --policy and --name belong to golync lab")
	case f.command != "doctor" && (f.json || f.skype):
		return f, usage("--json and --skype belong to golync doctor")
	case f.demo && f.command != "skype":
		return f, usage("--demo belongs to golync skype; the demo itself is golync demo")
	}
	return f, nil
}

const help = `golync is Lync 2013 for the terminal: contacts with presence, requests, Skype
contacts, instant messages, over SIP.

Examples
  golync demo
      try it: an embedded server with people in it, nothing to set up
  golync --account sip:alice@contoso.com
      sign in; the server is found by DNS, the password is asked for
  golync --account sip:alice@contoso.com --server sip.contoso.com:5061 \
         --transport tls --password-file ~/.golync-password
      sign in without being asked
  golync skype --demo
      beside it, in another terminal: be Bob, a Skype user of that demo
  golync doctor cheri@outlook.com
      why do we not see each other? what was tried, what came, what to do
  golync lab --users users.toml
      the embedded server alone, for tests of your own

Commands
  (none)   the window, with the account of the configuration; asks at the first
           run, and remembers
  demo     the window on an embedded server; its data are kept apart
  skype    the Skype user's window, for a Microsoft account; its data are kept
           apart, and its account is remembered apart
  doctor [ADDRESS]
           examines the chain from the configuration to a person, or to your own
           presence, and changes nothing; exit code 0 when no fault was found
  lab      the embedded server alone, until ctrl+c
           lab policy show FILE    what a policy comes to for each user
           lab policy check FILE   whether a policy is one (exit code 0 or 2)
           lab user ADDRESS        a table for --users, without the password
  help     this page
  version  the version

Account
  --account ADDRESS      who signs in, such as sip:alice@contoso.com
  --display-name NAME    what others are told you are called
  --server HOST[:PORT]   the server, when DNS does not name it
  --transport T          tls, tcp or udp; without it TLS, and TCP where the
                         server has no TLS at all
  --password-file FILE   a file whose first line is the password; golync has no
                         flag and no variable for the password itself
  --ca FILE              certificates (PEM) to trust besides the system's
  --xcap URL             where the server keeps presence rules

Skype
  --account ADDRESS      here a Microsoft account: bob@contoso.com signs in as
                         bob(contoso.com)@msn.com. Without one nobody can look
                         for Lync users or add them
  --demo                 a Skype user of the golync demo that runs in another
                         terminal: bob@contoso.com, or --account ADDRESS

Doctor
  --json                 one JSON document for programs (docs/doctor.md)
  --skype                the chain of the Skype user's account

Screen
  --ascii                draw with the signs of ASCII alone, as golync does by
                         itself where the locale is not one of UTF-8

Files
  --config FILE          instead of ~/.config/golync/config.toml
  --data DIR             contacts and messages, instead of ~/.local/share/golync
  --trace-sip FILE       write every SIP message there, passwords masked
  --debug                write more into ~/.local/state/golync/golync.log

Lab
  --users FILE           who may sign in: [[user]] tables of a TOML file with
                         address, name, and password or ha1
  --policy FILE          what the administrator allows, followed while the lab
                         runs; docs/policy.toml is one. Without it: everything
  --listen HOST:PORT     TCP and UDP there, TLS one port above, XCAP twenty
                         above; port 0 takes free ones (default 127.0.0.1:5060;
                         0.0.0.0:5060 serves the network)
  --name HOST[,HOST]     how people reach it besides, for its certificate

Each setting can stand in config.toml (account = "sip:alice@contoso.com") or in
a variable (GOLYNC_ACCOUNT); flags go first, then variables, then the file.
golync skype has the table [skype] and variables such as GOLYNC_SKYPE_ACCOUNT.
There, password_command = "pass show contoso" runs a command for the password.
NO_COLOR=1 switches colours off. In config.toml, ascii = true is --ascii, and
[keys] gives actions other keys: "window.find" = ["ctrl+f", "f7"]; docs/keys.md
lists the actions.

Exit codes: 0 all went well, 1 it failed, 2 flags or configuration are wrong,
3 golync already runs for this account, 4 golync crashed.
`
