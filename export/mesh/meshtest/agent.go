package meshtest

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Agent stands for the MESH client program: it sends what lies in the out folder of a mailbox, moves it to sent or failed
// with its verdict, and brings what has come into the in folder. It works only when Poll is called.
type Agent struct {
	Server  *Server
	Mailbox string
	Root    string // holds the folders
	Upper   bool   // the folders are called IN, OUT, SENT and FAILED, as on some Linux computers
	Delay   bool   // next time nothing is sent, and the files say that it will be tried again
}

// Make makes the folders.
func (a *Agent) Make() error {
	for _, name := range []string{"in", "out", "sent", "failed", "temp"} {
		if err := os.MkdirAll(a.Folder(name), 0o755); err != nil {
			return fmt.Errorf("make folders of the MESH client: %w", err)
		}
	}
	return nil
}

// Folder is the path of one of in, out, sent, failed and temp.
func (a *Agent) Folder(name string) string {
	if a.Upper {
		name = strings.ToUpper(name)
	}
	return filepath.Join(a.Root, name)
}

// Poll does what the program does every half hour.
func (a *Agent) Poll() error {
	controls, err := filepath.Glob(filepath.Join(a.Folder("out"), "*.ctl"))
	if err != nil {
		return err
	}
	for _, control := range controls {
		if err := a.sendPair(strings.TrimSuffix(filepath.Base(control), ".ctl")); err != nil {
			return fmt.Errorf("send as the MESH client: %w", err)
		}
	}
	a.Server.Expire()
	messages, err := a.Server.Collect(a.Mailbox)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if err := a.bring(m); err != nil {
			return fmt.Errorf("bring as the MESH client: %w", err)
		}
	}
	return nil
}

// element is any XML element, so that the agent shares no idea of control files with anybody.
type element struct {
	XMLName  xml.Name
	Text     string    `xml:",chardata"`
	Children []element `xml:",any"`
}

func (e element) child(name string) string {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			return strings.TrimSpace(c.Text)
		}
	}
	return ""
}

func (a *Agent) sendPair(stem string) error {
	path := func(folder, ending string) string { return filepath.Join(a.Folder(folder), stem+ending) }
	text, err := os.ReadFile(path("out", ".ctl"))
	if err != nil {
		return err
	}
	var control element
	if err := xml.Unmarshal(text, &control); err != nil {
		return err
	}
	data, err := os.ReadFile(path("out", ".dat"))
	if err != nil {
		return err
	}
	id, event, status, code, why := a.hand(control, data)
	folder := "sent"
	if status == "ERROR" {
		folder = "failed"
	}
	verdict := fmt.Sprintf("<DTSId>%s</DTSId><StatusRecord><DateTime>%s</DateTime><Event>%s</Event><Status>%s</Status><StatusCode>%s</StatusCode><Description>%s</Description></StatusRecord></DTSControl>",
		id, a.Server.options.Now().UTC().Format(stampV1), event, status, code, why)
	if err := os.WriteFile(path(folder, ".ctl"), []byte(strings.Replace(string(text), "</DTSControl>", verdict, 1)), 0o644); err != nil {
		return err
	}
	if code == "05" { // it keeps the pair and will try again
		return nil
	}
	if err := os.Rename(path("out", ".dat"), path(folder, ".dat")); err != nil {
		return err
	}
	return os.Remove(path("out", ".ctl"))
}

// hand gives a message to the server.
func (a *Agent) hand(control element, data []byte) (id, event, status, code, why string) {
	s := a.Server
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Message{
		From: strings.ToUpper(a.Mailbox), To: strings.ToUpper(control.child("To_DTS")), WorkflowID: control.child("WorkflowId"),
		LocalID: control.child("LocalId"), Subject: control.child("Subject"), Parts: [][]byte{data},
	}
	if a.Delay {
		a.Delay = false
		return "", "TRANSFER", "SUCCESS", "05", "Transfer delayed"
	}
	if !strings.EqualFold(control.child("From_DTS"), m.From) {
		return "", "SEND", "ERROR", "07", "Invalid From address"
	}
	if no := s.checkParties(s.mailboxes[m.From], m); no != nil {
		return "", "SEND", "ERROR", no.code, no.text
	}
	return s.keep(m, s.options.Now()).ID, "TRANSFER", "SUCCESS", "00", "Transferred to recipient mailbox"
}

// bring writes a message that has come into the in folder, data first.
func (a *Agent) bring(m Message) error {
	control := struct {
		XMLName     xml.Name `xml:"DTSControl"`
		Version     string
		AddressType string
		MessageType string
		From_DTS    string
		To_DTS      string
		Subject     string
		LocalId     string
		DTSId       string
		Compress    string
		WorkflowId  string
		Status      struct {
			DateTime, Event, Status, StatusCode, Description string
		} `xml:"StatusRecord"`
	}{
		Version: "1.0", AddressType: "DTS", MessageType: "Data", From_DTS: m.From, To_DTS: m.To, Subject: m.Subject,
		LocalId: m.LocalID, DTSId: m.ID, WorkflowId: m.WorkflowID,
	}
	control.Status.DateTime = m.Accepted.Format(stampV1)
	control.Status.Event, control.Status.Status, control.Status.StatusCode = "TRANSFER", "SUCCESS", "00"
	control.Status.Description = "Transferred to recipient mailbox"
	if m.Report {
		control.MessageType, control.DTSId = "Report", m.LinkedID
		control.Status.Event, control.Status.Status, control.Status.StatusCode, control.Status.Description = m.Event, "ERROR", m.Code, m.Description
	} else {
		content, err := m.Content()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(a.Folder("in"), m.ID+".dat"), content, 0o644); err != nil {
			return err
		}
	}
	file, err := os.Create(filepath.Join(a.Folder("in"), m.ID+".ctl"))
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := xml.MarshalIndent(control, "", "  ")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return err
}
