<?xml version="1.0" encoding="UTF-8"?>
<!-- Текст приказа: the preamble, the directive word, the points; in an extract the chosen ones. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="func str" exclude-result-prefixes="p f">

  <!-- ===================================================== the directive word -->

  <xsl:variable name="kind-key" select="$texts/p:kind[@name = $order/@kind]/@key"/>

  <xsl:variable name="directive-form">
    <xsl:choose>
      <xsl:when test="$order/p:directive/@form">
        <xsl:value-of select="$order/p:directive/@form"/>
      </xsl:when>
      <xsl:when test="$order/p:directive/node()">lower</xsl:when>
      <xsl:otherwise><xsl:value-of select="f:setting('directive', $kind-key)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:variable name="directive-place">
    <xsl:choose>
      <xsl:when test="not($order/p:preamble)">line</xsl:when>
      <xsl:when test="$order/p:directive/@place">
        <xsl:value-of select="$order/p:directive/@place"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="f:setting('directive', concat($kind-key, '-place'))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template name="directive-word">
    <xsl:variable name="own" select="f:setting('directive', concat($kind-key, '-word'))"/>
    <xsl:variable name="word" select="concat($own, substring($texts/p:kind[@name = $order/@kind]/@directive,
                                                             1, 99 * ($own = '')), ':')"/>
    <xsl:choose>
      <xsl:when test="$order/p:directive/node()">
        <xsl:apply-templates select="$order/p:directive/node()"/>
      </xsl:when>
      <xsl:when test="$directive-form = 'capitals'"><xsl:value-of select="f:upper($word)"/></xsl:when>
      <xsl:when test="$directive-form = 'spaced'"><xsl:value-of select="f:spaced($word)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$word"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== text -->

  <!-- The text of an order. Its end is kept with the signature, so that at least three lines of
       text (practice) are on the signature's page: see $kept-paragraphs. -->
  <xsl:template name="order-text">
    <xsl:apply-templates select="p:preamble"/>
    <xsl:if test="$directive-form != 'none' and $directive-place = 'line'">
      <fo:block role="P" text-indent="0pt" keep-with-next.within-page="always">
        <xsl:if test="$set/p:directive/@indent = 'yes'">
          <xsl:attribute name="text-indent"><xsl:value-of select="$indent"/></xsl:attribute>
        </xsl:if>
        <xsl:if test="$set/p:directive/@weight != 'normal'">
          <xsl:attribute name="font-weight">
            <xsl:value-of select="$set/p:directive/@weight"/>
          </xsl:attribute>
        </xsl:if>
        <xsl:for-each select="p:directive"><xsl:call-template name="at"/></xsl:for-each>
        <xsl:call-template name="directive-word"/>
      </fo:block>
    </xsl:if>
    <xsl:apply-templates select="p:p[not(preceding-sibling::p:point)]"/>
    <xsl:if test="p:point">
      <fo:block role="L" keep-with-next.within-page="always">
        <xsl:for-each select="p:point[not($is-extract) or f:is-printed(.)]
                              | p:p[preceding-sibling::p:point and (not($is-extract) or f:is-printed(.))]">
          <xsl:apply-templates select=".">
            <xsl:with-param name="role" select="'LI'"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- The paragraphs that stay with the signature, three lines of each: the last one, and the one
       before it when the last may have but two lines. -->
  <xsl:variable name="paragraphs" select="$order/p:p | $order/p:point | $order/p:point//p:point
                                          | $order/p:point//p:p[not(ancestor::p:table)]"/>
  <xsl:variable name="printed-paragraphs" select="$paragraphs[not($is-extract) or f:is-printed(.)]"/>
  <xsl:variable name="kept-paragraphs" select="$printed-paragraphs[position() = last()
    or (position() = last() - 1 and string-length($printed-paragraphs[last()]) &lt; 180)]"/>

  <!-- Whether an element of the order is printed: always, but in an extract only what it names,
       what that is in and what is in that. -->
  <func:function name="f:is-printed">
    <xsl:param name="node"/>
    <func:result select="not($is-extract) or $chosen-ids = $node/descendant-or-self::*/@id
                         or $chosen-ids = $node/ancestor::*/@id"/>
  </func:function>

  <xsl:template match="p:preamble">
    <fo:block role="P">
      <xsl:call-template name="at"/>
      <xsl:if test="$directive-form != 'none' and $directive-place = 'line'
                    and not(following-sibling::p:preamble)">
        <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="$directive-form != 'none' and $directive-place = 'run-in'
                    and not(following-sibling::p:preamble)">
        <xsl:text> </xsl:text>
        <xsl:call-template name="directive-word"/>
      </xsl:if>
    </fo:block>
  </xsl:template>

  <!-- A point: number and text in one paragraph; points inside follow as a list. -->
  <xsl:template match="p:point">
    <xsl:call-template name="flow">
      <xsl:with-param name="label" select="f:point-number(.)"/>
      <xsl:with-param name="role" select="'LI'"/>
      <xsl:with-param name="id" select="f:id(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ===================================================== outline -->

  <!-- «1. Утвердить план мероприятий…»: the number and the first words. -->
  <xsl:template match="p:point" mode="outline">
    <xsl:variable name="number" select="f:point-number(.)"/>
    <xsl:variable name="text">
      <xsl:apply-templates select="node()[not(self::p:point or self::p:list or self::p:table)
        and not(preceding-sibling::p:p or preceding-sibling::p:point or preceding-sibling::p:list
                or preceding-sibling::p:table)]" mode="plain"/>
    </xsl:variable>
    <fo:bookmark internal-destination="{f:id(.)}">
      <fo:bookmark-title>
        <xsl:value-of select="concat($number, substring(' ', 1, $number != ''),
                                     f:first-words(normalize-space($text), 60))"/>
      </fo:bookmark-title>
    </fo:bookmark>
  </xsl:template>

  <!-- A text of more characters than `most` up to a space before them, and «…» in place of the
       rest and of the stop before it. -->
  <func:function name="f:first-words">
    <xsl:param name="text"/>
    <xsl:param name="most"/>
    <xsl:variable name="end" select="substring($text, $most, 1)"/>
    <xsl:choose>
      <xsl:when test="string-length($text) &lt;= $most">
        <func:result select="string($text)"/>
      </xsl:when>
      <xsl:when test="contains(substring($text, 1, $most), ' ')
                      and (contains(' .,;:–', $end) or substring($text, $most + 1, 1) != ' ')">
        <!-- not here: before the word that ends or goes on here, which is the last one -->
        <func:result select="f:first-words($text, $most - 1 - ($end != ' ')
          * string-length(str:tokenize(substring($text, 1, $most), ' ')[last()]))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat(substring($text, 1, $most), '…')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The current point and those that follow it without a paragraph or list between. -->
  <xsl:template name="point-run">
    <xsl:if test="not($is-extract) or f:is-printed(.)"><xsl:apply-templates select="."/></xsl:if>
    <xsl:for-each select="following-sibling::*[1][self::p:point]">
      <xsl:call-template name="point-run"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
