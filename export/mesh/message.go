package mesh

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Message is a file to be sent. Its headers are seen by the transport and by support staff: never put a person's
// name, number or date of birth in one. All values are printable ASCII.
type Message struct {
	To         string // recipient's mailbox id; at most 100 characters
	WorkflowID string // agreed workflow id; at most 300
	FileName   string // what receivers may call the file; at most 300, optional
	// LocalID is our own reference, unique for ever: after a lost reply it is the only way to learn whether the
	// message was taken. At most 300 of letters, digits, dot, hyphen, underscore and tilde, since it travels in a path.
	LocalID     string
	Subject     string // at most 500, optional
	PartnerID   string // passed through; at most 500, optional
	ContentType string // of the content before compression, for example text/csv; at most 100
	Checksum    string // of the content before compression, hex, optionally "sha256:" before it; at most 100, optional
	Compress    bool   // send it as gzip; the recipient gets it back as it was unless it asks for gzip

	// Body opens the content, before compression, from its beginning; each time the same.
	Body func() (io.ReadCloser, error)

	// Keep writes down, for messages of several parts, how far they have come: before the first request and after each.
	// A nil error means durable; any other stops the sending. Without it such a message cannot be resumed by a program
	// that was started anew.
	Keep func(ctx context.Context, upload Upload) error
	// Upload is what Keep wrote down last; Resume goes on from there.
	Upload Upload
}

// Bytes is a Body that stands in memory.
func Bytes(content []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
}

// headerRule is one row of the table of headers (NHS MESH API specification, "Send message").
type headerRule struct {
	field    string
	header   string
	max      int // characters
	required bool
	noURL    bool           // must not begin with http:// or https:// (mesh-sandbox answers code 06)
	form     *regexp.Regexp // what else the value must be like
	formCure string
	value    func(Message) string
}

var headerRules = []headerRule{
	{field: "To", header: "Mex-To", max: 100, required: true, noURL: true,
		value: func(m Message) string { return m.To }},
	{field: "WorkflowID", header: "Mex-WorkflowID", max: 300, required: true, noURL: true,
		value: func(m Message) string { return m.WorkflowID }},
	{field: "FileName", header: "Mex-FileName", max: 300,
		value: func(m Message) string { return m.FileName }},
	{field: "LocalID", header: "Mex-LocalID", max: 300, required: true,
		form: regexp.MustCompile(`^[A-Za-z0-9._~-]*[A-Za-z0-9_~-][A-Za-z0-9._~-]*$`), formCure: "use letters, digits, dot, hyphen, underscore and tilde",
		value: func(m Message) string { return m.LocalID }},
	{field: "Subject", header: "Mex-Subject", max: 500,
		value: func(m Message) string { return m.Subject }},
	{field: "PartnerID", header: "Mex-PartnerID", max: 500,
		value: func(m Message) string { return m.PartnerID }},
	{field: "Checksum", header: "Mex-Content-Checksum", max: 100, noURL: true,
		form: regexp.MustCompile(`^[A-Za-z0-9 :/-]+$`), formCure: "use hex, not base64",
		value: func(m Message) string { return m.Checksum }},
	{field: "ContentType", header: "Mex-Content-Type", max: 100, required: true,
		value: func(m Message) string { return m.ContentType }},
}

// Check reports, as *[Invalid], every header that MESH would refuse or spoil. Send checks by itself.
func (m Message) Check() error {
	var p problems
	for _, rule := range headerRules {
		rule.check(&p, rule.value(m))
	}
	if m.Body == nil {
		p.add("Body", "is missing", "say how to open the content")
	}
	return p.err("message")
}

func (r headerRule) check(p *problems, value string) {
	switch {
	case value == "" && r.required:
		p.add(r.field, "is missing", "MESH needs it as header "+r.header)
	case value == "":
	case !isPlain(value):
		p.add(r.field, "has a control character or a character outside ASCII", "spell it in plain letters")
	case strings.TrimSpace(value) != value:
		p.add(r.field, "begins or ends with a blank", "take the blank away")
	case len(value) > r.max:
		p.add(r.field, "is longer than "+strconv.Itoa(r.max)+" characters", "shorten it")
	case r.noURL && isURL(value):
		p.add(r.field, "begins like a web address", "MESH refuses that; give the plain value")
	case r.form != nil && !r.form.MatchString(value):
		p.add(r.field, "has characters that are not allowed there", r.formCure)
	}
}

func isURL(value string) bool {
	lower := strings.ToLower(value)
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")
}
