package catalogue

// Lists of adverse reactions.
const (
	listVerification  = "verification"
	listType          = "type"
	listSeverity      = "severity"
	listResult        = "result"
	listManifestation = "manifestation"
	listAgent         = "agent"
	listYellowCard    = "yellow-card"
)

// reactionCode is an entry of one of the lists about adverse reactions.
type reactionCode struct {
	Code
	list     string
	diseases []string
}

// ReactionVerifications lists how sure a reaction is.
func (e *Edition) ReactionVerifications() []Code { return e.reactionList(listVerification, "") }

// ReactionTypes lists the types of reaction: allergy, intolerance.
func (e *Edition) ReactionTypes() []Code { return e.reactionList(listType, "") }

// ReactionSeverities lists how severe a reaction may be.
func (e *Edition) ReactionSeverities() []Code { return e.reactionList(listSeverity, "") }

// ReactionResults lists how a reaction may end.
func (e *Edition) ReactionResults() []Code { return e.reactionList(listResult, "") }

// ReactionManifestations lists the codes for how a reaction to a vaccine against a disease shows.
func (e *Edition) ReactionManifestations(disease string) []Code {
	return e.reactionList(listManifestation, disease)
}

// ReactionAgents lists the codes for what may have caused a reaction, beside the vaccine itself.
func (e *Edition) ReactionAgents(disease string) []Code { return e.reactionList(listAgent, disease) }

// YellowCard is where reactions to a vaccine against a disease are reported to the MHRA.
func (e *Edition) YellowCard(disease string) string {
	for _, site := range e.reactionList(listYellowCard, disease) {
		return site.Label // that of the disease stands before the one for all
	}
	return ""
}

func (e *Edition) reactionList(list, disease string) []Code {
	var codes []Code
	for _, reaction := range e.reactions {
		if reaction.list == list && forDisease(reaction.diseases, disease) {
			codes = append(codes, reaction.Code)
		}
	}
	return codes
}

func (l *loader) loadReactions(c *content) {
	var keys spans
	for _, r := range l.read("reactions.csv", "from", "to", "list", "key", "diseases", "code", "term", "label", "source", "confidence") {
		entry := reactionCode{
			Code: Code{Span: r.span(), Key: r.key("key"), Term: r.optional("term"), Label: r.text("label"), Source: l.source(r), Confidence: r.confidence()},
			list: r.oneOf("list", listVerification, listType, listSeverity, listResult, listManifestation, listAgent, listYellowCard), diseases: l.someDiseases(r),
		}
		if entry.list == listManifestation || entry.list == listAgent {
			entry.Code.Code, entry.Term = l.snomed(r, "code"), r.text("term")
		}
		keys.check(r, "key", entry.list+" "+entry.Key, entry.Span)
		c.reactions = append(c.reactions, entry)
	}
}
