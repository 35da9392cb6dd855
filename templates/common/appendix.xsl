<?xml version="1.0" encoding="UTF-8"?>
<!-- An appendix on its own sheets: mark, title, content; and the outline of the document. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- `first`: the appendix is the document, its first page has no number. Where the sheet turns
       (a lying table among standing text), a page sequence begins. -->
  <xsl:template match="p:appendix" mode="pages">
    <xsl:param name="first" select="true()"/>
    <xsl:variable name="orientation" select="f:either(@orientation, 'portrait')"/>
    <xsl:variable name="parts" select="*[not(self::p:parties or self::p:mark or self::p:title
      or self::p:restriction or self::p:agreed or self::p:qr)]"/>
    <xsl:variable name="turns" select="$parts[position() = 1
      or f:either(@orientation, $orientation)
         != f:either(preceding-sibling::*[1]/@orientation, $orientation)]"/>
    <xsl:variable name="appendix" select="."/>
    <xsl:for-each select="$turns">
      <xsl:variable name="turn" select="position()"/>
      <xsl:variable name="from" select="count(preceding-sibling::*)"/>
      <xsl:variable name="to" select="count($turns[$turn + 1]/preceding-sibling::*)"/>
      <xsl:variable name="own-orientation" select="f:either(@orientation, $orientation)"/>
      <xsl:for-each select="$appendix">
        <xsl:call-template name="page-sequence">
          <xsl:with-param name="orientation" select="$own-orientation"/>
          <xsl:with-param name="first" select="$first and $turn = 1"/>
          <xsl:with-param name="begins" select="$turn = 1"/>
          <xsl:with-param name="ends" select="$turn = count($turns)"/>
          <xsl:with-param name="parts" select="$parts[count(preceding-sibling::*) &gt;= $from
            and (count(preceding-sibling::*) &lt; $to or $turn = count($turns))]"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:call-template name="sheets"/>
  </xsl:template>

  <xsl:template match="p:appendix" mode="flow">
    <xsl:param name="begins"/>
    <xsl:param name="ends"/>
    <xsl:param name="parts"/>
    <fo:block role="Sect">
      <xsl:if test="$begins">
        <xsl:attribute name="id"><xsl:value-of select="f:id(.)"/></xsl:attribute>
        <xsl:call-template name="mark"/>
        <xsl:apply-templates select="p:title"/>
      </xsl:if>
      <xsl:apply-templates select="$parts" mode="content"/>
      <xsl:if test="$ends"><xsl:call-template name="agreed-last"/></xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template match="*" mode="content">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- Signatures at the end of an appendix; the paragraph or the table before is not parted. -->
  <xsl:template match="p:signature | p:peers" mode="content">
    <xsl:apply-templates select=".">
      <xsl:with-param name="before">
        <xsl:choose>
          <xsl:when test="preceding-sibling::*[1][self::p:signature or self::p:peers]">
            <xsl:value-of select="$set/p:signature/@between"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="$set/p:signature/@appendix-before"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="p:appendix/p:title">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1"
              font-weight="{f:either(@weight, string($set/p:appendix/@title-weight))}"
              space-after="{$set/p:appendix/@title-after}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="text-align">
        <xsl:value-of select="f:either(@align, string($set/p:appendix/@title-align))"/>
      </xsl:attribute>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== outline -->

  <!-- «Приложение 1. План мероприятий», and in it headings and sections of tables. -->
  <xsl:template match="p:appendix" mode="outline">
    <fo:bookmark internal-destination="{f:id(.)}">
      <fo:bookmark-title><xsl:apply-templates select="." mode="name"/></fo:bookmark-title>
      <xsl:apply-templates select="p:h | p:roadmap | p:register" mode="outline"/>
    </fo:bookmark>
  </xsl:template>

  <xsl:template match="p:appendix" mode="name">
    <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
    <xsl:if test="not($title != '') or ($order and not(@mark = 'none'))">
      <xsl:value-of select="concat(f:capital(f:word('appendix', 'nom')), f:appendix-tail(.))"/>
      <xsl:if test="$title != ''">. </xsl:if>
    </xsl:if>
    <xsl:value-of select="normalize-space($title)"/>
  </xsl:template>

  <xsl:template match="p:h" mode="outline">
    <fo:bookmark internal-destination="{f:id(.)}">
      <fo:bookmark-title><xsl:apply-templates mode="plain"/></fo:bookmark-title>
    </fo:bookmark>
  </xsl:template>
</xsl:stylesheet>
