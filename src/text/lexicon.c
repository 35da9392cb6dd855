/* Words the rules of office text know by name: prepositions, months, units, abbreviations.
 *
 * A word of up to ten letters is packed into one integer, six bits a character (ё counts as е,
 * capitals as small letters), and looked up in a hash table of such keys, packed from the lists
 * below at the first call. Longer words are unknown, which suits: no such word is short. */
#include "base/mem.h"
#include "base/utf8.h"
#include "text/office.h"

#include <string.h>

enum { KEY_LETTERS = 10, STEM_ENDING_MAX = 3 };

/* Words separated by blanks; a word may stand in several lists. */
static const struct {
    uint32_t classes;
    const char *words;
} LISTS[] = {
    {W_SHORT, "а в во для до за и из изо из-за из-под или к как ко либо на над но о об обо от "
              "ото по под при про с со у через что без перед между"},
    {W_SHORT | W_NOT, "не ни"},
    {W_PARTICLE, "бы б же ж ли ль"},
    {W_MONTH, "января февраля марта апреля мая июня июля августа сентября октября ноября "
              "декабря январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь "
              "декабрь январе феврале марте апреле мае июне июле августе сентябре октябре "
              "ноябре декабре янв фев февр мар апр авг сен сент окт нояб дек"},
    {W_YEAR, "г гг г.г год года году годом годе годы годов годам годами годах уч"},
    {W_UNIT, "мм см м км г кг т мг л мл га ч мин сек мес дн м2 кв.м куб.м р руб коп чел шт экз "
             "ед стр л.с вт квт квт.ч гкал мб гб кб тб пт мпа сут нед"},
    {W_SCALE | W_UNIT, "тыс млн млрд трлн"},
    {W_SCALE, "кв куб пог уч"},
    {W_PLACE, "г гор д дер с сел пос п пгт рп р.п х хут а ст ст-ца ул пр просп пр-т пр-кт пер "
              "пл наб ш мкр мкрн б-р бул туп пр-д оз р"},
    {W_ITEM, "п пп п.п подп ст ч абз разд гл прил рис табл т тт вып изд с сс стр д кв к корп "
             "лит оф каб ком эт вл уч л лл ил прим св ср ок прот сер no p pp"},
    {W_ITEM | W_BARE, "n nn"},
    {W_TITLE,
     "см им зам зав нач дир гр тов проф доц акад инж тел факс т.н и.о вр.и.о гл ст мл пом "
     "отв исп mr mrs dr fig"},
    {W_TITLE | W_BARE, "врио г-н г-жа гр-н гр-ка"},
    {W_TAIL, "др пр т.д т.п т.ч проч обл р-н р-на р-не р-ну р-ном н.э"},
    {W_SCHOOL, "учебный учебного учебному учебном финансовый"},
    {W_NOUN, "приложени пункт подпункт стать част раздел подраздел глав таблиц рисун форм том "
             "абзац этап параграф"},
};

struct word {
    uint64_t key; /* 0: free */
    uint32_t classes;
};

/* A hash table of four times as many places as there are words, so that most are found, and most
 * others missed, at the first look. */
enum { LEXICON_BITS = 11, LEXICON_SIZE = 1 << LEXICON_BITS };
static struct {
    struct word items[LEXICON_SIZE];
    bool ready;
} lexicon;

static unsigned letter_code(uint32_t c)
{
    c = text_to_small(c);
    if (c == 0x451)
        c = 0x435;
    if (c >= 0x430 && c <= 0x44F)
        return c - 0x430 + 1;
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 36;
    return c == '.' ? 33 : c == '-' || c == 0x2010 || c == 0x2011 ? 34 : c == '2' ? 35 : 0;
}

/* 0 when the word is too long or has other characters. */
static uint64_t pack_word(const uint32_t *cps, size_t n)
{
    uint64_t key = 0;
    if (n > KEY_LETTERS)
        return 0;
    for (size_t i = 0; i < n; i++) {
        unsigned code = letter_code(cps[i]);
        if (!code)
            return 0;
        key = key << 6 | code;
    }
    return key;
}

/* The place of a key, or the free one where it belongs. */
static struct word *find_place(uint64_t key)
{
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - LEXICON_BITS));
    while (lexicon.items[i].key && lexicon.items[i].key != key)
        i = (i + 1) % LEXICON_SIZE;
    return &lexicon.items[i];
}

/* Returns how many words it added. */
static size_t add_list(const char *s, uint32_t classes)
{
    const char *end = s + strlen(s);
    size_t count = 0;
    while (s < end) {
        uint32_t cps[KEY_LETTERS + 1];
        size_t n = 0;
        while (s < end && *s != ' ' && n <= KEY_LETTERS)
            cps[n++] = utf8_next(&s, end);
        uint64_t key = pack_word(cps, n);
        REQUIRE(key);
        struct word *w = find_place(key);
        count += !w->key;
        w->key = key;
        w->classes |= classes;
        s += s < end;
    }
    return count;
}

static void build_lexicon(void)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
        count += add_list(LISTS[i].words, LISTS[i].classes);
    REQUIRE(count < LEXICON_SIZE / 2);
    lexicon.ready = true;
}

static uint32_t find_key(uint64_t key)
{
    if (!lexicon.ready)
        build_lexicon();
    return find_place(key)->classes;
}

uint32_t text_look_up_word(const uint32_t *cps, size_t n)
{
    uint64_t key = pack_word(cps, n);
    return key ? find_key(key) & ~(uint32_t)W_NOUN : 0;
}

bool text_is_numbered_noun(const uint32_t *cps, size_t n)
{
    for (size_t ending = 0; ending <= STEM_ENDING_MAX && ending < n; ending++) {
        uint64_t key = pack_word(cps, n - ending);
        if (key && (find_key(key) & W_NOUN))
            return true;
    }
    return false;
}
