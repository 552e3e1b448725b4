package ui

import (
	"cmp"
	"context"
	"errors"
	"image"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// Account is what the page of the first run asks for.
type Account struct {
	Address  contacts.Address
	Password string
}

// ErrLeft is Ask's answer when the user left instead of answering.
var ErrLeft = errors.New("the user left")

// Ask asks for the SIP address and the password of an account, before there is anything else: at the first
// run, and after Run returned ErrOtherAccount. typed is what stands in the address field at first.
func Ask(ctx context.Context, typed string, o Options) (Account, error) {
	a := newAsking(typed, o)
	if err := run(ctx, a, o); err != nil {
		return Account{}, err
	}
	if a.answer.Address == "" {
		return Account{}, ErrLeft
	}
	return a.answer, nil
}

// asking is the page of the first run.
type asking struct {
	canvas        *canvas
	look          appearance
	colourless    bool
	form          signInForm
	width, height int
	answer        Account
	quit          bool
	providers     contacts.Providers
}

func newAsking(typed string, o Options) *asking {
	a := &asking{canvas: newCanvas(), look: appearanceOf(o), colourless: o.NoColour, form: newSignInForm(newGuise(o.Face).signIn)}
	a.providers = o.Providers
	a.canvas.ascii = a.look.ascii()
	a.canvas.keys, _ = newKeymap(o.Keys)
	a.canvas.press = a.key
	a.form.address.set(typed)
	a.tell()
	return a
}

// Init asks for the terminal's background; no frame waits for it.
func (a *asking) Init() tea.Cmd { return tea.RequestBackgroundColor }

// Update takes a key or a click.
func (a *asking) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		a.look.dark = msg.IsDark()
	case tea.ColorProfileMsg:
		a.look.sees(msg.Profile, a.colourless)
	case tea.PasteMsg:
		a.form.paste(msg.Content)
		a.tell()
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft {
			a.canvas.click(pointer{at: image.Pt(msg.X, msg.Y)})
		}
	case tea.KeyPressMsg:
		a.key(msg)
	}
	if a.quit {
		return a, tea.Quit
	}
	return a, nil
}

func (a *asking) key(k tea.KeyPressMsg) {
	k = a.canvas.keys.translate(k, func() []scope { return []scope{askKeys} })
	switch askKeys.of(k) {
	case "sign in":
		a.submit()
	case "next", "previous":
		a.form.at = 1 - a.form.at
	case "quit":
		a.quit = true
	default:
		a.form.current().key(k)
		a.tell()
	}
}

// tell says below the fields what becomes of the address that has been typed so far.
func (a *asking) tell() {
	a.form.trouble = trouble{} // it was about what stood there before
	_, becomes, _ := a.form.said.as(a.providers, a.form.address.value())
	a.form.says = cmp.Or(becomes, a.form.said.first)
}

// submit answers when the address is one; from the address, enter goes on to the password first.
func (a *asking) submit() {
	f := &a.form
	address, _, err := f.said.as(a.providers, f.address.value())
	if err != nil {
		f.at, f.trouble, f.says = 0, f.said.wrong(err), ""
		return
	}
	f.trouble = trouble{}
	if f.at == 0 && f.password.value() == "" {
		f.at = 1
		return
	}
	a.answer = Account{address, f.password.value()}
	a.quit = true
}

// complaint is an error of an address as a sentence.
func complaint(err error) text.Safe {
	if bad, ok := errors.AsType[contacts.AddressError](err); ok {
		return bad.Sentence()
	}
	return "This is not an address."
}

// View draws the page.
func (a *asking) View() tea.View {
	if a.width == 0 {
		return tea.View{AltScreen: true}
	}
	c, t := a.canvas, a.look.theme()
	c.begin(a.width, a.height)
	at := a.form.draw(c, t, c.bounds(), a.submit)
	drawHintsAt(c, t, c.bounds(), []scope{askKeys})
	return tea.View{Content: c.cells.Render(), Cursor: at, AltScreen: true, MouseMode: tea.MouseModeCellMotion, WindowTitle: string(a.form.said.product)}
}
