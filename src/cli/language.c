/* The language of messages: what the environment asks for, by GNU gettext's rules, with one
 * addition: Russian is spoken also where no Russian locale is installed, as on a fresh server. */
#include "cli/cli.h"
#include "app/app.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* The locale for messages by name: LC_ALL, LC_MESSAGES, LANG; "" when none is set. */
static const char *asked_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

/* LANGUAGE is a list in order of preference, which «C» makes void. */
static bool asks_for_russian(void)
{
    const char *locale = asked_locale(), *language = getenv("LANGUAGE");
    bool is_c = strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
    if (language && *language && !is_c)
        return strncmp(language, "ru", 2) == 0;
    return strncmp(locale, "ru", 2) == 0;
}

void cli_choose_language(void)
{
    setlocale(LC_CTYPE, "");
    const char *set = setlocale(LC_MESSAGES, "");
    bool is_plain = !set || strcmp(set, "C") == 0 || strcmp(set, "POSIX") == 0;
    if (is_plain && asks_for_russian()) {
        setlocale(LC_CTYPE, "C.UTF-8");
        setlocale(LC_MESSAGES, "C.UTF-8");
        setenv("LANGUAGE", "ru", 1);
    }
    char *folder = app_find_folder("locale", "locale", "ru/LC_MESSAGES/prikaz.mo");
    if (folder)
        bindtextdomain("prikaz", folder);
    free(folder);
    /* Messages quote documents, which are UTF-8; two encodings in one line help nobody. */
    bind_textdomain_codeset("prikaz", "UTF-8");
    textdomain("prikaz");
}
