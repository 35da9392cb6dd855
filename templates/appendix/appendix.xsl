<?xml version="1.0" encoding="UTF-8"?>
<!-- A document that is only an appendix. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:px="urn:prikaz:fo" xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <xsl:include href="../common/common.xsl"/>

  <xsl:template match="/p:appendix">
    <xsl:call-template name="document"/>
  </xsl:template>

  <xsl:template match="p:appendix" mode="metadata">
    <xsl:variable name="title"><xsl:apply-templates select="p:title" mode="plain"/></xsl:variable>
    <px:meta name="title" value="{normalize-space($title)}"/>
    <xsl:if test="$set/p:office/@body != ''">
      <px:meta name="author" value="{$set/p:office/@body}"/>
    </xsl:if>
    <xsl:if test="@kind"><px:meta name="keywords" value="{@kind}"/></xsl:if>
    <xsl:if test="p:mark/@date"><px:meta name="date" value="{f:iso-date(p:mark/@date)}"/></xsl:if>
    <xsl:if test="p:mark/@number"><px:meta name="number" value="{p:mark/@number}"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
