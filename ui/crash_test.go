package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// broken is a model that cannot.
type broken struct{}

func (broken) Init() tea.Cmd                       { return nil }
func (broken) Update(tea.Msg) (tea.Model, tea.Cmd) { panic("broken update") }
func (broken) View() tea.View                      { panic("broken view") }

func TestAPanicIsToldWithItsStackAndGoesOn(t *testing.T) {
	var told []string
	w := witness{broken{}, func(value any, stack []byte) {
		told = append(told, value.(string))
		if !strings.Contains(string(stack), "crash_test.go") {
			t.Errorf("the stack does not name where it happened:\n%s", stack)
		}
	}}
	for name, call := range map[string]func(){
		"broken update": func() { w.Update(nil) },
		"broken view":   func() { w.View() },
	} {
		func() {
			defer func() {
				if got := recover(); got != name {
					t.Errorf("%v came on instead of %s", got, name)
				}
			}()
			call()
		}()
	}
	if len(told) != 2 {
		t.Errorf("told of %v", told)
	}
}
