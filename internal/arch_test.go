// Package internal_test checks the shape of the whole program: who imports whom, how large a file may
// grow, and that text from a peer has one way to the screen. The rules are explained in docs/DESIGN.md.
package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "golync"

// may lists for each package of ours which of ours it may import; "x/..." means x and all below it.
// internal/text is open to all. A package that is not listed may import nothing of ours.
var may = map[string][]string{
	"contacts":                {},
	"internal/text":           {},
	"internal/pump":           {},
	"internal/media":          {},
	"internal/option":         {},
	"internal/shot":           {},
	"internal/desktop":        {},
	"internal/config":         {"contacts"},
	"alerts":                  {"contacts"},
	"sipclient/flow":          {},
	"sipclient/digest":        {},
	"sipclient/nameaddr":      {},
	"sipclient/xmldoc":        {},
	"sipclient/pidf":          {"sipclient/xmldoc"},
	"sipclient/winfo":         {"sipclient/xmldoc"},
	"sipclient/presrules":     {"sipclient/xmldoc"},
	"sipclient/iscomposing":   {"sipclient/xmldoc"},
	"sipclient/imdn":          {"sipclient/xmldoc"},
	"sipclient/cpim":          {},
	"sipclient/sdp":           {},
	"sipclient":               {"sipclient/..."},
	"internal/calllog":        {"contacts"},
	"internal/app":            {"contacts", "alerts", "internal/calllog", "internal/option", "sipclient/..."},
	"internal/store":          {"contacts", "alerts", "internal/calllog", "internal/option", "sipclient"},
	"internal/siptest":        {"sipclient/..."},
	"internal/lab/policy":     {"sipclient/nameaddr"},
	"internal/lab":            {"internal/lab/policy", "sipclient/cpim", "sipclient/flow", "sipclient/digest", "sipclient/pidf", "sipclient/winfo", "sipclient/presrules", "sipclient/xmldoc", "sipclient/nameaddr"},
	"internal/doctor":         {"contacts", "alerts", "internal/config", "internal/store", "sipclient/..."},
	"internal/sound":          {"internal/app", "internal/media", "internal/option", "internal/session", "sipclient/..."},
	"internal/session":        {"contacts", "alerts", "internal/calllog", "internal/option", "internal/app", "internal/pump", "internal/store", "sipclient/..."},
	"docs":                    {},
	"internal/command":        {"docs", "contacts", "alerts", "sipclient/...", "internal/..."},
	"internal/command/people": {"contacts", "internal/lab", "internal/media", "sipclient/..."},
	"internal/interop":        {"internal/siptest"},
	"internal/shot/shots":     {"internal/shot"},
	"ui":                      {"contacts", "alerts", "internal/calllog", "internal/option", "internal/app", "internal/pump", "sipclient/..."},
	"":                        {"..."},
	"internal":                {},
	"internal/bench":          {"..."},
	"internal/e2e":            {},
	"internal/e2e/window":     {"internal/shot"},
}

// only lists imports from outside that belong to a few packages, tests included.
var only = map[string][]string{
	"charm.land/":                {"ui", "internal/shot"},
	"github.com/emiago/sipgo":    {"sipclient", "internal/lab", "internal/siptest"},
	"database/sql":               {"internal/store"},
	"modernc.org/sqlite":         {"internal/store"},
	"github.com/BurntSushi/toml": {"internal/config", "internal/lab"},
	"github.com/charmbracelet/":  {"ui", "internal/shot"},
	"golang.org/x/image":         {"internal/shot"},
	"github.com/godbus/":         {"internal/desktop"},
	"github.com/pion/sdp/":       {"sipclient/sdp"},
	"github.com/pion/rt":         {"internal/media"},
	"github.com/pion/srtp/":      {"internal/media"},
	"github.com/jfreymuth/":      {"internal/media"},
}

// pure packages import nothing that could reach the machine.
var pure = []string{"contacts", "alerts", "internal/app", "internal/calllog", "internal/option", "internal/text", "sipclient/xmldoc", "sipclient/pidf", "sipclient/winfo", "sipclient/presrules", "sipclient/iscomposing", "sipclient/imdn", "sipclient/cpim", "sipclient/sdp", "internal/lab/policy"}

var impure = []string{"net", "net/http", "os", "os/exec", "database/sql", "io/ioutil", "log", "log/slog", "sync", "context"}

type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func ours(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

func TestPackagesImportOnlyWhatTheDesignAllows(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := ours(p.ImportPath)
		allowed, listed := may[name]
		if !listed {
			t.Errorf("%s is a new package: give it a line in this test and in docs/DESIGN.md", p.ImportPath)
		}
		for _, imp := range p.Imports {
			if dep, ok := ours(imp); ok && dep != "internal/text" && !covered(dep, allowed) {
				t.Errorf("%s must not import %s", p.ImportPath, imp)
			}
		}
	}
}

func covered(dep string, allowed []string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		if tree, ok := strings.CutSuffix(a, "..."); ok {
			tree = strings.TrimSuffix(tree, "/")
			return tree == "" || dep == tree || strings.HasPrefix(dep, tree+"/")
		}
		return dep == a
	})
}

func TestEachLibraryStaysInItsPackages(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := ours(p.ImportPath)
		for prefix, homes := range only {
			for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
				if strings.HasPrefix(imp, prefix) && !slices.ContainsFunc(homes, func(h string) bool {
					return name == h || strings.HasPrefix(name, h+"/")
				}) {
					t.Errorf("%s must not import %s: it belongs to %v", p.ImportPath, imp, homes)
				}
			}
		}
	}
}

func TestPurePackagesReachNothing(t *testing.T) {
	for _, p := range packages(t) {
		if name, _ := ours(p.ImportPath); !slices.Contains(pure, name) {
			continue
		}
		for _, imp := range p.Imports {
			if slices.Contains(impure, imp) {
				t.Errorf("%s is pure and must not import %s", p.ImportPath, imp)
			}
		}
	}
}

// design names a module in a row of the table of direct dependencies.
var design = regexp.MustCompile(`(?m)^\| ([a-z0-9.-]+\.[a-z]+/[^ ]+) \|`)

func TestTheDesignNamesEveryDirectDependency(t *testing.T) {
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go mod edit: %v", err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	var direct []string
	for _, r := range mod.Require {
		tool := false
		for _, has := range mod.Tool {
			tool = tool || strings.HasPrefix(has.Path+"/", r.Path+"/")
		}
		if tool || !r.Indirect {
			direct = append(direct, r.Path)
		}
	}
	text, err := os.ReadFile("../docs/DESIGN.md")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, m := range design.FindAllStringSubmatch(string(text), -1) {
		named = append(named, m[1])
	}
	slices.Sort(direct)
	slices.Sort(named)
	if !slices.Equal(direct, named) {
		t.Errorf("go.mod requires\n%s\nand docs/DESIGN.md explains\n%s", strings.Join(direct, "\n"), strings.Join(named, "\n"))
	}
}

// eachFile parses every Go file of the project.
func eachFile(t *testing.T, do func(path string, src []byte, f *ast.File, fset *token.FileSet)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, src, parser.ParseComments)
		if err != nil {
			return err
		}
		do(strings.TrimPrefix(path, "../"), src, f, fset)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFilesStaySmall(t *testing.T) {
	const longest, median = 450, 120
	var lengths []int
	eachFile(t, func(path string, src []byte, _ *ast.File, _ *token.FileSet) {
		n := bytes.Count(src, []byte("\n"))
		if n > longest {
			t.Errorf("%s has %d lines; at most %d", path, n, longest)
		}
		if !strings.HasSuffix(path, "_test.go") {
			lengths = append(lengths, n)
		}
	})
	slices.Sort(lengths)
	if got := lengths[len(lengths)/2]; got > median {
		t.Errorf("the median file has %d lines; at most %d", got, median)
	}
}

func TestOnlyTextMakesTextSafe(t *testing.T) {
	eachFile(t, func(path string, _ []byte, f *ast.File, fset *token.FileSet) {
		if strings.HasPrefix(path, "internal/text/") || strings.HasSuffix(path, "_test.go") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Safe" {
				return true
			}
			if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				return true // the program's own words
			}
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == "text" {
				t.Errorf("%s: conversion to text.Safe; only package text may do that", fset.Position(call.Pos()))
			}
			return true
		})
	})
}

func TestNothingPrintsOrEndsTheProgramBesidesTheCommands(t *testing.T) {
	forbidden := map[string]bool{"fmt.Print": true, "fmt.Println": true, "fmt.Printf": true, "os.Exit": true, "log.Fatal": true}
	eachFile(t, func(path string, _ []byte, f *ast.File, fset *token.FileSet) {
		if f.Name.Name == "main" || strings.HasSuffix(path, "_test.go") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if id, ok := sel.X.(*ast.Ident); ok && forbidden[id.Name+"."+sel.Sel.Name] {
				t.Errorf("%s: %s.%s", fset.Position(sel.Pos()), id.Name, sel.Sel.Name)
			}
			return true
		})
	})
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	documented := map[string]bool{}
	eachFile(t, func(path string, _ []byte, f *ast.File, _ *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		dir := filepath.Dir(path)
		documented[dir] = documented[dir] || f.Doc != nil
	})
	for dir, ok := range documented {
		if !ok {
			t.Errorf("package in %s has no package comment", dir)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	eachFile(t, func(path string, _ []byte, f *ast.File, fset *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") || f.Name.Name == "main" {
			return
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", fset.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if ts, ok := s.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
						t.Errorf("%s: %s has no comment", fset.Position(ts.Pos()), ts.Name.Name)
					}
				}
			}
		}
	})
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if idx, ok := typ.(*ast.IndexExpr); ok {
		typ = idx.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}
