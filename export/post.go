package export

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// Post is the way to MESH, there and back: a *mesh.Client, or the *mesh.Folder of a MESH client program. Errors are those
// of package mesh.
type Post interface {
	mesh.Sender
	mesh.Source
}

var (
	_ Post = (*mesh.Client)(nil)
	_ Post = (*mesh.Folder)(nil)
)

// NewPost opens the way to MESH that the settings describe: the folders of a MESH client where mesh.folder names them, else
// the API at mesh.url. Version is the program's. Settings that cannot work are capture.Problems, each under its key.
func NewPost(configuration capture.Configuration, version string, now func() time.Time) (Post, error) {
	if err := trainingStaysHere(configuration); err != nil {
		return nil, err
	}
	if usesFolder(configuration) {
		folder, err := mesh.OpenFolder(folderConfig(configuration))
		if err != nil {
			return nil, namedByKeys(err)
		}
		folder.Now = now
		return folder, nil
	}
	client, err := mesh.New(clientConfig(configuration, version))
	if err != nil {
		return nil, namedByKeys(err)
	}
	client.Now = now
	return client, nil
}

// isSetUp tells whether there is any way to MESH.
func isSetUp(configuration capture.Configuration) bool {
	return configuration.Get("mesh.url") != "" || usesFolder(configuration)
}

func usesFolder(configuration capture.Configuration) bool {
	return configuration.Get("mesh.folder") != ""
}

func clientConfig(configuration capture.Configuration, version string) mesh.Config {
	return mesh.Config{
		BaseURL:           configuration.Get("mesh.url"),
		Mailbox:           configuration.Get("mesh.mailbox"),
		Password:          configuration.Get("mesh.password"),
		SharedKey:         configuration.Get("mesh.shared_key"),
		CABundle:          configuration.Get("mesh.ca_file"),
		ClientCertificate: configuration.Get("mesh.certificate_file"),
		ClientKey:         configuration.Get("mesh.key_file"),
		ClientKeyPassword: configuration.Get("mesh.key_password"),
		Product:           "Deltoid",
		Version:           version,
	}
}

// ownFolder is the folder of ours inside that of the MESH client where no other is set: it is on the same file system.
const ownFolder = "deltoid"

func folderConfig(configuration capture.Configuration) mesh.FolderConfig {
	root, staging := configuration.Get("mesh.folder"), configuration.Get("mesh.staging_folder")
	if staging == "" {
		staging = filepath.Join(root, ownFolder)
	}
	return mesh.FolderConfig{Mailbox: configuration.Get("mesh.mailbox"), Root: root, Staging: staging}
}

// namedByKeys gives the faults of the MESH settings under the keys that people know.
func namedByKeys(err error) error {
	var invalid *mesh.Invalid
	if !errors.As(err, &invalid) {
		return fmt.Errorf("open the way to MESH: %w", err)
	}
	var faults capture.Problems
	for _, problem := range invalid.Problems {
		key := settingOf(problem.ID)
		faults.Add(key, "The setting "+key+" "+problem.What+": "+problem.Cure)
	}
	return faults.Err()
}

// settingOf is the key of a setting of package mesh.
func settingOf(field mesh.Field) string { return "mesh." + string(field) }

// trainingStaysHere refuses every address but this computer's own in a training profile: no practice record may ever
// reach the NHS.
func trainingStaysHere(configuration capture.Configuration) error {
	if !configuration.Is("training") {
		return nil
	}
	if usesFolder(configuration) {
		return &capture.Error{Code: capture.Refused, Field: "mesh.folder",
			Message: "This is a training profile: it sends only to a practice server on this computer. Leave mesh.folder empty"}
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
