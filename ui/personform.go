package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// personForm is the fields of a person's details, for somebody new and for corrections.
type personForm struct {
	forename, surname, postcode, address *form.Entry
	number                               *form.Entry
	born                                 *form.DateEntry
	gender                               *form.Radios
	fields                               map[string]*form.Field
	order                                []string
}

func newPersonForm(edition *catalogue.Edition, person capture.Person) *personForm {
	f := &personForm{
		forename: form.NewEntry().SetColumns(28), surname: form.NewEntry().SetColumns(28),
		postcode: form.NewEntry().SetColumns(10), address: form.NewEntry().SetColumns(34),
		number: form.NewNHSNumberEntry(nil), born: form.NewDateEntry(),
	}
	f.forename.SetText(person.Forename)
	f.surname.SetText(person.Surname)
	f.postcode.SetText(person.Postcode)
	f.address.SetText(person.Address)
	f.number.SetText(person.NHSNumber.Display())
	if !person.BirthDate.IsZero() {
		f.born.SetDate(person.BirthDate)
	}
	var genders []form.Option
	for _, gender := range edition.Genders() {
		genders = append(genders, form.Option{Value: gender.Code, Label: gender.Label})
	}
	f.gender = form.NewRadiosAcross(genders...)
	f.gender.SetSelected(person.Gender)
	f.fields = map[string]*form.Field{
		"forename":  form.NewField("First names", "", f.forename),
		"surname":   form.NewField("Last name", "", f.surname),
		"birthDate": form.NewField("Date of birth", "For example, 27 3 1986", f.born),
		"nhsNumber": form.NewField("NHS number", "10 digits. Leave empty if it is not known", f.number),
		"gender":    form.NewField("Gender", "", f.gender),
		"postcode":  form.NewField("Postcode", "No fixed address: ZZ99 3VZ. Not known: ZZ99 3WZ", f.postcode),
		"address":   form.NewField("First line of the address", "", f.address),
	}
	f.order = []string{"forename", "surname", "birthDate", "nhsNumber", "gender", "postcode", "address"}
	return f
}

func (f *personForm) object() fyne.CanvasObject {
	return form.VStack(14,
		form.Columns(24, nil, f.fields["forename"], f.fields["surname"]),
		form.Columns(24, nil, f.fields["birthDate"], f.fields["nhsNumber"]),
		f.fields["gender"],
		form.Columns(24, nil, f.fields["postcode"], f.fields["address"]),
	)
}

func (f *personForm) first() fyne.Focusable { return f.forename }

// person is what was typed over what was known; date faults come as messages of the date boxes.
func (f *personForm) person(known capture.Person) (capture.Person, error) {
	known.Forename, known.Surname = f.forename.Text, f.surname.Text
	known.Postcode, known.Address = f.postcode.Text, f.address.Text
	known.Gender = f.gender.Selected()
	known.NHSNumber = capture.NHSNumber(f.number.Text)
	var err error
	known.BirthDate, err = f.born.Date()
	return known, err
}

// faults lists every fault in the order of the fields, each with its field.
func (f *personForm) faults(problems capture.Problems, dateFault error) []form.Fault {
	messages := map[string]string{}
	for _, problem := range problems {
		messages[problem.Field] = problem.Message
	}
	if dateFault != nil {
		messages["birthDate"] = dateFault.Error()
	}
	var faults []form.Fault
	for _, name := range f.order {
		if messages[name] != "" {
			faults = append(faults, form.Fault{Message: messages[name], Target: f.fields[name]})
			delete(messages, name)
		}
	}
	for _, message := range messages {
		faults = append(faults, form.Fault{Message: message})
	}
	return faults
}
