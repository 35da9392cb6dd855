/* src/read: what is refused at once, where every node comes from, what may be included.
 *
 * What the clerk is told about each mistake is in tests/cases/read; here is what a text cannot
 * show. The documents of these tests have a schema of their own in two files. */
#include "base/file.h"
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

#include <cmocka.h>

#define NS "xmlns='urn:prikaz:1' xmlns:xi='http://www.w3.org/2001/XInclude'"

static const char schema[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:prikaz:1'"
    " xmlns:p='urn:prikaz:1' elementFormDefault='qualified'>\n"
    "<xs:include schemaLocation='part/types.xsd'/>\n"
    "<xs:element name='doc' type='p:box'/></xs:schema>\n";
static const char schema_part[] =
    "<s:schema xmlns:s='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:prikaz:1'"
    " xmlns='urn:prikaz:1' elementFormDefault='qualified'>\n"
    "<s:complexType name='box' mixed='true'><s:choice minOccurs='0' maxOccurs='unbounded'>"
    "<s:element name='box' type='box'/></s:choice>\n"
    "<s:attribute name='id' type='s:ID'/><s:attribute name='to' type='s:IDREFS'/>"
    "<s:attribute name='size' type='size'/></s:complexType>\n"
    "<s:simpleType name='size'><s:annotation>"
    "<s:documentation xml:lang='en'>small or large\nmore</s:documentation></s:annotation>"
    "<s:restriction base='s:token'><s:pattern value='small|large'/></s:restriction>"
    "</s:simpleType></s:schema>\n";

struct result {
    struct read_document *doc;
    struct diag *diag;
};

static struct read_options options = {.templates = "schemas"};

static int prepare(void **state)
{
    if (folder_enter(state) != 0)
        return -1;
    folder_write("schemas/prikaz.xsd", schema);
    folder_write("schemas/part/types.xsd", schema_part);
    return 0;
}

static struct result read_file(const char *path)
{
    struct result r = {NULL, diag_new()};
    r.doc = read_document(path, &options, r.diag);
    return r;
}

static struct result read_text(const char *text)
{
    folder_write("doc/a.xml", text);
    return read_file("doc/a.xml");
}

static void done(struct result *r)
{
    read_free_document(r->doc);
    diag_free(r->diag);
}

/* There is exactly one message, at that file and line (0: any), with those words in it. */
static void assert_fault(struct result r, const char *file, int line, const char *words)
{
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    for (size_t i = 1; i < n; i++)
        print_error("also: %s\n", items[i].message);
    assert_int_equal(n, 1);
    assert_null(r.doc);
    if (!strstr(items[0].message, words))
        fail_msg("«%s» has not «%s»", items[0].message, words);
    assert_string_equal(items[0].loc.file, file);
    if (line)
        assert_int_equal(items[0].loc.line, line);
    done(&r);
}

static void assert_fine(struct result r)
{
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    if (n)
        fail_msg("%s:%d: %s", items[0].loc.file, items[0].loc.line, items[0].message);
    assert_non_null(r.doc);
    done(&r);
}

static void repeat(struct buf *b, const char *s, size_t times)
{
    while (times--)
        buf_puts(b, s);
}

static struct result read_nested(size_t levels)
{
    struct buf b = BUF_EMPTY;
    buf_puts(&b, "<doc " NS ">");
    repeat(&b, "<box>", levels - 1);
    repeat(&b, "</box>", levels - 1);
    buf_puts(&b, "</doc>");
    struct result r = read_text(buf_str(&b));
    buf_free(&b);
    return r;
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    assert_fine(read_nested(1000));
    assert_fault(read_nested(1001), "doc/a.xml", 1, "deeper than 1000");
    assert_fault(read_nested(10000), "doc/a.xml", 1, "deeper than 1000");
}

static void nesting_adds_up_over_files(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    buf_puts(&b, "<box " NS ">");
    repeat(&b, "<box>", 600);
    repeat(&b, "</box>", 600);
    buf_puts(&b, "</box>");
    folder_write("doc/deep.xml", buf_str(&b));
    assert_fine(read_text("<doc " NS "><xi:include href='deep.xml'/></doc>"));
    buf_clear(&b);
    buf_puts(&b, "<doc " NS ">");
    repeat(&b, "<box>", 600);
    buf_puts(&b, "<xi:include href='deep.xml'/>");
    repeat(&b, "</box>", 600);
    buf_puts(&b, "</doc>");
    assert_fault(read_text(buf_str(&b)), "doc/deep.xml", 1, "deeper than 1000");
    buf_free(&b);
}

/* An entity of 900 bytes used 100,000 times would be 90 MB of text. */
static void entities_cannot_blow_up(void **state)
{
    (void)state;
    static const char *const places[][2] = {{">", "</doc>"}, {" to='", "'/>"}};
    for (size_t i = 0; i < 2; i++) {
        struct buf b = BUF_EMPTY;
        buf_puts(&b, "<!DOCTYPE doc [<!ENTITY a '");
        repeat(&b, "a", 900);
        buf_printf(&b, "'>]>\n<doc %s%s", NS, places[i][0]);
        repeat(&b, "&a;", 100000);
        buf_puts(&b, places[i][1]);
        assert_fault(read_text(buf_str(&b)), "doc/a.xml", 2, "more than 1000000 bytes");
        buf_free(&b);
    }
    assert_fault(read_text("<!DOCTYPE doc [<!ENTITY a '&#38;a;'>]><doc " NS ">&a;</doc>"),
                 "doc/a.xml", 1, "names another entity");
}

static void a_huge_attribute_is_told_shortly(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    buf_puts(&b, "<doc " NS " size='");
    repeat(&b, "ы", 500000);
    buf_puts(&b, "'/>");
    struct result r = read_text(buf_str(&b));
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    assert_int_equal(n, 1);
    assert_in_range(strlen(items[0].message), 1, 300);
    assert_fault(r, "doc/a.xml", 1,
                 "…» of the attribute size does not fit; what does: small or large");
    buf_free(&b);
}

/* Every file may include the next one twice: 2^30 files. */
static void doubling_includes_are_stopped(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++) {
        char name[32], text[256];
        snprintf(name, sizeof name, "twice/%d.xml", i);
        snprintf(text, sizeof text,
                 "<box " NS "><xi:include href='%d.xml'/><xi:include href='%d.xml'/></box>",
                 i + 1, i + 1);
        folder_write(name, text);
    }
    folder_write("twice/30.xml", "<box/>");
    struct result r = read_file("twice/0.xml");
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    assert_null(r.doc);
    assert_int_equal(n, 1);
    assert_non_null(strstr(items[0].message, "more than 10000 files"));
    done(&r);
}

static void what_is_no_file_does_not_hang(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    mkdir("doc", 0777);
    assert_int_equal(mkfifo("doc/pipe", 0600), 0);
    assert_fault(read_file("pipe"), "pipe", 0, "not a regular file");
    assert_fault(read_file("schemas"), "schemas", 0, "folder");
    assert_fault(read_file("/dev/zero"), "/dev/zero", 0, "not a regular file");
    assert_fault(read_file("nothing.xml"), "nothing.xml", 0, "no such file");
    assert_fault(read_text("<doc " NS ">\n<xi:include href='pipe'/></doc>"), "doc/a.xml", 2,
                 "not a regular file");
    struct result r = read_file("nothing.xml");
    assert_int_equal(diag_exit_status(r.diag), 3);
    done(&r);
}

static void a_file_without_rights_is_told(void **state)
{
    (void)state;
    folder_write("doc/secret.xml", "<doc " NS "/>");
    assert_int_equal(chmod("doc/secret.xml", 0), 0);
    if (access("doc/secret.xml", R_OK) == 0)
        skip(); /* the administrator may read everything */
    assert_fault(read_file("doc/secret.xml"), "doc/secret.xml", 0, "no permission");
}

/* The n-th element of a document, from 1. */
static const xmlNode *element(const struct read_document *d, int n)
{
    const xmlNode *at = xmlDocGetRootElement(d->doc);
    while (at && --n > 0) {
        const xmlNode *next = xmlFirstElementChild((xmlNode *)at);
        for (; !next && at; at = at->parent)
            next = xmlNextElementSibling((xmlNode *)at);
        at = next;
    }
    return at;
}

static void assert_place(const struct read_document *d, int n, const char *file, int line)
{
    struct src_loc at = read_locate_node(element(d, n));
    assert_string_equal(at.file, file);
    assert_int_equal(at.line, line);
}

static void nodes_know_file_and_line(void **state)
{
    (void)state;
    folder_write("doc/часть 1/b.xml",
                 "\n\n<box " NS ">\n<xi:include href='c.xml'/>\n<box/></box>");
    folder_write("doc/часть 1/c.xml", "<!-- c -->\n<box " NS " xml:space='preserve'>в</box>");
    struct result r =
        read_text("<doc " NS ">\n<box/>\n"
                  "<xi:include href='%D1%87%D0%B0%D1%81%D1%82%D1%8C%201/b.xml'/>\n"
                  "<box/></doc>");
    size_t n;
    const struct diag_item *items = diag_items(r.diag, &n);
    assert_int_equal(n, 1); /* xml:space is not in the schema: the place of that is right too */
    assert_string_equal(items[0].loc.file, "doc/часть 1/c.xml");
    assert_int_equal(items[0].loc.line, 2);
    done(&r);
    folder_write("doc/часть 1/c.xml", "<!-- c -->\n<box " NS ">в</box>");
    r = read_text("<doc " NS ">\n<box/>\n<xi:include href='часть 1/b.xml'/>\n<box/></doc>");
    assert_non_null(r.doc);
    assert_place(r.doc, 1, "doc/a.xml", 1);
    assert_place(r.doc, 2, "doc/a.xml", 2);
    assert_place(r.doc, 3, "doc/часть 1/b.xml", 3);
    assert_place(r.doc, 4, "doc/часть 1/c.xml", 2);
    assert_place(r.doc, 5, "doc/часть 1/b.xml", 5);
    assert_place(r.doc, 6, "doc/a.xml", 4);
    static const char *const files[] = {"doc/a.xml", "doc/часть 1/b.xml", "doc/часть 1/c.xml",
                                        "schemas/prikaz.xsd", "schemas/part/types.xsd"};
    const struct read_file *f = r.doc->files;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++, f = f->next) {
        assert_non_null(f);
        assert_string_equal(f->path, files[i]);
    }
    assert_null(f);
    done(&r);
}

static void lines_past_65535_are_kept(void **state)
{
    (void)state;
    struct buf b = BUF_EMPTY;
    buf_puts(&b, "<box " NS ">");
    repeat(&b, "\n", 69999);
    buf_puts(&b, "<box>text</box>\n</box>");
    folder_write("doc/long.xml", buf_str(&b));
    struct result r = read_text("<doc " NS ">\n<xi:include href='long.xml'/></doc>");
    assert_non_null(r.doc);
    assert_place(r.doc, 3, "doc/long.xml", 70000);
    done(&r);
    buf_free(&b);
}

static void includes_stay_in_the_folder(void **state)
{
    (void)state;
    folder_write("other/b.xml", "<box " NS "/>");
    folder_write("doc-b/b.xml", "<box " NS "/>"); /* its name begins like the folder's */
    mkdir("doc", 0777);
    assert_int_equal(symlink("../other/b.xml", "doc/link.xml"), 0);
    assert_int_equal(symlink("../other", "doc/linked"), 0);
    static const char *const outside[] = {"../other/b.xml", "../doc-b/b.xml", "link.xml",
                                          "linked/b.xml", "part/../../other/b.xml"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        char text[256];
        folder_write("doc/part/x", "");
        snprintf(text, sizeof text, "<doc " NS ">\n<xi:include href='%s'/></doc>", outside[i]);
        options.any_folder = false;
        assert_fault(read_text(text), "doc/a.xml", 2, "outside the document's folder");
        options.any_folder = true;
        assert_fine(read_text(text));
        options.any_folder = false;
    }
}

/* A link to the document itself does not widen what it may include. */
static void a_document_behind_a_link_is_read(void **state)
{
    (void)state;
    folder_write("store/real.xml", "<doc " NS "/>");
    assert_int_equal(symlink("../store/real.xml", "doc/entry.xml"), 0);
    assert_fine(read_file("doc/entry.xml"));
}

static void references_cross_files(void **state)
{
    (void)state;
    folder_write("doc/b.xml", "<box " NS " id='b' to='a'/>");
    assert_fine(read_text("<doc " NS " id='a' to='b a'><xi:include href='b.xml'/></doc>"));
    folder_write("doc/b.xml", "\n<box " NS " id='b' to='a c'/>");
    assert_fault(read_text("<doc " NS " id='a'><xi:include href='b.xml'/></doc>"), "doc/b.xml",
                 2, "«c»");
    folder_write("doc/b.xml", "\n<box " NS " id='a'/>");
    assert_fault(read_text("<doc " NS " id='a'><xi:include href='b.xml'/></doc>"), "doc/b.xml",
                 2, "given twice, first in line 1");
}

static void include_as_root(void **state)
{
    (void)state;
    folder_write("doc/b.xml", "\n<doc " NS "/>");
    struct result r = read_text("<xi:include href='b.xml' " NS "/>");
    assert_non_null(r.doc);
    assert_place(r.doc, 1, "doc/b.xml", 2);
    done(&r);
    folder_write("doc/b.txt", "text");
    assert_fault(read_text("<xi:include href='b.txt' parse='text' " NS "/>"), "doc/a.xml", 1,
                 "no root element");
}

static void text_is_included(void **state)
{
    (void)state;
    folder_write("doc/t.txt", "\xEF\xBB\xBF"
                              "a <b> & c");
    struct result r = read_text("<doc " NS ">[<xi:include href='t.txt' parse='text'/>"
                                "<xi:include href='no'><xi:fallback>, else</xi:fallback>"
                                "</xi:include>]</doc>");
    assert_non_null(r.doc);
    xmlChar *text = xmlNodeGetContent(xmlDocGetRootElement(r.doc->doc));
    assert_string_equal((char *)text, "[a <b> & c, else]");
    xmlFree(text);
    done(&r);
    folder_write_bytes("doc/t.txt", "a\0b", 3);
    assert_fault(read_text("<doc " NS "><xi:include href='t.txt' parse='text'/></doc>"),
                 "doc/a.xml", 1, "not text");
}

static void fo_is_handed_on_unread(void **state)
{
    (void)state;
    static const char text[] = "<f:root xmlns:f='http://www.w3.org/1999/XSL/Format'>\n<f:x &";
    struct result r = read_text(text);
    assert_non_null(r.doc);
    assert_true(r.doc->is_fo);
    assert_null(r.doc->doc);
    assert_string_equal(buf_str(&r.doc->bytes), text);
    done(&r);
    assert_fault(
        read_text("<doc " NS "><root xmlns='http://www.w3.org/1999/XSL/Format'/></doc>"),
        "doc/a.xml", 1, "namespace");
}

static void the_schema_is_compiled_once(void **state)
{
    (void)state;
    options.cache = read_new_cache();
    assert_fine(read_text("<doc " NS "/>"));
    folder_write("schemas/prikaz.xsd", "broken");
    assert_fine(read_text("<doc " NS "/>"));
    struct result r = read_text("<doc " NS "/>");
    assert_string_equal(r.doc->files->next->path, "schemas/prikaz.xsd");
    done(&r);
    read_free_cache(options.cache);
    options.cache = NULL;
    assert_fault(read_text("<doc " NS "/>"), "schemas/prikaz.xsd", 1, "not XML");
    folder_write("schemas/prikaz.xsd", schema);
}

static void a_faulty_schema_is_told_in_its_part(void **state)
{
    (void)state;
    folder_write("schemas/part/types.xsd",
                 "<s:schema xmlns:s='http://www.w3.org/2001/XMLSchema'"
                 " targetNamespace='urn:prikaz:1'>\n\n<s:complexType name='box'>"
                 "<s:sequenc/></s:complexType></s:schema>");
    assert_fault(read_text("<doc " NS "/>"), "schemas/part/types.xsd", 3, "schema");
    folder_write("schemas/part/types.xsd", schema_part);
    options.templates = "nowhere";
    struct result r = read_text("<doc " NS "/>");
    assert_int_equal(diag_exit_status(r.diag), 3);
    assert_fault(r, "nowhere/prikaz.xsd", 0, "no such file");
    options.templates = "schemas";
}

/* A schema named by the document is not fetched and changes nothing. */
static void schema_locations_are_ignored(void **state)
{
    (void)state;
    assert_fine(
        read_text("<doc " NS " xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
                  " i:schemaLocation='urn:a http://127.0.0.1/a.xsd urn:b /etc/passwd'/>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(nesting_adds_up_over_files),
        cmocka_unit_test(entities_cannot_blow_up),
        cmocka_unit_test(a_huge_attribute_is_told_shortly),
        cmocka_unit_test(doubling_includes_are_stopped),
        cmocka_unit_test(what_is_no_file_does_not_hang),
        cmocka_unit_test(a_file_without_rights_is_told),
        cmocka_unit_test(nodes_know_file_and_line),
        cmocka_unit_test(lines_past_65535_are_kept),
        cmocka_unit_test(includes_stay_in_the_folder),
        cmocka_unit_test(a_document_behind_a_link_is_read),
        cmocka_unit_test(references_cross_files),
        cmocka_unit_test(include_as_root),
        cmocka_unit_test(text_is_included),
        cmocka_unit_test(fo_is_handed_on_unread),
        cmocka_unit_test(the_schema_is_compiled_once),
        cmocka_unit_test(a_faulty_schema_is_told_in_its_part),
        cmocka_unit_test(schema_locations_are_ignored),
    };
    return cmocka_run_group_tests(tests, prepare, folder_leave);
}
