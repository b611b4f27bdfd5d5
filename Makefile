# Deltoid: `make run` and `make test` are all a newcomer needs; `make help` lists the rest.

GO       ?= go
TOOLS    := $(CURDIR)/.tools
OUT      := $(CURDIR)/out
# One set of tags, never varied, so that the build cache serves every target: GLES builds in a quarter of the time.
GUITAGS  := gles,no_emoji,migrated_fynedo
# Without cgo, X11 or GL: unit tests, deltoidctl, and the cross-build that keeps Unix-only code out.
PURE     := CGO_ENABLED=0 $(GO)
STATICCHECK := $(TOOLS)/staticcheck-v0.8.2
DATA     ?= $(OUT)/training

.DEFAULT_GOAL := help
.PHONY: help run test check unit race window-test cross bench fuzz windows build clean deps-gui golden

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: deps-gui build ## open the window on a training profile; without a display walk the journey and say where the pictures are
	@.ci/run-window "$(DATA)" "$(OUT)"

test: check unit race cross window-test ## everything: format, vet, staticcheck, unit, race, cross-build, the real window
	@echo "make test: all passed"

check: $(STATICCHECK) ## formatting, vet, staticcheck
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	CGO_ENABLED=0 $(GO) vet -tags ci ./...
	CGO_ENABLED=0 $(STATICCHECK) -tags ci ./...

unit: ## unit, property, golden and command-line tests
	$(PURE) test -tags ci ./...

race: ## race detector on the rooms without a window
	@.ci/need gcc libc6-dev
	CGO_ENABLED=1 $(GO) test -race -short ./assets/... ./capture/... ./screening/... ./export/... ./store/... ./cmd/internal/...

cross: ## both programs for Windows without cgo, so that nothing Unix-only creeps in
	GOOS=windows GOARCH=amd64 $(PURE) build -tags ci -o $(OUT)/cross/ ./cmd/deltoid ./cmd/deltoidctl

window-test: deps-gui build ## the main journey in a real window under Xvfb
	DELTOID_BIN=$(CURDIR)/bin/deltoid DELTOIDCTL_BIN=$(CURDIR)/bin/deltoidctl DELTOID_OUT=$(OUT)/journey \
		$(PURE) test -tags ci,window -count=1 -timeout 10m -run TestWindow ./cmd/deltoid

build: ## bin/deltoid and bin/deltoidctl
	@mkdir -p bin
	CGO_ENABLED=1 $(GO) build -tags $(GUITAGS) -o bin/deltoid ./cmd/deltoid
	$(PURE) build -o bin/deltoidctl ./cmd/deltoidctl

bench: ## the figures: durable save, search, extract, start of the window
	$(PURE) test -tags ci -run '^$$' -bench . -benchtime 2s ./store ./export ./export/mesh ./screening ./assets/catalogue
	@$(MAKE) --no-print-directory bench-start

.PHONY: bench-start
bench-start: deps-gui build
	DELTOID_BIN=$(CURDIR)/bin/deltoid DELTOIDCTL_BIN=$(CURDIR)/bin/deltoidctl \
		$(PURE) test -tags ci,window -run '^$$' -bench BenchmarkColdStart -benchtime 5x ./cmd/deltoid

fuzz: ## every fuzz test for 20 seconds
	@.ci/fuzz 20s

golden: ## write the golden screens and extracts anew (look at each before you commit it)
	DELTOID_GOLDEN=write $(PURE) test -tags ci -count=1 ./ui/... ./export ./export/paper ./cmd

windows: ## the real .exe, with mingw (about 5 minutes the first time)
	@.ci/need gcc-mingw-w64-x86-64-posix binutils-mingw-w64-x86-64
	@.ci/windows $(OUT)/windows

deps-gui:
	@.ci/need gcc libc6-dev pkgconf libgl-dev libgles-dev libegl-dev libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev libxcursor-dev \
		libxinerama-dev libwayland-dev libxkbcommon-dev libgl1-mesa-dri xvfb xdotool imagemagick

$(STATICCHECK):
	@mkdir -p $(TOOLS)
	GOBIN=$(TOOLS)/new CGO_ENABLED=0 $(GO) install honnef.co/go/tools/cmd/staticcheck@v0.8.2
	@mv $(TOOLS)/new/staticcheck $@ && rmdir $(TOOLS)/new

clean: ## remove what was built
	rm -rf bin out
