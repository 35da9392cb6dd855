<?xml version="1.0" encoding="UTF-8"?>
<!-- The element `chart` of the vocabulary: its data handed to the template of its kind. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:exsl="http://exslt.org/common"
                extension-element-prefixes="exsl" exclude-result-prefixes="p f">

  <xsl:strip-space elements="p:charts p:chart p:series"/>

  <xsl:template match="p:chart">
    <xsl:variable name="lies" select="(ancestor::p:appendix | ancestor::p:chapter | /p:charts)/@orientation
                                       = 'landscape'"/>
    <xsl:variable name="sheet" select="concat(substring('page', 1, 4 * not($lies)),
                                              substring('landscape', 1, 9 * $lies))"/>
    <xsl:variable name="text-width" select="210 + 87 * $lies - f:mm(f:setting($sheet, 'margin-left'))
                                            - f:mm(f:setting($sheet, 'margin-right'))"/>
    <xsl:variable name="width" select="f:mm(f:either(@width, concat($text-width, 'mm')))"/>
    <xsl:variable name="height"
                  select="f:mm(f:either(@height, concat(50 - 4 * (@kind = 'ring'), 'mm')))"/>
    <xsl:variable name="data"><xsl:apply-templates select="." mode="series"/></xsl:variable>
    <fo:block>
      <xsl:call-template name="at"/>
      <xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="@kind = 'bars'">
          <xsl:call-template name="chart-bars">
            <xsl:with-param name="data" select="exsl:node-set($data)"/>
            <xsl:with-param name="title" select="@title"/>
            <xsl:with-param name="unit" select="string(@unit)"/>
            <xsl:with-param name="width" select="$width"/>
            <xsl:with-param name="height" select="$height"/>
            <xsl:with-param name="direction" select="string(@direction)"/>
            <xsl:with-param name="stacked" select="@stacked"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="@kind = 'lines'">
          <xsl:call-template name="chart-lines">
            <xsl:with-param name="data" select="exsl:node-set($data)"/>
            <xsl:with-param name="title" select="@title"/>
            <xsl:with-param name="unit" select="string(@unit)"/>
            <xsl:with-param name="width" select="$width"/>
            <xsl:with-param name="height" select="$height"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="@kind = 'ring'">
          <xsl:call-template name="chart-ring">
            <xsl:with-param name="data" select="exsl:node-set($data)"/>
            <xsl:with-param name="title" select="@title"/>
            <xsl:with-param name="unit" select="string(@unit)"/>
            <xsl:with-param name="width" select="$width"/>
            <xsl:with-param name="ring" select="$height"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="chart-heat">
            <xsl:with-param name="data" select="exsl:node-set($data)"/>
            <xsl:with-param name="title" select="@title"/>
            <xsl:with-param name="unit" select="string(@unit)"/>
            <xsl:with-param name="width" select="$width"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- The data as they are typed. -->
  <xsl:template match="p:chart" mode="series">
    <xsl:for-each select="p:series">
      <series name="{@name}">
        <xsl:copy-of select="@fill"/>
        <xsl:for-each select="p:datum">
          <point label="{@label}" value="{@value}" mark="{@mark}">
            <xsl:copy-of select="@fill"/>
          </point>
        </xsl:for-each>
      </series>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
