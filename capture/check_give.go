package capture

import (
	"strconv"
	"strings"
)

func (r room) checkGive(faults *Problems, encounter Encounter) {
	give := encounter.Give
	product, _ := r.edition.Product(encounter.Plan.Product)
	batch, ok := r.batch(give.BatchID)
	switch {
	case !ok:
		faults.Add("give.batchId", "Choose the batch")
	case batch.Product != encounter.Plan.Product:
		faults.Add("give.batchId", "Choose a batch of "+product.Name+": this one is of another vaccine")
	}
	if give.VialOpenedAt.After(encounter.When(r.now)) {
		faults.Add("give.vialOpenedAt", "The vial was opened before the dose: correct the time")
	}
	if _, ok := r.edition.Site(give.BodySite); !ok {
		faults.Add("give.bodySite", "Choose where the injection was given")
	}
	if _, ok := r.edition.Route(give.Route); !ok {
		faults.Add("give.route", "Choose the route")
	}
	if !decimalAmount(give.AmountML) {
		faults.Add("give.amountMl", "Enter the dose in millilitres, for example "+product.Amount(encounter.Plan.Kind))
	}
}

// decimalAmount tells whether text is a positive decimal with at most four places, as extracts carry it.
func decimalAmount(text string) bool {
	whole, places, _ := strings.Cut(text, ".")
	if whole == "" || len(whole) > 3 || len(places) > 4 || !onlyDigits(whole) || !onlyDigits(places) || strings.HasSuffix(text, ".") {
		return false
	}
	value, err := strconv.ParseFloat(text, 64)
	return err == nil && value > 0
}
