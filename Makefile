# wirestage - `make help` lists the targets.
BUILD    = build
PREFIX   = /usr/local
CC       = gcc
OPTIMIZE = -O2 -g
SANITIZE =
WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wvla -Wundef -Wformat=2
CFLAGS   = -std=c11 -D_GNU_SOURCE -I. -pthread -fno-strict-aliasing \
	-ffile-prefix-map=$(CURDIR)=. $(OPTIMIZE) $(WARNINGS) $(SANITIZE)

# As many jobs as processors, unless told otherwise.
ifeq ($(MAKELEVEL)$(findstring j,$(firstword -$(MAKEFLAGS))),0)
MAKEFLAGS += -j$(shell nproc)
endif

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST) | \
		awk -F': ' '{ printf "%-13s %s\n", $$1, $$2 }'

# Flags of the libraries; made by installing what is missing, once.
ifneq ($(filter-out help clean deps image%,$(or $(MAKECMDGOALS),help)),)
include build/libraries.mk
endif
build/libraries.mk: deploy/libraries.sh deploy/deps.sh deploy/librdkafka.sh deploy/librdkafka.patch deploy/upstream.sh
	@mkdir -p $(@D)
	@deploy/deps.sh build
	@deploy/libraries.sh build/librdkafka >$@.new && mv $@.new $@

SOURCES := $(sort $(shell find base kafka schemas samples transform consumer producer stage -name '*.c'))
OBJECTS := $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out stage/main.c,$(SOURCES)))

all: $(BUILD)/wirestage ## the program, as build/wirestage and ./wirestage

# Each step is a word and a name; V=1 shows the commands.
say = $(if $(V),,@echo '  $(1) $@';)

$(BUILD)/wirestage: $(BUILD)/obj/stage/main.o $(BUILD)/libwirestage.a
	$(call say,LD)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBRARIES)
	@[ $(BUILD) != build ] || ln -sf $@ wirestage

$(BUILD)/libwirestage.a: $(OBJECTS)
	@rm -f $@
	@$(AR) rcD $@ $^

$(BUILD)/obj/%.o: %.c build/libraries.mk
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CFLAGS) $(LIBRARIES_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/schemas/embedded.o: $(wildcard schemas/*.avsc schemas/*.json)
$(BUILD)/obj/samples/embedded.o: $(wildcard samples/*.txt samples/*.json)
$(BUILD)/obj/stage/http/page.o: stage/http/page.html

# Only this object knows the version: a commit rebuilds no other.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
$(BUILD)/obj/stage/version.o: CFLAGS += -DWIRESTAGE_VERSION='"$(VERSION)"'
$(BUILD)/obj/stage/version.o: $(BUILD)/version
$(BUILD)/obj/producer/library.o: CFLAGS += -DAVRO_C_VERSION='"$(AVRO_C_VERSION)"'
$(BUILD)/version: always
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@

deps: ## install what is missing to build, test and lint
	deploy/deps.sh
	deploy/libraries.sh build/librdkafka >/dev/null

demo: all ## articles through an embedded broker, and what they become
	$(BUILD)/wirestage demo

install: all ## into $(DESTDIR)$(PREFIX)
	install -D -m 755 $(BUILD)/wirestage $(DESTDIR)$(PREFIX)/bin/wirestage

clean: ## remove what was built, but not the libraries
	rm -rf wirestage $(filter-out build/librdkafka build/librdkafka-tsan build/kafka build/venv build/libraries.mk,$(wildcard build/*))

include tests/tests.mk
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

always:
.PHONY: help all deps demo install clean always
.SECONDARY:
