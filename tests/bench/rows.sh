#!/bin/sh
# Write XSL-FO to standard output: a roadmap table of $1 rows in five columns, with a section row
# every 25 rows. The words of each row are varied (by a fixed sequence), so that no cache of equal
# paragraphs makes the figures look better than those of a real document.
awk -v rows="${1:?number of rows}" '
function pick(n) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % n }
function words(n,   s, i) {
    for (i = 0; i < n; i++) s = s (i ? " " : "") word[pick(count) + 1]
    return s
}
function cell(s) { return "<fo:table-cell border=\"0.5pt solid\" padding=\"2pt\"><fo:block>" s "</fo:block></fo:table-cell>" }
BEGIN {
    seed = 54
    count = split("мониторинг участие образовательных организаций проведение муниципальный " \
        "анализ результатов оценки качества подготовки обучающихся разработка методических " \
        "рекомендаций повышение квалификации педагогов выявление поддержка одарённых детей " \
        "совещание руководителей школ региональный конкурс олимпиада самоопределение " \
        "профессиональная ориентация эффективность воспитания информационная справка приказ " \
        "управление отдел показатели функциональная грамотность школьников план работы на год", word, " ")
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" language=\"ru\" font-family=\"Times New Roman\" font-size=\"10pt\">"
    print "<fo:layout-master-set><fo:simple-page-master master-name=\"a4\" page-width=\"297mm\" page-height=\"210mm\" margin=\"20mm\">"
    print "<fo:region-body margin-top=\"10mm\"/><fo:region-before extent=\"8mm\"/></fo:simple-page-master></fo:layout-master-set>"
    print "<fo:page-sequence master-reference=\"a4\"><fo:static-content flow-name=\"xsl-region-before\">"
    print "<fo:block text-align=\"center\"><fo:page-number/></fo:block></fo:static-content><fo:flow flow-name=\"xsl-region-body\">"
    print "<fo:table table-layout=\"fixed\" width=\"100%\" border-collapse=\"collapse\">"
    split("16 101 35 50 55", width, " ")
    for (i = 1; i <= 5; i++) printf "<fo:table-column column-width=\"%dmm\"/>\n", width[i]
    print "<fo:table-header><fo:table-row font-weight=\"bold\">" cell("№") cell("Мероприятие") cell("Срок") cell("Ответственные") cell("Результат") "</fo:table-row></fo:table-header><fo:table-body>"
    for (r = 1; r <= rows; r++) {
        if (r % 25 == 1)
            printf "<fo:table-row keep-with-next=\"always\"><fo:table-cell number-columns-spanned=\"5\" border=\"0.5pt solid\"><fo:block text-align=\"center\" font-weight=\"bold\">%d. %s</fo:block></fo:table-cell></fo:table-row>\n", int(r / 25) + 1, words(4)
        print "<fo:table-row>" cell(r ".") cell(words(3 + pick(4))) cell(words(1) ", " (2020 + pick(4)) " год") cell(words(1 + pick(2))) cell(words(2 + pick(2))) "</fo:table-row>"
    }
    print "</fo:table-body></fo:table></fo:flow></fo:page-sequence></fo:root>"
}'
