#include "cli/amount.h"

#include <stdio.h>

void amount_print(double bytes, char text[AMOUNT_TEXT_BYTES])
{
    static const char *const units[] = { "B", "kB", "MB", "GB" };
    const int last = (int)(sizeof units / sizeof *units) - 1;
    int unit = 0;

    /* 999,950 would print as 1000.0 kB. */
    while (unit < last && bytes >= (unit == 0 ? 1000 : 999.95)) {
        bytes /= 1000;
        unit++;
    }
    snprintf(text, AMOUNT_TEXT_BYTES, "%.*f %s", unit > 0 ? 1 : 0, bytes, units[unit]);
}
