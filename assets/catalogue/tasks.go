package catalogue

import "slices"

// Tasks of a vaccination, each done by somebody who is named (National Protocol, stages 1 to 4).
const (
	TaskScreen    = "screen"
	TaskConsent   = "consent"
	TaskPrepare   = "prepare"
	TaskVaccinate = "vaccinate"
	TaskRecord    = "record"
)

// Tasks are all tasks in the order of a visit.
var Tasks = []string{TaskScreen, TaskConsent, TaskPrepare, TaskVaccinate, TaskRecord}

// Role is who may do a task under a legal mechanism.
type Role struct {
	Span
	Mechanism  string // key
	Task       string
	Registered bool // only somebody in a professional register
	Source     string
	Confidence string
}

// May tells whether somebody may do a task under a legal mechanism; registered: they are in a professional register. What
// no row allows takes a registration.
func (e *Edition) May(mechanism, task string, registered bool) bool {
	if registered {
		return true
	}
	role, ok := find(e.roles, func(r Role) bool { return r.Mechanism == mechanism && r.Task == task })
	return ok && !role.Registered
}

// Roles lists who may do what under a legal mechanism, in the order of Tasks.
func (e *Edition) Roles(mechanism string) []Role {
	roles := slices.DeleteFunc(slices.Clone(e.roles), func(r Role) bool { return r.Mechanism != mechanism })
	slices.SortStableFunc(roles, func(a, b Role) int { return slices.Index(Tasks, a.Task) - slices.Index(Tasks, b.Task) })
	return roles
}

func (l *loader) loadRoles(c *content) {
	var keys spans
	for _, r := range l.read("roles.csv", "from", "to", "key", "mechanism", "task", "registered", "source", "confidence") {
		role := Role{
			Span: r.span(), Mechanism: r.key("mechanism"), Task: r.oneOf("task", Tasks...), Registered: r.yes("registered"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		if _, ok := find(c.mechanisms, func(m LegalMechanism) bool { return m.Key == role.Mechanism }); !ok {
			r.fault("mechanism", quoted(role.Mechanism)+" is no legal mechanism", "use a key from legal_mechanisms.csv")
		}
		if r.key("key") != role.Mechanism+"-"+role.Task {
			r.fault("key", "the key does not name the mechanism and the task", "write "+role.Mechanism+"-"+role.Task)
		}
		keys.check(r, "key", role.Mechanism+"-"+role.Task, role.Span)
		c.roles = append(c.roles, role)
	}
}
