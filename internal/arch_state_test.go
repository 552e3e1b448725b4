package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// settable are the package-level variables that something outside the source sets.
var settable = map[string]bool{"main.version": true} // by the linker, when a release is built

// Two parts of one process, such as a window and the demo's server, share every package-level variable. So
// there are only errors, tables that nobody changes, and files put in by go:embed.
func TestPackagesHaveNoStateOfTheirOwn(t *testing.T) {
	declared := map[string]map[string]bool{} // by folder
	eachSource(t, func(path string, f *ast.File, fset *token.FileSet) {
		folder := filepath.Dir(path)
		if declared[folder] == nil {
			declared[folder] = map[string]bool{}
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				for i, name := range v.Names {
					declared[folder][name.Name] = true
					if settable[f.Name.Name+"."+name.Name] || name.Name == "_" || embedded(g.Doc) || embedded(v.Doc) {
						continue
					}
					if i >= len(v.Values) || !constant(name.Name, v.Values[i]) {
						t.Errorf("%s: %s is neither an error nor a table", fset.Position(name.Pos()), name.Name)
					}
				}
			}
		}
	})
	eachSource(t, func(path string, f *ast.File, fset *token.FileSet) {
		for _, name := range changed(f) {
			if declared[filepath.Dir(path)][name.Name] && !local(f, name) {
				t.Errorf("%s: %s is changed, and belongs to the whole package", fset.Position(name.Pos()), name.Name)
			}
		}
	})
}

// eachSource goes through what becomes part of a program: no tests.
func eachSource(t *testing.T, do func(path string, f *ast.File, fset *token.FileSet)) {
	t.Helper()
	eachFile(t, func(path string, _ []byte, f *ast.File, fset *token.FileSet) {
		if !strings.HasSuffix(path, "_test.go") {
			do(path, f, fset)
		}
	})
}

func embedded(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") {
			return true
		}
	}
	return false
}

// constant reports whether a variable is an error by its name, or a literal: a table, a limit.
func constant(name string, value ast.Expr) bool {
	if strings.HasPrefix(name, "Err") || strings.HasPrefix(name, "err") {
		return true
	}
	if ref, ok := value.(*ast.UnaryExpr); ok {
		value = ref.X
	}
	_, literal := value.(*ast.CompositeLit)
	return literal
}

// changed lists the names that a file assigns to or writes into.
func changed(f *ast.File) (names []*ast.Ident) {
	add := func(e ast.Expr) {
		for {
			switch x := e.(type) {
			case *ast.Ident:
				names = append(names, x)
				return
			case *ast.IndexExpr:
				e = x.X
			case *ast.SelectorExpr:
				e = x.X
			case *ast.StarExpr:
				e = x.X
			case *ast.ParenExpr:
				e = x.X
			default:
				return
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				for _, e := range n.Lhs {
					add(e)
				}
			}
		case *ast.IncDecStmt:
			add(n.X)
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (id.Name == "delete" || id.Name == "clear") {
				add(n.Args[0])
			}
		}
		return true
	})
	return names
}

// local reports whether a name means something else where it stands: what it is resolved to within the file
// is not the package's variable.
func local(f *ast.File, name *ast.Ident) bool {
	if name.Obj == nil {
		return false // declared in another file of the package
	}
	if spec, ok := name.Obj.Decl.(*ast.ValueSpec); ok {
		for _, d := range f.Decls {
			if g, ok := d.(*ast.GenDecl); ok {
				for _, s := range g.Specs {
					if s == ast.Spec(spec) {
						return false
					}
				}
			}
		}
	}
	return true
}

func TestWhatChangesAVariableIsFound(t *testing.T) {
	for body, want := range map[string]int{
		"x = 1": 1, "x++": 1, "x[0] = 1": 1, "x.y.z = 1": 1, "(*x).y = 1": 1, "delete(x, 1)": 1, "clear(x)": 1, "x, y = 1, 2": 1,
		"x := 1; x = 2": 0, "var x int; x++": 0, "y = x": 0, "y(x)": 0, "for x := range 3 { x++ }": 0,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "a.go", "package a\nvar x any\nfunc f() {"+body+"}", 0)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, name := range changed(f) {
			if name.Name == "x" && !local(f, name) {
				found++
			}
		}
		if found != want {
			t.Errorf("%s: found %d times, want %d", body, found, want)
		}
	}
}
