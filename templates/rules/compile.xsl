<?xml version="1.0" encoding="UTF-8"?>
<!-- A file of rules becomes a part of a stylesheet, a template that lists findings; document.xsl
     and pages.xsl include the parts and call them by the parameter `name`. For each rule: the nodes of
     `context` for which `test` does not hold, or, with `find`, every match of the pattern in
     them for which `test` does not hold. An element ignore that stands in the node or around it
     silences the rule there. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:out="urn:prikaz:rules:out" xmlns:r="urn:prikaz:rules"
                xmlns:px="urn:prikaz:fo" exclude-result-prefixes="px">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>

  <xsl:param name="name"/>

  <xsl:template match="/r:rules">
    <out:stylesheet version="1.0" xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                    xmlns:c="urn:prikaz:rules:functions" xmlns:str="http://exslt.org/strings"
                    xmlns:exsl="http://exslt.org/common" xmlns:set="http://exslt.org/sets"
                    xmlns:math="http://exslt.org/math" xmlns:func="http://exslt.org/functions"
                    extension-element-prefixes="func str exsl set math">
      <xsl:apply-templates select="r:let" mode="global"/>
      <out:template name="{$name}">
        <xsl:apply-templates select="r:rule"/>
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
    <xsl:choose>
      <xsl:when test="@find">
        <xsl:variable name="quote">
          <xsl:choose>
            <xsl:when test='contains(@find, "&apos;")'>"</xsl:when>
            <xsl:otherwise>'</xsl:otherwise>
          </xsl:choose>
        </xsl:variable>
        <out:for-each select="{concat('r:every(', @context, ', ', $quote, @find, $quote, ')')}"
                      px-line="{px:at(.)}">
          <out:variable name="found" select="string()"/>
          <out:variable name="at" select="string(@at)"/>
          <out:for-each select="r:source(.)">
            <xsl:call-template name="finding">
              <xsl:with-param name="at" select="'$at'"/>
            </xsl:call-template>
          </out:for-each>
        </out:for-each>
      </xsl:when>
      <xsl:otherwise>
        <out:for-each select="{@context}" px-line="{px:at(.)}">
          <xsl:call-template name="finding">
            <xsl:with-param name="at" select="'r:at(.)'"/>
          </xsl:call-template>
        </out:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- `at`: the expression that says where. -->
  <xsl:template name="finding">
    <xsl:param name="at"/>
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
        <finding rule="{@id}" at="{{{$at}}}">
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
