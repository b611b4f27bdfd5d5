package cohort

// Field is something that a column of a list can be.
type Field string

// The fields. A list needs a date of birth and either both names or the full name.
const (
	NHSNumber       Field = "nhsNumber"
	Surname         Field = "surname"
	Forename        Field = "forename"
	FullName        Field = "fullName" // both names in one column: SMITH, Jo
	BirthDate       Field = "birthDate"
	Gender          Field = "gender"
	Postcode        Field = "postcode"
	Address         Field = "address"
	Practice        Field = "practice"
	AppointmentDate Field = "appointmentDate" // may hold the time as well
	AppointmentTime Field = "appointmentTime"
	Reference       Field = "reference" // of the booking
)

// Fields are all fields in the order of the mapping screen.
var Fields = []Field{NHSNumber, Surname, Forename, FullName, BirthDate, Gender, Postcode, Address, Practice, AppointmentDate, AppointmentTime, Reference}

var labels = map[Field]string{
	NHSNumber: "NHS number", Surname: "Last name", Forename: "First name", FullName: "Full name", BirthDate: "Date of birth",
	Gender: "Gender", Postcode: "Postcode", Address: "First line of the address", Practice: "GP practice",
	AppointmentDate: "Day of the appointment", AppointmentTime: "Time of the appointment", Reference: "Booking reference",
}

// Label is what the mapping screen calls the field.
func (f Field) Label() string { return labels[f] }
