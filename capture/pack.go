package capture

import (
	"context"
	"slices"
	"time"

	"deltoid/assets/catalogue"
)

// Pack binds the number on a vaccine's packs to its product, where the catalogue does not know it.
type Pack struct {
	GTIN    string    `json:"gtin"`    // 14 digits
	Product string    `json:"product"` // key in the catalogue
	BoundBy string    `json:"boundBy"` // staff id
	BoundAt time.Time `json:"boundAt"`
}

// ProductOfPack is the product whose packs carry a number (GTIN); NotFound when nobody has said it yet.
func (d *Desk) ProductOfPack(ctx context.Context, gtin string) (catalogue.Product, error) {
	packs, err := d.Store.Packs(ctx)
	if err != nil {
		return catalogue.Product{}, err
	}
	i := slices.IndexFunc(packs, func(p Pack) bool { return p.GTIN == gtin })
	if i >= 0 {
		if product, ok := d.Edition().Product(packs[i].Product); ok {
			return product, nil
		}
	}
	return catalogue.Product{}, &Error{Code: NotFound, Field: "gtin", Message: "The product number of this pack is not known here. An administrator can say once which vaccine it is on. Meanwhile choose or type the batch by the box"}
}

// BindPack says once which product's packs carry a number. Only an administrator may; a number that is bound already is a Conflict.
func (d *Desk) BindPack(ctx context.Context, gtin, product string) (Pack, error) {
	if !d.User().Admin {
		return Pack{}, &Error{Code: Forbidden, Field: "gtin", Message: "Ask an administrator to say which vaccine this pack is. Meanwhile type the batch and the expiry date from the box"}
	}
	if row, ok := d.Edition().Product(product); !ok || !row.Offered {
		return Pack{}, &Error{Code: Invalid, Field: "product", Message: "Choose the vaccine that is in the pack"}
	}
	if len(gtin) != 14 || !onlyDigits(gtin) {
		return Pack{}, &Error{Code: Invalid, Field: "gtin", Message: "Scan the square code on the pack: its product number has 14 digits"}
	}
	if known, err := d.ProductOfPack(ctx, gtin); err == nil {
		return Pack{}, &Error{Code: Conflict, Field: "gtin", Message: "This product number is already that of " + known.Name}
	} else if !IsNotFound(err) {
		return Pack{}, err
	}
	pack := Pack{GTIN: gtin, Product: product, BoundBy: d.User().ID, BoundAt: d.Now().UTC()}
	return pack, d.Store.SavePack(ctx, pack, d.entry("pack.bind", "pack/"+gtin, ""))
}
