package export

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// Post is what the courier needs of MESH; *mesh.Client is one. Errors are those of package mesh.
type Post interface {
	// Handshake proves that mailbox, password, key and certificates are good.
	Handshake(ctx context.Context) error
	// Send posts once. Only mesh.ErrUnknownOutcome leaves open whether the message was taken.
	Send(ctx context.Context, message mesh.Message) (messageID string, err error)
	// Reconcile asks whether the message with our local id was taken.
	Reconcile(ctx context.Context, localID string) (messageID string, taken bool, err error)
	// Resume sends what MESH still lacks of a message it has begun to take.
	Resume(ctx context.Context, message mesh.Message) (messageID string, err error)
	Track(ctx context.Context, messageID string) (mesh.Tracking, error)
}

var _ Post = (*mesh.Client)(nil)

// NewPost opens the way to MESH that the settings describe. Version is the program's.
func NewPost(configuration capture.Configuration, version string) (Post, error) {
	if err := trainingStaysHere(configuration); err != nil {
		return nil, err
	}
	client, err := mesh.New(mesh.Config{
		BaseURL:           configuration.Get("mesh.url"),
		Mailbox:           configuration.Get("mesh.mailbox"),
		Password:          configuration.Get("mesh.password"),
		SharedKey:         configuration.Get("mesh.shared_key"),
		CABundle:          configuration.Get("mesh.ca_file"),
		ClientCertificate: configuration.Get("mesh.certificate_file"),
		ClientKey:         configuration.Get("mesh.key_file"),
		Product:           "Deltoid",
		Version:           version,
	})
	if err != nil {
		return nil, fmt.Errorf("open the way to MESH: %w", err)
	}
	return client, nil
}

// trainingStaysHere refuses every address but this computer's own in a training profile: no practice record may ever
// reach the NHS.
func trainingStaysHere(configuration capture.Configuration) error {
	if !configuration.Is("training") {
		return nil
	}
	address, err := url.Parse(configuration.Get("mesh.url"))
	if err == nil && isThisComputer(address.Hostname()) {
		return nil
	}
	return &capture.Error{Code: capture.Refused, Field: "mesh.url",
		Message: "This is a training profile: it sends only to a practice server on this computer. Set mesh.url to an address of this computer, such as http://localhost:8700"}
}

func isThisComputer(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
