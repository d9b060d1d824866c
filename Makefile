# invaudit: `make` builds, `make deps demo` shows the main job, `make deps test` tests.
#
# Variables: FLAVOUR=release|debug|asan|tsan|fuzz|mutants|mutants-asan, CC, CFLAGS, LDFLAGS (added to ours),
# V=1 (show commands), WERROR= (warnings are no errors), SHARED (where the published conformance suites are);
# CC_FOR_BUILD (CC): the compiler of what runs while building, where CC is a cross-compiler;
# for install: PREFIX (/usr/local) and DESTDIR (where a packager collects files).

.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

version := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)
FLAVOUR ?= release
SHARED ?= ../shared
DESTDIR ?=
PREFIX ?= /usr/local
prefix ?= $(PREFIX)
ifeq ($(origin CC),default)
CC := gcc
endif

# ---- flavours -----------------------------------------------------------------------

build_release := build
build := $(or $(build_$(FLAVOUR)),build/$(FLAVOUR))
flags_release := -O2 -g
flags_debug := -O0 -g3
# Of a report, -g1 gives function, file and line; to write variables and types, too, took a third
# of the compiler's time. -Og: half of the time that -O1 takes, and programs that take a
# twentieth longer.
flags_asan := -Og -g1 -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer
flags_tsan := -O1 -g1 -fsanitize=thread
flags_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=all -DFUZZ
# The library is a shared object, so that all programs run another one without a link.
# A read behind an array's end ends the program, as in the sanitizers' run of the tests.
flags_mutants := -O1 -fPIC -fno-semantic-interposition \
    -fsanitize=bounds -fsanitize-undefined-trap-on-error
flags_mutants-asan := -O1 -fPIC -fno-semantic-interposition $(flags_asan)
ifeq ($(FLAVOUR),fuzz)
CC := clang
endif
ifeq ($(flags_$(FLAVOUR)),)
$(error unknown FLAVOUR '$(FLAVOUR)': expected release, debug, asan, tsan, fuzz, mutants or mutants-asan)
endif

# What makes a fault of memory an end instead of a way in. FORTIFY needs optimization, and
# is left to those who give a level, or -O0, themselves. Asked of the compiler once, and
# not before `deps` has run: not every one has each for every machine.
hardening_wanted := -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=3
accepted = $(shell for flag in $(1); do $(CC) -Werror -O2 -U_FORTIFY_SOURCE $$flag \
    -include string.h -x c -c -o /dev/null /dev/null 2>/dev/null && echo "$$flag"; done)
own_fortify = $(if $(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS))$(filter -O0,$(CFLAGS)),,-U_FORTIFY_SOURCE)
asked = $(call accepted,$(if $(own_fortify),$(hardening_wanted),$(filter-out -D%,$(hardening_wanted))))
hardening_release = $(eval hardening_release := $(own_fortify) $(asked))$(hardening_release)
link_release := -Wl,-z,relro,-z,now
# Where the program is, is known when it is linked: its 177,000 addresses, most of which say where
# a sanitizer's check stands, need not be written at each start, which was a third of a short run.
link_asan := -no-pie $(if $(findstring clang,$(CC)),,-static-libasan -static-libubsan)
hardening = $(hardening_$(FLAVOUR))

# ---- flags --------------------------------------------------------------------------
# Recursive, so that pkg-config is not asked before `deps` has run.

WERROR ?= -Werror
CC_FOR_BUILD ?= $(CC)
packages := jansson yaml-0.1 libpcre2-8 nettle
package_cflags = $(shell pkg-config --cflags $(packages))
# libm: where the compiler did not inline all of it. To load it takes a while.
package_libs = $(archives) $(shell pkg-config --libs $(packages)) -Wl,--as-needed -lm -pthread
# Archives: of libarchive.a only the reader of tar is linked. As shared libraries they would take
# longer to load than a short run lasts (libarchive.so: 9 ms, with libxml2 and ICU behind it).
# A shared object of ours keeps their names to itself, since they are compiled for programs;
# all but libbz2.a, which names stderr.
archive_libs := -larchive -lminizip -lz -lzstd -llzma -lbz2
archives := -Wl,-Bstatic $(archive_libs) -Wl,-Bdynamic
ifneq ($(filter mutants%,$(FLAVOUR)),)
archives := -Wl,--exclude-libs,ALL -Wl,-Bstatic $(filter-out -lbz2,$(archive_libs)) -Wl,-Bdynamic -lbz2
endif
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
    -Wold-style-definition -Wwrite-strings -Wcast-qual -Wpointer-arith -Wformat=2 \
    -Wundef -Wvla -Wdate-time -Wswitch-enum -Wimplicit-fallthrough -Wconversion -Wno-sign-conversion
# -fPIE: the same objects are linked into the static program. -ffile-prefix-map: the
# folder that it was built in is not in the program, so that a build can be repeated.
own_cflags = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
    -DINVAUDIT_VERSION='"$(version)"' -Ianalyzer -fPIE -ffile-prefix-map='$(CURDIR)'=. \
    $(flags_$(FLAVOUR)) $(hardening) $(warnings) $(WERROR) $(package_cflags)
compile = $(CC) $(own_cflags) $(CPPFLAGS) $(CFLAGS) -MMD -MP
link = $(CC) $(flags_$(FLAVOUR)) $(link_$(FLAVOUR)) $(LDFLAGS)
link_shared = $(link) -shared -Wl,-soname,libinvaudit.so
# The linker warns of what a static program cannot do alone (getpwnam, getaddrinfo): fatal.
# Such a program loads no library: where ours would, it finds that the loader is not there.
static_link = $(link) -static-pie -Wl,--fatal-warnings -Wl,--wrap=dlopen,--wrap=dlsym
static_libs = $(archive_libs) $(shell pkg-config --static --libs $(packages)) -lm -pthread

# A test's own code is big, and runs but for a moment: what would make it quick takes longer. And
# a linker that is quick, where there is one, since 150 programs are linked.
flags_test_release := -O0 -U_FORTIFY_SOURCE
flags_test_asan := -O0
quick_link = $(eval quick_link := $(shell for linker in lld gold; do \
    echo 'int main(void) { return 0; }' | $(CC) -fuse-ld=$$linker -x c -o /dev/null - 2>/dev/null && \
    echo -fuse-ld=$$linker && break; done))$(quick_link)
compile_test = $(compile) $(flags_test_$(FLAVOUR)) -Itests/unit

V ?=
quiet := $(if $(V),,@)
say = @$(if $(V),:,echo)

# ---- files --------------------------------------------------------------------------

sources := $(sort $(wildcard analyzer/*.c analyzer/*/*.c))
headers := $(sort $(wildcard analyzer/*.h analyzer/*/*.h))
# Sizes, sums and names: a rule's name may hold what make takes for two.
rules = $(shell find rules -name '*.yaml' -type f -exec cksum {} + | LC_ALL=C sort)
of_pages := analyzer/report/html.css analyzer/report/html.js
aws_words := rules/aws-services.txt rules/aws-operations.txt
objects := $(sources:%.c=$(build)/obj/%.o)
library := $(build)/obj/$(if $(filter mutants%,$(FLAVOUR)),libinvaudit.so,invaudit.a)
# What runs while the program is built, and is no part of it.
embed_sources := analyzer/embed.c $(filter-out analyzer/base/sandbox.c,$(wildcard \
    analyzer/base/*.c analyzer/config/*.c analyzer/catalog/catalog*.c))
embed_headers := $(filter analyzer/base/% analyzer/config/% analyzer/catalog/catalog%,$(headers))
embed := $(build)/obj/embed
seccomp := $(build)/obj/seccomp
made_objects := $(build)/obj/tables.o $(build)/obj/script.o $(build)/obj/filters.o
library_objects := $(filter-out %/main.o %/embed.o %/seccomp.o,$(objects)) $(made_objects)
program := $(build)/invaudit
static := $(build)/static/invaudit
has_static := $(filter release debug,$(FLAVOUR))

unit_sources := $(filter-out tests/unit/rows.c,$(sort $(wildcard tests/unit/*.c)))
unit_tests := $(unit_sources:%.c=$(build)/%)
conformance_tests := $(patsubst %.c,$(build)/%,$(sort $(wildcard tests/conformance/*.c)))
differential := $(build)/tests/differential/jmespath
protection := $(build)/tests/protection/protection
example := $(build)/tests/header/jmespath_example
fuzz_sources := $(filter-out tests/fuzz/replay.c,$(sort $(wildcard tests/fuzz/*.c)))
fuzz_tests := $(fuzz_sources:%.c=$(build)/%)
manuals := $(sort $(wildcard man/*.[15]))

# `make -j deps test`: nothing is built before the packages are there.
after_deps := $(filter deps deps-collect deps-parallel deps-shells deps-slurm deps-lint deps-bench deps-formats,$(MAKECMDGOALS))

.PHONY: all static deps deps-bench deps-collect deps-formats deps-lint deps-parallel deps-shells deps-slurm demo demo-coverage test test-unit test-conformance \
    conformance differential protection schedules test-fuzz test-fixtures test-silence test-shards test-threads test-reference test-records test-cli \
    faults test-archives test-faults mutants mutants-programs run-mutants \
    test-collect test-formats test-reports test-slurm test-static test-reproducible test-dist losing bless lint format fuzz fuzz-long \
    fuzz-merge fuzz-records bench bench-parts bench-scale bench-databases bench-jmespath bench-merge install uninstall \
    dist clean help FORCE

all: $(program) ## build build/invaudit
static: $(static) ## build build/static/invaudit, which needs no library and no file

# ---- packages -----------------------------------------------------------------------

deb_packages := gcc make libc6-dev pkg-config libjansson-dev libyaml-dev libpcre2-dev \
    nettle-dev libarchive-dev libminizip-dev zlib1g-dev libzstd-dev liblzma-dev libbz2-dev \
    libcmocka-dev bats mandoc python3 python3-yaml python3-jmespath jq \
    python3-jsonschema libxml2-utils tzdata libxlsxwriter-dev libseccomp-dev strace
deb_packages_lint := clang clang-format clang-tidy cppcheck libclang-rt-14-dev shellcheck

deb_packages_bench := jp jq python3 python3-jmespath time g++ libsimdjson-dev
npm_packages_bench := @duckdb/node-api
# What reads the reports as their readers do: tests/formats/.
deb_packages_formats := chromium cmark-gfm tidy jq python3
npm_packages_formats := @microsoft/sarif-multitool-linux axe-core html-validate puppeteer-core

# Shells that the collection script runs in, and the program that it runs.
deb_packages_shells := busybox mksh posh yash
deb_packages_collect := awscli jq python3

# What starts the program on many machines.
deb_packages_parallel := parallel openssh-server openssh-client rsync
deb_packages_slurm := slurm-wlm munge

deps: ## install what building and testing need (Debian, root or sudo)
	@tests/deps.sh $(deb_packages)

deps-lint: $(filter deps,$(MAKECMDGOALS)) ## install what `make lint` needs
	@tests/deps.sh $(deb_packages_lint)

deps-bench: $(filter deps,$(MAKECMDGOALS)) ## install what `make bench` and `bench-jmespath` compare with
	@tests/deps.sh $(deb_packages_bench) $(if $(shell command -v npm),,nodejs npm)
	@mkdir -p $(build)/bench/packages
	@npm install --silent --no-audit --no-fund --prefix $(build)/bench/packages $(npm_packages_bench)

deps-formats: $(filter deps,$(MAKECMDGOALS)) ## install what `make test-formats` needs
	@tests/deps.sh $(deb_packages_formats) $(if $(shell command -v npm),,nodejs npm)
	@mkdir -p $(build)/formats/packages
	@npm install --silent --no-audit --no-fund --prefix $(build)/formats/packages $(npm_packages_formats)

deps-shells: $(filter deps deps-lint,$(MAKECMDGOALS)) ## install other shells, for tests/cli/collect.bats (3 MB)
	@tests/deps.sh $(deb_packages_shells)

deps-parallel: $(filter deps deps-lint deps-shells,$(MAKECMDGOALS)) ## install what tests/parallel.sh needs: GNU parallel, sshd
	@tests/deps.sh $(deb_packages_parallel)

deps-slurm: $(filter deps,$(MAKECMDGOALS)) ## install what `make test-slurm` needs
	@tests/deps.sh $(deb_packages_slurm)

deps-collect: $(filter deps,$(MAKECMDGOALS)) ## install what `make test-collect` needs
	@tests/deps.sh $(deb_packages_collect)

# ---- building -----------------------------------------------------------------------

# Rebuilds what depends on it when the text changes, and only then.
define stamp
@mkdir -p $(@D)
@printf '%s\n' '$(subst ','\'',$(1))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(1))' >$@
endef

$(build)/obj/flags: FORCE | $(after_deps)
	$(call stamp,$(CC) $(own_cflags) $(CPPFLAGS) $(CFLAGS) / $(LDFLAGS) / $(sources))

$(build)/obj/rules: FORCE
	$(call stamp,$(rules))

$(made_objects): %.o: %.c $(build)/obj/flags
	$(say) CC $@
	$(quiet)$(compile) -Wno-overlength-strings -c -o $@ $<

# From sources, not objects: those are another machine's when CC is a cross-compiler.
$(embed): $(embed_sources) $(embed_headers) $(build)/obj/flags
	$(say) CC $@
	$(quiet)$(CC_FOR_BUILD) $(filter-out $(flags_$(FLAVOUR)) $(hardening),$(own_cflags)) -o $@ \
	    $(embed_sources) $(package_libs)

$(seccomp): analyzer/seccomp.c analyzer/base/sandbox.def $(build)/obj/flags
	$(say) CC $@
	$(quiet)$(CC_FOR_BUILD) $(filter-out $(flags_$(FLAVOUR)) $(hardening),$(own_cflags)) -o $@ \
	    $< $(shell pkg-config --cflags --libs libseccomp)

$(build)/obj/filters.c: $(seccomp)
	$(quiet)$(seccomp) >$@

$(build)/obj/tables.c: $(embed) rules/catalog.yaml $(aws_words) $(build)/obj/rules $(of_pages)
	$(quiet)$(embed) rules/catalog.yaml $(aws_words) rules $(of_pages) >$@

$(build)/obj/script.c: analyzer/collect/script.sh Makefile
	@mkdir -p $(@D)
	$(quiet){ echo 'extern const char *const script_lines[];' && \
	    echo 'const char *const script_lines[] = {' && \
	    sed 's/[\\"]/\\&/g; s/.*/"&\\n",/' $< && echo '0 };'; } >$@

$(build)/obj/%.o: %.c $(build)/obj/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(compile) -c -o $@ $<

$(library): $(library_objects)
	@rm -f $@
	$(quiet)$(if $(filter %.so,$@),$(link_shared) -o $@ $^ $(package_libs),ar rcsD $@ $^)

$(program): $(build)/obj/analyzer/main.o $(library)
	$(say) LD $@
	$(quiet)$(link) -o $@ $^ $(package_libs)

$(static): $(build)/obj/analyzer/main.o $(library)
	$(if $(has_static),,$(error there is no static program with FLAVOUR=$(FLAVOUR): the \
	    sanitizers need shared libraries; expected release or debug))
	@mkdir -p $(@D)
	$(say) LD $@
	$(quiet)$(static_link) -o $@ $^ $(static_libs)

# ---- tests --------------------------------------------------------------------------

$(unit_tests): $(build)/tests/unit/%: tests/unit/%.c $(build)/obj/tests/unit/rows.o $(library)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(compile_test) -Itests/protection -o $@ $(filter %.c %.o %.a %.so,$^) $(quick_link) $(LDFLAGS) $(package_libs) -lcmocka

$(conformance_tests): $(build)/tests/conformance/%: tests/conformance/%.c $(build)/obj/tests/unit/rows.o $(library)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(compile_test) -o $@ $(filter %.c %.o %.a %.so,$^) $(quick_link) $(LDFLAGS) $(package_libs) -lcmocka

# Of no use to a sanitizer's program, which takes no library before its own.
faults := $(if $(has_static),$(build)/tests/faults/faults.so)
$(build)/tests/faults/faults.so: tests/faults/faults.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) -std=c11 -O2 -g -shared -fPIC $(warnings) $(WERROR) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LDFLAGS) -ldl

breach := $(if $(has_static),$(build)/tests/sandbox/breach.so)
$(build)/tests/sandbox/breach.so: tests/sandbox/breach.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) -std=c11 -O2 -g -shared -fPIC $(warnings) $(WERROR) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LDFLAGS) -ldl

$(differential): tests/differential/jmespath.c $(library)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(compile) -Itests/unit -o $@ $(filter %.c %.o %.a %.so,$^) $(LDFLAGS) $(package_libs)

$(protection): tests/protection/protection.c $(wildcard tests/protection/*.h) $(library)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(compile) -Itests/protection -Itests/unit -o $@ $(filter %.c %.o %.a %.so,$^) $(LDFLAGS) $(package_libs)

# The program in the head of jmespath.h, with jmespath/, base/ and jansson alone. Of an
# archive only what is needed is linked, so that neither PCRE2 nor nettle is.
$(example).c: analyzer/jmespath/jmespath.h
	@mkdir -p $(@D)
	$(quiet)sed -n '/^ \* A whole program/,/^ \* It prints:/s/^ \*     //p' $< >$@
$(example).a: $(filter $(build)/obj/analyzer/jmespath/% $(build)/obj/analyzer/base/%,$(objects))
	@mkdir -p $(@D)
	@rm -f $@
	$(quiet)ar rcs $@ $^
$(example): $(example).c $(example).a
	$(say) CC $<
	$(quiet)$(compile) -o $@ $(filter %.c %.o %.a %.so,$^) $(LDFLAGS) $(shell pkg-config --libs jansson) -lm

# With FLAVOUR=fuzz: libFuzzer's main; else replay.c runs the corpus and mutations of it.
fuzz_main = $(if $(filter fuzz,$(FLAVOUR)),-fsanitize=fuzzer,$(build)/obj/tests/fuzz/replay.o)
$(fuzz_tests): $(build)/tests/fuzz/%: tests/fuzz/%.c $(library) $(if $(filter fuzz,$(FLAVOUR)),,$(build)/obj/tests/fuzz/replay.o)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(compile) -Itests/unit -o $@ $< $(library) $(fuzz_main) $(if $(filter fuzz,$(FLAVOUR)),,$(quick_link)) $(LDFLAGS) $(package_libs)

export INVAUDIT = $(abspath $(program))
export STATIC = $(abspath $(static))
export HEADER_EXAMPLE = $(abspath $(example))
export PROTECTION = $(abspath $(protection))
export DIFFERENTIAL_JMESPATH = $(abspath $(differential))
export SHARED := $(abspath $(SHARED))
export FAULTS_LIBRARY = $(if $(faults),$(abspath $(faults)))
export BREACH_LIBRARY = $(if $(breach),$(abspath $(breach)))
export REPORTS = $(abspath $(build))/tests/reports
# A process under a sanitizer takes several times as long, and does the same: there what
# compares texts or times, installs, reads what others wrote, or gives the program nothing
# that other tests do not give it, has no more to show.
sanitized := $(filter asan tsan,$(FLAVOUR))
left_out = $(if $(sanitized),tests/parallel.sh tests/reports.sh tests/json.sh tests/schedules.sh \
    $(wildcard $(patsubst %,tests/cli/%.bats,commentary install manual* readme scale)))
# Random evidence: so many trees, or for more `make test TREES=5000`.
export REFERENCE_TREES = $(or $(TREES),$(if $(sanitized),200,1000))
export RECORDS_TREES = $(or $(TREES),$(if $(sanitized),30,120))
export VERIFY_SAMPLES = $(if $(sanitized),8,50)
export FIXTURES_TWICE_EACH = $(if $(sanitized),6,1)
export STATES_EACH = $(if $(sanitized),6,1)
export ARCHIVES_EACH = $(if $(sanitized),3,1)
export VERIFY_EACH = $(if $(sanitized),4,1)
export LISTS_COUNT = $(if $(sanitized),18,45)
export PAGES_CUTS = $(if $(sanitized),5,16)
export SHARDS_CUTS = $(if $(sanitized),6,50)
export LOSING_TREES = $(or $(TREES),$(if $(sanitized),15,60))
export RECORDED_EACH = $(if $(sanitized),27,1)
# Which shells a script of the program runs in; all that are there: empty.
export SCRIPT_SHELLS = $(if $(sanitized),dash)
export PUBLISHED_LOSSES = $(if $(sanitized),1,3)
# A call to the system that base/sandbox.def does not have ends the program.
export INVAUDIT_SANDBOX := strict
# Of where memory was allocated, six callers are told: to keep 30 took a tenth of the time.
export ASAN_OPTIONS := detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0:malloc_context_size=6
export UBSAN_OPTIONS := print_stacktrace=1
run := tests/run.sh $(build)/tests

# First what leaves reports, then what reads them and all else; of both the longest before
# the others, so that no processor waits for one at the end.
leave_reports = tests/fixtures.sh $(sort $(wildcard tests/cli/*.bats))
longest := tests/reference.sh tests/records.sh tests/losing.sh tests/shards.sh tests/recorded.sh tests/faults.sh tests/reports.sh
other_tests = tests/diffs.sh tests/archives.sh tests/parallel.sh tests/schedules.sh tests/json.sh tests/published.sh tests/protection.sh tests/silence.sh \
    tests/threads.sh tests/differential.sh tests/header.sh $(if $(has_static),tests/static.sh) $(if $(hardening),tests/hardening.sh)
test: $(program) $(if $(has_static),$(static)) $(unit_tests) $(conformance_tests) $(differential) $(protection) $(example) $(fuzz_tests) $(faults) $(breach) ## run every test
	@$(run) $(filter-out $(left_out),$(leave_reports) -- $(longest) $(fuzz_tests) $(other_tests)) \
	    $(conformance_tests) $(unit_tests)
test-unit: $(unit_tests)
	@$(run) $^
test-conformance: $(conformance_tests)
	@$(run) $^
conformance: $(build)/tests/conformance/jmespath $(build)/tests/conformance/json $(program) ## run the published suites of JMESPath and JSON
	@$(run) $(filter-out $(program),$^) tests/json.sh
differential: $(differential) ## compare many expressions with the AWS CLI's jmespath.py: COUNT=100000 SEED=1
	@tests/differential.sh $(or $(COUNT),100000) $(or $(SEED),1)
protection: $(protection) $(program) ## run the cases and trees of a folder: CASES=tests/protection
	@tests/protection/run.sh $(protection) $(program) $(or $(CASES),tests/protection)
schedules: $(protection) ## compare many schedules with an enumeration of their runs: COUNT=20000 SEED=1
	@tests/schedules.sh $(or $(COUNT),20000) $(or $(SEED),1)
test-fuzz: $(fuzz_tests)
	@$(run) $^
test-fixtures: $(program)
	@$(run) tests/fixtures.sh tests/diffs.sh
test-silence: $(program) ## for each call of the catalog: what it does not print is not known
	@$(run) tests/silence.sh
test-shards: $(program) ## cut evidence into parts at random, and compare with one scan: COUNT=50 SEED=1
	@tests/shards.sh $(or $(COUNT),50) $(or $(SEED),1)
test-threads: $(program) ## compare the reports of 1, 2 and 7 threads; FLAVOUR=tsan: look for races
	@$(run) $(if $(filter tsan,$(FLAVOUR)),$(build)/tests/unit/base_workers) tests/threads.sh
ifeq ($(FLAVOUR),tsan)
test-threads: $(build)/tests/unit/base_workers
endif
test-reference: $(program) ## compare with the second implementation (tests/reference/)
	@$(run) tests/reference.sh
test-records: $(program) ## seek a world that contradicts a verdict of a rule about each record: TREES=5000
	@$(run) tests/records.sh tests/published.sh
losing: $(program) ## lose a part of random evidence at a time, and see that no finding turns: TREES=5000 SEED=0
	@tests/losing.sh $(or $(TREES),5000) $(or $(SEED),0)
test-archives: $(program) ## archives that are read in their place: the stories, and hostile ones
	@$(run) tests/archives.sh
test-faults: $(program) $(faults)
	@$(run) tests/faults.sh
mutants: ## see whether tests notice small changes of the program: MINUTES=10 SEED=7 FLOORS="judge gather", ONLY=judge/place.c:86, JOBS=1, QUICK=1
	$(if $(QUICK),,@$(MAKE) FLAVOUR=mutants-asan mutants-programs)
	@$(MAKE) FLAVOUR=mutants run-mutants
mutants-programs: $(program) $(unit_tests)
run-mutants: export COMPILE = $(compile)
run-mutants: export LINK = $(link_shared)
run-mutants: export SANITIZE = $(flags_asan)
run-mutants: export LINK_LIBRARIES = $(package_libs)
run-mutants: export BUILD = $(build)
run-mutants: export OBJECTS = $(library_objects)
run-mutants: mutants-programs $(differential) $(protection) $(build)/tests/conformance/jmespath
	@tests/mutants/run.py --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1) --goal $(or $(GOAL),97) \
	    $(if $(JOBS),--jobs $(JOBS)) $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY),$(or $(FLOORS),gather judge explain rulebook jmespath report))
faults: $(program) $(faults) ## make every call to the system fail, one after the other (20 minutes)
	@tests/faults.sh 1
test-cli: $(program) $(breach)
	@$(run) tests/cli
test-reports: $(program) ## check the reports of fixtures and command line by their schemas
	@$(run) tests/fixtures.sh tests/cli -- tests/reports.sh
test-formats: export FORMATS = $(abspath $(build))/formats
test-formats: $(program) ## have the programs that read them read the reports: browsers, validators (make deps-formats)
	@$(run) $(sort $(wildcard tests/formats/*.sh))
test-collect: $(program) ## run the collection script with Debian's AWS CLI, against a server on loopback (make deps-collect)
	@$(run) tests/collect
test-slurm: $(program) ## have an array of Slurm on one node read evidence in parts (make deps-slurm; root; 20 seconds)
	@$(run) tests/slurm.sh
test-static: $(program) $(static) ## run the static program where there is no other file
	@$(run) tests/static.sh $(if $(hardening),tests/hardening.sh)
test-reproducible: ## build twice, in two folders, and compare (half a minute)
	+@tests/reproducible.sh . build/reproducible
test-dist: dist ## build and test what `make dist` made, without git (a minute)
	@tests/dist_test.sh build/dist
bless: $(program) ## rewrite the expectations in fixtures/ and tests/recorded/; read the diff
	@tests/fixtures.sh --bless
	@tests/diffs.sh --bless
	@tests/recorded.sh --bless

# What a run finds is kept in build/fuzz/corpus; a crash, where it was made.
fuzz_target = $(or $(TARGET),records)
fuzz: ## fuzz one target with libFuzzer: make fuzz TARGET=records SECONDS=60
	@$(MAKE) FLAVOUR=fuzz build/fuzz/tests/fuzz/$(fuzz_target)
	@mkdir -p build/fuzz/corpus/$(fuzz_target)
	build/fuzz/tests/fuzz/$(fuzz_target) -max_total_time=$(or $(SECONDS),60) -max_len=8192 \
	    $(addprefix -dict=,$(wildcard tests/fuzz/words/$(fuzz_target))) \
	    build/fuzz/corpus/$(fuzz_target) tests/fuzz/corpus/$(fuzz_target)
fuzz-long: ## fuzz every target, one after the other, an hour each: HOURS=1, or SECONDS=600
	@for target in $(notdir $(fuzz_sources:.c=)); do \
	    $(MAKE) fuzz TARGET=$$target SECONDS=$(or $(SECONDS),$$(($(or $(HOURS),1) * 3600))) || exit 1; \
	done
fuzz-merge: ## add what runs found to the corpora where it reaches other code, at most 4 KB a file
	@for target in $(or $(TARGET),$(notdir $(fuzz_sources:.c=))); do \
	    $(MAKE) FLAVOUR=fuzz build/fuzz/tests/fuzz/$$target && \
	    mkdir -p build/fuzz/corpus/$$target && \
	    build/fuzz/tests/fuzz/$$target -set_cover_merge=1 -use_counters=0 -max_len=4096 \
	        tests/fuzz/corpus/$$target build/fuzz/corpus/$$target || exit 1; \
	done

fuzz-records: $(build)/tests/fuzz/records ## the record reader against jansson: make fuzz-records MUTATIONS=1000000 SEED=1
	@$< $(or $(MUTATIONS),1000000) $(or $(SEED),88172645463325252)

bench: $(program) ## measure beside other programs, and the goals: ratios in one run (BENCH_MB=1000; OLD=an older program)
	@OLD="$(OLD)" tests/bench/field.py $(build)/bench $(TURNS)
bench-parts: $(program) ## measure the reader, digests and start-up alone
	@tests/bench/bench.sh $(build)/bench
bench-scale: $(program) ## measure how a scan grows with bytes, files, rules, threads (5 GB of room; SCALE_MB, SCALE_FILES, SCALE_RULES)
	@tests/bench/scale.py $(build)/bench $(TURNS)
bench-merge: $(program) ## measure the merge of the states of 1.2 million documents (5 minutes; MERGE_DOCUMENTS, MERGE_STATES)
	@tests/bench/merge.py $(build)/bench $(TURNS)
bench-databases: $(program) ## measure all published rules over 200,000 databases, and hostile shapes (DATABASES_ACCOUNTS, DATABASES_SHAPE)
	@tests/bench/databases.py $(build)/bench $(TURNS)

bench-jmespath: $(program) $(build)/bench/jmespath_compile ## measure compiling, and queries against jp, jq and jmespath.py
	@$(build)/bench/jmespath_compile
	@tests/bench/jmespath.sh $(build)/bench
$(build)/bench/jmespath_compile: tests/bench/jmespath_compile.c $(library)
	@mkdir -p $(@D)
	$(quiet)$(compile) -o $@ $(filter %.c %.o %.a %.so,$^) $(LDFLAGS) $(package_libs)

demo: $(program) ## scan bundled evidence and show the report
	@tests/demo.sh
demo-coverage: $(program) ## show which databases of bundled evidence AWS Backup protects
	@tests/demo-coverage.sh

# ---- lint ---------------------------------------------------------------------------

tidy_stamps := $(sources:%.c=build/lint/%.tidy)
alone_stamps := $(headers:%.h=build/lint/%.alone)
c_files := $(sort $(sources) $(headers) $(wildcard tests/*/*.c tests/*/*.h))

# One file at a time: given several, clang-tidy 14 reports a false valist.Uninitialized.
# The analyzer leaves a function after so many states, of its own accord after 225000. At
# 60000 it has been in each block of a function that it is in at 225000 (debug.Stats), in
# less than half of the time. With half as many states a line (what an expression is, is asked
# where it matters; values are dropped at the end of a block) 15000 are enough for nine files in
# ten; in the others it is in fewer blocks then, says `make lint-blocks`.
tidy_long := $(patsubst %,analyzer/%.c,aws/tag_condition aws/zone cli/command_rules_test cli/reports compare/diff \
    compare/files config/yaml explain/assess explain/assumptions explain/citations explain/explain \
    find/command find/members find/words gather/measures judge/cells judge/decide judge/taint query/query \
    report/evidence_list report/evidence_table report/grid report/html_matrix report/text_citations \
    report/text_group report/text_places rulebook/rule_outcomes rulebook/skeleton)
analyzer_config = $(patsubst %,-Xclang -analyzer-config -Xclang %,$(1))
short_look := $(call analyzer_config,max-nodes=15000 eagerly-assume=false max-inlinable-size=40) -Xclang -analyzer-purge=block
long_look := $(call analyzer_config,max-nodes=60000)
look_at = $(if $(STATES),$(call analyzer_config,max-nodes=$(STATES)),$(if $(filter $(1),$(tidy_long)),$(long_look),$(short_look)))
# And not again as long as the file and what it includes are the same, whatever else changed.
read_by = echo '$(call look_at,$<)'; cat .clang-tidy $< $$($(CC) $(own_cflags) -MM $< | tr -s '\\ ' '\n' | grep '^analyzer/' | sort)
build/lint/%.tidy: %.c .clang-tidy $(headers) | $(after_deps)
	@mkdir -p $(@D)
	@{ $(read_by); } | sha256sum >$@.read
	@cmp -s $@.read $@ || clang-tidy --quiet --warnings-as-errors='*' \
	    $(addprefix --extra-arg=,$(call look_at,$<)) $< -- $(filter-out -Werror,$(own_cflags)) 2>$@.log || \
	    { cat $@.log; exit 1; }
	@mv $@.read $@

lint-blocks: | $(after_deps) ## see in which files `lint` must look longer (5 minutes)
	@tests/blocks.py '$(short_look)' '$(long_look)' $(filter-out $(tidy_long),$(sources)) -- $(own_cflags)

build/lint/%.alone: %.h | $(after_deps)
	@mkdir -p $(@D)
	@$(CC) $(own_cflags) -fsyntax-only -x c $<
	@touch $@

.PHONY: lint-blocks lint-format lint-floors lint-cppcheck lint-manuals
lint: lint-format lint-floors lint-cppcheck lint-manuals $(alone_stamps) $(tidy_stamps) ## check style, floors, manuals, and what the analyzers find: STATES=225000 looks longer
	@echo "lint: nothing found"
lint-format: | $(after_deps)
	@clang-format --dry-run --Werror $(c_files)
lint-floors:
	@tests/floors.sh analyzer
# What only a table of members names (offsetof), cppcheck takes for unused.
lint-cppcheck: | $(after_deps)
	@mkdir -p build/lint/cppcheck
	@cppcheck --quiet -j 2 --cppcheck-build-dir=build/lint/cppcheck --std=c11 \
	    --enable=warning,style,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem --suppress=unusedStructMember:analyzer/compare/diff_json.c --error-exitcode=1 -Ianalyzer analyzer
lint-manuals: | $(after_deps)
	@if [ -n "$(manuals)" ]; then mandoc -T lint -W warning $(manuals); fi

format: ## lay out every C file as lint-format wants it
	@clang-format -i $(c_files)

# ---- the rest -----------------------------------------------------------------------

to = $(DESTDIR)$(prefix)
share_files := rules/catalog.yaml analyzer/report/report.schema.json analyzer/compare/diff.schema.json \
    analyzer/compare/verify.schema.json analyzer/catalog/catalog.schema.json analyzer/rulebook/rule.schema.json \
    analyzer/gather/waivers.schema.json
install: $(program) ## install the program, its manuals, catalog and schemas below $(DESTDIR)$(PREFIX)
	install -D -m 755 $(program) "$(to)/bin/invaudit"
	for f in $(share_files); do install -D -m 644 $$f "$(to)/share/invaudit/$${f##*/}" || exit 1; done
	for m in $(manuals); do \
	    install -D -m 644 $$m "$(to)/share/man/man$${m##*.}/$${m##*/}" || exit 1; \
	done
uninstall: ## remove what `make install` installed, given the same variables
	rm -f "$(to)/bin/invaudit"
	for f in $(share_files); do rm -f "$(to)/share/invaudit/$${f##*/}"; done
	for m in $(manuals); do rm -f "$(to)/share/man/man$${m##*.}/$${m##*/}"; done
dist: ## make the release from the last commit: build/dist/ (a minute)
	+@tests/dist.sh $(version) build/dist
clean: ## remove what was built
	rm -rf build
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 20

-include $(objects:.o=.d) $(wildcard $(build)/tests/*/*.d $(build)/obj/tests/*/*.d)
