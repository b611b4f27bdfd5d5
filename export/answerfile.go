package export

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"deltoid/capture"
)

// The receiver answers a file in two files: one about the file as a whole (InfAck) and, when that was taken, one about
// its rows (BusAck). Both are known from version 5 only.
var (
	fileAnswerColumns = strings.Split("MESSAGE_HEADER_ID HEADER_RESPONSE_CODE ISSUE_SEVERITY ISSUE_CODE ISSUE_DETAILS_CODE RESPONSE_TYPE RESPONSE_CODE RESPONSE_DISPLAY RECEIVED_TIME MAILBOX_FROM LOCAL_ID MESSAGE_DELIVERY", " ")
	rowAnswerColumns  = strings.Split("MESSAGE_HEADER_ID HEADER_RESPONSE_CODE ISSUE_SEVERITY ISSUE_CODE ISSUE_DETAILS_CODE RESPONSE_TYPE RESPONSE_CODE RESPONSE_DISPLAY RECEIVED_TIME MAILBOX_FROM LOCAL_ID IMMS_ID OPERATION_OUTCOME MESSAGE_DELIVERY", " ")
)

// What an accepted file and an accepted row say in RESPONSE_CODE.
const (
	fileTaken   = "20013"
	rowAccepted = "30001"
)

// FileAnswer is what the receiver says of a file as a whole.
type FileAnswer struct {
	Taken   bool
	Code    string // RESPONSE_CODE
	Display string
	At      time.Time
}

// RowAnswer is what the receiver says of one row.
type RowAnswer struct {
	Row         int    // of data, from 1; 0 when it does not say
	ID, URI     string // key of the record; empty when it does not say
	Accepted    bool
	Diagnostics string // in the receiver's words; it may repeat a value of the row, so it is never logged
}

// ReadFileAnswer reads an InfAck.
func ReadFileAnswer(content io.Reader) (FileAnswer, error) {
	var answer FileAnswer
	rows := 0
	err := readAnswer(content, fileAnswerColumns, func(cell func(string) string) error {
		rows++
		answer.Code, answer.Display = cell("RESPONSE_CODE"), cell("RESPONSE_DISPLAY")
		// Every sign must be good: a contradiction is no success.
		answer.Taken = cell("HEADER_RESPONSE_CODE") == "Success" && answer.Code == fileTaken && strings.EqualFold(cell("MESSAGE_DELIVERY"), "True")
		answer.At, _ = parseStamp(cell("RECEIVED_TIME"))
		return nil
	})
	if err == nil && rows != 1 {
		err = answerFault("An answer about a file has one row; this one has " + strconv.Itoa(rows))
	}
	return answer, err
}

// ReadRowAnswers reads a BusAck row by row, however long it is.
func ReadRowAnswers(content io.Reader, take func(RowAnswer) error) error {
	return readAnswer(content, rowAnswerColumns, func(cell func(string) string) error {
		answer := RowAnswer{
			Accepted:    cell("HEADER_RESPONSE_CODE") == "OK" && cell("RESPONSE_CODE") == rowAccepted && strings.EqualFold(cell("MESSAGE_DELIVERY"), "True"),
			Diagnostics: oneLine(cell("OPERATION_OUTCOME")),
		}
		if _, row, found := strings.Cut(cell("MESSAGE_HEADER_ID"), "^"); found {
			answer.Row = max(number(row), 0)
		}
		answer.ID, answer.URI, _ = strings.Cut(cell("LOCAL_ID"), "^")
		if answer.Row == 0 && answer.ID == "" {
			return answerFault("A row of the answer names neither a row of the file nor a record")
		}
		return take(answer)
	})
}

func readAnswer(content io.Reader, columns []string, take func(cell func(string) string) error) error {
	reader := csv.NewReader(bufio.NewReader(content))
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = '|', len(columns), true
	places := map[string]int{}
	for i, name := range columns {
		places[name] = i
	}
	for line := 0; ; line++ {
		row, err := reader.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF) && line == 0:
			return answerFault("The answer is empty: not even its header is there")
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &parse):
			return answerFault(fmt.Sprintf("Line %d of the answer is not as it must be: %d columns, separated with |", parse.Line, len(columns)))
		case err != nil:
			return fmt.Errorf("read answer: %w", err)
		}
		if line > 0 {
			if err := take(func(name string) string { return row[places[name]] }); err != nil {
				return err
			}
			continue
		}
		for i, name := range columns {
			if row[i] != name {
				return answerFault("The header of the answer is not as it must be: column " + strconv.Itoa(i+1) + " must be " + name)
			}
		}
	}
}

func answerFault(message string) error {
	return &capture.Error{Code: capture.Invalid, Field: "answer", Message: message + ". Ask the receiver for the answer again"}
}
