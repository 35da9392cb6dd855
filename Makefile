# prikaz: `make` builds the program and renders input/*.xml, `make check` runs every test.
# `make help` lists the targets. Objects lie under .build/<variant>/: release (the program),
# check (sanitizers), fuzz; what is missing of Debian's packages is installed first.

VARIANT  ?= release
B        := .build/$(VARIANT)
PREFIX   ?= /usr/local
SETUP    ?= yes

PKGS     := libxml-2.0 libxslt libexslt harfbuzz harfbuzz-subset fontconfig libpng zlib libdeflate libqrencode
# The program is optimized as a whole when it is linked: 0.94 of the time of a batch, for half a
# minute of make on two cores; LTO= leaves it out.
LTO      ?= $(if $(findstring clang,$(CC)),,-flto=auto)
CFLAGS_release  := -O2 $(LTO) -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS_release := $(LTO) -O2 -pie -Wl,-z,relro,-z,now,--as-needed
CFLAGS_check    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                   -fno-omit-frame-pointer
LDFLAGS_check   := -fsanitize=address,undefined
# Fuzzing is guided by coverage where clang is there; else a driver of our own mutates blindly.
CLANG    := $(if $(filter fuzz,$(VARIANT)),$(shell command -v clang))
CFLAGS_fuzz     := $(CFLAGS_check) $(if $(CLANG),-fsanitize=fuzzer-no-link -D__SANITIZE_ADDRESS__=1)
LDFLAGS_fuzz    := $(LDFLAGS_check) $(if $(CLANG),-fsanitize=fuzzer)
ifneq ($(CLANG),)
override CC := $(filter ccache,$(CC)) clang
endif
WARN     := -Wall -Wextra -Wshadow -Wconversion -Werror
# Asked once, and only when set-up has seen to it that pkg-config is there.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $$(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $$(PKGS)) -lhpdf -lunibreak -lm)$(PKG_LIBS)
COMPILE    = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS_$(VARIANT)) $(CFLAGS) -Isrc $(PKG_CFLAGS)

SRC   := $(sort $(wildcard src/*/*.c))
OBJ   := $(SRC:src/%.c=$(B)/%.o)
CLI   := $(filter $(B)/cli/%,$(OBJ))
LIB   := $(B)/libprikaz.a
PO    := $(wildcard src/cli/po/*.po)
MO    := $(PO:src/cli/po/%.po=.build/locale/%/LC_MESSAGES/prikaz.mo)
TESTS := $(sort $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c)))
TESTLIB := $(patsubst tests/unit/%.c,$(B)/unit/%.o,$(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c)))
FUZZ  := $(sort $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c)))
FUZZLIB := $(B)/fuzz/input.o $(if $(CLANG),,$(B)/fuzz/driver.o)
MANUALS := .build/share/man/man1/prikaz.1 .build/share/man/ru/man1/prikaz.1 .build/share/man/man5/prikaz.5
SHARED := $(MANUALS) .build/share/bash-completion/completions/prikaz
VERSION := $(shell sed -n 's/^\#define CLI_VERSION "\(.*\)"/\1/p' src/cli/cli.h)
BENCH := $(sort $(patsubst tests/bench/%.c,.build/bench/%,$(wildcard tests/bench/*.c)))
LINTED := $(sort $(wildcard src/*/*.c tests/*/*.c))
FORMATTED := $(LINTED) $(sort $(wildcard src/*/*.h tests/*/*.h))

# One make starts as many compilers as there are cores, unless it was told a number itself.
CORES := $(shell nproc)
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(CORES)
endif
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))
setup = $(if $(filter yes,$(SETUP)),@sh tests/house/setup.sh $(1))

all: .build/prikaz $(MO)
	@.build/prikaz build input -o output

setup:
	$(call setup,build)
setup-check:
	$(call setup,build check)
setup-lint: setup-check
	$(call setup,lint)

$(B)/%.o: src/%.c | setup
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(LIB): $(filter-out $(CLI),$(OBJ))
	@rm -f $@
	$(Q)ar rcsD $@ $^

$(B)/prikaz: $(CLI) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(PKG_LIBS) $(LDFLAGS)

.build/prikaz: .build/release/prikaz
	@cp $< $@.new && mv $@.new $@

.build/locale/%/LC_MESSAGES/prikaz.mo: src/cli/po/%.po | setup
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

.build/prikaz.pot: $(SRC) | setup
	@mkdir -p $(@D)
	@xgettext -k_ -kN_ --from-code=UTF-8 --no-location --sort-output --package-name=prikaz \
	    -o $@ $(SRC)

# The messages of the sources, merged into the translations: run after changing a message.
po: .build/prikaz.pot
	for po in $(PO); do msgmerge --quiet --update --backup=none --no-location \
	    --sort-output $$po $<; done

# The vocabulary reference, written anew from the schema's annotations.
vocabulary: setup-check
	@sh tests/house/vocabulary.sh --write

# --- tests -----------------------------------------------------------------------------------

check: setup-check
	@$(MAKE) --no-print-directory house; status=$$?; \
	$(MAKE) --no-print-directory VARIANT=check run-tests && exit $$status

house: .build/prikaz.pot .build/prikaz $(MO) | setup-check
	@sh tests/house/house.sh $< $(PO)

programs: $(B)/prikaz $(MO) $(TESTS) $(FUZZ) .build/faults/shim.so

run-tests: programs
	@sh tests/house/run.sh $(B) $(if $(TEST),$(filter $(B)/unit/$(TEST),$(TESTS)),$(TESTS))

$(B)/unit/%.o: tests/unit/%.c | setup-check
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Itests -MMD -MP -c -o $@ $<

$(TESTS): $(B)/unit/%: $(B)/unit/%.o $(TESTLIB) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ -lcmocka $(PKG_LIBS)

# prikaz build killed at 200 random moments; make check does it a few times.
kill: setup-check
	@$(MAKE) --no-print-directory VARIANT=check -s .build/check/unit/test_build_kill
	@$(MAKE) --no-print-directory -s .build/prikaz
	@KILLS=$(or $(KILLS),200) PRIKAZ=.build/prikaz .build/check/unit/test_build_kill

# Calls of the system that fail, each in turn; make check tries a few of each kind.
faults: setup-check
	@$(MAKE) --no-print-directory VARIANT=check -s .build/check/unit/test_faults .build/faults/shim.so
	@$(MAKE) --no-print-directory -s .build/prikaz
	@FAULTS=$(or $(FAULTS),all) .build/check/unit/test_faults

# Spoilt copies of every document; make check tries a few.
mutate: setup-check
	@$(MAKE) --no-print-directory VARIANT=check -s .build/check/unit/test_mutations
	@$(MAKE) --no-print-directory -s .build/prikaz
	@PRIKAZ=.build/prikaz MUTATIONS=$(or $(MUTATIONS),1000) .build/check/unit/test_mutations

# Documents of sizes nobody means, the large ones whole.
limits: setup-check
	@$(MAKE) --no-print-directory VARIANT=check -s .build/check/unit/test_limits
	@$(MAKE) --no-print-directory -s .build/prikaz
	@PRIKAZ=.build/prikaz LIMITS=full .build/check/unit/test_limits

valgrind: setup-check .build/prikaz $(MO)
	@sh tests/house/valgrind.sh .build/release/prikaz

.build/faults/shim.so: tests/faults/shim.c | setup-check
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O1 -g -fPIC -shared -o $@ $<

accept: setup-check
	@$(MAKE) --no-print-directory VARIANT=check -s programs
	@sh tests/house/accept.sh .build/check '$(CASE)'

# The analyzer follows paths through functions; where it gives up decides how long it takes: two
# minutes for the whole program, or twenty with DEEP=yes. A file is looked at again when it or a
# header of its has changed.
TIDY := .build/lint$(if $(DEEP),/deep)
PATHS := $(if $(DEEP),225000,30000)
lint: setup-lint
	@$(MAKE) --no-print-directory house lint-format $(LINTED:%.c=$(TIDY)/%.tidy)
	@$(MAKE) --no-print-directory VARIANT=check lint-symbols

lint-format:
	$(call say,LINT,clang-format)
	@clang-format --dry-run -Werror $(FORMATTED)

lint-symbols: programs $(FUZZ)
	@sh tests/house/symbols.sh $(OBJ) $(TESTS:=.o) $(TESTLIB) $(FUZZ:=.o) $(FUZZLIB)

$(TIDY)/%.tidy: %.c .clang-tidy
	$(call say,TIDY,$<)
	@mkdir -p $(@D)
	@$(COMPILE) -Itests -MM -MP -MT $@ -MF $(@:.tidy=.d) $<
	@clang-tidy --quiet $< -- -std=c11 -D_GNU_SOURCE -Isrc -Itests $(PKG_CFLAGS) \
	    -Xclang -analyzer-config -Xclang max-nodes=$(PATHS) >$@.log 2>/dev/null \
	    || { cat $@.log; exit 1; }
	@touch $@

bench: setup-check .build/prikaz $(MO) $(BENCH)
	@sh tests/bench/bench.sh .build/prikaz

.build/bench/%: tests/bench/%.c .build/release/libprikaz.a | setup
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -MF $@.d -o $@ $^ $(LDFLAGS_release) $(PKG_LIBS)

fuzz: setup-check
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-programs
	@sh tests/fuzz/fuzz.sh .build/fuzz/fuzz $(or $(SECONDS),60) $(TARGET)

fuzz-programs: $(FUZZ)

$(B)/fuzz/%.o: tests/fuzz/%.c | setup-check
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(FUZZ): $(B)/fuzz/%: $(B)/fuzz/%.o $(FUZZLIB) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(PKG_LIBS)

# --- the rest --------------------------------------------------------------------------------

# Manuals and completion are made of what the program and the schema say.
.build/share/man/man1/prikaz.1: src/cli/install/manual.sh .build/prikaz
	@mkdir -p $(@D)
	@sh $< 1 .build/prikaz $(VERSION) >$@
.build/share/man/ru/man1/prikaz.1: src/cli/install/manual.sh .build/prikaz $(MO)
	@mkdir -p $(@D)
	@sh $< 1 .build/prikaz $(VERSION) ru >$@
.build/share/man/man5/prikaz.5: src/cli/install/manual.sh templates/README.md
	@mkdir -p $(@D)
	@sh $< 5 templates $(VERSION) >$@
.build/share/bash-completion/completions/prikaz: src/cli/install/completion.sh .build/prikaz
	@mkdir -p $(@D)
	@sh $< .build/prikaz >$@

install: .build/prikaz $(MO) $(SHARED)
	$(Q)install -D -m 755 .build/prikaz $(DESTDIR)$(PREFIX)/bin/prikaz
	$(Q)cd templates && find . -type f -exec \
	    install -D -m 644 '{}' '$(abspath $(DESTDIR)$(PREFIX))/share/prikaz/templates/{}' \;
	$(Q)$(foreach f,$(MO) $(SHARED:.build/share/%=.build/%),install -D -m 644 \
	    $(or $(wildcard $f),$(f:.build/%=.build/share/%)) $(DESTDIR)$(PREFIX)/share/$(f:.build/%=%) &&) :

deb: setup .build/prikaz $(MO) $(SHARED)
	@rm -rf .build/deb
	@$(MAKE) --no-print-directory SETUP=no install DESTDIR=.build/deb/root PREFIX=/usr
	@sh src/cli/install/deb.sh .build/deb $(VERSION)

# The package put to the test in a fresh Debian of its own: needs root, debootstrap and a network.
deb-check: deb
	@sh tests/house/deb.sh .build/deb/prikaz_$(VERSION)_*.deb

clean:
	rm -rf .build output

help:
	@echo 'make                 build .build/prikaz and render input/*.xml to output/'
	@echo 'make check           run every test; TEST=test_base runs one program'
	@echo 'make kill            prikaz build killed 200 times at random moments; KILLS=n'
	@echo 'make faults          every call of the system fails once; FAULTS=n: n of each kind'
	@echo 'make mutate          1,000 spoilt copies of each document; MUTATIONS=n'
	@echo 'make limits          100,000 rows, 100 MB and the like'
	@echo 'make valgrind        every document of input/ under valgrind'
	@echo 'make accept CASE=*   show how golden cases changed, ask, replace'
	@echo 'make lint            clang-format, clang-tidy and the house lints; DEEP=yes takes 20 minutes'
	@echo 'make vocabulary      write the reference in templates/README.md from the schema'
	@echo 'make po              bring the translations up to date with the sources'
	@echo 'make bench           time and memory of whole runs'
	@echo 'make fuzz            mutated inputs for a minute in all; SECONDS=n, TARGET=fuzz_fo'
	@echo 'make install         PREFIX=/usr/local, DESTDIR='
	@echo 'make deb             a Debian package in .build/deb/'
	@echo 'make deb-check       look at it with lintian, install and run it in a fresh Debian'
	@echo 'make clean           remove .build and output'

.PHONY: all setup setup-check setup-lint po vocabulary check house programs run-tests kill faults mutate limits valgrind accept lint \
        lint-format lint-symbols bench fuzz fuzz-programs install deb deb-check clean help
.DELETE_ON_ERROR:
.SECONDARY:
-include $(OBJ:.o=.d) $(TESTS:=.d) $(TESTLIB:.o=.d) $(FUZZ:=.d) $(FUZZLIB:.o=.d) $(BENCH:=.d) $(LINTED:%.c=$(TIDY)/%.d)
