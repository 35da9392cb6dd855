<?xml version="1.0" encoding="UTF-8"?>
<!-- What rules share: the functions of the templates (f:…: numbers, settings, words) and those
     that only rules need (c:…): the text of a block, dates in words, neighbours in a count. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions" xmlns:r="urn:prikaz:rules"
                xmlns:c="urn:prikaz:rules:functions" xmlns:func="http://exslt.org/functions"
                xmlns:exsl="http://exslt.org/common" xmlns:set="http://exslt.org/sets"
                extension-element-prefixes="func exsl set" exclude-result-prefixes="p f r c">

  <xsl:include href="../common/common.xsl"/>

  <xsl:key name="to" match="p:ref" use="@to"/>

  <!-- ===================================================== text -->

  <!-- Every run of text that is printed. -->
  <xsl:variable name="words" select="//text()[normalize-space()][not(parent::p:electronic)]"/>

  <!-- What a block says, without the blocks inside: references as they are printed, spaces
       single, a line break as a space. -->
  <func:function name="c:text">
    <xsl:param name="block"/>
    <xsl:choose>
      <xsl:when test="not($block/*)">
        <func:result select="normalize-space(translate($block, '&#160;', ' '))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="text">
          <xsl:apply-templates select="$block/node()" mode="own"/>
        </xsl:variable>
        <func:result select="normalize-space(translate($text, '&#160;', ' '))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:template match="p:p | p:list | p:point | p:table | p:ignore" mode="own"/>
  <xsl:template match="p:br" mode="own"><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="*" mode="own"><xsl:apply-templates mode="own"/></xsl:template>
  <xsl:template match="p:ref" mode="own">
    <xsl:choose>
      <xsl:when test="node()"><xsl:apply-templates mode="own"/></xsl:when>
      <xsl:when test="key('id', @to)/@short and not(@form = 'full')">
        <xsl:value-of select="key('id', @to)/@short"/>
      </xsl:when>
      <xsl:when test="key('id', @to)[self::p:party or self::p:term]">
        <xsl:apply-templates select="key('id', @to)/node()" mode="own"/>
      </xsl:when>
      <xsl:when test="key('id', @to)[self::p:appendix]">приложение</xsl:when>
      <xsl:otherwise>пункт</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="p:act" mode="own">
    <xsl:value-of select="concat(@kind, ' от ', @date, ' № ', @number, ' «', ., '»')"/>
  </xsl:template>
  <xsl:template match="p:link[not(node())]" mode="own"><xsl:value-of select="@to"/></xsl:template>

  <!-- Text for comparison: small letters, ё as е, single spaces. -->
  <func:function name="c:folded">
    <xsl:param name="text"/>
    <func:result select="translate(f:lower(normalize-space(translate($text, '&#160;', ' '))),
                                   'ё', 'е')"/>
  </func:function>

  <func:function name="c:count">
    <xsl:param name="text"/>
    <xsl:param name="character"/>
    <func:result select="string-length($text) - string-length(translate($text, $character, ''))"/>
  </func:function>

  <!-- ===================================================== dates -->

  <!-- Days since 1970 of «16.02.2021» or «16 февраля 2021»; NaN for no date. -->
  <func:function name="c:days">
    <xsl:param name="text"/>
    <xsl:variable name="figures" select="r:find($text, '\d\d?\.\d\d\.\d\d\d\d')"/>
    <xsl:variable name="month" select="$texts/p:month[contains($text, @gen)]/@number"/>
    <xsl:choose>
      <xsl:when test="$figures != ''"><func:result select="r:days($figures)"/></xsl:when>
      <xsl:when test="$month">
        <func:result select="r:days(concat(r:find($text, '\d\d?'), '.', $month, '.',
                                           r:find($text, '\d\d\d\d')))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="number('none')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>


  <!-- The number of the month a word begins like: 11 for «Ноябрь», «ноября»; 0 for none. -->
  <func:function name="c:month">
    <xsl:param name="text"/>
    <xsl:variable name="word" select="c:folded($text)"/>
    <func:result select="1 * starts-with($word, 'январ') + 2 * starts-with($word, 'феврал')
      + 3 * starts-with($word, 'март') + 4 * starts-with($word, 'апрел')
      + 5 * (starts-with($word, 'май') or starts-with($word, 'мая') or starts-with($word, 'мае'))
      + 6 * starts-with($word, 'июн') + 7 * starts-with($word, 'июл')
      + 8 * starts-with($word, 'август') + 9 * starts-with($word, 'сентябр')
      + 10 * starts-with($word, 'октябр') + 11 * starts-with($word, 'ноябр')
      + 12 * starts-with($word, 'декабр')"/>
  </func:function>

  <!-- The last day of the latest period a deadline names: «ноябрь 2020 года», «2020-2022»,
       «I квартал 2021», «до 18.03.2021»; NaN when it names no year. -->
  <func:function name="c:end">
    <xsl:param name="text"/>
    <xsl:variable name="ends">
      <xsl:for-each select="r:every($text, '(\d\d?\.\d\d\.|\d\d?\s\p+\s|\p+\s|([1-4]|I|II|III|IV)(-?\p*)\sквартал\p*\s)?(19|20)\d\d')">
        <end><xsl:value-of select="c:end-of(.)"/></end>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="numbers" select="exsl:node-set($ends)/end[. = number(.)]"/>
    <func:result select="number($numbers[not($numbers &gt; number(.))][1])"/>
  </func:function>

  <func:function name="c:end-of">
    <xsl:param name="period"/>
    <xsl:variable name="year" select="r:find($period, '\d\d\d\d$')"/>
    <xsl:variable name="month" select="c:month($period)"/>
    <xsl:variable name="quarter" select="r:find($period, '^([1-4]|I+V?)')"/>
    <xsl:variable name="day" select="c:days($period)"/>
    <xsl:choose>
      <xsl:when test="$day = $day"><func:result select="$day"/></xsl:when>
      <xsl:when test="$month"><func:result select="c:month-end($month, $year)"/></xsl:when>
      <xsl:when test="contains($period, 'квартал')">
        <func:result select="c:month-end(3 * ((($quarter = 'I') + 2 * ($quarter = 'II')
          + 3 * ($quarter = 'III') + 4 * ($quarter = 'IV'))
          + number(concat('0', translate($quarter, 'IV', '')))), $year)"/>
      </xsl:when>
      <xsl:otherwise><func:result select="r:days(concat('31.12.', $year))"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="c:month-end">
    <xsl:param name="month"/>
    <xsl:param name="year"/>
    <xsl:choose>
      <xsl:when test="$month = 12"><func:result select="r:days(concat('31.12.', $year))"/></xsl:when>
      <xsl:otherwise>
        <func:result select="r:days(concat('1.', format-number($month + 1, '00'), '.', $year)) - 1"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The wordings of deadlines that are over before the document's day: «|2019 год|до 01.02.2020|». -->
  <func:function name="c:past">
    <xsl:variable name="past">
      <xsl:for-each select="set:distinct(//p:deadline)[r:has(., '(19|20)\d\d')]">
        <xsl:if test="c:end(c:text(.)) &lt; $act-day">
          <xsl:value-of select="concat('|', normalize-space(), '|')"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="string($past)"/>
  </func:function>

  <!-- The wordings of deadlines that name no time. -->
  <func:function name="c:vague">
    <xsl:variable name="vague">
      <xsl:for-each select="set:distinct(//p:deadline)[r:has(., '\p\p')]">
        <xsl:if test="not(r:has(c:folded(.), concat('\d|январ|феврал|март|апрел|\bма[йяе]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|год|квартал|полугоди|месяц|недел|декад|\bд(ень|ня|ней)\b|\bеже|раз\b|',
            'постоянн|регулярн|систематическ|течени|период|срок|план|график|программ|итог|мер[еы]\b|потребност|необходимост|обращени|факт|окончани|завершени|начал|до\s|после|перед|по\s|согласно|соответстви|своевременно|немедленно|весь|весн|осен|зим|лет')))">
          <xsl:value-of select="concat('|', normalize-space(), '|')"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="string($vague)"/>
  </func:function>

  <!-- The date of the order: its own, or that of the act its appendix names; '' for none. -->
  <xsl:variable name="act-date">
    <xsl:choose>
      <xsl:when test="$order"><xsl:value-of select="$order/@date"/></xsl:when>
      <xsl:when test="$source/p:mark/@date"><xsl:value-of select="$source/p:mark/@date"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="r:find(string($source/p:mark), '\d\d?(\.\d\d\.|\s\p+\s)\d\d\d\d')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="act-day" select="c:days(string($act-date))"/>

  <!-- ===================================================== numbers -->

  <!-- What the number of an element with its own number would be if it were counted on; NaN for
       the first. A row after sections goes on with their count as well. -->
  <func:function name="c:expected">
    <xsl:param name="node"/>
    <xsl:for-each select="$node">
      <xsl:variable name="name" select="local-name()"/>
      <xsl:variable name="before" select="preceding-sibling::*[local-name() = $name][1]"/>
      <xsl:choose>
        <xsl:when test="self::p:section">
          <!-- a number typed into the title of an unnumbered section counts -->
          <xsl:variable name="section" select="preceding-sibling::p:section[not(@numbered = 'no')
            or r:has(string(p:title), '^\s*\d+\.')][1]"/>
          <xsl:choose>
            <xsl:when test="$section/@numbered = 'no'">
              <func:result select="number(r:find(string($section/p:title), '\d+')) + 1"/>
            </xsl:when>
            <xsl:when test="$section">
              <func:result select="f:section-index($section, false(), 0) + 1"/>
            </xsl:when>
            <xsl:otherwise><func:result select="1"/></xsl:otherwise>
          </xsl:choose>
        </xsl:when>
        <xsl:when test="$before"><func:result select="f:index($before) + 1"/></xsl:when>
        <xsl:when test="preceding-sibling::p:section">
          <func:result select="f:section-index(preceding-sibling::p:section[1], false(), 0) + 1"/>
        </xsl:when>
        <xsl:otherwise><func:result select="1"/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </func:function>
</xsl:stylesheet>
