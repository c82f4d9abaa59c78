# wirestage - `make help` lists the targets.
BUILD   = build
PREFIX  = /usr/local
CC      = gcc
LIBRDKAFKA = build/librdkafka
PYTHON  = build/venv/bin/python

# The oldest librdkafka that will do; where pkg-config finds none so new, we
# link the one that deploy/librdkafka.sh builds.
RDKAFKA_MIN = 2.12
export PKG_CONFIG_PATH := $(CURDIR)/$(LIBRDKAFKA)/lib/pkgconfig:$(PKG_CONFIG_PATH)
PACKAGES = avro-c jansson libutf8proc libcrypto
RDKAFKA_LIBS := $(shell pkg-config --static --libs rdkafka-static 2>/dev/null \
	|| pkg-config --libs rdkafka 2>/dev/null)

VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wvla -Wundef -Wformat=2
OPTIMIZE = -O2 -g
CFLAGS   = $(OPTIMIZE) $(WARNINGS)
SANITIZE =
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. -pthread -fno-strict-aliasing \
	-ffile-prefix-map=$(CURDIR)/= $(patsubst -I%,-isystem%,$(shell pkg-config --cflags $(PACKAGES) rdkafka)) \
	$(CFLAGS) $(SANITIZE)
ALL_LIBS = $(RDKAFKA_LIBS) $(shell pkg-config --libs $(PACKAGES)) -lpthread -lm

LAYERS  = base kafka schemas samples transform consumer producer stage
SOURCES := $(sort $(shell find $(LAYERS) -name '*.c'))
OBJECTS := $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out stage/main.c,$(SOURCES)))
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

all: $(BUILD)/wirestage

$(BUILD)/wirestage: $(BUILD)/obj/stage/main.o $(BUILD)/libwirestage.a
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
	@[ $(BUILD) != build ] || ln -sf $@ wirestage

$(BUILD)/libwirestage.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcD $@ $^

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/schemas/embedded.o: schemas/article.avsc schemas/topics.json
$(BUILD)/obj/samples/embedded.o: $(wildcard samples/*.txt samples/*.json)

# Versions go to the objects that tell them, and to no other; the file changes
# when the version does.
$(BUILD)/obj/stage/version.o: ALL_CFLAGS += -DWIRESTAGE_VERSION='"$(VERSION)"'
$(BUILD)/obj/stage/version.o: $(BUILD)/version
$(BUILD)/obj/producer/library.o: ALL_CFLAGS += -DAVRO_C_VERSION='"$(shell pkg-config --modversion avro-c)"'
$(BUILD)/version: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@

$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(BUILD)/obj/tests/unit/main.o $(BUILD)/libwirestage.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(shell pkg-config --libs check)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

.PHONY: all FORCE
.SECONDARY:
