package profile

// Names of people who never were. Together with numbers from the 999 range they can be told from anybody alive.
var (
	madeUpSurnames = []string{
		"Example", "Sampleton", "Testerby", "Fictley", "Madeup", "Pretendwell", "Mockford", "Dummington", "Placeholder", "Imaginson",
		"O'Fable", "O'Nobody", "D'Invention", "Müsterfrau", "Beispiel", "Exémple", "Ejemplón", "Przykładowska", "Örnek", "Esempio-Finta",
		"Van der Nergens", "Voorbeeld", "Nimandsson", "Invention-Smythe", "Neverborn", "Specimen", "Storybrook", "Fantasio", "Notreal", "Nonesuch",
		"Mac Fictionay", "Legendre-Faux", "Inventado", "Utopia", "Ó Scéal", "Šablona", "Fabelaktig", "Nowhereman", "Tallstory", "Daydream",
	}
	madeUpForenames = map[string][]string{
		female: {"Ada", "Brónagh", "Chloë", "Dorothea", "Eilidh", "Fátima", "Grace", "Hélène", "Imogen", "Jo", "Kezia", "Łucja", "Mary-Anne", "Niamh",
			"Oluwaseun", "Priya", "Queenie", "Rosalind", "Siân", "Zoë"},
		male: {"Alfie", "Björn", "Cuthbert", "Dafydd", "Elijah", "François", "Gwilym", "Hamza", "Ivor", "José", "Kwame", "Leif", "Morgan", "Noël",
			"Orlando", "Piotr", "Quentin", "Rhys", "Søren", "Tomos"},
	}
	fiveForenames = "Anna Maria Beatrix Célestine Rose" // as many as a record may carry
)

// madeUpStreets and madeUpPractices look like first lines and surgeries, and are none.
var (
	madeUpStreets   = []string{"Nowhere Lane", "Sample Street", "Example Road", "Placeholder Place", "Test Terrace", "Mock Mews", "Fable Fold", "Story Street"}
	madeUpPractices = []string{"Example Surgery (Y99901)", "Sample Medical Centre (Y99902)", "Nowhere Health Centre (Y99903)"}
)
