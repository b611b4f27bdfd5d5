// Package gs1 turns what a scanner types into values: the GS1 DataMatrix of a vaccine pack into GTIN, batch, expiry and
// serial number, and a person's code into an NHS number or a booking reference.
//
// It guesses nothing: a code that can be read in two ways is refused with the cure, because a wrong batch is worse than a
// batch that has to be typed. It is pure, with no clock and no file, and knows nothing of the rest of the program: the
// day is handed in, and what comes out are plain values.
package gs1
