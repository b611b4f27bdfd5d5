package ui

import (
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// offer is a vaccine that the clinic can give today.
type offer struct {
	product catalogue.Product
	batches []capture.Batch // usable today; none for a vaccine that was chosen although no batch is here
}

// offersOf lists the vaccines with a batch that may be used, the vaccine of the clinic and the one that is planned.
func offersOf(ctx ctx, desk *capture.Desk, plan capture.Plan) ([]offer, error) {
	clinic, _ := desk.Clinic()
	var offers []offer
	for _, product := range desk.Edition().Products() {
		batches, err := desk.Batches(ctx, product.Key)
		if err != nil {
			return nil, err
		}
		if len(batches) > 0 || product.Key == clinic.Product || product.Key == plan.Product {
			offers = append(offers, offer{product, batches})
		}
	}
	return offers, nil
}

// diseases are what the clinic can protect from, the one that is planned among them.
func (f facts) diseases(planned string) []catalogue.Disease {
	return slices.DeleteFunc(f.catalogue.Diseases(), func(disease catalogue.Disease) bool {
		return disease.Key != planned && !slices.ContainsFunc(f.offers, func(o offer) bool { return o.product.Disease == disease.Key })
	})
}

// diseaseRadios ask which of several diseases.
func diseaseRadios(diseases []catalogue.Disease) *form.Radios {
	var options []form.Option
	for _, disease := range diseases {
		options = append(options, form.Option{Value: disease.Key, Label: disease.Label})
	}
	return form.NewRadiosAcross(options...).Dense()
}

// productOptions are the vaccines against a disease that the clinic has; with all also those without a batch here.
func (f facts) productOptions(disease string, all bool) []form.Option {
	var options []form.Option
	for _, product := range f.edition.Products() {
		if product.Disease != disease {
			continue
		}
		here := slices.ContainsFunc(f.offers, func(o offer) bool { return o.product.Key == product.Key })
		if all || here {
			options = append(options, form.Option{Value: product.Key, Label: productLabel(product)})
		}
	}
	return options
}
