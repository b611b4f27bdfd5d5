package mesh_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// A file goes from one mailbox to another, on a server inside the program.
func Example() {
	server := meshtest.New(meshtest.Options{})
	server.AddSandboxMailboxes()
	if err := server.Start(); err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()

	config := mesh.Config{
		BaseURL: server.URL(), Mailbox: "X26ABC1", Password: meshtest.TestPassword, SharedKey: meshtest.TestKey,
		Product: "example", Version: "1.0",
	}
	sender, err := mesh.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	message := mesh.Message{
		To: "X26ABC2", WorkflowID: "TEST_WORKFLOW", LocalID: "run-0001", FileName: "run-0001.csv",
		ContentType: "text/csv", Compress: true, Body: mesh.Bytes([]byte("a,b\n1,2\n")),
	}
	id, err := sender.SendOnce(context.Background(), message)
	if errors.Is(err, mesh.ErrUnknownOutcome) {
		id, err = sender.Resume(context.Background(), message) // later, with a pause between
	}
	fmt.Println(id != "", err)

	config.Mailbox = "X26ABC2"
	receiver, err := mesh.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	waiting, err := receiver.Inbox(context.Background(), mesh.InboxOptions{})
	fmt.Println(len(waiting), err)
	var content bytes.Buffer
	headers, err := receiver.Download(context.Background(), waiting[0], &content)
	fmt.Println(headers.FileName, content.Len(), err)
	fmt.Println(receiver.Acknowledge(context.Background(), waiting[0]))

	tracking, err := sender.Track(context.Background(), id)
	fmt.Println(tracking.Status, err)
	// Output:
	// true <nil>
	// 1 <nil>
	// run-0001.csv 8 <nil>
	// <nil>
	// acknowledged <nil>
}
