<?xml version="1.0" encoding="UTF-8"?>
<!-- A document that is charts: an illustration to a report or a speech. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <xsl:include href="../common/common.xsl"/>
  <xsl:include href="chart.xsl"/>

  <xsl:template match="/p:charts">
    <xsl:call-template name="document"/>
  </xsl:template>

  <xsl:template match="p:charts" mode="pages">
    <xsl:call-template name="page-sequence">
      <xsl:with-param name="orientation" select="f:either(@orientation, 'portrait')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="p:charts" mode="flow">
    <fo:block role="Sect" id="charts">
      <xsl:apply-templates select="*[not(self::p:ignore)]"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="p:charts/p:title">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1"
              font-weight="{f:either(@weight, f:setting('appendix', 'title-weight'))}"
              space-after="{f:setting('appendix', 'title-after')}">
      <xsl:call-template name="at"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="p:charts" mode="metadata">
    <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
    <px:meta name="title" value="{normalize-space($title)}"/>
    <xsl:if test="f:setting('office', 'body') != ''">
      <px:meta name="author" value="{f:setting('office', 'body')}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="p:charts" mode="outline">
    <fo:bookmark internal-destination="charts">
      <fo:bookmark-title><xsl:apply-templates select="p:title" mode="plain"/></fo:bookmark-title>
      <xsl:apply-templates select="p:h" mode="outline"/>
    </fo:bookmark>
  </xsl:template>
</xsl:stylesheet>
