# prikaz: `make` builds the program and renders input/*.xml, `make check` runs every test.
# `make help` lists the targets. Objects lie under .build/<variant>/: release (the program),
# check (sanitizers), fuzz; what is missing of Debian's packages is installed first.

VARIANT  ?= release
B        := .build/$(VARIANT)
PREFIX   ?= /usr/local
SETUP    ?= yes

PKGS     := libxml-2.0 libxslt libexslt harfbuzz harfbuzz-subset fontconfig libpng zlib libdeflate libqrencode
CFLAGS_release  := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS_release := -pie -Wl,-z,relro,-z,now,--as-needed
CFLAGS_check    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                   -fno-omit-frame-pointer
LDFLAGS_check   := -fsanitize=address,undefined
CFLAGS_fuzz     := $(CFLAGS_check)
LDFLAGS_fuzz    := $(LDFLAGS_check)
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

house: .build/prikaz.pot | setup-check
	@sh tests/house/house.sh $< $(PO)

programs: $(B)/prikaz $(MO) $(TESTS)

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

accept: setup-check
	@$(MAKE) --no-print-directory VARIANT=check -s programs
	@sh tests/house/accept.sh .build/check '$(CASE)'

lint: setup-lint
	@$(MAKE) --no-print-directory house lint-format $(LINTED:%.c=.build/lint/%.tidy)
	@$(MAKE) --no-print-directory VARIANT=check lint-symbols

lint-format:
	$(call say,LINT,clang-format)
	@clang-format --dry-run -Werror $(FORMATTED)

lint-symbols: programs $(FUZZ)
	@sh tests/house/symbols.sh $(OBJ) $(TESTS:=.o) $(TESTLIB) $(FUZZ:=.o) $(B)/fuzz/driver.o

.build/lint/%.tidy: %.c .clang-tidy
	$(call say,TIDY,$<)
	@mkdir -p $(@D)
	@$(COMPILE) -Itests -MM -MP -MT $@ -MF $(@:.tidy=.d) $<
	@clang-tidy --quiet $< -- -std=c11 -D_GNU_SOURCE -Isrc -Itests $(PKG_CFLAGS) >$@.log 2>/dev/null \
	    || { cat $@.log; exit 1; }
	@touch $@

bench: setup-check .build/prikaz $(MO) $(BENCH)
	@sh tests/bench/bench.sh .build/prikaz

.build/bench/%: tests/bench/%.c .build/release/libprikaz.a | setup
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -MF $@.d -o $@ $^ $(LDFLAGS_release) $(PKG_LIBS)

fuzz: setup-check
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-programs
	@sh tests/fuzz/fuzz.sh .build/fuzz/fuzz $(SECONDS)

fuzz-programs: $(FUZZ)

$(B)/fuzz/%.o: tests/fuzz/%.c | setup-check
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(FUZZ): $(B)/fuzz/%: $(B)/fuzz/%.o $(B)/fuzz/driver.o $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(PKG_LIBS)

# --- the rest --------------------------------------------------------------------------------

install: .build/prikaz $(MO)
	install -D -m 755 .build/prikaz $(DESTDIR)$(PREFIX)/bin/prikaz
	cd templates && find . -type f -exec \
	    install -D -m 644 '{}' '$(abspath $(DESTDIR)$(PREFIX))/share/prikaz/templates/{}' \;
	$(foreach m,$(MO),install -D -m 644 $m $(DESTDIR)$(PREFIX)/share/$(m:.build/%=%) &&) :

clean:
	rm -rf .build output

help:
	@echo 'make                 build .build/prikaz and render input/*.xml to output/'
	@echo 'make check           run every test; TEST=test_base runs one program'
	@echo 'make kill            prikaz build killed 200 times at random moments; KILLS=n'
	@echo 'make accept CASE=*   show how golden cases changed, ask, replace'
	@echo 'make lint            clang-format, clang-tidy and the house lints'
	@echo 'make vocabulary      write the reference in templates/README.md from the schema'
	@echo 'make po              bring the translations up to date with the sources'
	@echo 'make bench           time and memory of whole runs'
	@echo 'make fuzz            mutated inputs for a minute a target; SECONDS=n'
	@echo 'make install         PREFIX=/usr/local, DESTDIR='
	@echo 'make clean           remove .build and output'

.PHONY: all setup setup-check setup-lint po vocabulary check house programs run-tests kill accept lint \
        lint-format lint-symbols bench fuzz fuzz-programs install clean help
.DELETE_ON_ERROR:
.SECONDARY:
-include $(OBJ:.o=.d) $(TESTS:=.d) $(TESTLIB:.o=.d) $(FUZZ:=.d) $(BENCH:=.d) $(LINTED:%.c=.build/lint/%.d)
