package mesh

import "strings"

// meanings gives each published code in plain words, with what to do. Sources: NHS MESH API specification ("error
// codes"), NHS England's mesh-sandbox for the codes that are words. 15 to 17 have other meanings in the Java client.
var meanings = map[string]string{
	"00":      "the message was delivered to the recipient's mailbox",
	"02":      "the message had no content; build the file again and look whether it is empty",
	"06":      "a header had characters or a form that MESH does not allow; correct file name, subject or local id",
	"07":      "the sender is not the mailbox that logged in; check the mailbox id",
	"08":      "the recipient was missing or malformed; check the recipient's mailbox id",
	"09":      "the version in the control file is wrong; report this to the supplier",
	"10":      "the address type in the control file is wrong; report this to the supplier",
	"11":      "the message type in the control file is wrong; report this to the supplier",
	"12":      "no mailbox has the recipient's address; check the recipient's mailbox id",
	"13":      "delivery by mail failed; this way of delivery is no longer used, contact the service desk",
	"14":      "the recipient did not collect the message in five days or the mailbox is closed; speak to the recipient before sending again",
	"15":      "MESH could not read the file as one of the special kind the workflow needs; check the workflow id",
	"16":      "this mailbox may not send this type of message; ask the service desk for permission",
	"17":      "the workflow id is not registered for the mailbox; check the workflow id or ask the service desk to register it",
	"18":      "the civil registration workflow is not enabled for the mailbox; ask the service desk",
	"19":      "the time given for expiry is not valid; report this to the supplier",
	"20":      "the message does not exist; it may have been collected by another program",
	"epl-150": "more than one mailbox fits the address; use the recipient's mailbox id",
	"epl-151": "no mailbox fits the address; check it with the recipient",
	"epl-152": "the NHS number in the address is not valid; correct it",
	"epl-153": "the NHS number in the address is not known; check it",
	"epl-154": "NHS number, name and date of birth in the address do not belong together; check them",

	"invalidheaderchunks":        "the parts of a message did not fit together; report this to the supplier",
	"unsupportedcontentencoding": "the content was compressed in a way MESH does not know; report this to the supplier",
	"invalid checksum":           "the checksum had characters that MESH does not allow; report this to the supplier",
	"invalid file format":        "the file was not formed as the workflow needs it; report this to the supplier",
	"message already accepted":   "the message is no longer held for download",
}

// clientMeanings are the codes of the MESH client program that the API does not have, or has with another meaning.
// Source: NHS MESH client user guide. The keys are event and code; an empty event stands for any.
var clientMeanings = map[[2]string]string{
	{"", "01"}:         "the control file was missing; send the file again",
	{"collect", "02"}:  "the data file was missing; send the file again",
	{"", "03"}:         "the MESH client does not trust the server; have its certificates looked at",
	{"", "04"}:         "MESH did not let the MESH client in; have its mailbox id and password looked at",
	{"", "05"}:         "the MESH client could not send the file yet and will try again by itself",
	{"transfer", "06"}: "the MESH client has tried as often as it may; look at its network, then send the file again",
	{"receive", "15"}:  "the MESH client could not ask for new messages; look at its network",
	{"receive", "16"}:  "the MESH client does not trust the server; have its certificates looked at",
	{"receive", "17"}:  "MESH did not let the MESH client in; have its mailbox id and password looked at",
}

// Explain says in plain words what a code from an error or a report means and what to do. It is empty for an empty
// code; a code that is not in the published list is said to be so.
func Explain(code string) string {
	if strings.TrimSpace(code) == "" {
		return ""
	}
	if text, known := meanings[normal(code)]; known {
		return text
	}
	return "this code is not in the published list; quote it to the MESH service desk"
}

// ExplainClient is [Explain] for a code from a control file of the MESH client program, where the event counts too.
func ExplainClient(event, code string) string {
	for _, event := range []string{normal(event), ""} {
		if text, known := clientMeanings[[2]string{event, normal(code)}]; known {
			return text
		}
	}
	return Explain(code)
}

// isPublished tells whether a code is in the lists.
func isPublished(code string) bool {
	_, known := meanings[normal(code)]
	_, knownToClient := clientMeanings[[2]string{"", normal(code)}]
	return known || knownToClient
}

// normal makes codes comparable: their case varies, and a leading zero is sometimes lost.
func normal(code string) string {
	code = strings.ToLower(strings.TrimSpace(code))
	if len(code) == 1 && code >= "0" && code <= "9" {
		return "0" + code
	}
	return code
}
