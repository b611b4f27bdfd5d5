package mesh

import "errors"

// Field is the id of a setting, for a caller that shows people where to correct it. Ids never change.
type Field string

// The settings of [Config].
const (
	FieldURL         Field = "url"
	FieldMailbox     Field = "mailbox"
	FieldPassword    Field = "password"
	FieldSharedKey   Field = "shared_key"
	FieldCA          Field = "ca_file"
	FieldCertificate Field = "certificate_file"
	FieldKey         Field = "key_file"
	FieldKeyPassword Field = "key_password"
	FieldProduct     Field = "product"
	FieldVersion     Field = "version"
	FieldOSVersion   Field = "os_version"
	FieldTimeouts    Field = "timeouts"
	FieldPartBytes   Field = "part_bytes"
)

// The settings of [FolderConfig], besides the mailbox.
const (
	FieldFolder  Field = "folder"
	FieldStaging Field = "staging_folder"
)

// fieldIDs gives the id of each field of the settings.
var fieldIDs = map[string]Field{
	"BaseURL": FieldURL, "Mailbox": FieldMailbox, "Password": FieldPassword, "SharedKey": FieldSharedKey,
	"CABundle": FieldCA, "ClientCertificate": FieldCertificate, "ClientKey": FieldKey, "ClientKeyPassword": FieldKeyPassword,
	"Product": FieldProduct, "Version": FieldVersion, "OSVersion": FieldOSVersion,
	"ConnectTimeout": FieldTimeouts, "ReplyTimeout": FieldTimeouts, "TransferTimeout": FieldTimeouts,
	"PartBytes": FieldPartBytes,
	"Root":      FieldFolder, "In": FieldFolder, "Out": FieldFolder, "Sent": FieldFolder, "Failed": FieldFolder,
	"Staging": FieldStaging,
}

// FieldOf is the setting that an error speaks of, or the first of several; empty when it speaks of none.
func FieldOf(err error) Field {
	var invalid *Invalid
	if errors.As(err, &invalid) {
		for _, problem := range invalid.Problems {
			if problem.ID != "" {
				return problem.ID
			}
		}
		return ""
	}
	var failed *Error
	if errors.As(err, &failed) {
		return failed.Field
	}
	return ""
}
