package main

import (
	"fmt"

	"deltoid/export"
)

// deliveryView is one file on its way, as the ledger has it and in words.
type deliveryView struct {
	export.Delivery
	Words string `json:"words"`
}

func viewDelivery(d export.Delivery) deliveryView { return deliveryView{d, deliveryWords(d)} }

func (v deliveryView) text(p *page) {
	p.line("%s\t%s\t%s", v.FileName, counted(v.Rows, "row", "rows"), v.Words)
}

// deliveryWords say where a file is. Only what MESH said makes it accepted or collected.
func deliveryWords(d export.Delivery) string {
	since := " at " + clockTime(d.ChangedAt)
	var words string
	switch d.State {
	case export.Built:
		words = "kept here since " + clockTime(d.BuiltAt) + ", not sent yet"
	case export.Sending:
		words = "being sent; not known yet whether MESH has it"
	case export.Accepted:
		words = "accepted by MESH" + since + " as message " + d.MessageID + ", not collected yet"
	case export.Collected:
		words = "collected by the receiver" + since + answered(d)
	case export.Refused:
		words = "refused" + since
	case export.Held:
		words = "stopped by somebody" + since
	default:
		words = string(d.State)
	}
	switch {
	case resent(d):
		words += "; its rows go in a later file"
	case d.Problem != "":
		words += ". " + d.Problem
	case withClient(d):
		words += ". The MESH client has it and has not said yet that MESH took it"
	case d.ProblemCode != "" && waits(d.State):
		words += ". MESH could not be reached"
	}
	// Asking again whether a file was collected is routine and nobody waits for it.
	if !d.NextAttempt.IsZero() && waits(d.State) && (d.State != export.Accepted || d.Problem != "") {
		words += ". Next try at " + clockTime(d.NextAttempt)
	}
	return words
}

// withClient tells whether the MESH client program has a file that MESH may not have.
func withClient(d export.Delivery) bool {
	return d.State == export.Sending && d.ProblemCode == "handed" && d.Problem == ""
}

// waits tells whether the courier still has something to do for a file.
func waits(state export.State) bool {
	return state == export.Built || state == export.Sending || state == export.Accepted
}

// resent tells whether the rows of a refused file were put back among those that wait: nothing is left to do about it.
func resent(d export.Delivery) bool { return d.State == export.Refused && d.ProblemCode == "released" }

// overviewView says what exists only on this device.
type overviewView struct {
	export.Overview
	NotSent int `json:"notSent"`
}

func viewOverview(o export.Overview) overviewView { return overviewView{o, o.NotSent()} }

func (v overviewView) text(p *page) {
	if v.NotSent == 0 {
		p.line("Nothing is only on this device.")
		return
	}
	text := fmt.Sprintf("%s only on this device: %d waiting for a file", counted(v.NotSent, "record is", "records are"), v.Waiting)
	if v.Held > 0 {
		text += fmt.Sprintf(" (%d of them held back)", v.Held)
	}
	if inFiles := v.NotSent - v.Waiting; inFiles > 0 {
		text += fmt.Sprintf(", %d in files that MESH has not accepted", inFiles)
	}
	p.line("%s.", text)
	if !v.Oldest.IsZero() {
		p.line("The oldest has waited since %s.", clockTime(v.Oldest))
	}
}

// answered says what the receiver has said of the rows.
func answered(d export.Delivery) string {
	switch {
	case d.Answer == nil:
		return ""
	case d.Complete() && d.Answer.Rejected == 0:
		return ", every row accepted"
	case d.Answer.Unsaid > 0 && d.Answer.Rejected == 0:
		return fmt.Sprintf(", %s not confirmed", counted(d.Answer.Unsaid, "row", "rows"))
	}
	return fmt.Sprintf(", %s rejected, %d not confirmed", counted(d.Answer.Rejected, "row", "rows"), d.Answer.Unsaid)
}
