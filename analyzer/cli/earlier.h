/*
 * earlier.h - the options of an earlier run, from the JSON report that it wrote:
 * --settings-of.
 *
 *     {"schema": "invaudit-report/1",
 *      "settings": {"regions": ["eu-west-1"], "as_of": "2026-01-01T00:00:00Z", …}, …}
 *          key ─ report_setting() ─► row of settings_options ─► struct settings
 *                                                     where the command line gave none
 *
 * An option that the command line gives, too, takes the place of the report's, lists as
 * well. A report that another program wrote, or changed, is read like evidence: all of
 * it is checked, only the settings are kept, and each value must be one that the
 * command line would take.
 */
#ifndef CLI_EARLIER_H
#define CLI_EARLIER_H

#include "gather/settings.h"

#include <jansson.h>

enum { EARLIER_VALUES_MAX = 65536 }; /* of a list of the settings */

/* Of a report's `settings`, each value. False: err says which is wrong, and names no
 * file. */
MUST_USE bool earlier_take(struct arena *arena, json_t *values,
                           struct settings *settings, struct error *err);

/* Fills in what was not given. False: err names the file and says what is wrong. */
MUST_USE bool earlier_settings(struct arena *arena, const char *path,
                               struct settings *settings, struct error *err);

#endif
