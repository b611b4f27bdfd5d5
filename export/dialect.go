package export

import (
	"strings"
)

// dialect is how rows become bytes: every data field in double quotes, an inner double quote doubled, LF after every
// line, UTF-8 without a byte order mark.
//
// The delimiter stays inside values: between quotes it belongs to the text (RFC 4180), the readers that are known
// honour that, and a name must arrive as it is spelt.
type dialect struct {
	delimiter   string // | or ¬
	quoteHeader bool
}

// appendHeader appends the first line.
func (d dialect) appendHeader(dst []byte, columns []Column) []byte {
	for i, column := range columns {
		if i > 0 {
			dst = append(dst, d.delimiter...)
		}
		if d.quoteHeader {
			dst = appendQuoted(dst, column.Name)
		} else {
			dst = append(dst, column.Name...)
		}
	}
	return append(dst, '\n')
}

// appendRow appends one line of data; the values are those of Sheet.Row, which hold no line end.
func (d dialect) appendRow(dst []byte, values []string) []byte {
	for i, value := range values {
		if i > 0 {
			dst = append(dst, d.delimiter...)
		}
		dst = appendQuoted(dst, value)
	}
	return append(dst, '\n')
}

func appendQuoted(dst []byte, value string) []byte {
	dst = append(dst, '"')
	for {
		i := strings.IndexByte(value, '"')
		if i < 0 {
			break
		}
		dst = append(dst, value[:i+1]...)
		dst = append(dst, '"')
		value = value[i+1:]
	}
	dst = append(dst, value...)
	return append(dst, '"')
}
