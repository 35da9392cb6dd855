/* Rules: from files of XML to findings.
 *
 * A file of rules is turned into a part of a stylesheet by templates/rules/compile.xsl; document.xsl
 * beside it, for the rules that look at the document, and pages.xsl get their parts included, each
 * a template to be called, and are applied like any other: what comes out is a list of findings.
 * XSLT does the looking, so a rule is a few lines of XML and may use every function of the
 * templates. Elements of a part keep the line of the rule they came from: a fault in a rule is
 * told with its place. */
#include "check/check.h"
#include "check/functions.h"
#include "base/buf.h"
#include "read/read.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(node, name) ((char *)xmlGetNoNsProp((node), (const xmlChar *)(name)))

#define XSLT_NAMESPACE "http://www.w3.org/1999/XSL/Transform"

struct rule_file {
    char *path;
    char *name;     /* of its template: «dates» of rules/dates.xml */
    char *input;    /* «document» or «pages» */
    xmlDoc *source; /* as written */
    xmlDoc *sheet;  /* as a part of a stylesheet */
    struct rule_file *next;
};

struct check_rules {
    struct arena *arena;
    struct transform_cache *cache;
    struct transform_files files;
    char *folder;
    struct rule_file *first;
    struct check_rule *rules;
    const char *asked; /* the input whose stylesheet is asked for */
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
    const char *const params[] = {"name", file->name, NULL};
    file->sheet = transform_apply(r->cache, compiler, file->source, params, &r->files, diag);
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

static bool has_input(const struct rule_file *f, const char *input)
{
    return strcmp(f->input ? f->input : "document", input) == 0;
}

/* The path of the stylesheet for an input; the caller frees. */
static char *path_of_input(const struct check_rules *r, const char *input)
{
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/%s.xsl", r->folder, input);
    return path.bytes;
}

static xmlNode *find_element(xmlNode *from, const char *name)
{
    for (xmlNode *n = from; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        xmlNode *found =
            strcmp((const char *)n->name, name) == 0 ? n : find_element(n->children, name);
        if (found)
            return found;
    }
    return NULL;
}

/* Include the parts, and call each where the findings are listed. */
static void add_parts(const struct check_rules *r, xmlDoc *sheet)
{
    xmlNode *root = xmlDocGetRootElement(sheet), *list = find_element(root, "findings");
    xmlNs *xsl = xmlSearchNsByHref(sheet, root, (const xmlChar *)XSLT_NAMESPACE);
    for (const struct rule_file *f = r->first; list && xsl && f; f = f->next) {
        if (!has_input(f, r->asked))
            continue;
        struct buf href = BUF_EMPTY;
        buf_printf(&href, "%s.xml", f->name);
        xmlNode *include = xmlNewChild(root, xsl, (const xmlChar *)"include", NULL);
        xmlNewProp(include, (const xmlChar *)"href", (const xmlChar *)buf_str(&href));
        xmlNode *call = xmlNewChild(list, xsl, (const xmlChar *)"call-template", NULL);
        xmlNewProp(call, (const xmlChar *)"name", (const xmlChar *)f->name);
        buf_free(&href);
    }
}

/* The stylesheet a file of rules was made into stands for the file. */
static xmlDoc *load_sheet(void *self, const char *path, xmlDict *dict)
{
    struct check_rules *r = self;
    for (const struct rule_file *f = r->first; f; f = f->next)
        if (f->sheet && strcmp(path, f->path) == 0)
            return xmlCopyDoc(f->sheet, 1);
    xmlDoc *doc = r->files.load(r->files.self, path, dict);
    char *entry = path_of_input(r, r->asked);
    if (doc && strcmp(path, entry) == 0)
        add_parts(r, doc);
    free(entry);
    return doc;
}

struct check_rules *check_load_rules(const char *folder, struct transform_cache *cache,
                                     const struct transform_files *files, struct diag *diag)
{
    check_register_functions();
    struct check_rules *r = mem_zalloc(sizeof *r);
    r->arena = arena_new();
    r->cache = cache;
    r->files = *files;
    r->folder = mem_strdup(folder);
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
        (*end)->name = mem_strdup(names[i]->d_name);
        *strrchr((*end)->name, '.') = '\0';
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
        free(f->name);
        free(f);
    }
    arena_free(r->arena);
    free(r->folder);
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
    r->asked = input;
    char *path = path_of_input(r, input);
    xmlDoc *found = transform_apply(r->cache, path, doc, NULL, &files, diag);
    const xmlNode *root = found ? xmlDocGetRootElement(found) : NULL;
    for (const xmlNode *n = root ? root->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            tell_finding(r, n, ignores, diag);
    xmlFreeDoc(found);
    free(path);
    return root;
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
