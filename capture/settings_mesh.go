package capture

var meshSettings = []Setting{
	{Key: "mesh.url", Default: "", Meaning: "base URL of MESH; empty, and no mesh.folder: extracts wait on this device"},
	{Key: "mesh.mailbox", Default: "", Meaning: "our mailbox id"},
	{Key: "mesh.password", Default: "", Meaning: "password of our mailbox", Secret: true},
	{Key: "mesh.shared_key", Default: "", Meaning: "shared key of the MESH environment", Secret: true},
	{Key: "mesh.ca_file", Default: "", Meaning: "PEM file with the certificates of the NHS authority"},
	{Key: "mesh.certificate_file", Default: "", Meaning: "our client certificate: a PEM file, or a PKCS#12 file (.p12, .pfx) that holds the key as well"},
	{Key: "mesh.key_file", Default: "", Meaning: "PEM file with the key of our client certificate; empty when the certificate's file has it"},
	{Key: "mesh.key_password", Default: "", Meaning: "password of the PKCS#12 file", Secret: true},
	{Key: "mesh.folder", Default: "", Meaning: "folder of our mailbox made by a MESH client program, which holds in, out, sent and failed; then that program sends, and not mesh.url"},
	{Key: "mesh.staging_folder", Default: "", Meaning: "folder of our own, on the same drive, where files for the MESH client are made ready; empty: deltoid inside mesh.folder"},
}
