package mesh

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"time"
)

// controlFile is the .ctl that goes with a .dat (NHS MESH client user guide, "Control file"). The order of the fields is
// that of the NHS template; files of others are read by the names, whatever their order.
type controlFile struct {
	XMLName       xml.Name      `xml:"DTSControl"`
	Version       string        `xml:"Version"`
	AddressType   string        `xml:"AddressType"`
	MessageType   string        `xml:"MessageType"`
	WorkflowID    string        `xml:"WorkflowId"`
	To            string        `xml:"To_DTS"`
	From          string        `xml:"From_DTS"`
	Subject       string        `xml:"Subject,omitempty"`
	LocalID       string        `xml:"LocalId,omitempty"`
	MessageID     string        `xml:"DTSId,omitempty"` // the MESH client fills it in when MESH has taken the message
	PartnerID     string        `xml:"PartnerId,omitempty"`
	Compress      string        `xml:"Compress,omitempty"`
	AllowChunking string        `xml:"AllowChunking,omitempty"`
	Encrypted     string        `xml:"Encrypted,omitempty"`
	Checksum      string        `xml:"DataChecksum,omitempty"`
	IsCompressed  string        `xml:"IsCompressed,omitempty"`
	Status        *statusRecord `xml:"StatusRecord"`
}

// statusRecord is what the MESH client says became of a message.
type statusRecord struct {
	DateTime    string `xml:"DateTime"`
	Event       string `xml:"Event"`
	Status      string `xml:"Status"`
	Code        string `xml:"StatusCode"`
	Description string `xml:"Description"`
}

// maxControlFile is how much of a control file is read, in bytes; real ones are a kilobyte.
const maxControlFile = 64 << 10

func readControlFile(path string) (controlFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return controlFile{}, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxControlFile))
	if err != nil {
		return controlFile{}, err
	}
	return parseControlFile(text)
}

var errNoControlFile = errors.New("the file is not a control file of MESH")

func parseControlFile(text []byte) (controlFile, error) {
	decoder := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // oneLine mends what is not UTF-8
	var c controlFile
	if decoder.Decode(&c) != nil {
		return controlFile{}, errNoControlFile
	}
	for _, value := range c.values() {
		*value = oneLine(*value)
	}
	return c, nil
}

func (c *controlFile) values() []*string {
	all := []*string{&c.Version, &c.AddressType, &c.MessageType, &c.WorkflowID, &c.To, &c.From, &c.Subject, &c.LocalID,
		&c.MessageID, &c.PartnerID, &c.Compress, &c.AllowChunking, &c.Encrypted, &c.Checksum, &c.IsCompressed}
	if s := c.Status; s != nil {
		all = append(all, &s.DateTime, &s.Event, &s.Status, &s.Code, &s.Description)
	}
	return all
}

// outgoing is the control file of a message of ours. The MESH client compresses and cuts by itself.
func (m Message) controlFile(from string) controlFile {
	return controlFile{
		Version: "1.0", AddressType: "DTS", MessageType: "Data",
		WorkflowID: m.WorkflowID, To: strings.ToUpper(m.To), From: from, Subject: m.Subject, LocalID: m.LocalID, PartnerID: m.PartnerID,
		Compress: flag(m.Compress), AllowChunking: "Y", Encrypted: "N",
	}
}

func (c controlFile) write(w io.Writer) error {
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(c); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func flag(yes bool) string {
	if yes {
		return "Y"
	}
	return "N"
}

func (c controlFile) isReport() bool { return strings.EqualFold(c.MessageType, string(TypeReport)) }

// headers is what an inbound control file says, in the form of the API. stem is the name of the file, which for data is
// the message id.
func (c controlFile) headers(stem string) Headers {
	h := Headers{
		MessageID: stem, Type: TypeData, From: c.From, To: c.To, WorkflowID: c.WorkflowID, LocalID: c.LocalID,
		Subject: c.Subject, PartnerID: c.PartnerID, Checksum: c.Checksum, Parts: 1,
		Compressed: isYes(c.IsCompressed), Encrypted: isYes(c.Encrypted), client: true,
	}
	if c.isReport() {
		h.Type, h.Parts, h.LinkedMessageID = TypeReport, 0, c.MessageID
	} else if c.MessageID != "" {
		h.MessageID = c.MessageID
	}
	if s := c.Status; s != nil {
		h.StatusCode, h.StatusEvent, h.StatusDescription, h.StatusAt = normal(s.Code), s.Event, s.Description, s.at()
		h.StatusSuccess = strings.EqualFold(s.Status, "SUCCESS")
	}
	return h
}

func (s statusRecord) at() time.Time { return moment(s.DateTime) }
