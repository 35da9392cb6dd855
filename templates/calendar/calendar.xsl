<?xml version="1.0" encoding="UTF-8"?>
<!-- The deadlines of a year as a plan on paper: how many there are in each month, each month's
     measures by day, each responsible party's, and what has no day. The program makes the document
     (calendar, source, task, due) from roadmaps. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:exsl="http://exslt.org/common"
                extension-element-prefixes="func exsl" exclude-result-prefixes="p f">

  <xsl:include href="../common/common.xsl"/>
  <xsl:include href="../charts/chart.xsl"/>

  <xsl:key name="month" match="p:due" use="@month"/>
  <xsl:key name="party" match="p:party[../p:due]" use="f:capital(normalize-space())"/>
  <xsl:key name="without" match="p:task" use="@without"/>

  <xsl:variable name="tasks" select="/p:calendar/p:source/p:task"/>
  <xsl:variable name="days" select="$tasks/p:due"/>
  <xsl:variable name="several" select="count(/p:calendar/p:source) &gt; 1"/>
  <xsl:variable name="year" select="substring(/p:calendar/@from, 7)"/>
  <xsl:variable name="is-school-year" select="not(starts-with(/p:calendar/@from, '01.01.'))"/>

  <xsl:template match="/p:calendar">
    <xsl:call-template name="document">
      <xsl:with-param name="lies" select="true()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The sheet lies: six columns. -->
  <xsl:template match="p:calendar" mode="pages">
    <xsl:call-template name="page-sequence">
      <xsl:with-param name="orientation" select="'landscape'"/>
    </xsl:call-template>
  </xsl:template>

  <func:function name="f:calendar-period">
    <xsl:choose>
      <xsl:when test="$is-school-year">
        <func:result select="f:fill('calendar-school-year', concat($year, '/', $year + 1), '')"/>
      </xsl:when>
      <xsl:otherwise><func:result select="f:fill('calendar-year', $year, '')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- How a document is named in the list; the tables go by its place there. -->
  <func:function name="f:source-name">
    <xsl:param name="source"/>
    <xsl:choose>
      <xsl:when test="$source/@label != '' and $source/@title != ''">
        <func:result select="concat($source/@label, ' «', $source/@title, '»')"/>
      </xsl:when>
      <xsl:otherwise><func:result select="concat($source/@label, $source/@title)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:template match="p:calendar" mode="metadata">
    <px:meta name="title" value="{f:text('calendar-title')} {f:calendar-period()}"/>
    <xsl:if test="@stamp"><px:meta name="date" value="{f:iso-date(@stamp)}"/></xsl:if>
  </xsl:template>

  <xsl:template match="p:calendar" mode="outline">
    <xsl:if test="$days">
      <fo:bookmark internal-destination="months">
        <fo:bookmark-title><xsl:value-of select="f:text('calendar-months')"/></fo:bookmark-title>
        <xsl:for-each select="$days[generate-id() = generate-id(key('month', @month)[1])]">
          <xsl:sort select="@month"/>
          <fo:bookmark internal-destination="month-{@month}">
            <fo:bookmark-title><xsl:value-of select="f:month-name(@month)"/></fo:bookmark-title>
          </fo:bookmark>
        </xsl:for-each>
      </fo:bookmark>
      <fo:bookmark internal-destination="parties">
        <fo:bookmark-title><xsl:value-of select="f:text('calendar-parties')"/></fo:bookmark-title>
      </fo:bookmark>
    </xsl:if>
    <xsl:if test="$tasks/@without">
      <fo:bookmark internal-destination="without">
        <fo:bookmark-title><xsl:value-of select="f:text('calendar-without')"/></fo:bookmark-title>
      </fo:bookmark>
    </xsl:if>
  </xsl:template>

  <!-- «Март 2021 года» of «2021-03». -->
  <func:function name="f:month-name">
    <xsl:param name="month"/>
    <func:result select="concat(f:capital($texts/p:month[@number = substring($month, 6)]/@nom),
                                ' ', substring($month, 1, 4), ' года')"/>
  </func:function>

  <!-- ===================================================== the sheets -->

  <xsl:template match="p:calendar" mode="flow">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1" font-weight="bold"
              space-after="12pt">
      <xsl:value-of select="f:text('calendar-title')"/>
      <fo:block><xsl:value-of select="f:calendar-period()"/></fo:block>
    </fo:block>
    <xsl:call-template name="calendar-sources"/>
    <xsl:choose>
      <xsl:when test="$days">
        <xsl:call-template name="calendar-chart"/>
        <xsl:call-template name="calendar-head">
          <xsl:with-param name="id" select="'months'"/>
        </xsl:call-template>
        <xsl:call-template name="calendar-months"/>
        <xsl:call-template name="calendar-head">
          <xsl:with-param name="id" select="'parties'"/>
        </xsl:call-template>
        <xsl:call-template name="calendar-parties"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:block role="P"><xsl:value-of select="f:text('calendar-none')"/></fo:block>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$tasks/@without">
      <xsl:call-template name="calendar-head">
        <xsl:with-param name="id" select="'without'"/>
      </xsl:call-template>
      <xsl:call-template name="calendar-without"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="calendar-sources">
    <fo:block xsl:use-attribute-sets="requisite" role="P" font-size="{$table-size}">
      <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      <xsl:value-of select="f:text(concat('calendar-source', substring('s', 1, $several)))"/>
    </fo:block>
    <fo:block role="L" font-size="{$table-size}" text-indent="0pt" text-align="left">
      <xsl:for-each select="p:source">
        <fo:block role="LI">
          <xsl:if test="$several">
            <fo:inline role="Lbl"><xsl:value-of select="concat(position(), '.&#160;')"/></fo:inline>
          </xsl:if>
          <fo:inline role="LBody"><xsl:value-of select="f:source-name(.)"/></fo:inline>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="calendar-chart">
    <xsl:variable name="data">
      <series name="">
        <xsl:call-template name="calendar-counts">
          <xsl:with-param name="month" select="1 + 8 * $is-school-year"/>
          <xsl:with-param name="left" select="12"/>
        </xsl:call-template>
      </series>
    </xsl:variable>
    <xsl:call-template name="chart-bars">
      <xsl:with-param name="data" select="exsl:node-set($data)"/>
      <xsl:with-param name="title" select="f:text('calendar-chart')"/>
      <xsl:with-param name="width" select="297 - f:mm(f:setting('landscape', 'margin-left'))
                                           - f:mm(f:setting('landscape', 'margin-right'))"/>
      <xsl:with-param name="height" select="40"/>
      <xsl:with-param name="direction" select="'vertical'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A point for each month, the first being `month` of the year the period begins in. -->
  <xsl:template name="calendar-counts">
    <xsl:param name="month"/>
    <xsl:param name="left"/>
    <xsl:variable name="number" select="format-number(($month - 1) mod 12 + 1, '00')"/>
    <xsl:variable name="key" select="concat($year + ($month &gt; 12), '-', $number)"/>
    <point label="{$texts/p:month[@number = $number]/@nom}" value="{count(key('month', $key))}"/>
    <xsl:if test="$left &gt; 1">
      <xsl:call-template name="calendar-counts">
        <xsl:with-param name="month" select="$month + 1"/>
        <xsl:with-param name="left" select="$left - 1"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="calendar-head">
    <xsl:param name="id"/>
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H2" id="{$id}" font-weight="bold"
              space-before="14pt" space-after="6pt">
      <xsl:value-of select="f:text(concat('calendar-', $id))"/>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== tables -->

  <!-- `columns`: names of texts with widths in millimetres; the measure takes what is left. The
       document is named only where there are several. -->
  <xsl:template name="calendar-columns">
    <xsl:param name="columns"/>
    <xsl:variable name="shown" select="$columns[. != 'source' or $several]"/>
    <xsl:for-each select="$shown">
      <xsl:choose>
        <xsl:when test="@width"><fo:table-column column-width="{@width}mm" border="{$cell-border}"/></xsl:when>
        <xsl:otherwise>
          <fo:table-column column-width="proportional-column-width(1)" border="{$cell-border}"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <fo:table-header xsl:use-attribute-sets="table-header">
      <fo:table-row xsl:use-attribute-sets="ruled-row">
        <xsl:for-each select="$shown">
          <xsl:call-template name="header-cell">
            <xsl:with-param name="text" select="f:text(concat('calendar-column-', .))"/>
          </xsl:call-template>
        </xsl:for-each>
      </fo:table-row>
    </fo:table-header>
  </xsl:template>

  <!-- A row over the whole table; what follows stays with it. -->
  <xsl:template name="calendar-section">
    <xsl:param name="text"/>
    <xsl:param name="id"/>
    <xsl:param name="span"/>
    <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always"
                  keep-with-next.within-column="always">
      <fo:table-cell padding="{$cell-padding}" role="TH" number-columns-spanned="{$span}"
                     text-align="center" font-weight="bold">
        <fo:block>
          <xsl:if test="$id"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if>
          <xsl:value-of select="$text"/>
        </fo:block>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="calendar-cell">
    <xsl:param name="text"/>
    <xsl:param name="align" select="'left'"/>
    <fo:table-cell padding="{$cell-padding}" text-align="{$align}">
      <fo:block><xsl:value-of select="$text"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- The current task in `columns`; `on`: the days to be named. -->
  <xsl:template name="calendar-row">
    <xsl:param name="columns"/>
    <xsl:param name="on"/>
    <xsl:variable name="task" select="."/>
    <fo:table-row xsl:use-attribute-sets="ruled-row">
      <xsl:call-template name="at"/>
      <xsl:call-template name="row-keep">
        <xsl:with-param name="splits" select="string-length(@title) &gt;= $split-from"/>
      </xsl:call-template>
      <xsl:for-each select="$columns[. != 'source' or $several]">
        <xsl:choose>
          <xsl:when test=". = 'party'">
            <fo:table-cell padding="{$cell-padding}">
              <xsl:for-each select="$task/p:party">
                <fo:block><xsl:value-of select="."/></fo:block>
              </xsl:for-each>
              <xsl:if test="not($task/p:party)"><fo:block/></xsl:if>
            </fo:table-cell>
          </xsl:when>
          <xsl:when test=". = 'due' or . = 'days'">
            <xsl:call-template name="calendar-cell">
              <xsl:with-param name="text" select="$on"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test=". = 'number'">
            <xsl:call-template name="calendar-cell">
              <xsl:with-param name="text" select="$task/@number"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test=". = 'measure'">
            <xsl:call-template name="calendar-cell">
              <xsl:with-param name="text" select="$task/@title"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test=". = 'words'">
            <xsl:call-template name="calendar-cell">
              <xsl:with-param name="text" select="$task/@words"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test=". = 'source'">
            <xsl:call-template name="calendar-cell">
              <xsl:with-param name="text"
                              select="count($task/../preceding-sibling::p:source) + 1"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="calendar-cell"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>

  <xsl:variable name="month-columns-set">
    <c width="25">due</c><c width="38">days</c><c width="16">number</c><c>measure</c>
    <c width="37">words</c><c width="60">party</c><c width="22">source</c><c width="30">done</c>
  </xsl:variable>
  <xsl:variable name="all-columns" select="exsl:node-set($month-columns-set)/c"/>
  <xsl:variable name="month-columns" select="$all-columns[. != 'days']"/>
  <xsl:variable name="party-columns"
                select="$all-columns[. != 'due' and . != 'party' and . != 'done']"/>
  <xsl:variable name="without-columns"
                select="$all-columns[. != 'due' and . != 'days' and . != 'done']"/>

  <xsl:template name="calendar-months">
    <fo:table xsl:use-attribute-sets="ruled-table">
      <xsl:call-template name="calendar-columns">
        <xsl:with-param name="columns" select="$month-columns"/>
      </xsl:call-template>
      <fo:table-body>
        <xsl:for-each select="$days[generate-id() = generate-id(key('month', @month)[1])]">
          <xsl:sort select="@month"/>
          <xsl:call-template name="calendar-section">
            <xsl:with-param name="text" select="f:month-name(@month)"/>
            <xsl:with-param name="id" select="concat('month-', @month)"/>
            <xsl:with-param name="span" select="6 + $several"/>
          </xsl:call-template>
          <xsl:for-each select="key('month', @month)">
            <xsl:sort select="@day"/>
            <xsl:variable name="on" select="@on"/>
            <xsl:for-each select="..">
              <xsl:call-template name="calendar-row">
                <xsl:with-param name="columns" select="$month-columns"/>
                <xsl:with-param name="on" select="$on"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- «31.03, 30.06, 30.09»: the period says the year; one day alone is said in full. -->
  <func:function name="f:days">
    <xsl:param name="task"/>
    <xsl:variable name="text">
      <xsl:for-each select="$task/p:due">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="substring(@on, 1, 5 + 5 * (last() = 1))"/>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="string($text)"/>
  </func:function>

  <xsl:template name="calendar-parties">
    <fo:table xsl:use-attribute-sets="ruled-table">
      <xsl:call-template name="calendar-columns">
        <xsl:with-param name="columns" select="$party-columns"/>
      </xsl:call-template>
      <fo:table-body>
        <xsl:for-each select="$tasks[p:due]/p:party[generate-id()
          = generate-id(key('party', f:capital(normalize-space()))[1])]">
          <xsl:sort select="f:capital(normalize-space())"/>
          <xsl:call-template name="calendar-section">
            <xsl:with-param name="text" select="f:capital(normalize-space())"/>
            <xsl:with-param name="span" select="4 + $several"/>
          </xsl:call-template>
          <xsl:for-each select="key('party', f:capital(normalize-space()))/..">
            <xsl:sort select="p:due[1]/@month"/>
            <xsl:sort select="p:due[1]/@day"/>
            <xsl:call-template name="calendar-row">
              <xsl:with-param name="columns" select="$party-columns"/>
              <xsl:with-param name="on" select="f:days(.)"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
        <xsl:variable name="nobody" select="$tasks[p:due][not(p:party)]"/>
        <xsl:if test="$nobody">
          <xsl:call-template name="calendar-section">
            <xsl:with-param name="text" select="f:text('calendar-nobody')"/>
            <xsl:with-param name="span" select="4 + $several"/>
          </xsl:call-template>
          <xsl:for-each select="$nobody">
            <xsl:sort select="p:due[1]/@month"/>
            <xsl:sort select="p:due[1]/@day"/>
            <xsl:call-template name="calendar-row">
              <xsl:with-param name="columns" select="$party-columns"/>
              <xsl:with-param name="on" select="f:days(.)"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:if>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="calendar-without">
    <fo:table xsl:use-attribute-sets="ruled-table">
      <xsl:call-template name="calendar-columns">
        <xsl:with-param name="columns" select="$without-columns"/>
      </xsl:call-template>
      <fo:table-body>
        <xsl:for-each select="$tasks[generate-id() = generate-id(key('without', @without)[1])]">
          <xsl:call-template name="calendar-section">
            <xsl:with-param name="text" select="f:text(concat('calendar-', @without))"/>
            <xsl:with-param name="span" select="4 + $several"/>
          </xsl:call-template>
          <xsl:for-each select="key('without', @without)">
            <xsl:call-template name="calendar-row">
              <xsl:with-param name="columns" select="$without-columns"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>
</xsl:stylesheet>
