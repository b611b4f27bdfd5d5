package catalogue

import "slices"

func (l *loader) loadProducts(c *content) {
	var keys, amps spans
	for _, r := range l.read("products.csv", "from", "to", "key", "amp", "vmp", "term", "name", "brand", "manufacturer", "disease", "platform",
		"strength", "cap", "age_min", "age_max", "dose_ml", "booster_ml", "booster_ok", "primary_doses", "route", "min_interval", "recommended",
		"thaw_days", "in_use_hours", "offered", "source", "confidence") {
		product := l.product(r)
		l.checkOffer(r, c, product)
		keys.check(r, "key", product.Key, product.Span)
		amps.check(r, "amp", product.AMP, product.Span)
		c.products = append(c.products, product)
	}
	l.loadPacks(c)
}

// Platforms of vaccines; rules speak of them.
var platforms = []string{"mRNA", "AZ", "NVX", "other", "LAIV", "QIVe", "QIVc", "QIVr", "aQIV", "MMR"}

func (l *loader) product(r row) Product {
	return Product{
		Span: r.span(), Key: r.key("key"), AMP: l.snomed(r, "amp"), VMP: l.snomed(r, "vmp"), Term: r.text("term"), Name: r.text("name"),
		Brand: r.text("brand"), Manufacturer: r.text("manufacturer"), Disease: l.disease(r),
		Platform: r.oneOf("platform", platforms...), Strength: r.optional("strength"), Cap: r.optional("cap"),
		AgeMin: r.optionalNumber("age_min"), AgeMax: r.optionalNumber("age_max"),
		DoseML: r.optionalDecimal("dose_ml"), BoosterML: r.optionalDecimal("booster_ml"), BoosterOK: r.yes("booster_ok"),
		PrimaryDoses: r.number("primary_doses"), Route: r.optional("route"),
		MinInterval: r.optionalNumber("min_interval"), Recommended: r.optionalNumber("recommended"),
		ThawDays: r.optionalNumber("thaw_days"), InUseHours: r.optionalNumber("in_use_hours"), Offered: r.yes("offered"),
		Source: l.source(r), Confidence: r.confidence(),
	}
}

// checkOffer makes sure that a product the desk can give says everything the desk needs to give it.
func (l *loader) checkOffer(r row, c *content, product Product) {
	if product.AgeMax != 0 && product.AgeMax < product.AgeMin {
		r.fault("age_max", "the oldest age is below the youngest", "exchange the two ages or leave age_max empty")
	}
	if !slices.Contains([]int{1, 2}, product.PrimaryDoses) {
		r.fault("primary_doses", "a primary course has one or two doses", "write 1 or 2")
	}
	if product.Route != "" && !hasKey(c.routes, product.Route) {
		r.fault("route", quoted(product.Route)+" is no route", "use a key from routes.csv")
	}
	if !product.Offered {
		return
	}
	for _, column := range []string{"strength", "age_min", "dose_ml", "route"} {
		r.text(column)
	}
	if product.PrimaryDoses == 2 && product.MinInterval == 0 {
		r.fault("min_interval", "an offered course of two doses has no minimum interval", "write the licence's minimum in days")
	}
}

func (l *loader) loadPacks(c *content) {
	var codes spans
	for _, r := range l.read("packs.csv", "from", "to", "code", "product", "doses", "source", "confidence") {
		pack := Pack{Span: r.span(), Code: l.snomed(r, "code"), Product: r.key("product"), Doses: r.number("doses"), Source: l.source(r), Confidence: r.confidence()}
		l.checkProducts(r, c, "product", pack.Product)
		codes.check(r, "code", pack.Code, pack.Span)
		c.packs = append(c.packs, pack)
	}
}

// checkProducts makes sure that every product key exists.
func (l *loader) checkProducts(r row, c *content, column string, keys ...string) {
	for _, key := range keys {
		if _, ok := find(c.products, func(p Product) bool { return p.Key == key }); !ok {
			r.fault(column, quoted(key)+" is no product", "use a key from products.csv")
		}
	}
}

func (l *loader) kind(r row, allowed []DoseKind) DoseKind {
	words := make([]string, len(allowed))
	for i, kind := range allowed {
		words[i] = string(kind)
	}
	return DoseKind(r.oneOf("kind", words...))
}
