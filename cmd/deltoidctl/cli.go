package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/alecthomas/kong"
)

// cli is the whole command line.
type cli struct {
	globals

	Init       initCmd        `cmd:"" help:"Make a profile: a training one, or one for live work with its first administrator."`
	Staff      staffCmd       `cmd:"" help:"List the team, take a colleague in, or take the records away from one who has left."`
	Passphrase passphraseCmd  `cmd:"" help:"Choose a new passphrase: your own, a colleague's, or anybody's with the recovery key."`
	Batch      batchCmd       `cmd:"" help:"List the batches of vaccine, or add one."`
	Clinic     clinicCmd      `cmd:"" help:"Show, open, change or close the clinic: a day's work at a site."`
	Day        dayCmd         `cmd:"" help:"Show the day in numbers, count doses, explain differences."`
	Recall     recallCmd      `cmd:"" help:"List who had a dose from a batch."`
	Record     recordCmd      `cmd:"" help:"Record whole encounters from JSON files."`
	Assess     assessCmd      `cmd:"" help:"Say what screening makes of an encounter; nothing is saved."`
	Status     statusCmd      `cmd:"" help:"Show a person's doses, and where the record of each is."`
	History    historyCmd     `cmd:"" help:"Ask for a person's earlier vaccinations, and show them from every source."`
	Reaction   reactionCmd    `cmd:"" help:"List, record, correct or withdraw adverse reactions to a dose."`
	Extract    extractCmd     `cmd:"" help:"Build the files of everything waiting, keep them for sending and copy them to a folder."`
	Validate   validateCmd    `cmd:"" help:"Judge extract files, ours or another sender's, as the receiver would."`
	Ledger     ledgerCmd      `cmd:"" help:"Show in which rows a record went out, or which records a file holds."`
	Profile    profileCmd     `cmd:"" help:"List the extracts, show their tables, check changed ones."`
	Queue      queueCmd       `cmd:"" help:"List the files on their way and what is only on this device; hold, retry or resend a file."`
	Send       sendCmd        `cmd:"" help:"Build what is waiting and send it through MESH."`
	Inbox      inboxCmd       `cmd:"" help:"List and show the messages that came through MESH."`
	Track      trackCmd       `cmd:"" help:"Show the way of one file, with the ids that the MESH service desk asks for."`
	Hold       queueHoldCmd   `cmd:"" help:"Stop a file that has not left."`
	Resend     queueResendCmd `cmd:"" help:"Send the rows of a refused file again, in a new file that the next extract or send builds."`
	Mesh       meshCmd        `cmd:"" help:"Check the way to MESH."`
	Verify     verifyCmd      `cmd:"" help:"Check every record and the audit chain."`
	Backup     backupCmd      `cmd:"" help:"Copy the records to a file while work goes on."`
	Demo       demoCmd        `cmd:"" help:"Walk the whole way once, from an empty folder to a collected file."`
	Config     configCmd      `cmd:"" help:"List, show or change the settings."`
	Catalogue  catalogueCmd   `cmd:"" help:"Show the reference data in force on a day, or write it as a spreadsheet to sign."`
}

const about = "The vaccination desk without its window. Exit codes: 0 done, 1 refused with reasons, 2 usage, 3 environment."

// run is the program but for the exit, so that nothing else may end the process.
func run(ctx context.Context, args []string, stdin *os.File, stdout, stderr io.Writer) int {
	var line cli
	s := &session{ctx: ctx, globals: &line.globals, help: "deltoidctl --help", stdin: stdin, stderr: stderr}
	// A usage fault must be readable by a program as well, though the flags were not understood.
	s.out = newPrinter(slices.Contains(args, "--json"), stdout, stderr)
	parser, err := kong.New(&line,
		kong.Name("deltoidctl"), kong.Description(about), kong.Writers(stdout, stderr),
		kong.Vars{"version": "deltoidctl " + version}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.ExplicitGroups([]kong.Group{{Key: "every", Title: "Flags of every command:"}}),
	)
	if err != nil {
		return s.fail(err)
	}
	command, err := parser.Parse(args)
	var wrong *kong.ParseError
	if errors.As(err, &wrong) {
		command = wrong.Context
	}
	if command != nil && command.Selected() != nil {
		s.help = command.Selected().FullPath() + " --help"
	}
	if err != nil {
		return s.fail(usageError{err})
	}
	s.out = newPrinter(line.JSON, stdout, stderr)
	err = command.Run(s)
	var ended endedWith
	if errors.As(err, &ended) {
		return int(ended)
	}
	return s.fail(err)
}
