/*
 * amount.h - bytes as a reader takes them in: "12.3 MB".
 */
#ifndef CLI_AMOUNT_H
#define CLI_AMOUNT_H

enum { AMOUNT_TEXT_BYTES = 32 };

/* In kB, MB or GB of a thousand each. */
void amount_print(double bytes, char text[AMOUNT_TEXT_BYTES]);

#endif
