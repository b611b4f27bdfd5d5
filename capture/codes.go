package capture

import "deltoid/assets/catalogue"

// DoseFromCodes reads an earlier dose told in codes, as files and histories hold them: the procedure (SNOMED CT) and the
// product (dm+d AMP or AMPP). The codes count, their terms are not looked at: terms change. A withdrawn code is Refused
// (field procedure or product); a product that the catalogue does not know gives a dose without one, because it counts for
// the interval all the same.
func DoseFromCodes(c *catalogue.Catalogue, day Date, procedure, product Coded) (Dose, error) {
	var faults Problems
	for _, told := range []struct{ field, code string }{{"procedure", procedure.Code}, {"product", product.Code}} {
		if old, withdrawn := c.Withdrawn(told.code); withdrawn {
			faults.refuse(told.field, "Code "+old.Code+" ("+old.Term+") is withdrawn and must not be used. Ask the sender for the code that replaced it")
		}
	}
	if err := faults.Err(); err != nil {
		return Dose{}, err
	}
	edition := c.At(day)
	dose := Dose{Date: day}
	known, ok := edition.ProductByAMP(product.Code)
	if !ok {
		known, ok = edition.ProductByPack(product.Code)
	}
	if ok {
		dose.Product, dose.Disease = known.Key, known.Disease
	}
	for _, disease := range c.Diseases() {
		for _, kind := range c.KindKeys(disease.Key) {
			code, found := edition.Procedure(kind, known.Platform)
			if found && code.Code == procedure.Code && dose.Kind == "" && (dose.Disease == "" || dose.Disease == disease.Key) {
				dose.Kind, dose.Disease = kind, disease.Key
			}
		}
	}
	return dose, nil
}
