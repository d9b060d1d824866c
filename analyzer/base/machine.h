/*
 * machine.h - end the program where the machine has nothing left to run it with.
 *
 *     file = open(path, O_RDONLY);
 *     if (file < 0) {
 *         machine_check(errno);
 *         ... it is something of the file: say so ...
 *
 * What has no memory or no descriptor says nothing of the evidence, so it must not
 * become a problem, and with it a verdict. Any thread may call these: the program ends
 * at once, says why once, and runs nothing that was hung on exit().
 */
#ifndef BASE_MACHINE_H
#define BASE_MACHINE_H

enum { MACHINE_STATUS = 4 };

/* Ends the program if `error`, an errno, is one of the machine's: ENOMEM, EMFILE,
 * ENFILE. */
void machine_check(int error);

/* Says "invaudit: WHY" and ends the program. */
_Noreturn void machine_failed(const char *why);

#endif
