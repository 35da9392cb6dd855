<?xml version="1.0" encoding="UTF-8"?>
<!-- An order (приказ, распоряжение, постановление) with its appendices. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <xsl:include href="../common/common.xsl"/>

  <xsl:template match="/p:order">
    <xsl:call-template name="document"/>
  </xsl:template>

  <!-- ===================================================== pages -->

  <xsl:template match="p:order" mode="pages">
    <xsl:if test="f:is-here(.)"><xsl:call-template name="page-sequence"/></xsl:if>
    <xsl:apply-templates select="p:appendix[f:is-here(.)]" mode="pages">
      <xsl:with-param name="first" select="$only != '' and $first-page = ''"/>
    </xsl:apply-templates>
    <xsl:if test="$only = ''"><xsl:call-template name="sheets"/></xsl:if>
  </xsl:template>

  <xsl:template match="p:order" mode="flow">
    <xsl:call-template name="letterhead"/>
    <xsl:call-template name="order-text"/>
    <xsl:call-template name="signatures"/>
    <xsl:call-template name="agreed-last"/>
    <xsl:apply-templates select="p:approval | p:executor | p:certified"/>
  </xsl:template>

  <!-- ===================================================== metadata and outline -->

  <!-- «Приказ от 27.01.2021 № 54» -->
  <xsl:template name="order-name">
    <xsl:choose>
      <xsl:when test="$is-extract">
        <xsl:value-of select="f:capital(concat(f:text('extract'), ' ', f:word(@kind, 'gen')))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="f:capital(string(@kind))"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@date != ''">
      <xsl:value-of select="concat(' ', f:text('from'), ' ', @date)"/>
    </xsl:if>
    <xsl:if test="@number != ''">
      <xsl:value-of select="concat(' ', f:text('number'), '&#160;', @number)"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="p:order" mode="metadata">
    <xsl:variable name="name"><xsl:call-template name="order-name"/></xsl:variable>
    <xsl:variable name="heading"><xsl:apply-templates select="p:heading" mode="plain"/></xsl:variable>
    <xsl:variable name="part">
      <xsl:apply-templates select="p:appendix[$only != '' and f:is-here(.)]" mode="name"/>
    </xsl:variable>
    <xsl:variable name="author">
      <xsl:choose>
        <xsl:when test="p:issuer"><xsl:apply-templates select="p:issuer/p:body" mode="plain"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$set/p:office/@body"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$part != ''"><px:meta name="title" value="{$part} ({$name})"/></xsl:when>
      <xsl:otherwise>
        <px:meta name="title" value="{$name} «{normalize-space($heading)}»"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="normalize-space($author) != ''">
      <px:meta name="author" value="{normalize-space($author)}"/>
    </xsl:if>
    <px:meta name="subject" value="{normalize-space($heading)}"/>
    <px:meta name="keywords" value="{@kind}"/>
    <xsl:if test="@date != ''"><px:meta name="date" value="{f:iso-date(@date)}"/></xsl:if>
    <xsl:if test="@number != ''"><px:meta name="number" value="{@number}"/></xsl:if>
  </xsl:template>

  <!-- The order, closed over its points; then what is on sheets of its own. -->
  <xsl:template match="p:order" mode="outline">
    <xsl:if test="f:is-here(.)">
      <fo:bookmark internal-destination="order">
        <xsl:if test="p:point[not($is-extract) or f:is-printed(.)]">
          <xsl:attribute name="starting-state">hide</xsl:attribute>
        </xsl:if>
        <fo:bookmark-title><xsl:call-template name="order-name"/></fo:bookmark-title>
        <xsl:apply-templates select="p:point[not($is-extract) or f:is-printed(.)]" mode="outline"/>
      </fo:bookmark>
    </xsl:if>
    <xsl:apply-templates select="p:appendix[f:is-here(.)]" mode="outline"/>
    <xsl:if test="$only = ''">
      <xsl:apply-templates select="p:agreed[@place = 'sheet'][1] | p:visas[not(@place = 'back')]
                                   | p:distribution | p:acquaintance" mode="outline"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
