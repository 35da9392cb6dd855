<?xml version="1.0" encoding="UTF-8"?>
<!-- An appendix on its own sheets: mark, title, content; and the outline of the document. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- `first`: the appendix is the document, its first page has no number. -->
  <xsl:template match="p:appendix" mode="pages">
    <xsl:param name="first" select="true()"/>
    <xsl:call-template name="page-sequence">
      <xsl:with-param name="orientation" select="f:either(@orientation, 'portrait')"/>
      <xsl:with-param name="first" select="$first"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="p:appendix" mode="flow">
    <fo:block id="{f:id(.)}" role="Sect">
      <xsl:call-template name="mark"/>
      <xsl:apply-templates select="p:title"/>
      <xsl:apply-templates select="*[not(self::p:parties or self::p:mark or self::p:title)]"
                           mode="content"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="*" mode="content">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- Signatures at the end of an appendix; the paragraph or the table before is not parted. -->
  <xsl:template match="p:signature" mode="content">
    <xsl:apply-templates select=".">
      <xsl:with-param name="before">
        <xsl:choose>
          <xsl:when test="preceding-sibling::*[1][self::p:signature]">
            <xsl:value-of select="f:setting('signature', 'between')"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="f:setting('signature', 'appendix-before')"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="p:appendix/p:title">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1"
              font-weight="{f:either(@weight, f:setting('appendix', 'title-weight'))}"
              space-after="{f:setting('appendix', 'title-after')}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="text-align">
        <xsl:value-of select="f:either(@align, f:setting('appendix', 'title-align'))"/>
      </xsl:attribute>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== outline -->

  <!-- «Приложение 1. План мероприятий», and in it headings and sections of tables. -->
  <xsl:template match="p:appendix" mode="outline">
    <fo:bookmark internal-destination="{f:id(.)}">
      <fo:bookmark-title>
        <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
        <xsl:if test="not($title != '') or ($order and not(@mark = 'none'))">
          <xsl:value-of select="concat(f:capital(f:word('appendix', 'nom')), f:appendix-tail(.))"/>
          <xsl:if test="$title != ''">. </xsl:if>
        </xsl:if>
        <xsl:value-of select="normalize-space($title)"/>
      </fo:bookmark-title>
      <xsl:apply-templates select="p:h | p:roadmap | p:register" mode="outline"/>
    </fo:bookmark>
  </xsl:template>

  <xsl:template match="p:h" mode="outline">
    <fo:bookmark internal-destination="{f:id(.)}">
      <fo:bookmark-title><xsl:apply-templates mode="plain"/></fo:bookmark-title>
    </fo:bookmark>
  </xsl:template>
</xsl:stylesheet>
