/* The expression language of property values. */
#include "fo/expr.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct fo_slice src = {(const char *)bytes, size};
    struct fo_value value;
    for (int has_base = 0; has_base < 2; has_base++) {
        struct fo_expr_env env = {.em = 12000, .has_base = has_base, .base = 400000};
        if (fo_expr_eval(&env, src, &value) && value.kind == FO_VALUE_NUMERIC)
            fo_expr_milli(value.number);
    }
    return 0;
}
