package export

import (
	"strings"

	"deltoid/capture"
)

// dialect is how rows become bytes. As a rule every data field stands in double quotes, an inner double quote is doubled,
// LF ends every line, and the text is UTF-8 without a byte order mark.
//
// The delimiter stays inside values: between quotes it belongs to the text (RFC 4180), the readers that are known
// honour that, and a name must arrive as it is spelt.
type dialect struct {
	delimiter string // | or ¬
	quoting   Quoting
	header    HeaderLine
	lineEnd   string
}

func dialectOf(profile *Profile, configuration capture.Configuration) dialect {
	d := dialect{delimiter: profile.setting(configuration, "delimiter", profile.Delimiter), quoting: profile.Quoting, header: profile.Header, lineEnd: profile.LineEnd}
	if said, changed := configuration[string(profile.Kind)+".header_quoted"]; changed && d.header != NoHeader {
		d.header = map[bool]HeaderLine{true: QuotedHeader, false: PlainHeader}[said == "true"]
	}
	return d
}

// appendHeader appends the first line, if there is one.
func (d dialect) appendHeader(dst []byte, columns []Column) []byte {
	if d.header == NoHeader {
		return dst
	}
	for i, column := range columns {
		if i > 0 {
			dst = append(dst, d.delimiter...)
		}
		if d.header == QuotedHeader {
			dst = appendQuoted(dst, column.Name)
		} else {
			dst = append(dst, column.Name...)
		}
	}
	return append(dst, d.lineEnd...)
}

// appendRow appends one line of data; the values are those of Sheet.Row, which hold no line end.
func (d dialect) appendRow(dst []byte, values []string) []byte {
	for i, value := range values {
		if i > 0 {
			dst = append(dst, d.delimiter...)
		}
		if d.quoting == QuoteNeeded && !d.needsQuotes(value) {
			dst = append(dst, value...)
		} else {
			dst = appendQuoted(dst, value)
		}
	}
	return append(dst, d.lineEnd...)
}

// needsQuotes tells whether a reader would take the bare text for something else.
func (d dialect) needsQuotes(value string) bool {
	return value != "" && (strings.Contains(value, d.delimiter) || strings.ContainsAny(value, "\"\r\n"))
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
