package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// checkLiterals finds words that a name can never have, such as C01 == "Yes": CEL would take them, and the rule would
// never speak. domains holds the words a name can have; a name without an entry can have any.
func checkLiterals(expression ast.Expr, domains map[string][]string) error {
	var fault error
	ast.PreOrderVisit(expression, ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.CallKind || fault != nil {
			return
		}
		switch args := e.AsCall().Args(); e.AsCall().FunctionName() {
		case operators.Equals, operators.NotEquals:
			fault = firstOf(checkPair(args[0], args[1], domains), checkPair(args[1], args[0], domains))
		case operators.In:
			fault = checkPair(args[1], args[0], domains) // a word in a list fact
			if args[1].Kind() == ast.ListKind {
				for _, element := range args[1].AsList().Elements() {
					fault = firstOf(fault, checkPair(args[0], element, domains))
				}
			}
		}
	}))
	return fault
}

func checkPair(name, literal ast.Expr, domains map[string][]string) error {
	if name.Kind() != ast.IdentKind || literal.Kind() != ast.LiteralKind {
		return nil
	}
	word, isText := literal.AsLiteral().(types.String)
	allowed, limited := domains[name.AsIdent()]
	if !isText || !limited || word == "" || slices.Contains(allowed, string(word)) {
		return nil
	}
	return fmt.Errorf("%s is never %q, only: %s", name.AsIdent(), string(word), strings.Join(allowed, ", "))
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
