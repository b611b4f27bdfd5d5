package paper

import (
	"fmt"
	"io"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Forms is a pack of blank forms for a clinic day, to be printed before the power goes. They ask what the screens ask, in
// the same order and words.
type Forms struct {
	Catalogue *catalogue.Catalogue
	Clinic    capture.Clinic
	On        capture.Date
	Disease   string  // key; one pack for each
	Stock     []Stock // batches that may be used on the day, printed to be ticked; those against other diseases are left out
	First     int     // number of the first form, from 1
	Count     int     // of forms
}

// Stock is a batch with its vaccine.
type Stock struct {
	Product catalogue.Product
	Batch   capture.Batch
}

// MaxForms is how many forms one pack may have.
const MaxForms = 500

// FormNumber names a form for keying it in later: site, day as YYMMDD, running number.
func FormNumber(site capture.Site, on capture.Date, n int) string {
	return fmt.Sprintf("%s-%s-%03d", site.Code, on.Compact()[2:], n)
}

// WriteForms writes the pack. It is Invalid when there is nothing to print.
func WriteForms(w io.Writer, forms Forms, issue Issue) error {
	if forms.Count < 1 || forms.Count > MaxForms || forms.First < 1 {
		return &capture.Error{Code: capture.Invalid, Field: "count", Message: fmt.Sprintf("Enter how many forms to print, from 1 to %d", MaxForms)}
	}
	disease, ok := forms.Catalogue.Disease(forms.Disease)
	if !ok || forms.On.IsZero() {
		return &capture.Error{Code: capture.Invalid, Field: "disease", Message: "Choose the day and what the forms are for"}
	}
	layout := layout{
		title: "Paper form: " + disease.Vaccine, about: place(forms.Clinic.Site) + " · " + forms.On.Plain(), confidential: true,
		number: FormNumber(forms.Clinic.Site, forms.On, forms.First),
	}
	return write(w, layout, issue, func(p *page) {
		for i := range forms.Count {
			if i > 0 {
				p.number, p.sheet = FormNumber(forms.Clinic.Site, forms.On, forms.First+i), 0
				p.next()
			}
			form{p, forms, disease, forms.Catalogue.At(forms.On)}.draw()
		}
	})
}

// form is one blank form in work.
type form struct {
	*page
	forms   Forms
	disease catalogue.Disease
	edition *catalogue.Edition
}

func (f form) draw() {
	f.person()
	f.status()
	f.dose()
	f.screening()
	f.consent()
	f.give()
	f.notGiven()
	f.afterwards()
}

func (f form) person() {
	f.heading("Is this the right person?", 30)
	f.blanks(blank{"Last name", 1}, blank{"First names", 1})
	f.blanks(blank{"Date of birth (day month year)", 1}, blank{"NHS number", 1.2}, blank{"Postcode", 0.8})
	f.blanks(blank{"First line of the address", 1.4}, blank{"GP practice", 1})
	f.ticks("Gender", labels(f.edition.Genders(), func(c catalogue.Code) string { return c.Label }))
	f.ticks("", []string{"The person said their full name and date of birth, and they match"})
}

func (f form) status() {
	f.heading("Earlier doses of "+f.disease.Vaccine, 14)
	f.ticks("Have they had any, here or abroad?", []string{"No", "Yes", "They do not know"})
	f.blanks(blank{"Vaccine", 1.2}, blank{"Date", 0.8}, blank{"Vaccine", 1.2}, blank{"Date", 0.8})
}

func (f form) dose() {
	f.heading("Why are they offered it?", 14)
	var reasons []string
	for _, reason := range f.edition.Eligibilities() {
		if reason.Disease == "" || reason.Disease == f.disease.Key {
			reasons = append(reasons, reason.Label)
		}
	}
	f.ticks("", reasons)
	f.heading("Which dose is due?", 8)
	f.ticks("", labels(f.forms.Catalogue.Kinds(f.disease.Key), func(k catalogue.Kind) string { return k.Label }))
}

func (f form) screening() {
	set := f.edition.QuestionSet(f.disease.Key)
	if len(set.Questions) == 0 {
		return
	}
	f.heading("Clinical screening", 20)
	f.paragraph("Ask each question and tick one answer. What is not ticked counts as not asked.", "", smallSize, grey)
	for _, question := range set.Questions {
		f.question(question)
	}
	f.blanks(blank{"Screened by", 1}, blank{"Registration number", 1}, blank{"Time", 0.4})
}

// question writes a question with its three boxes, and below it what a yes asks for.
func (f form) question(question catalogue.Question) {
	const answers = 52.0
	f.letters("", smallSize+0.5, black)
	lines := f.wrap(question.ID+" "+question.Text, f.width()-answers-3)
	follow := followUps(question)
	f.letters("", smallSize-0.5, grey)
	more := f.wrap(follow, f.width()-8)
	if follow == "" {
		more = nil
	}
	small := f.lineHeight()
	f.letters("", smallSize+0.5, black)
	height := float64(len(lines))*f.lineHeight() + float64(len(more))*small + 1
	f.room(height)
	f.letters("", smallSize+0.5, black)
	for i, line := range lines {
		f.write(margin, f.y+float64(i)*f.lineHeight(), line)
	}
	x := margin + f.width() - answers
	for i, answer := range []string{"Yes", "No", "Not known"} {
		f.box(x+float64(i)*15, f.y, answer)
	}
	f.y += float64(len(lines)) * f.lineHeight()
	f.letters("", smallSize-0.5, grey)
	for _, line := range more {
		f.write(margin+7, f.y, line)
		f.y += small
	}
	f.y += 0.6
	f.line(margin, f.y, margin+f.width(), faint, 0.2)
	f.y += 0.4
}

// followUps is what is asked after a yes, with boxes for choices and a line for everything else.
func followUps(question catalogue.Question) string {
	var parts []string
	for _, follow := range question.FollowUps {
		part := strings.TrimSuffix(follow.Text, ".")
		switch follow.Kind {
		case "choice":
			for _, option := range follow.Options {
				part += " □ " + option.Label
			}
		case "yesno":
			part += " □ Yes □ No □ Not known"
		default:
			part += " ____________________"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " • ")
}

func (f form) consent() {
	f.heading("Who agreed to the vaccination?", 24)
	f.ticks("", labels(f.edition.Consents(), func(c catalogue.Consent) string { return c.Label }))
	f.blanks(blank{"Name, when not the patient", 1.2}, blank{"How they are related to the patient", 1}, blank{"Clinician responsible for the consent", 1.2})
}

func (f form) give() {
	f.heading("Give the vaccine", 40)
	if mechanism, ok := f.edition.LegalMechanism(f.forms.Clinic.LegalMechanism); ok {
		f.paragraph("Legal mechanism: "+mechanism.Label, "", bodySize, black)
	}
	var batches []string
	for _, stock := range f.forms.Stock {
		if stock.Product.Disease != f.disease.Key {
			continue
		}
		batches = append(batches, fmt.Sprintf("%s, batch %s, use by %s%s", stock.Product.Name, stock.Batch.Number, stock.Batch.UseBy(stock.Product).Plain(), f.usual(stock.Product)))
	}
	f.ticks("", batches)
	f.blanks(blank{"Another vaccine", 1.2}, blank{"Batch", 1}, blank{"Expiry date", 0.8})
	f.ticks("Where was it given?", labels(f.edition.Sites(), func(c catalogue.Code) string { return c.Label }))
	f.ticks("Route", labels(f.edition.Routes(), func(c catalogue.Code) string { return c.Label }))
	f.blanks(blank{"Dose in millilitres", 0.7}, blank{"Time", 0.5}, blank{"Who gave it?", 1.3}, blank{"Prepared by, when another", 1.3})
}

// usual is the amount of a dose, where every kind of dose has the same.
func (f form) usual(product catalogue.Product) string {
	amount := ""
	for _, kind := range f.forms.Catalogue.KindKeys(f.disease.Key) {
		switch usual := product.Amount(kind); {
		case usual == "" || usual == amount:
		case amount != "":
			return ""
		default:
			amount = usual
		}
	}
	if amount == "" {
		return ""
	}
	return ", dose " + amount + " ml"
}

func (f form) notGiven() {
	f.heading("Vaccine not given", 14)
	var kind catalogue.DoseKind
	if kinds := f.forms.Catalogue.KindKeys(f.disease.Key); len(kinds) > 0 {
		kind = kinds[0]
	}
	f.ticks("", labels(f.edition.NotGivenChoices(kind), func(c catalogue.NotGivenChoice) string { return c.Label }))
	f.blanks(blank{"Not before (day month year)", 0.8}, blank{"Notes", 2})
}

func (f form) afterwards() {
	f.heading("Afterwards", 24)
	f.ticks("", []string{"Leaflet and record card given", "Observed", "Left early", "Reaction: use the reaction form"})
	f.blanks(blank{"Observed until", 0.7}, blank{"Next dose due", 0.9}, blank{"Written by", 1.3})
	f.blanks(blank{"Keyed in by", 1.3}, blank{"On (day and time)", 1})
}

func labels[T any](all []T, label func(T) string) []string {
	var texts []string
	for _, one := range all {
		texts = append(texts, label(one))
	}
	return texts
}
