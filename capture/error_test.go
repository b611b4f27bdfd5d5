package capture_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func TestProblemsKeepTheirFieldsWhenAPartIsNamed(t *testing.T) {
	var part, whole capture.Problems
	part.Add("birthDate", "Enter the date of birth")
	whole.AddAll("person", part)
	assert.Equal(t, "person.birthDate", whole[0].Field)
	assert.Equal(t, "birthDate", part[0].Field, "the part itself must not change")
	assert.Equal(t, "person.birthDate: Enter the date of birth", whole.Error())
}

func TestErrorsAreFoundThroughWrapping(t *testing.T) {
	cause := &capture.Error{Code: capture.Environment, Message: "the disk is full", Err: io.ErrShortWrite}
	wrapped := fmt.Errorf("save event: %w", cause)
	assert.Equal(t, capture.Environment, capture.CodeOf(wrapped))
	require.ErrorIs(t, wrapped, io.ErrShortWrite)
	assert.Len(t, capture.ProblemsOf(wrapped), 1)
	assert.Empty(t, capture.CodeOf(errors.New("somebody else's")))
	assert.NoError(t, capture.Problems(nil).Err())
}
