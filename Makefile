# make          shows a sample as tokens       make test     runs all tests
# make help     lists everything else
#
# Works with GNU make 3.81 and later.

PREFIX ?= /usr/local
DESTDIR ?=
SCRATCH ?= .build
SWIFT ?= swift
PYTHON ?= python3
TOK_PREFIX ?=

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

# The version, which Sources/Tok/PackageVersion.swift says, as the header has it.
MAJOR = $(shell sed -n 's/^.define TOK_VERSION_MAJOR //p' include/tok.h)
MINOR = $(shell sed -n 's/^.define TOK_VERSION_MINOR //p' include/tok.h)
PATCH = $(shell sed -n 's/^.define TOK_VERSION_PATCH //p' include/tok.h)
VERSION = $(MAJOR).$(MINOR).$(PATCH)

# libtok and what describes it to compilers, put together in LIBRARY.
LIBRARY = $(SCRATCH)/libtok
DESCRIPTIONS = Sources/Tools/libtok
DESCRIBED = sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@MAJOR@|$(MAJOR)|' \
  -e 's|@MINOR@|$(MINOR)|'

.PHONY: run test test-c test-python test-view wheel install install-lib uninstall bench format lint clean setup help \
  release manual default-vocabulary header

run: release
	@"$$($(RELEASE) --show-bin-path)/tok" encode --to tokens docs/sample.txt

test: setup test-c test-python
	$(BUILD) --build-tests
	$(SWIFT) test --scratch-path $(SCRATCH) $(CHECKS) --skip-build --parallel
	sh Tests/Consumer/check "$(abspath $(SCRATCH))/consumer"
	vocabularies/check

# The C interface: its header, the installed library, and the examples in other languages.
test-c: setup
	$(BUILD) --product header-generator
	sh Tests/CInterface/header "$$($(BUILD) --show-bin-path)/header-generator"
ifneq ($(shell uname -s),Darwin)
	rm -rf "$(SCRATCH)/installed"
	$(MAKE) install-lib DESTDIR= PREFIX="$(abspath $(SCRATCH))/installed"
	sh Tests/CInterface/installation "$(abspath $(SCRATCH))/installed"
	sh Tests/CInterface/examples "$(abspath $(SCRATCH))/installed"
	sh Tests/CInterface/programs "$(abspath $(SCRATCH))/installed"
endif

# The Python package, installed from its wheel into environments of its own. What the machine cannot give is
# skipped, and says so.
test-python: $(if $(STATIC),test-c)
ifneq ($(shell uname -s),Darwin)
	TOK_PREFIX="$(abspath $(SCRATCH))/installed" python-shim/tests/run "$(PYTHON)" "$(abspath $(SCRATCH))"
endif

# One wheel for all versions of Python from 3.11 on. TOK_PREFIX names an installed libtok; it is built
# otherwise.
wheel: $(if $(TOK_PREFIX),,setup)
	TOK_PREFIX="$(TOK_PREFIX)" python-shim/make-wheel "$(PYTHON)" "$(abspath $(SCRATCH))" \
	  "$(abspath $(SCRATCH))/wheels"
	@ls "$(SCRATCH)"/wheels/*.whl

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

install: manual $(if $(STATIC),install-lib)
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

install-lib: setup
ifndef STATIC
	@echo "tok: libtok is made on Linux only" >&2; exit 1
endif
	$(RELEASE) --product tokabi
	rm -rf "$(LIBRARY)" && mkdir -p "$(LIBRARY)"
	SWIFT="$(SWIFT)" $(DESCRIPTIONS)/link "$$($(RELEASE) --show-bin-path)/libtokabi.a" \
	  include/tok.abi "$(VERSION)" "$(LIBRARY)"
	set -e; for name in tok.pc tokConfig.cmake tokConfigVersion.cmake; do \
	  $(DESCRIBED) "$(DESCRIPTIONS)/$$name.in" > "$(LIBRARY)/$$name"; \
	done
	sed -e 's|header "|header "../|' -e 's|^}|  link "tok"\n}|' include/module.modulemap \
	  > "$(LIBRARY)/module.modulemap"
	install -d "$(DESTDIR)$(PREFIX)/lib/pkgconfig" "$(DESTDIR)$(PREFIX)/lib/cmake/tok" \
	  "$(DESTDIR)$(PREFIX)/include/tok"
	install -m 755 "$(LIBRARY)/libtok.so.$(VERSION)" "$(DESTDIR)$(PREFIX)/lib/"
	ln -sf "libtok.so.$(VERSION)" "$(DESTDIR)$(PREFIX)/lib/libtok.so.$(MAJOR)"
	ln -sf "libtok.so.$(MAJOR)" "$(DESTDIR)$(PREFIX)/lib/libtok.so"
	install -m 644 "$(LIBRARY)/libtok.a" "$(DESTDIR)$(PREFIX)/lib/"
	install -m 644 "$(LIBRARY)/tok.pc" "$(DESTDIR)$(PREFIX)/lib/pkgconfig/"
	install -m 644 "$(LIBRARY)/tokConfig.cmake" "$(LIBRARY)/tokConfigVersion.cmake" \
	  "$(DESTDIR)$(PREFIX)/lib/cmake/tok/"
	install -m 644 include/tok.h include/tok.hpp "$(DESTDIR)$(PREFIX)/include/"
	install -m 644 "$(LIBRARY)/module.modulemap" "$(DESTDIR)$(PREFIX)/include/tok/"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/tok" "$(DESTDIR)$(PREFIX)/share/man/man1/tok.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/tok" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tok" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tok.fish" \
	  "$(DESTDIR)$(PREFIX)"/lib/libtok.so* "$(DESTDIR)$(PREFIX)/lib/libtok.a" \
	  "$(DESTDIR)$(PREFIX)/lib/pkgconfig/tok.pc" \
	  "$(DESTDIR)$(PREFIX)/include/tok.h" "$(DESTDIR)$(PREFIX)/include/tok.hpp"
	rm -rf "$(DESTDIR)$(PREFIX)/lib/cmake/tok" "$(DESTDIR)$(PREFIX)/include/tok" \
	  "$(DESTDIR)$(PREFIX)/share/doc/tok" "$(DESTDIR)$(PREFIX)/share/tok"

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
	for pair in unicode/uchar.h:libicu-dev pcre2.h:libpcre2-dev utf8proc.h:libutf8proc-dev \
	    zlib.h:zlib1g-dev zstd.h:libzstd-dev openssl/evp.h:libssl-dev; do \
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
	  echo "Install the headers of ICU, PCRE2 (8-bit), utf8proc, zlib, zstd and libcrypto, which" >&2; \
	  echo "Debian calls as above, with the package manager of this system, then run make again." >&2; exit 1; \
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
	@echo "make test-c              runs the tests of the C interface, a part of make test"
	@echo "make test-python         runs the tests of the Python package, a part of make test"
	@echo "make test-view           opens pages of tok view in a headless chromium, if there is one"
	@echo "make install             installs into PREFIX ($(PREFIX)), below DESTDIR when set"
	@echo "make install-lib         installs only what C needs: libtok, tok.h and their descriptions"
	@echo "make wheel               makes the wheel of the Python package, in $(SCRATCH)/wheels"
	@echo "make uninstall           removes what make install puts into PREFIX"
	@echo "make bench               builds and runs the benchmarks"
	@echo "make header              writes include/tok.h anew from the declarations of TokABI"
	@echo "make default-vocabulary  compiles the embedded vocabulary anew"
	@echo "make format              formats the sources"
	@echo "make lint                says what the formatter would change"
	@echo "make setup               installs the missing system packages (apt) or names them"
	@echo "make clean               removes what was built"
