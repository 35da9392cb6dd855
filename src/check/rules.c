/* Rules: from files of XML to findings.
 *
 * A file of rules is turned into a stylesheet by templates/rules/compile.xsl and applied to the
 * document like any other; what comes out is a list of findings. XSLT does the looking, so a rule
 * is a few lines of XML and may use every function of the templates. Elements of the stylesheet
 * keep the line of the rule they came from: a fault in a rule is told with its place. */
#include "check/check.h"
#include "check/functions.h"
#include "base/buf.h"
#include "read/read.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(node, name) ((char *)xmlGetNoNsProp((node), (const xmlChar *)(name)))

struct rule_file {
    char *path;
    char *input;    /* «document» or «pages» */
    xmlDoc *source; /* as written */
    xmlDoc *sheet;  /* as a stylesheet */
    struct rule_file *next;
};

struct check_rules {
    struct arena *arena;
    struct transform_cache *cache;
    struct transform_files files;
    struct rule_file *first;
    struct check_rule *rules;
    const struct rule_file *asked; /* whose stylesheet is asked for */
};

struct ignore {
    char *rules;
    const char *file;
    int first, last; /* lines */
};

struct check_ignores {
    struct ignore *items;
    size_t len, cap;
};

/* --- loading ----------------------------------------------------------------------------- */

static bool is_named(const xmlNode *node, const char *ns, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && node->ns->href &&
           strcmp((const char *)node->ns->href, ns) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static enum diag_level level_named(const char *name)
{
    return !name                        ? DIAG_WARNING
           : strcmp(name, "error") == 0 ? DIAG_ERROR
           : strcmp(name, "note") == 0  ? DIAG_NOTE
           : strcmp(name, "off") == 0   ? DIAG_NONE
                                        : DIAG_WARNING;
}

/* The text of a child of a rule with … for what is filled in, spaces made single. */
static const char *take_text(struct arena *arena, const xmlNode *rule, const char *name)
{
    struct buf text = BUF_EMPTY;
    for (const xmlNode *c = rule->children; c; c = c->next) {
        if (!is_named(c, CHECK_NAMESPACE, name))
            continue;
        for (const xmlNode *n = c->children; n; n = n->next) {
            if (n->type == XML_ELEMENT_NODE)
                buf_puts(&text, "…");
            for (const char *s = n->type == XML_TEXT_NODE ? (const char *)n->content : ""; *s;
                 s++) {
                bool is_space = strchr(" \t\n", *s) != NULL;
                if (!is_space)
                    buf_putc(&text, *s);
                else if (text.len && text.bytes[text.len - 1] != ' ')
                    buf_putc(&text, ' ');
            }
        }
    }
    while (text.len && text.bytes[text.len - 1] == ' ')
        text.len--;
    const char *kept = arena_strndup(arena, buf_str(&text), text.len);
    buf_free(&text);
    return kept;
}

static void list_rules(struct check_rules *r, const struct rule_file *file)
{
    struct check_rule **end = &r->rules;
    while (*end)
        end = &(*end)->next;
    for (const xmlNode *n = xmlDocGetRootElement(file->source)->children; n; n = n->next) {
        char *id = is_named(n, CHECK_NAMESPACE, "rule") ? TEXT(n, "id") : NULL;
        if (!id || check_find_rule(r, id)) { /* a rule may have several parts */
            xmlFree(id);
            continue;
        }
        char *level = TEXT(n, "severity");
        struct check_rule *rule = ARENA_NEW(r->arena, struct check_rule);
        rule->id = arena_strdup(r->arena, id);
        rule->level = level_named(level);
        rule->ru = take_text(r->arena, n, "ru");
        rule->en = take_text(r->arena, n, "en");
        rule->why = take_text(r->arena, n, "why");
        *end = rule;
        end = &rule->next;
        xmlFree(level);
        xmlFree(id);
    }
}

/* Give every element the line of the rule it was made of. */
static void set_lines(xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return;
    char *line = TEXT(node, "px-line");
    if (line) {
        node->line = (unsigned short)strtol(line, NULL, 10);
        xmlUnsetProp(node, (const xmlChar *)"px-line");
        xmlFree(line);
    } else if (node->parent) {
        node->line = node->parent->line;
    }
    for (xmlNode *c = node->children; c; c = c->next)
        set_lines(c);
}

static bool load_file(struct check_rules *r, struct rule_file *file, const char *compiler,
                      struct diag *diag)
{
    file->source = r->files.load(r->files.self, file->path, NULL);
    if (!file->source)
        return false;
    xmlNode *root = xmlDocGetRootElement(file->source);
    if (!is_named(root, CHECK_NAMESPACE, "rules")) {
        struct src_loc at = {file->path, (int)xmlGetLineNo(root), 0};
        diag_add(diag, DIAG_ERROR, at, "rules",
                 _("a file of rules begins with <rules xmlns=\"%s\">"), CHECK_NAMESPACE);
        return false;
    }
    file->input = TEXT(root, "input");
    file->sheet = transform_apply(r->cache, compiler, file->source, NULL, &r->files, diag);
    if (!file->sheet)
        return false;
    set_lines(xmlDocGetRootElement(file->sheet));
    xmlFree((xmlChar *)file->sheet->URL);
    file->sheet->URL = xmlStrdup((const xmlChar *)file->path);
    list_rules(r, file);
    return true;
}

static int is_rule_file(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && entry->d_name[0] != '.' && strcmp(dot, ".xml") == 0;
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The stylesheet a file of rules was made into stands for the file. */
static xmlDoc *load_sheet(void *self, const char *path, xmlDict *dict)
{
    struct check_rules *r = self;
    if (r->asked && strcmp(path, r->asked->path) == 0)
        return xmlCopyDoc(r->asked->sheet, 1);
    return r->files.load(r->files.self, path, dict);
}

struct check_rules *check_load_rules(const char *folder, struct transform_cache *cache,
                                     const struct transform_files *files, struct diag *diag)
{
    check_register_functions();
    struct check_rules *r = mem_zalloc(sizeof *r);
    r->arena = arena_new();
    r->cache = cache;
    r->files = *files;
    struct buf compiler = BUF_EMPTY;
    buf_printf(&compiler, "%s/compile.xsl", folder);
    struct dirent **names = NULL;
    int n = scandir(folder, &names, is_rule_file, compare_names);
    bool good = n > 0;
    if (!good)
        diag_add(diag, DIAG_SYSTEM, (struct src_loc){folder, 0, 0}, "rules",
                 _("there are no rules in this folder"));
    struct rule_file **end = &r->first;
    for (int i = 0; i < n; i++) {
        struct buf path = BUF_EMPTY;
        buf_printf(&path, "%s/%s", folder, names[i]->d_name);
        *end = mem_zalloc(sizeof **end);
        (*end)->path = path.bytes;
        good = good && load_file(r, *end, buf_str(&compiler), diag);
        end = &(*end)->next;
        free(names[i]);
    }
    free(names);
    buf_free(&compiler);
    if (good)
        return r;
    check_free_rules(r);
    return NULL;
}

void check_free_rules(struct check_rules *r)
{
    if (!r)
        return;
    while (r->first) {
        struct rule_file *f = r->first;
        r->first = f->next;
        xmlFreeDoc(f->source);
        xmlFreeDoc(f->sheet);
        xmlFree(f->input);
        free(f->path);
        free(f);
    }
    arena_free(r->arena);
    free(r);
}

struct check_rule *check_list_rules(struct check_rules *r)
{
    return r->rules;
}

struct check_rule *check_find_rule(struct check_rules *r, const char *id)
{
    struct check_rule *rule = r->rules;
    while (rule && strcmp(rule->id, id) != 0)
        rule = rule->next;
    return rule;
}

/* --- ignore ------------------------------------------------------------------------------ */

static int last_line(const xmlNode *node)
{
    int last = (int)xmlGetLineNo(node);
    for (const xmlNode *c = node->children; c; c = c->next) {
        int line = c->type == XML_ELEMENT_NODE && !c->_private ? last_line(c) : 0;
        last = line > last ? line : last;
    }
    return last;
}

/* Whether `id` is among names parted by spaces. */
static bool names_rule(const char *names, const char *id)
{
    size_t n = strlen(id);
    for (const char *at = names; (at = strstr(at, id)); at += n) {
        bool begins = at == names || strchr(" \t\n", at[-1]);
        if (begins && (!at[n] || strchr(" \t\n", at[n])))
            return true;
    }
    return false;
}

static void check_names(struct check_rules *rules, const xmlNode *node, const char *names,
                        struct diag *diag)
{
    for (const char *at = names; *at;) {
        at += strspn(at, " \t\n");
        struct buf name = BUF_EMPTY;
        buf_put(&name, at, strcspn(at, " \t\n"));
        if (name.len && !check_find_rule(rules, buf_str(&name)))
            diag_add(diag, DIAG_WARNING, read_locate_node(node), "ignore",
                     _("there is no rule «%s» to be ignored; prikaz check --list names them"),
                     buf_str(&name));
        at += name.len;
        buf_free(&name);
    }
}

static bool is_ignore(const xmlNode *node)
{
    return is_named(node, READ_NAMESPACE, "ignore");
}

static void take_ignores(struct check_rules *rules, xmlNode *node, struct check_ignores *out,
                         struct diag *diag)
{
    for (xmlNode *c = node->children, *next; c; c = next) {
        next = c->next;
        if (!is_ignore(c)) {
            if (c->type == XML_ELEMENT_NODE)
                take_ignores(rules, c, out, diag);
            continue;
        }
        char *names = TEXT(c, "rule");
        if (out && names) {
            check_names(rules, c, names, diag);
            struct ignore ignore = {mem_strdup(names), read_locate_node(node).file,
                                    (int)xmlGetLineNo(node), last_line(node)};
            VEC_PUSH(out, ignore);
        }
        xmlFree(names);
        xmlUnlinkNode(c);
        xmlFreeNode(c);
    }
}

struct check_ignores *check_take_ignores(struct check_rules *rules, xmlDoc *doc,
                                         struct diag *diag)
{
    struct check_ignores *out = mem_zalloc(sizeof *out);
    take_ignores(rules, xmlDocGetRootElement(doc), out, diag);
    return out;
}

void check_drop_ignores(xmlDoc *doc)
{
    take_ignores(NULL, xmlDocGetRootElement(doc), NULL, NULL);
}

void check_free_ignores(struct check_ignores *ignores)
{
    if (!ignores)
        return;
    for (size_t i = 0; i < ignores->len; i++)
        free(ignores->items[i].rules);
    free(ignores->items);
    free(ignores);
}

static bool is_ignored(const struct check_ignores *ignores, const char *id, struct src_loc at)
{
    for (size_t i = 0; ignores && i < ignores->len; i++) {
        const struct ignore *g = &ignores->items[i];
        if (names_rule(g->rules, id) && at.line >= g->first && at.line <= g->last && at.file &&
            g->file && strcmp(at.file, g->file) == 0)
            return true;
    }
    return false;
}

/* --- findings ---------------------------------------------------------------------------- */

/* The text of the finding's child named after the language of messages. */
static char *finding_text(const xmlNode *finding)
{
    /* Translators: the code of your language, as the files of rules name it: ru, or leave en. */
    const char *language = _("en");
    for (const xmlNode *c = finding->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && strcmp((const char *)c->name, language) == 0)
            return (char *)xmlNodeGetContent(c);
    return NULL;
}

static void tell_finding(struct check_rules *r, const xmlNode *finding,
                         const struct check_ignores *ignores, struct diag *diag)
{
    char *id = TEXT(finding, "rule"), *place = TEXT(finding, "at");
    char *text = finding_text(finding);
    const struct check_rule *rule = id ? check_find_rule(r, id) : NULL;
    struct src_loc at = {place, 0, 0};
    char *colon = place ? strrchr(place, ':') : NULL;
    if (colon) {
        *colon = '\0';
        at.line = (int)strtol(colon + 1, NULL, 10);
    }
    if (rule && rule->level != DIAG_NONE && !is_ignored(ignores, id, at))
        diag_add(diag, rule->level, at, rule->id, "%s", text ? text : rule->en);
    xmlFree(text);
    xmlFree(place);
    xmlFree(id);
}

static bool apply(struct check_rules *r, const char *input, xmlDoc *doc,
                  const struct check_ignores *ignores, struct diag *diag)
{
    struct transform_files files = r->files;
    files.load = load_sheet;
    files.self = r;
    bool good = true;
    for (const struct rule_file *f = r->first; f; f = f->next) {
        if (strcmp(f->input ? f->input : "document", input) != 0)
            continue;
        r->asked = f;
        xmlDoc *found = transform_apply(r->cache, f->path, doc, NULL, &files, diag);
        r->asked = NULL;
        const xmlNode *root = found ? xmlDocGetRootElement(found) : NULL;
        for (const xmlNode *n = root ? root->children : NULL; n; n = n->next)
            if (n->type == XML_ELEMENT_NODE)
                tell_finding(r, n, ignores, diag);
        good = good && root;
        xmlFreeDoc(found);
    }
    return good;
}

bool check_document(struct check_rules *rules, xmlDoc *doc, struct diag *diag)
{
    return apply(rules, "document", doc, NULL, diag);
}

bool check_laid_out(struct check_rules *rules, struct check_pages *pages,
                    const struct check_ignores *ignores, struct diag *diag)
{
    return apply(rules, "pages", check_pages_doc(pages), ignores, diag);
}
