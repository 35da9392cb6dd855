<?xml version="1.0" encoding="UTF-8"?>
<!-- An annual report: title page, contents, chapters, signatures, appendices. What is computed is
     in p:facts, which the program has added to the document (README.md, «Facts of a report»). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <xsl:import href="../common/common.xsl"/>
  <xsl:import href="../charts/chart.xsl"/>
  <xsl:include href="value.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="series.xsl"/>

  <xsl:template match="/p:annual-report">
    <xsl:call-template name="document"/>
  </xsl:template>

  <xsl:template match="p:annual-report" mode="metadata">
    <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
    <xsl:variable name="author">
      <xsl:apply-templates select="p:issuer/p:body" mode="plain"/>
      <xsl:if test="not(p:issuer)"><xsl:value-of select="f:setting('office', 'body')"/></xsl:if>
    </xsl:variable>
    <px:meta name="title" value="{normalize-space($title)}"/>
    <xsl:if test="normalize-space($author) != ''">
      <px:meta name="author" value="{normalize-space($author)}"/>
    </xsl:if>
    <px:meta name="subject" value="{normalize-space($title)}"/>
    <xsl:if test="@date"><px:meta name="date" value="{f:iso-date(@date)}"/></xsl:if>
  </xsl:template>

  <!-- ===================================================== pages -->

  <!-- The title page with the contents; then the chapters, a page sequence where the sheet
       turns. -->
  <xsl:template match="p:annual-report" mode="pages">
    <xsl:variable name="parts" select="p:chapter | p:signature | p:peers | p:executor | p:appendix"/>
    <xsl:variable name="turns" select="$parts[position() = 1 or f:lies(.)
                                              != f:lies(preceding-sibling::*[1])]"/>
    <xsl:variable name="report" select="."/>
    <xsl:call-template name="page-sequence"/>
    <xsl:for-each select="$turns">
      <xsl:variable name="turn" select="position()"/>
      <xsl:variable name="from" select="count(preceding-sibling::*)"/>
      <xsl:variable name="to" select="count($turns[$turn + 1]/preceding-sibling::*)"/>
      <xsl:variable name="orientation" select="f:lies(.)"/>
      <xsl:for-each select="$report">
        <xsl:call-template name="page-sequence">
          <xsl:with-param name="orientation" select="$orientation"/>
          <xsl:with-param name="first" select="false()"/>
          <xsl:with-param name="begins" select="false()"/>
          <xsl:with-param name="parts" select="$parts[count(preceding-sibling::*) &gt;= $from
            and (count(preceding-sibling::*) &lt; $to or $turn = count($turns))]"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- How the sheets of a part lie; a signature stays with the chapter it is under. -->
  <func:function name="f:lies">
    <xsl:param name="part"/>
    <xsl:variable name="own" select="$part[self::p:chapter or self::p:appendix]
      | $part[not(self::p:chapter or self::p:appendix)]/preceding-sibling::p:chapter[1]"/>
    <func:result select="f:either($own/@orientation, 'portrait')"/>
  </func:function>

  <xsl:template match="p:annual-report" mode="flow">
    <xsl:param name="begins"/>
    <xsl:param name="parts"/>
    <xsl:choose>
      <xsl:when test="$begins">
        <xsl:call-template name="title-page"/>
        <xsl:apply-templates select="p:contents"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:block role="Div" font-size="{f:setting('report', 'size')}">
          <xsl:apply-templates select="$parts" mode="content"/>
        </fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== title page -->

  <!-- Three boxes, one above the other, that fill the page: who, what, where and when. -->
  <xsl:template name="title-page">
    <xsl:variable name="room" select="297 - f:mm(f:setting('page', 'margin-top'))
                                      - f:mm(f:setting('page', 'margin-bottom'))"/>
    <fo:block-container role="Div" height="{$room * 0.3}mm" text-indent="0pt" text-align="center">
      <xsl:apply-templates select="p:mark" mode="title-page"/>
      <fo:block role="Div" font-weight="bold">
        <xsl:choose>
          <xsl:when test="p:issuer">
            <xsl:for-each select="p:issuer/p:body | p:issuer/p:subdivision">
              <fo:block role="P">
                <xsl:call-template name="at"/>
                <xsl:apply-templates/>
              </fo:block>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise>
            <fo:block role="P"><xsl:value-of select="f:setting('office', 'body')"/></fo:block>
          </xsl:otherwise>
        </xsl:choose>
      </fo:block>
    </fo:block-container>
    <fo:block-container role="Div" height="{$room * 0.4}mm" display-align="center" text-indent="0pt"
                        text-align="center">
      <fo:block role="H1" font-weight="bold" font-size="{f:setting('report', 'title-size')}"
                id="report">
        <xsl:for-each select="p:title">
          <xsl:call-template name="at"/>
          <xsl:apply-templates/>
        </xsl:for-each>
      </fo:block>
      <fo:block role="P" space-before="8pt">
        <xsl:value-of select="f:fill('as-of', f:date($facts/@on, 'words'), '')"/>
      </fo:block>
      <xsl:if test="$facts/@sample = 'yes'">
        <fo:block role="P" space-before="24pt" start-indent="30mm" end-indent="30mm">
          <fo:block role="P" border="1pt solid black" padding="2mm" font-weight="bold">
            <xsl:value-of select="f:text('sample')"/>
          </fo:block>
        </fo:block>
      </xsl:if>
    </fo:block-container>
    <fo:block-container role="Div" height="{$room * 0.29}mm" display-align="after" text-indent="0pt"
                        text-align="center">
      <fo:block role="P">
        <xsl:value-of select="f:either(@place, f:setting('office', 'place'))"/>
      </fo:block>
      <fo:block role="P">
        <xsl:value-of select="f:either(substring(@date, 7), substring($facts/@on, 7))"/>
      </fo:block>
    </fo:block-container>
  </xsl:template>

  <!-- УТВЕРЖДАЮ over the body's name, at the right. -->
  <xsl:template match="p:mark" mode="title-page">
    <xsl:for-each select="..">
      <xsl:call-template name="mark"/>
    </xsl:for-each>
  </xsl:template>

  <!-- ===================================================== contents -->

  <xsl:variable name="contents-levels" select="f:setting('report', 'contents-levels')"/>

  <xsl:template match="p:contents">
    <fo:block break-before="page" role="Div" text-indent="0pt" hyphenate="false">
      <xsl:call-template name="at"/>
      <fo:block role="P" text-align="center" font-weight="bold" space-after="10pt">
        <xsl:value-of select="f:text('contents')"/>
      </fo:block>
      <fo:block role="TOC">
        <xsl:apply-templates select="../p:chapter | ../p:appendix" mode="contents"/>
      </fo:block>
    </fo:block>
  </xsl:template>

  <xsl:template match="p:chapter | p:appendix" mode="contents">
    <xsl:param name="level" select="1"/>
    <xsl:variable name="id">
      <xsl:choose>
        <xsl:when test="self::p:chapter"><xsl:value-of select="f:chapter-id(.)"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="f:id(.)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <fo:block role="TOCI" text-align="left" text-align-last="justify" space-after="3pt"
              start-indent="{($level - 1) * 8}mm" end-indent="12mm" last-line-end-indent="-12mm">
      <fo:basic-link internal-destination="{$id}" role="Link">
        <xsl:apply-templates select="." mode="name"/>
        <!-- spaces at which no line ends: the number stays on the title's line -->
        <xsl:text>&#160;</xsl:text>
        <fo:leader leader-pattern="dots"/>
        <xsl:text>&#160;</xsl:text>
        <fo:page-number-citation ref-id="{$id}"/>
      </fo:basic-link>
    </fo:block>
    <xsl:if test="$level &lt; $contents-levels">
      <xsl:apply-templates select="p:chapter" mode="contents">
        <xsl:with-param name="level" select="$level + 1"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:template>

  <!-- «2.1. Исполнение по разделам» -->
  <xsl:template match="p:chapter" mode="name">
    <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
    <xsl:variable name="number" select="f:chapter-number(.)"/>
    <xsl:value-of select="concat($number, substring('&#160;', 1, $number != ''),
                                 normalize-space($title))"/>
  </xsl:template>

  <!-- Chapters are counted with those around them: «2.1.»; one without a number counts none. -->
  <func:function name="f:chapter-number">
    <xsl:param name="chapter"/>
    <xsl:variable name="number">
      <xsl:if test="not($chapter/ancestor-or-self::p:chapter/@numbered = 'no')">
        <xsl:for-each select="$chapter/ancestor-or-self::p:chapter">
          <xsl:value-of select="concat(count(preceding-sibling::p:chapter[not(@numbered = 'no')]) + 1,
                                       '.')"/>
        </xsl:for-each>
      </xsl:if>
    </xsl:variable>
    <func:result select="string($number)"/>
  </func:function>

  <!-- Where links to a chapter lead: its id, or one made of its place: «chapter-2.1». -->
  <func:function name="f:chapter-id">
    <xsl:param name="chapter"/>
    <xsl:variable name="places">
      <xsl:for-each select="$chapter/ancestor-or-self::p:chapter">
        <xsl:value-of select="concat(substring('.', 1, position() - 1),
                                     count(preceding-sibling::p:chapter) + 1)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$chapter/@id"><func:result select="string($chapter/@id)"/></xsl:when>
      <xsl:otherwise><func:result select="f:free-id(concat('chapter-', $places))"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== chapters -->

  <xsl:template match="p:chapter" mode="content">
    <xsl:variable name="level" select="count(ancestor::p:chapter) + 1"/>
    <xsl:variable name="number" select="f:chapter-number(.)"/>
    <fo:block role="Sect">
      <xsl:if test="@break = 'yes'"><xsl:attribute name="break-before">page</xsl:attribute></xsl:if>
      <fo:block xsl:use-attribute-sets="requisite" id="{f:chapter-id(.)}" role="H{$level + 1}"
                keep-with-next.within-page="always"
                space-before="{f:setting('report', 'chapter-before')}"
                space-after="{f:setting('report', 'chapter-after')}">
        <xsl:call-template name="at"/>
        <xsl:attribute name="font-weight">
          <xsl:value-of select="f:either(p:title/@weight, f:setting('report', 'chapter-weight'))"/>
        </xsl:attribute>
        <xsl:attribute name="text-align">
          <xsl:value-of select="f:either(p:title/@align, f:setting('report', 'chapter-align'))"/>
        </xsl:attribute>
        <xsl:value-of select="concat($number, substring('&#160;', 1, $number != ''))"/>
        <xsl:apply-templates select="p:title/node()"/>
      </fo:block>
      <xsl:apply-templates select="*[not(self::p:title)]" mode="content"/>
    </fo:block>
  </xsl:template>

  <!-- A short data table stays whole with its caption. -->
  <xsl:template match="p:chapter/p:table" mode="content">
    <fo:block role="Div">
      <xsl:if test="count(p:row) &lt;= 2 * $whole-rows">
        <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </fo:block>
  </xsl:template>

  <xsl:variable name="whole-rows" select="f:setting('report', 'whole-rows')"/>

  <!-- ===================================================== appendices -->

  <xsl:template match="p:annual-report/p:appendix" mode="content">
    <fo:block role="Sect" break-before="page" id="{f:id(.)}">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="p:mark"><xsl:call-template name="mark"/></xsl:when>
        <xsl:otherwise>
          <fo:block role="P" text-align="right" text-indent="0pt" space-after="12pt"
                    keep-with-next.within-page="always">
            <xsl:value-of select="concat(f:capital(f:word('appendix', 'nom')), f:appendix-tail(.))"/>
          </fo:block>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="p:title"/>
      <xsl:apply-templates select="*[not(self::p:parties or self::p:mark or self::p:title
        or self::p:restriction or self::p:agreed or self::p:qr)]" mode="content"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="p:annual-report/p:appendix" mode="name">
    <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
    <xsl:value-of select="concat(f:capital(f:word('appendix', 'nom')), f:appendix-tail(.),
      substring('. ', 1, 2 * ($title != '')), normalize-space($title))"/>
  </xsl:template>

  <!-- ===================================================== outline -->

  <xsl:template match="p:annual-report" mode="outline">
    <fo:bookmark internal-destination="report">
      <fo:bookmark-title>
        <xsl:apply-templates select="p:title" mode="plain"/>
      </fo:bookmark-title>
    </fo:bookmark>
    <xsl:apply-templates select="p:chapter | p:appendix" mode="outline"/>
  </xsl:template>

  <xsl:template match="p:chapter" mode="outline">
    <fo:bookmark internal-destination="{f:chapter-id(.)}">
      <fo:bookmark-title><xsl:apply-templates select="." mode="name"/></fo:bookmark-title>
      <xsl:apply-templates select="p:chapter" mode="outline"/>
    </fo:bookmark>
  </xsl:template>
</xsl:stylesheet>
