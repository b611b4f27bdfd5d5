package mesh

const (
	// MaxRequestBytes is how much one request may carry, after compression (NHS MESH API specification, since October 2024).
	MaxRequestBytes = 100_000_000
	// MinPartBytes is how much each part but the last should carry, as sent (NHS Python mesh-client).
	MinPartBytes = 5_000_001
	// DefaultPartBytes is where a part ends: below the 20 MB that were once the limit for the internet.
	DefaultPartBytes = 20_000_000
	// MaxParts keeps a message below 100 GB in parts of the usual size, which is the limit of the API.
	MaxParts = 5_000
)

// Plan is how a content is cut into the parts of a message. Parts are cut by their size as sent and compressed one by
// one, so the same content may be cut elsewhere by another version of the program: a message that was begun by one plan
// must be ended by it.
type Plan struct {
	Starts   []int64 `json:"starts"`   // where each part begins in the content, in bytes before compression; the first is 0
	Size     int64   `json:"size"`     // bytes of the content
	SHA256   string  `json:"sha256"`   // of the content, lower-case hex
	Compress bool    `json:"compress"` // each part is a gzip stream of its own
}

// Parts is how many there are.
func (p Plan) Parts() int { return len(p.Starts) }

// length of part number, counted from 1.
func (p Plan) length(number int) int64 {
	end := p.Size
	if number < len(p.Starts) {
		end = p.Starts[number]
	}
	return end - p.Starts[number-1]
}

// sound tells whether the parts follow each other from the beginning to the end of the content.
func (p Plan) sound() bool {
	if len(p.Starts) == 0 || len(p.Starts) > MaxParts || p.Starts[0] != 0 {
		return false
	}
	for number := range p.Starts {
		if p.length(number+1) <= 0 {
			return false
		}
	}
	return true
}

// Upload is how far a message of several parts has come. It can be kept as JSON.
type Upload struct {
	Plan
	MessageID string `json:"messageId,omitempty"` // empty before MESH gave one
	Taken     int    `json:"taken,omitempty"`     // the parts that MESH has said to have
}
