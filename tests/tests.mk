# tests/tests.mk - the targets that judge the program.
#
# Every one of them is a run of tests/run.py, which runs suites, shows what
# failed, and ends with one line of totals.
UNIT    := $(patsubst tests/%.c,$(BUILD)/%,$(sort $(wildcard tests/unit/test_*.c tests/mock/test_*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
BENCHES := $(BUILD)/bench/bench_transform $(BUILD)/bench/passthrough
FUZZ_SECONDS = 60
CHAOS_COUNT = 100
RUN = python3 tests/run.py --build $(BUILD)
CLANG = clang

$(UNIT): $(BUILD)/%: $(BUILD)/obj/tests/%.o $(BUILD)/obj/tests/unit/main.o $(BUILD)/libwirestage.a
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBRARIES) $(shell pkg-config --libs check)

$(BUILD)/golden: $(addprefix $(BUILD)/obj/tests/golden/,golden.o cases.o emit.o) $(BUILD)/libwirestage.a
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBRARIES)

$(BUILD)/bench/bench_transform: $(BUILD)/obj/tests/bench/allocations.o
$(BUILD)/bench/passthrough: $(BUILD)/obj/tests/bench/clients.o
$(BENCHES): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(BUILD)/libwirestage.a
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $(filter %.o,$^) $(BUILD)/libwirestage.a $(LIBRARIES)

# The fuzzers' own build: clang's, with every check on.
FUZZ_FLAGS = -fno-sanitize-recover=all -fsanitize=address,undefined
build/fuzz/%: tests/fuzz/%.c build/fuzz/libwirestage.a
	$(call say,LD)$(CLANG) $(CFLAGS) $(LIBRARIES_CFLAGS) $(FUZZ_FLAGS),fuzzer -o $@ $^ $(LIBRARIES)
ifneq ($(BUILD),build/fuzz)
build/fuzz/libwirestage.a: always
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=$(CLANG) OPTIMIZE='-O1 -g' \
		SANITIZE='$(FUZZ_FLAGS),fuzzer-no-link' $@
endif

# What the tests stand on, installed or made once, and before all that wants it.
# Where it cannot be had, the suites that want it are skipped, and say so; CI
# takes that for a failure.
test-tools: build/venv/ready build/kafka/classes.jsa
debian-tools: | unit-tools
	@deploy/deps.sh unit test lint || echo 'SOME TESTS WILL BE SKIPPED OR FAIL.'
unit-tools:
	@deploy/deps.sh unit
build/venv/ready: tests/requirements.txt | debian-tools
	@mkdir -p build
	-@python3 -m venv build/venv && \
		build/venv/bin/pip install --quiet --requirement $< && touch $@
build/page/ready build/deploy/ready: build/%/ready: tests/%/package.json | debian-tools
	-@deploy/deps.sh page
	-mkdir -p $(@D) && cp $< $(@D) && \
		npm install --silent --no-audit --no-fund --prefix $(@D) && touch $@
build/kustomize/bin/kustomize: | debian-tools
	-@deploy/deps.sh manifests
	@rm -rf build/kustomize && mkdir -p build/kustomize
	-@cd build/kustomize && GOPATH=$$PWD GOCACHE=$$PWD/cache GOFLAGS=-modcacherw \
		go install sigs.k8s.io/kustomize/kustomize/v5@v5.0.1 >log 2>&1 && \
		rm -r pkg cache || cat log
build/kafka/ready: tests/kafka/pom.xml | debian-tools
	@rm -rf build/kafka && mkdir -p build/kafka
	-@mvn --quiet --batch-mode --file $< dependency:copy-dependencies \
		>build/kafka/log && touch $@ || cat build/kafka/log
build/kafka/classes.jsa: build/kafka/ready tests/kafka/archive.py | build/venv/ready
	-@[ ! -d build/kafka/libs ] || build/venv/bin/python tests/kafka/archive.py
build/fuzz/libwirestage.a: | debian-tools
$(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/unit/*.c tests/mock/*.c)): | unit-tools

programs: all $(UNIT) $(BUILD)/golden

# Three at a time, also on two cores: most of them wait more than they work.
test: test-tools build/page/ready programs $(FUZZERS) ## every suite, in less than five minutes
	$(RUN) --jobs 3 unit mock golden judge cli linear fuzz page broker

test-quick: programs ## unit and golden tests alone
	$(RUN) unit golden

test-page: build/page/ready ## the status page in a real Chromium
	$(RUN) page

test-broker: test-tools all ## the tests on a real Apache Kafka
	$(RUN) chaos broker chaos-more stopping

test-chaos: test-tools all ## each fault a few times, on three brokers
	$(RUN) chaos chaos-more

golden: programs ## the golden cases; `make golden UPDATE=1` writes them
	$(BUILD)/golden $(if $(UPDATE),--update) tests/golden

fuzz: $(FUZZERS) ## each fuzzer for FUZZ_SECONDS
	python3 tests/run.py --build build --fuzz-seconds $(FUZZ_SECONDS) fuzz

# What a sanitizer finds ends the program by a signal or a status that is no
# command's own; what is slower has more time.
SANITIZED = CK_TIMEOUT_MULTIPLIER=5 PATIENCE=5 UBSAN_OPTIONS=print_stacktrace=1 \
	ASAN_OPTIONS=abort_on_error=1:detect_stack_use_after_return=1:allocator_may_return_null=1:exitcode=99 \
	TSAN_OPTIONS=halt_on_error=1:suppressions=$(CURDIR)/tests/tsan.supp \
	python3 tests/run.py

# All but linear: valgrind cannot run what a sanitizer has instrumented; and
# harness, which has nothing of the program.
asan: test-tools ## the suites under AddressSanitizer and UBSan
	$(MAKE) BUILD=build/asan OPTIMIZE='-O1 -g' SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' programs
	$(SANITIZED) --jobs 3 --without harness --build build/asan unit mock golden judge cli broker stopping

# Without sight of the locks within librdkafka each record that it hands over
# would look like a race; so it is built for ThreadSanitizer as well. The
# commands at a terminal have one thread each.
TSAN_RDKAFKA = build/librdkafka-tsan
tsan: test-tools ## the workers' tests under ThreadSanitizer
	LIBRDKAFKA_TSAN=yes deploy/librdkafka.sh $(TSAN_RDKAFKA)
	$(MAKE) BUILD=build/tsan OPTIMIZE='-O1 -g' SANITIZE=-fsanitize=thread \
		LDFLAGS=-L$(TSAN_RDKAFKA)/lib LIBRARIES="$(LIBRARIES) $$( \
		PKG_CONFIG_PATH=$(TSAN_RDKAFKA)/lib/pkgconfig pkg-config --libs rdkafka)" \
		$(patsubst $(BUILD)/%,build/tsan/%,all $(filter $(BUILD)/mock/%,$(UNIT)))
	$(SANITIZED) --files 2 --without harness --without terminal --build build/tsan mock broker stopping

bench: test-tools all $(BENCHES) ## what it costs, beside a passthrough
	build/venv/bin/python tests/bench/bench.py --build $(BUILD) $(BENCH_OPTIONS)

bench-replay: test-tools all ## a replay beside run, and how soon it resumes
	build/venv/bin/python tests/bench/replay.py --build $(BUILD) $(BENCH_OPTIONS)

bench-scaling: test-tools all ## 1 to 4 processes, 1 to 8 workers
	build/venv/bin/python tests/bench/scaling.py --build $(BUILD) $(BENCH_OPTIONS)

# The image, made and run without a registry. Not every root may raise limits
# to podman's defaults, and chroot's isolation asks for neither limits nor a
# network of its own. What this system tells its apt about the way to its
# mirror, the build's apt hears too.
PODMAN = podman --runtime runc
BASE   = debian:trixie-slim
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
endif
IMAGE_BUILD = $(PODMAN) build --isolation chroot --timestamp $(SOURCE_DATE_EPOCH) \
	--volume $(CURDIR)/build/apt.conf:/etc/apt/apt.conf.d/99host:ro \
	--build-arg VERSION=$(VERSION) --file deploy/Containerfile

image: image-base ## the service's container image, localhost/wirestage
	$(IMAGE_BUILD) --tag wirestage .

image-tools: ## install what the image and deployment tests take
	@deploy/deps.sh deploy

image-base: image-tools
	@mkdir -p build
	@apt-config dump 2>/dev/null | grep -E '^Acquire::(Check-|[a-z]*::Proxy)' >build/apt.conf || :
	podman image exists $(BASE) || podman pull --quiet $(BASE) || deploy/base-image.sh $(BASE)

test-image: image test-tools ## the image, sealed, on a real Apache Kafka
	$(RUN) image

# What is compared leaves out the history, which names what came from a cache.
SAME = {{.RootFS.Layers}} {{.Config}}
test-image-twice: image ## whether a second build, from nothing, is the same
	$(IMAGE_BUILD) --no-cache --quiet --tag wirestage-again .
	[ "$$(podman image inspect --format '$(SAME)' wirestage)" = \
		"$$(podman image inspect --format '$(SAME)' wirestage-again)" ]

chaos: test-tools all ## each fault CHAOS_COUNT times, or in proportion
	WIRESTAGE=$(CURDIR)/$(BUILD)/wirestage build/venv/bin/python tests/broker/long_chaos.py \
		--count $(CHAOS_COUNT) $(if $(CHAOS_SEED),--seed $(CHAOS_SEED))

test-deploy: test-tools image-tools build/deploy/ready build/kustomize/bin/kustomize all ## manifests, alerts, dashboard, compose
	$(RUN) deploy

lint: ## format, warnings, include direction, static analysis
	@deploy/deps.sh lint
	nice python3 tests/lint.py

.PHONY: test test-tools test-page debian-tools unit-tools test-quick test-broker programs golden fuzz asan tsan bench bench-replay bench-scaling lint \
	test-chaos chaos image image-tools image-base test-image test-image-twice test-deploy
