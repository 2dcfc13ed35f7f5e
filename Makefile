# make          shows a sample as tokens       make test     runs all tests
# make help     lists everything else
#
# Works with GNU make 3.81 and later.

PREFIX ?= /usr/local
DESTDIR ?=
SCRATCH ?= .build
SWIFT ?= swift

# Where the compiled forms of the vocabularies, the completions and the manual are put together.
STAGE = $(SCRATCH)/stage
SOURCES = Package.swift Sources Tests
VOCABULARIES = gpt2 r50k_base p50k_base cl100k_base o200k_base bert-base-uncased bert-base-cased \
  xlnet-base-cased mistral-7b-v0.1 clip tok-bpe-32k tok-unigram-32k tok-wordpiece-32k tok-lib-32k

# A module may use only what the manifest says it depends on.
CHECKS = --explicit-target-dependency-import-check error

# The command line tool carries the Swift runtime, so that it starts quickly and runs where Swift is
# not installed. Apple's systems have the runtime themselves.
ifneq ($(shell uname -s),Darwin)
STATIC = --static-swift-stdlib
endif

BUILD = $(SWIFT) build --scratch-path $(SCRATCH) $(CHECKS)
RELEASE = $(BUILD) -c release $(STATIC)

.PHONY: run test test-view install bench format lint clean setup help release manual \
  default-vocabulary header

run: release
	@"$$($(RELEASE) --show-bin-path)/tok" encode --to tokens docs/sample.txt

test: setup
	$(BUILD) --build-tests
	$(SWIFT) test --scratch-path $(SCRATCH) $(CHECKS) --skip-build --parallel
	sh Tests/Consumer/check "$(abspath $(SCRATCH))/consumer"
	vocabularies/check

# In a browser, if there is one: Debian's chromium is a few hundred megabytes, so `setup` leaves it be.
test-view: setup
	$(BUILD) --product tok
	python3 Tests/View/check.py "$$($(BUILD) --show-bin-path)/tok"

release: setup
	$(RELEASE) --product tok

bench: setup
	$(RELEASE) --product tok-benchmarks
	Tests/Benchmarks/run

# The plugin builds the whole package without the static runtime, so it goes first: `release` then
# links tok anew.
manual: setup
	$(SWIFT) package --scratch-path $(SCRATCH) plugin generate-manual

install: manual
	$(RELEASE) --product tok
	rm -rf "$(STAGE)" && mkdir -p "$(STAGE)"
	cp "$$($(RELEASE) --show-bin-path)/tok" "$(STAGE)/tok"
	set -e; for shell in bash zsh fish; do \
	  "$(STAGE)/tok" --generate-completion-script $$shell > "$(STAGE)/tok.$$shell"; \
	done
	set -e; for name in $(VOCABULARIES); do \
	  "$(STAGE)/tok" compile "vocabularies/$$name" "$(STAGE)/$$name.tok"; \
	done
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/doc/tok" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 "$(STAGE)/tok" "$(DESTDIR)$(PREFIX)/bin/tok"
	install -m 644 "$(SCRATCH)/plugins/GenerateManual/outputs/TokCommand/tok.1" \
	  "$(DESTDIR)$(PREFIX)/share/man/man1/tok.1"
	install -m 644 LICENSE "$(DESTDIR)$(PREFIX)/share/doc/tok/LICENSE"
	install -m 644 "$(STAGE)/tok.bash" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/tok"
	install -m 644 "$(STAGE)/tok.zsh" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tok"
	install -m 644 "$(STAGE)/tok.fish" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tok.fish"
	set -e; for name in $(VOCABULARIES); do \
	  to="$(DESTDIR)$(PREFIX)/share/tok/vocabularies/$$name"; \
	  install -d "$$to"; \
	  for file in vocabularies/$$name/*; do \
	    case $$file in */golden.jsonl) ;; *) install -m 644 "$$file" "$$to/" ;; esac; \
	  done; \
	  install -m 644 "$(STAGE)/$$name.tok" "$$to/$$name.tok"; \
	done

# include/tok.h, its module map and the record of what programs rely on, from the Swift declarations.
header:
	$(BUILD) --product header-generator
	"$$($(BUILD) --show-bin-path)/header-generator" .

# The embedded vocabulary's compiled form: made anew when the form changes. The build does not see
# that the data changed, so its size and digest are written into the source that includes it.
EMBEDDED = Sources/CDefaultVocabulary/o200k_base.tok
default-vocabulary: release
	"$$($(RELEASE) --show-bin-path)/tok" compile vocabularies/o200k_base/o200k_base.tiktoken \
	  "$(EMBEDDED)"
	size=$$(wc -c < "$(EMBEDDED)" | tr -d ' '); \
	digest=$$({ sha256sum "$(EMBEDDED)" || shasum -a 256 "$(EMBEDDED)"; } 2>/dev/null \
	  | cut -c 1-32); \
	sed -i.bak "s|o200k_base.tok: .*|o200k_base.tok: $$size bytes, SHA-256 $$digest */|" \
	  Sources/CDefaultVocabulary/default_vocabulary.c
	rm -f Sources/CDefaultVocabulary/default_vocabulary.c.bak

format:
	$(SWIFT) format --in-place --parallel -r $(SOURCES)

lint:
	$(SWIFT) format lint --strict --parallel -r $(SOURCES)

clean:
	rm -rf "$(SCRATCH)"

# The headers are looked for with the compiler that Swift brings, which is the one that reads them.
setup:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "tok: no $(SWIFT) command. Install the Swift toolchain, 6.3 or later, from" >&2; \
	  echo "https://www.swift.org/install and put its usr/bin in PATH." >&2; exit 1; }
	@compiler=$$(command -v clang || command -v cc || true); missing=; \
	for pair in unicode/uchar.h:libicu-dev pcre2.h:libpcre2-dev utf8proc.h:libutf8proc-dev; do \
	  if [ -n "$$compiler" ]; then \
	    echo "#include <$${pair%%:*}>" \
	      | "$$compiler" -DPCRE2_CODE_UNIT_WIDTH=8 -E -x c - >/dev/null 2>&1; \
	  else \
	    [ -e "/usr/include/$${pair%%:*}" ]; \
	  fi || missing="$$missing $${pair##*:}"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "tok: these system packages are missing:$$missing" >&2; \
	if ! command -v apt-get >/dev/null; then \
	  echo "Install the headers of ICU, PCRE2 (8-bit) and utf8proc, which Debian calls as above," >&2; \
	  echo "with the package manager of this system, then run make again." >&2; exit 1; \
	fi; \
	if [ "$$(id -u)" -eq 0 ]; then as=; \
	elif command -v sudo >/dev/null; then as=sudo; \
	else \
	  echo "Run as root: apt-get update && apt-get install$$missing" >&2; exit 1; \
	fi; \
	$$as apt-get update \
	  && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing

help:
	@echo "make                     encodes docs/sample.txt with the default vocabulary"
	@echo "make test                runs all tests and checks the vocabularies' digests"
	@echo "make test-view           opens pages of tok view in a headless chromium, if there is one"
	@echo "make install             installs into PREFIX ($(PREFIX)), below DESTDIR when set"
	@echo "make bench               builds and runs the benchmarks"
	@echo "make header              writes include/tok.h anew from the declarations of TokABI"
	@echo "make default-vocabulary  compiles the embedded vocabulary anew"
	@echo "make format              formats the sources"
	@echo "make lint                says what the formatter would change"
	@echo "make setup               installs the missing system packages (apt) or names them"
	@echo "make clean               removes what was built"
