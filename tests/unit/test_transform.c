/* src/transform: what a template may do, what it is told, and where its messages point to. */
#include "transform/transform.h"
#include "base/buf.h"
#include "read/read.h"
#include "unit/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/uri.h>
#include <cmocka.h>

#define HEAD                                                                                   \
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"           \
    " xmlns:px='urn:prikaz:fo' xmlns:math='http://exslt.org/math'"                             \
    " xmlns:date='http://exslt.org/dates-and-times' xmlns:exsl='http://exslt.org/common'"      \
    " xmlns:str='http://exslt.org/strings' extension-element-prefixes='exsl'"                  \
    " exclude-result-prefixes='px math date str'>\n"
#define TAIL       "</xsl:stylesheet>\n"
#define ROOT(body) HEAD "<xsl:template match='/'>" body "</xsl:template>" TAIL

static const char document[] = "<a>\n<b>\n<c x='1'/></b><d/></a>";
static bool any_folder;
static const char sheet_path[] = "sheets/a/a.xsl";

/* What one run gave. */
struct result {
    char *text; /* the result serialized; NULL: there is none */
    struct diag *diag;
};

/* Who reads files for a run, and whom it tells of them. */
struct reader {
    struct diag *diag;
    struct buf *files; /* paths, a line each; NULL */
};

static void collect(void *self, const char *path)
{
    const struct reader *r = self;
    if (r->files)
        buf_printf(r->files, "%s\n", path);
}

static xmlDoc *load(void *self, const char *path, xmlDict *dict)
{
    const struct reader *r = self;
    return read_plain_file(path, dict, r->diag);
}

/* As the read stage leaves it: the URL escaped, the root with its file. */
static xmlDoc *make_document(const char *path)
{
    xmlChar *url = xmlURIEscapeStr((const xmlChar *)path, (const xmlChar *)"/");
    xmlDoc *doc = xmlReadMemory(document, (int)strlen(document), (const char *)url, NULL, 0);
    xmlFree(url);
    assert_non_null(doc);
    xmlDocGetRootElement(doc)->_private = (void *)path;
    return doc;
}

static char *serialize(xmlDoc *doc)
{
    struct buf b = BUF_EMPTY;
    xmlBuffer *out = xmlBufferCreate();
    for (xmlNode *n = doc->children; n; n = n->next)
        xmlNodeDump(out, doc, n, 0, 0);
    buf_puts(&b, (const char *)xmlBufferContent(out));
    xmlBufferFree(out);
    return b.bytes;
}

static struct result apply_to(struct transform_cache *cache, xmlDoc *doc, struct buf *files)
{
    struct result r = {NULL, diag_new()};
    const char *const params[] = {"folder", "it's \"here\"/", NULL};
    struct reader reader = {r.diag, files};
    struct transform_files told = {
        .load = load, .opened = collect, .self = &reader, .any_folder = any_folder};
    xmlDoc *out = transform_apply(cache, sheet_path, doc, params, &told, r.diag);
    if (out)
        r.text = serialize(out);
    xmlFreeDoc(out);
    return r;
}

static struct result apply(const char *sheet)
{
    folder_write(sheet_path, sheet);
    struct transform_cache *cache = transform_new_cache();
    xmlDoc *doc = make_document("doc/мой приказ.xml");
    struct result r = apply_to(cache, doc, NULL);
    xmlFreeDoc(doc);
    transform_free_cache(cache);
    return r;
}

static void done(struct result *r)
{
    free(r->text);
    diag_free(r->diag);
}

static void assert_text(struct result r, const char *text)
{
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    if (n)
        fail_msg("%s:%d: %s", items[0].loc.file, items[0].loc.line, items[0].message);
    assert_non_null(r.text);
    assert_string_equal(r.text, text);
    done(&r);
}

struct expected {
    enum diag_level level;
    const char *file; /* NULL: none */
    int line;
    const char *words;
};

static void assert_item(const struct diag_item *it, struct expected e)
{
    if (!strstr(it->message, e.words))
        fail_msg("«%s» has not «%s»", it->message, e.words);
    assert_int_equal(it->level, e.level);
    assert_string_equal(it->loc.file ? it->loc.file : "", e.file ? e.file : "");
    assert_int_equal(it->loc.line, e.line);
}

/* No result, and one error. */
static void assert_fault(struct result r, const char *file, int line, const char *words)
{
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    for (size_t i = 1; i < n; i++)
        print_error("also: %s\n", items[i].message);
    assert_int_equal(n, 1);
    assert_item(&items[0], (struct expected){DIAG_ERROR, file, line, words});
    assert_null(r.text);
    done(&r);
}

static void places_are_given(void **state)
{
    (void)state;
    assert_text(apply(ROOT("<r><xsl:for-each select='//*'>"
                           "<xsl:value-of select='px:at(.)'/>,</xsl:for-each></r>")),
                "<r>1,2,3,3,</r>");
    assert_text(apply(ROOT("<xsl:variable name='v'><e/></xsl:variable>"
                           "<r a='{px:at(//@x)}' b='{px:at(//d|//b)}' c='{px:at(/none)}'"
                           " d='{px:at()}' e='{px:at(exsl:node-set($v)/e)}'/>")),
                "<r a=\"3\" b=\"2\" c=\"\" d=\"-1\" e=\"\"/>");
}

static void places_in_parts_name_the_file(void **state)
{
    (void)state;
    folder_write(sheet_path, ROOT("<r a='{px:at(//b)}' b='{px:at(//c)}' c='{px:at(//d)}'/>"));
    struct transform_cache *cache = transform_new_cache();
    xmlDoc *doc = make_document("doc/a.xml");
    xmlFirstElementChild(xmlDocGetRootElement(doc))->_private = (void *)"doc/b b.xml";
    assert_text(apply_to(cache, doc, NULL),
                "<r a=\"doc/b b.xml:2\" b=\"doc/b b.xml:3\" c=\"3\"/>");
    xmlFreeDoc(doc);
    transform_free_cache(cache);
}

static void parameters_are_strings(void **state)
{
    (void)state;
    assert_text(apply(HEAD "<xsl:param name='folder'/><xsl:template match='/'>"
                           "<r><xsl:value-of select='$folder'/></r></xsl:template>" TAIL),
                "<r>it's \"here\"/</r>");
}

static void messages_have_place_and_level(void **state)
{
    (void)state;
    struct result r = apply(ROOT("<r/><xsl:message>plain\nin two lines\n</xsl:message>"
                                 "<xsl:message>[7] note: minor %s %d</xsl:message>"
                                 "<xsl:message>[part.xml:12] warning: careful</xsl:message>"));
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    assert_int_equal(n, 3);
    assert_item(&items[0], (struct expected){DIAG_WARNING, "doc/мой приказ.xml", 0,
                                             "plain\nin two lines"});
    assert_item(&items[1],
                (struct expected){DIAG_NOTE, "doc/мой приказ.xml", 7, "minor %s %d"});
    assert_item(&items[2], (struct expected){DIAG_WARNING, "part.xml", 12, "careful"});
    assert_non_null(r.text);
    done(&r);
    assert_fault(apply(ROOT("<r/><xsl:message>[3] error: wrong</xsl:message>")),
                 "doc/мой приказ.xml", 3, "wrong");
    assert_fault(apply(ROOT("<xsl:message terminate='yes'>[5] the end</xsl:message><r/>")),
                 "doc/мой приказ.xml", 5, "the end");
}

static void faults_of_a_template_are_told_once(void **state)
{
    (void)state;
    static const struct {
        const char *sheet;
        int line;
        const char *words;
    } cases[] = {
        {"<a", 1, "«>»"},
        {"no xml", 1, "«<»"},
        {HEAD "\n<xsl:fo/>" TAIL, 3, "fo element"},
        {HEAD "\n<xsl:template match='a['/>" TAIL, 0, "']' expected"},
        {ROOT("\n<xsl:value-of select='1 +'/>"), 3, "1 +"},
        {ROOT("\n<r><xsl:value-of select='none(1)'/></r>"), 3, "none"},
        {ROOT("\n<r><xsl:value-of select='$none'/></r>"), 3, "none"},
        {ROOT("\n<xsl:call-template name='none'/>"), 3, "none"},
        {ROOT("\n<r><xsl:value-of select='px:at(1, 2)'/></r>"), 3, "argument"},
        {HEAD
         "<xsl:template match='/' name='a'><xsl:call-template name='a'/></xsl:template>" TAIL,
         2, "recursion"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_fault(apply(cases[i].sheet), sheet_path, cases[i].line, cases[i].words);
}

static void clock_and_chance_are_not_there(void **state)
{
    (void)state;
    static const char *const calls[] = {"math:random()", "date:date-time()", "date:year()",
                                        "date:seconds()"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        char sheet[1024];
        snprintf(sheet, sizeof sheet, ROOT("<r><xsl:value-of select='%s'/></r>"), calls[i]);
        assert_fault(apply(sheet), sheet_path, 2, "not found");
    }
    assert_text(apply(ROOT("<r><xsl:value-of select='math:max(//@x)'/>"
                           "<xsl:value-of select='count(str:tokenize(\"a b\"))'/></r>")),
                "<r>12</r>");
}

static void ids_are_the_same_in_every_run(void **state)
{
    (void)state;
    static const char sheet[] =
        ROOT("<r><xsl:for-each select='//*'>"
             "<xsl:value-of select='generate-id()'/></xsl:for-each></r>");
    struct result first = apply(sheet), second = apply(sheet);
    assert_string_equal(first.text, second.text);
    done(&first);
    done(&second);
}

static void nothing_is_written(void **state)
{
    (void)state;
    struct result r = apply(ROOT("<exsl:document href='evil.txt'>x</exsl:document><r/>"));
    assert_int_equal(diag_worst(r.diag), DIAG_ERROR);
    done(&r);
    struct result xsl = apply("<xsl:stylesheet version='1.1' "
                              "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                              "<xsl:template match='/'><xsl:document href='evil.txt'>x"
                              "</xsl:document><r/></xsl:template></xsl:stylesheet>");
    assert_int_equal(diag_worst(xsl.diag), DIAG_ERROR);
    done(&xsl);
    assert_int_equal(access("evil.txt", F_OK), -1);
    assert_int_equal(access("sheets/a/evil.txt", F_OK), -1);
}

static void reads_stay_in_two_folders(void **state)
{
    (void)state;
    folder_write("sheets/common/c.xml", "<c/>");
    folder_write("doc/мой профиль.xml", "<p/>");
    folder_write("other/o.xml", "<o/>");
    assert_int_equal(symlink("../../other/o.xml", "sheets/a/link.xml"), 0);
    assert_text(apply(ROOT("<r><xsl:copy-of select='document(\"../common/c.xml\")'/>"
                           "<xsl:copy-of select='document(\"мой профиль.xml\", /)'/></r>")),
                "<r><c/><p/></r>");
    assert_fault(apply(ROOT("<r><xsl:copy-of select='document(\"link.xml\")'/></r>")),
                 "sheets/a/link.xml", 0, "outside");
    assert_fault(apply(ROOT("<r><xsl:copy-of select='document(\"../../other/o.xml\")'/></r>")),
                 "other/o.xml", 0, "outside");
    any_folder = true;
    assert_text(apply(ROOT("<r><xsl:copy-of select='document(\"../../other/o.xml\")'/></r>")),
                "<r><o/></r>");
    any_folder = false;
    assert_fault(apply(ROOT("<r><xsl:copy-of select='document(\"/etc/passwd\")'/></r>")),
                 "/etc/passwd", 0, "outside");
    assert_fault(apply(ROOT("<r><xsl:copy-of select='document(\"нет.xml\", /)'/></r>")),
                 "doc/нет.xml", 0, "no such file");
    assert_fault(apply(HEAD "<xsl:include href='none.xsl'/>" TAIL), "sheets/a/none.xsl", 0,
                 "no such file");
    assert_int_equal(mkfifo("sheets/a/pipe", 0600), 0);
    assert_fault(apply(HEAD "<xsl:include href='pipe'/>" TAIL), "sheets/a/pipe", 0,
                 "not a regular file");
    assert_fault(apply(ROOT("<r><xsl:copy-of select='document(\"http://127.0.0.1/\")'/></r>")),
                 sheet_path, 2, "127.0.0.1");
}

static void external_entities_of_sheets_are_not_read(void **state)
{
    (void)state;
    folder_write("sheets/a/e.txt", "secret");
    assert_fault(apply("<!DOCTYPE x [\n<!ENTITY e SYSTEM 'e.txt'>]>\n" ROOT("<r>&e;</r>")),
                 sheet_path, 2, "would read another file");
}

/* One fault, one message: the template's where it has a place, with the reason added. */
static void a_fault_behind_a_fault_is_told_once(void **state)
{
    (void)state;
    static const char sheet[] =
        ROOT("<r><xsl:if test='not(document(\"p.xml\", /))'>"
             "<xsl:message terminate='yes'>[2] no settings</xsl:message></xsl:if></r>");
    assert_fault(apply(sheet), "doc/мой приказ.xml", 2, "no settings: no such file");
    folder_write("doc/p.xml", "<p>\n&</p>");
    assert_fault(apply(sheet), "doc/p.xml", 2, "&amp;");
    folder_write("doc/p.xml", "<p/>");
    assert_text(apply(sheet), "<r/>");
}

static void sheets_are_compiled_once_and_files_told_each_time(void **state)
{
    (void)state;
    static const char files[] = "sheets/a/a.xsl\nsheets/common/part.xsl\nsheets/common/c.xml\n";
    folder_write("sheets/common/c.xml", "<c/>");
    folder_write("sheets/common/part.xsl", HEAD
                 "<xsl:template match='/'><r><xsl:copy-of select='document(\"c.xml\")'/></r>"
                 "</xsl:template>" TAIL);
    folder_write(sheet_path, HEAD "<xsl:include href='../common/part.xsl'/>" TAIL);
    struct transform_cache *cache = transform_new_cache();
    for (int i = 0; i < 2; i++) {
        struct buf told = BUF_EMPTY;
        xmlDoc *doc = make_document("doc/a.xml");
        assert_text(apply_to(cache, doc, &told), "<r><c/></r>");
        assert_string_equal(buf_str(&told), files);
        xmlFreeDoc(doc);
        buf_free(&told);
        folder_write(sheet_path, "broken"); /* and not looked at again */
    }
    transform_free_cache(cache);
}

/* What is kept of one document's run is there for the next one, but used only if it is. */
static void kept_files_are_told_of_those_who_use_them(void **state)
{
    (void)state;
    folder_write("sheets/common/k.xml", "<k><i n='1'>one</i><i n='2'>two</i></k>");
    folder_write(sheet_path,
                 HEAD "<xsl:key name='k' match='/k/i' use='@n'/><xsl:template match='/'>"
                      "<r><xsl:for-each select='document(/a/@with, document(\"\"))'>"
                      "<xsl:value-of select='key(\"k\", \"2\")'/></xsl:for-each></r>"
                      "</xsl:template>" TAIL);
    struct transform_cache *cache = transform_new_cache();
    for (int i = 0; i < 5; i++) {
        struct buf told = BUF_EMPTY;
        xmlDoc *doc = make_document("doc/a.xml");
        bool uses = i % 2 == 0;
        if (uses)
            xmlNewProp(xmlDocGetRootElement(doc), (const xmlChar *)"with",
                       (const xmlChar *)"../common/k.xml");
        assert_text(apply_to(cache, doc, &told), uses ? "<r>two</r>" : "<r/>");
        assert_true((strstr(buf_str(&told), "k.xml") != NULL) == uses);
        xmlFreeDoc(doc);
        buf_free(&told);
    }
    transform_free_cache(cache);
}

static void a_missing_sheet_is_told(void **state)
{
    (void)state;
    unlink(sheet_path);
    struct transform_cache *cache = transform_new_cache();
    xmlDoc *doc = make_document("doc/a.xml");
    assert_fault(apply_to(cache, doc, NULL), sheet_path, 0, "no such file");
    xmlFreeDoc(doc);
    transform_free_cache(cache);
}

static int prepare(void **state)
{
    if (folder_enter(state) != 0)
        return -1;
    folder_write("doc/a.xml", document);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_given),
        cmocka_unit_test(places_in_parts_name_the_file),
        cmocka_unit_test(parameters_are_strings),
        cmocka_unit_test(messages_have_place_and_level),
        cmocka_unit_test(faults_of_a_template_are_told_once),
        cmocka_unit_test(clock_and_chance_are_not_there),
        cmocka_unit_test(ids_are_the_same_in_every_run),
        cmocka_unit_test(nothing_is_written),
        cmocka_unit_test(reads_stay_in_two_folders),
        cmocka_unit_test(external_entities_of_sheets_are_not_read),
        cmocka_unit_test(a_fault_behind_a_fault_is_told_once),
        cmocka_unit_test(sheets_are_compiled_once_and_files_told_each_time),
        cmocka_unit_test(kept_files_are_told_of_those_who_use_them),
        cmocka_unit_test(a_missing_sheet_is_told),
    };
    return cmocka_run_group_tests(tests, prepare, folder_leave);
}
