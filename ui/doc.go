// Package ui is the window: the screens of the desk and the way between them.
//
// It must hold no rule. A screen asks capture.Desk, shows the answer and hands back what was typed; what may be sent and
// when is the business of the Deliveries it is given.
package ui
