/*
 * seccomp.c - a program of the build: prints base/sandbox.def as programs for the
 * kernel, as C for base/sandbox.c. libseccomp makes them here, so that a run has
 * neither to load that library nor to make them again.
 *
 *     seccomp >filters.c
 *
 * Of each machine that we know there are two: the usual one refuses a call that the
 * table does not have, the strict one ends the process. How to add a machine: a row of
 * `machines`, and a run of the tests on one.
 */
/* For clone() flags, which POSIX does not have.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef TIOCGWINSZ
#include <asm/ioctls.h>
#endif

/* A row of the table. */
struct call_rule {
    const char *call;
    uint32_t action;
    unsigned argument, condition_count;
    uint64_t mask, value;
};

#define ALLOW(call, phase, why) { #call, SCMP_ACT_ALLOW, 0, 0, 0, 0 },
#define ALLOW_IF(call, argument, mask, value, phase, why)                              \
    { #call, SCMP_ACT_ALLOW, (argument), 1, (mask), (value) },
#define LACKING(call, phase, why) { #call, SCMP_ACT_ERRNO(ENOSYS), 0, 0, 0, 0 },
#define NEVER(call, why)          { #call, SCMP_ACT_KILL_PROCESS, 0, 0, 0, 0 },
#define NEVER_IF(call, argument, mask, value, why)                                     \
    { #call, SCMP_ACT_KILL_PROCESS, (argument), 1, (mask), (value) },

static const struct call_rule rules[] = {
#include "base/sandbox.def"
};

static const struct call_machine {
    const char *condition; /* of the compiler */
    uint32_t token;
} machines[] = {
    { "defined(__x86_64__) && !defined(__ILP32__)", SCMP_ARCH_X86_64 },
    { "defined(__aarch64__) && defined(__AARCH64EL__)", SCMP_ARCH_AARCH64 },
};

static void check(int result, const char *what)
{
    if (result >= 0)
        return;
    fprintf(stderr, "seccomp: %s: %s\n", what, strerror(-result));
    exit(EXIT_FAILURE);
}

static void add_rule(scmp_filter_ctx filter, const struct call_rule *rule,
                     uint32_t usual_action)
{
    const struct scmp_arg_cmp condition =
        SCMP_CMP(rule->argument, SCMP_CMP_MASKED_EQ, rule->mask, rule->value);
    int number = seccomp_syscall_resolve_name(rule->call);

    check(number == __NR_SCMP_ERROR ? -ENOENT : 0, rule->call);
    if (rule->action != usual_action)
        check(seccomp_rule_add_array(filter, rule->action, number,
                                     rule->condition_count, &condition),
              rule->call);
}

static scmp_filter_ctx make_filter(uint32_t machine, uint32_t usual_action)
{
    scmp_filter_ctx filter = seccomp_init(usual_action);

    check(filter == NULL ? -ENOMEM : 0, "seccomp_init");
    if (machine != seccomp_arch_native()) {
        check(seccomp_arch_add(filter, machine), "seccomp_arch_add");
        check(seccomp_arch_remove(filter, seccomp_arch_native()),
              "seccomp_arch_remove");
    }
    check(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS),
          "the action for calls of another machine");
    /* a tree, not a list of comparisons */
    check(seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2), "a tree");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        add_rule(filter, &rules[i], usual_action);
    return filter;
}

/* The library writes to a descriptor alone. */
static void print_filter(scmp_filter_ctx filter, const char *name)
{
    FILE *exported = tmpfile();
    struct sock_filter step;

    check(exported == NULL ? -errno : 0, "a temporary file");
    check(seccomp_export_bpf(filter, fileno(exported)), "seccomp_export_bpf");
    rewind(exported);
    printf("static struct sock_filter %s[] = {\n", name);
    while (fread(&step, sizeof step, 1, exported) == 1)
        printf("    { 0x%02x, %u, %u, 0x%08x },\n", step.code, step.jt, step.jf,
               step.k);
    printf("};\n");
    fclose(exported);
    seccomp_release(filter);
}

int main(void)
{
    /* whatever the kernel of the build knows: SCMP_ACT_KILL_PROCESS is of level 3 */
    check(seccomp_api_set(3), "seccomp_api_set");
    printf("#include \"base/sandbox_filter.h\"\n\n#include \"base/str.h\"\n\n");
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        const struct call_machine *machine = &machines[i];

        printf("#%s %s\n", i == 0 ? "if" : "elif", machine->condition);
        print_filter(make_filter(machine->token, SCMP_ACT_ERRNO(ENOSYS)), "usual");
        print_filter(make_filter(machine->token, SCMP_ACT_KILL_PROCESS), "strict");
        printf("const struct sandbox_filter sandbox_filters[] = {\n"
               "    { usual, COUNT_OF(usual) },\n"
               "    { strict, COUNT_OF(strict) },\n"
               "};\n");
    }
    printf("#else\n"
           "const struct sandbox_filter sandbox_filters[SANDBOX_FILTERS];\n"
           "#endif\n");
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
