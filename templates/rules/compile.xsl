<?xml version="1.0" encoding="UTF-8"?>
<!-- A file of rules becomes a stylesheet that lists findings. For each rule: the nodes of
     `context` for which `test` does not hold, or, with `find`, every match of the pattern in
     them for which `test` does not hold. An element ignore that stands in the node or around it
     silences the rule there. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:out="urn:prikaz:rules:out" xmlns:r="urn:prikaz:rules"
                xmlns:px="urn:prikaz:fo" exclude-result-prefixes="px">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>

  <xsl:template match="/r:rules">
    <out:stylesheet version="1.0" xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                    xmlns:c="urn:prikaz:rules:functions" xmlns:str="http://exslt.org/strings"
                    xmlns:exsl="http://exslt.org/common" xmlns:set="http://exslt.org/sets"
                    xmlns:math="http://exslt.org/math" xmlns:func="http://exslt.org/functions"
                    extension-element-prefixes="func str exsl set math">
      <out:include href="functions.xsl"/>
      <xsl:apply-templates select="r:let" mode="global"/>
      <out:template match="/" priority="10">
        <findings>
          <xsl:apply-templates select="r:rule"/>
        </findings>
      </out:template>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="r:let" mode="global">
    <out:variable name="{@name}" select="{@value}" px-line="{px:at(.)}"/>
  </xsl:template>

  <xsl:template match="r:let">
    <out:variable name="{@name}" select="{@value}" px-line="{px:at(.)}"/>
  </xsl:template>

  <xsl:template match="r:rule">
    <out:for-each select="{@context}" px-line="{px:at(.)}">
      <xsl:choose>
        <xsl:when test="@find">
          <out:variable name="node" select="."/>
          <xsl:variable name="quote">
            <xsl:choose>
              <xsl:when test='contains(@find, "&apos;")'>"</xsl:when>
              <xsl:otherwise>'</xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <out:for-each select="{concat('r:every(., ', $quote, @find, $quote, ')')}">
            <out:variable name="found" select="string()"/>
            <out:variable name="at" select="string(@at)"/>
            <out:for-each select="$node"><xsl:call-template name="finding"/></out:for-each>
          </out:for-each>
        </xsl:when>
        <xsl:otherwise>
          <out:variable name="at" select="r:at(.)"/>
          <xsl:call-template name="finding"/>
        </xsl:otherwise>
      </xsl:choose>
    </out:for-each>
  </xsl:template>

  <xsl:template name="finding">
    <xsl:apply-templates select="r:let"/>
    <xsl:variable name="test">
      <xsl:choose>
        <xsl:when test="@test"><xsl:value-of select="@test"/></xsl:when>
        <xsl:otherwise>false()</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <out:if test="not({$test})" px-line="{px:at(.)}">
      <out:if test="not(ancestor-or-self::*/p:ignore[contains(concat(' ', normalize-space(@rule), ' '), ' {@id} ')])"
              xmlns:p="urn:prikaz:1">
        <finding rule="{@id}" at="{{$at}}">
          <ru><xsl:apply-templates select="r:ru/node()"/></ru>
          <en><xsl:apply-templates select="r:en/node()"/></en>
        </finding>
      </out:if>
    </out:if>
  </xsl:template>

  <xsl:template match="r:ru//text() | r:en//text()">
    <xsl:variable name="text" select="normalize-space()"/>
    <xsl:variable name="before" select="substring(' ', 1, preceding-sibling::* and
                                        translate(substring(., 1, 1), '&#9;&#10; ', '') = '')"/>
    <xsl:variable name="after" select="substring(' ', 1, following-sibling::* and
                                       translate(substring(., string-length()), '&#9;&#10; ', '') = '')"/>
    <out:text><xsl:value-of select="concat($before, $text, $after)"/></out:text>
  </xsl:template>

  <xsl:template match="r:v">
    <out:value-of select="{@of}" px-line="{px:at(.)}"/>
  </xsl:template>
</xsl:stylesheet>
