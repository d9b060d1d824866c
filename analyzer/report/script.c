/* What is missing, as a script that asks AWS for it. */
#include "collect/script.h"
#include "report/report.h"

void report_script(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out)
{
    struct collect_calls calls;

    (void)style;
    calls_of_missing(out->arena, assessment, &calls);
    collect_script(&calls, out);
}
