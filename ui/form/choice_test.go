package form

import "testing"

func TestChoice_MovingChoosesNothing(t *testing.T) {
	c := newChoice(3)
	c.enter()
	c.move(1)
	if c.selected != -1 || c.at != 1 || !c.pending() {
		t.Errorf("after a move: %+v", c)
	}
	if !c.pick(c.at) || c.selected != 1 || c.pending() {
		t.Errorf("after choosing: %+v", c)
	}
}

func TestChoice_StopsAtTheEnds(t *testing.T) {
	c := newChoice(3)
	c.move(-1)
	if c.at != 0 {
		t.Errorf("ring at %d, want 0", c.at)
	}
	c.move(9)
	if c.at != 2 {
		t.Errorf("ring at %d, want 2", c.at)
	}
}

func TestChoice_PickOutsideChangesNothing(t *testing.T) {
	c := newChoice(3)
	if c.pick(3) || c.pick(-1) || c.selected != -1 {
		t.Errorf("got %+v", c)
	}
	c.pick(0)
	if c.pick(0) {
		t.Error("choosing the same again is a change")
	}
}

func TestChoice_EnterForgetsAnOldMove(t *testing.T) {
	c := newChoice(3)
	c.pick(2)
	c.move(-2)
	c.enter()
	if c.at != 2 || c.pending() {
		t.Errorf("got %+v", c)
	}
}

func TestDigit(t *testing.T) {
	for letter, want := range map[rune]int{'1': 0, '9': 8, '0': -1, 'a': -1} {
		if got := digit(letter); got != want {
			t.Errorf("%q: got %d, want %d", letter, got, want)
		}
	}
}
