package form_test

import (
	"testing"

	"deltoid/ui/form"
)

func TestPanel_SaysWordAndReasons(t *testing.T) {
	dress(t)
	panel := form.NewPanel(form.PanelDefer, "Too early.", form.Reason{Sentence: "At least 91 days."}).
		SetWord("Defer until 3 June 2022")
	if got := panel.AccessibilityLabel(); got != "Defer until 3 June 2022. Too early. At least 91 days." {
		t.Errorf("read out as %q", got)
	}
	panel.Set(form.PanelStop, "Do not give this vaccine.")
	if panel.Word() != "Do not give" || panel.Kind() != form.PanelStop || len(panel.Reasons()) != 0 {
		t.Errorf("got %q, %d", panel.Word(), panel.Kind())
	}
}
