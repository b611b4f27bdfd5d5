package catalogue

import "slices"

func (l *loader) loadIngredients(c *Catalogue) {
	for _, r := range l.read("ingredients.csv", "key", "label", "source", "confidence") {
		ingredient := Ingredient{Key: r.key("key"), Label: r.text("label"), Source: l.source(r), Confidence: r.confidence()}
		if slices.Contains(l.ingredients, ingredient.Key) {
			r.fault("key", quoted(ingredient.Key)+" is there twice", "give each ingredient its own key")
		}
		c.ingredients = append(c.ingredients, ingredient)
		l.ingredients = append(l.ingredients, ingredient.Key)
	}
}

func (l *loader) loadProducts(c *content) {
	var keys, amps spans
	for _, r := range l.read("products.csv", "from", "to", "key", "amp", "vmp", "term", "name", "brand", "manufacturer", "disease", "platform",
		"strength", "cap", "contains", "age_min", "age_max", "dose_ml", "booster_ml", "booster_ok", "primary_doses", "route", "min_interval", "recommended",
		"thaw_days", "in_use_hours", "offered", "source", "confidence") {
		product := l.product(r)
		l.checkOffer(r, c, product)
		keys.check(r, "key", product.Key, product.Span)
		if product.AMP != "" {
			amps.check(r, "amp", product.AMP, product.Span)
		}
		c.products = append(c.products, product)
	}
	l.loadPacks(c)
}

// Platforms of vaccines; rules speak of them.
var platforms = []string{"mRNA", "AZ", "NVX", "other", "LAIV", "QIVe", "QIVc", "QIVr", "aQIV", "MMR"}

func (l *loader) product(r row) Product {
	youngest, _ := r.age("age_min")
	oldest := r.oldest("age_max")
	return Product{
		Span: r.span(), Key: r.key("key"), AMP: l.snomedOrUnknown(r, "amp"), VMP: l.snomedOrUnknown(r, "vmp"), Term: r.text("term"), Name: r.text("name"),
		Brand: r.text("brand"), Manufacturer: r.text("manufacturer"), Disease: l.disease(r),
		Platform: r.oneOf("platform", platforms...), Strength: r.optional("strength"), Cap: r.optional("cap"),
		Contains: l.contains(r), AgeMin: youngest / 12, AgeMax: oldest / 12, AgeMinMonths: youngest, AgeMaxMonths: oldest,
		DoseML: r.optionalDecimal("dose_ml"), BoosterML: r.optionalDecimal("booster_ml"), BoosterOK: r.yes("booster_ok"),
		PrimaryDoses: r.number("primary_doses"), Route: r.optional("route"),
		MinInterval: r.optionalNumber("min_interval"), Recommended: r.optionalNumber("recommended"),
		ThawDays: r.optionalNumber("thaw_days"), InUseHours: r.optionalNumber("in_use_hours"), Offered: r.yes("offered"),
		Source: l.source(r), Confidence: r.confidence(),
	}
}

func (l *loader) contains(r row) []string {
	keys := r.list("contains")
	for _, key := range keys {
		if !slices.Contains(l.ingredients, key) {
			r.fault("contains", quoted(key)+" is no ingredient", "use keys from ingredients.csv")
		}
	}
	return keys
}

// checkOffer makes sure that a product the desk can give says everything the desk needs to give it.
func (l *loader) checkOffer(r row, c *content, product Product) {
	if product.AgeMaxMonths != 0 && product.AgeMaxMonths < product.AgeMinMonths {
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
