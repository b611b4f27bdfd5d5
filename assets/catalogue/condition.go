package catalogue

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
)

// Condition is an expression in CEL over declared facts, for example age >= 18 && platform == "AZ". It was checked
// when the catalogue was loaded. The zero Condition always holds.
type Condition struct {
	text    string
	names   []string
	program cel.Program
}

// Holds evaluates the condition. Facts must give every name in Names, as string, bool, int or []string; a missing one is an error.
func (c Condition) Holds(facts map[string]any) (bool, error) {
	if c.program == nil {
		return true, nil
	}
	value, _, err := c.program.Eval(facts)
	if err != nil {
		return false, fmt.Errorf("evaluate condition %q: %w; give every fact it names", c.text, err)
	}
	holds, ok := value.Value().(bool)
	if !ok {
		return false, fmt.Errorf("evaluate condition %q: the result is no bool; correct the row", c.text)
	}
	return holds, nil
}

// String is the expression as written in the file; empty for a condition that always holds.
func (c Condition) String() string { return c.text }

// Names are the facts the condition looks at, in alphabetical order.
func (c Condition) Names() []string { return slices.Clone(c.names) }

// compiler turns expressions into conditions, each text once.
type compiler struct {
	env     *cel.Env
	domains map[string][]string // the words a name can have, where they are limited
	done    map[string]Condition
}

// newCompiler declares the names: name to FactString, FactInt, FactBool or FactList.
func newCompiler(names map[string]string, domains map[string][]string) (*compiler, error) {
	options := []cel.EnvOption{cel.ClearMacros()} // rules need no loops
	for name, kind := range names {
		options = append(options, cel.Variable(name, celTypes[kind]))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("declare the facts: %w; give each a plain name", err)
	}
	return &compiler{env: env, domains: domains, done: map[string]Condition{}}, nil
}

var celTypes = map[string]*cel.Type{
	FactString: cel.StringType, FactInt: cel.IntType, FactBool: cel.BoolType, FactList: cel.ListType(cel.StringType),
}

func (c *compiler) compile(text string) (Condition, error) {
	if text == "" {
		return Condition{}, nil
	}
	if known, ok := c.done[text]; ok {
		return known, nil
	}
	checked, issues := c.env.Compile(text)
	if issues.Err() != nil {
		return Condition{}, firstIssue(issues)
	}
	if !checked.OutputType().IsExactType(cel.BoolType) {
		return Condition{}, fmt.Errorf("it gives %s, not true or false", checked.OutputType())
	}
	if err := checkLiterals(checked.NativeRep().Expr(), c.domains); err != nil {
		return Condition{}, err
	}
	program, err := c.env.Program(checked)
	if err != nil {
		return Condition{}, err
	}
	condition := Condition{text: text, program: program}
	for _, reference := range checked.NativeRep().ReferenceMap() {
		if reference.Name != "" && !slices.Contains(condition.names, reference.Name) {
			condition.names = append(condition.names, reference.Name)
		}
	}
	slices.Sort(condition.names)
	c.done[text] = condition
	return condition, nil
}

// firstIssue is the first thing CEL says, without its drawing of the expression.
func firstIssue(issues *cel.Issues) error {
	first := issues.Errors()[0]
	return fmt.Errorf("at character %d, %s", first.Location.Column()+1, first.Message)
}

// condition reads an expression; an empty cell always holds.
func (r row) condition(column string, with *compiler) Condition {
	condition, err := with.compile(r.cells[column])
	if err != nil {
		r.fault(column, "the condition cannot be understood: "+err.Error(), "use the names in facts.csv, question ids and follow-up ids, and CEL operators")
	}
	return condition
}
