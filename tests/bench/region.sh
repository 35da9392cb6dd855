#!/bin/sh
# Write a region's annual report into the folder $1: region.xml over 40 roadmaps of 100 measures
# with 300 records each. Words and days vary by a fixed sequence, so that no cache of equal
# paragraphs makes the figures look better than those of a real report.
set -eu
folder=${1:?folder}
mkdir -p "$folder"
awk -v folder="$folder" '
function pick(n) { seed = seed * 16807 % 2147483647; return int(seed / 8) % n }
function words(n,   s, i) {
    for (i = 0; i < n; i++) s = s (i ? " " : "") word[pick(count) + 1]
    return s
}
function party() { return "<ref to=\"" substr("abcdef", pick(6) + 1, 1) "\"/>" }
function roadmap(k,   file, s, m) {
    file = sprintf("%s/map-%02d.xml", folder, k)
    print "<appendix xmlns=\"urn:prikaz:1\" kind=\"план\" orientation=\"landscape\">\n<parties>" >file
    for (s = 1; s <= 6; s++)
        printf "<party id=\"%s\" short=\"%s %d\">%s</party>\n", substr("abcdef", s, 1), office[s], \
            (s > 3 ? k : 0), words(4) >file
    print "</parties>\n<title>ПЛАН мероприятий № " k "</title>\n<roadmap>" >file
    for (s = 1; s <= 5; s++) {
        print "<section><title>" words(5) "</title>" >file
        for (m = 1; m <= 20; m++)
            print "<measure><action>" words(6 + pick(9)) ".</action><deadline>" \
                deadline[pick(deadlines) + 1] "</deadline><responsible>" party() party() \
                "</responsible></measure>" >file
        print "</section>" >file
    }
    print "</roadmap>\n</appendix>" >file
    close(file)
}
function records(k,   file, i, r) {
    file = sprintf("%s/execution-%02d.xml", folder, k)
    printf "<execution xmlns=\"urn:prikaz:1\" of=\"map-%02d\" year=\"2021\" sample=\"yes\">\n", k >file
    for (i = 1; i <= 300; i++) {
        r = pick(20)
        printf "<record measure=\"%d.%d\" date=\"%02d.%02d.2021\" status=\"%s\"%s>", \
            1 + i % 5, 1 + int(i / 5) % 20, 1 + pick(28), 1 + pick(12), \
            (r < 16 ? "done" : r < 18 ? "partly" : r < 19 ? "not-done" : "postponed"), \
            (r == 19 ? " to=\"01.06.2022\"" : r >= 16 && r < 18 ? " percent=\"50\"" : "") >file
        printf "<evidence>%s от 12.%02d.2021 № %d</evidence><note>%s</note></record>\n", words(1), \
            1 + pick(12), pick(900), words(3) >file
    }
    print "</execution>" >file
    close(file)
}
BEGIN {
    seed = 54
    count = split("мониторинг участие образовательных организаций проведение муниципальный " \
        "анализ результатов оценки качества подготовки обучающихся разработка методических " \
        "рекомендаций повышение квалификации педагогов выявление поддержка одарённых детей " \
        "совещание руководителей школ региональный конкурс олимпиада самоопределение " \
        "профессиональная ориентация эффективность воспитания информационная справка приказ " \
        "управление отдел показатели функциональная грамотность школьников план работы на год", word, " ")
    deadlines = split("ежеквартально|2021 год|май 2021 года|до 01.12.2021|постоянно|1 квартал 2021 года|" \
        "август ежегодно|по мере необходимости|2 раза в год|март-апрель 2021 года", deadline, "|")
    split("Министерство|Институт|Центр|Управление|Отдел|Школы", office, "|")
    report = folder "/region.xml"
    print "<annual-report xmlns=\"urn:prikaz:1\" year=\"2021\" on=\"14.01.2022\">" >report
    print "<title>ДОКЛАД<br/>области за 2021 год</title>\n<sources>" >report
    for (k = 1; k <= 40; k++) {
        roadmap(k); records(k)
        printf "<plan of=\"map-%02d\" name=\"План № %d\"><records href=\"execution-%02d.xml\"/></plan>\n", k, k, k >report
    }
    print "</sources>\n<contents/>\n<chapter><title>Итоги</title>" >report
    print "<p>Запланировано <value of=\"measures\" noun=\"мероприятие\"/>, выполнено <value of=\"done-share\"/>.</p>" >report
    print "<summary by=\"plan\"/><summary by=\"quarter\"/><summary by=\"party\"/>" >report
    print "<outcomes standing=\"overdue postponed\"/></chapter>" >report
    for (k = 1; k <= 40; k++)
        printf "<chapter><title>План № %d</title><summary by=\"section\" plan=\"map-%02d\"/><progress plan=\"map-%02d\"/></chapter>\n", k, k, k >report
    print "<signature><post>Министр</post><name>О.О. Образцов</name></signature>\n</annual-report>" >report
}'
