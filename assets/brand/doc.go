// Package brand holds the icon and the typeface, embedded in the binary.
//
// It hands out bytes and knows nothing of the toolkit that draws them. Arimo is an open face with the
// metrics of Arial, so that text takes the same room on every platform.
package brand
