<?xml version="1.0" encoding="UTF-8"?>
<!-- The data of computed charts (<chart of="…">), from the facts. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- A series for each that is asked for, a point for each roadmap, section, party, quarter or
       month. Quarters and months count deadlines. -->
  <xsl:template match="p:chart[@of]" mode="series">
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:variable name="scope" select="$facts[not(current()/@plan)] | $plans[current()/@plan]"/>
    <xsl:variable name="items" select="$plans[current()/@of = 'plan']
      | $plans[current()/@of = 'section']/p:section | $scope[current()/@of = 'party']/p:party
      | $scope[current()/@of = 'quarter']/p:quarter[@number &gt; 0]
      | $scope[current()/@of = 'month']/p:month"/>
    <xsl:for-each select="p:series">
      <xsl:variable name="figure" select="@figure"/>
      <series name="{@name}">
        <xsl:copy-of select="@fill"/>
        <xsl:for-each select="$items">
          <xsl:variable name="value" select="(p:tally | self::p:month)/@*[name() = $figure]"/>
          <point value="{$value}">
            <xsl:attribute name="label"><xsl:apply-templates select="." mode="label"/></xsl:attribute>
          </point>
        </xsl:for-each>
      </series>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p:plan | p:section | p:party" mode="label">
    <xsl:value-of select="f:capital(f:either(@name | self::p:section/@title, f:text('nobody')))"/>
  </xsl:template>

  <xsl:template match="p:quarter" mode="label">
    <xsl:number value="@number" format="I"/>
    <xsl:value-of select="f:text('quarter')"/>
  </xsl:template>

  <xsl:template match="p:month" mode="label">
    <xsl:value-of select="$texts/p:monthly[@number = current()/@number]/@short"/>
  </xsl:template>

  <!-- One point for each state there is. -->
  <xsl:template match="p:chart[@of = 'standing']" mode="series">
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:variable name="tally" select="($facts[not(current()/@plan)] | $plans[current()/@plan])/p:tally"/>
    <series name="{@title}">
      <xsl:for-each select="$texts/p:standing[@name != 'none']">
        <xsl:variable name="count" select="$tally/@*[name() = current()/@name]"/>
        <xsl:if test="$count &gt; 0"><point label="{f:lower(@column)}" value="{$count}"/></xsl:if>
      </xsl:for-each>
    </series>
  </xsl:template>

  <!-- A row for each measure that has a day, its deadlines by month. -->
  <xsl:template match="p:chart[@of = 'measures']" mode="series">
    <xsl:for-each select="f:plans(.)/p:section/p:measure[p:due/@month]">
      <xsl:variable name="measure" select="."/>
      <series name="{@number}">
        <xsl:for-each select="$texts/p:monthly">
          <xsl:variable name="due" select="$measure/p:due[@month = current()/@number]"/>
          <xsl:variable name="standing" select="$texts/p:standing[@name = $due[last()]/@standing]"/>
          <point label="{@short}" value="{count($due)}" mark="{f:either($standing/@mark, '&#160;')}">
            <xsl:copy-of select="$standing/@fill"/>
          </point>
        </xsl:for-each>
      </series>
    </xsl:for-each>
  </xsl:template>

  <!-- Columns of a data table over its rows; computed rows stay out. -->
  <xsl:template match="p:chart[@of = 'table']" mode="series">
    <xsl:variable name="table" select="$facts/p:table[@id = current()/@table]"/>
    <xsl:for-each select="p:series">
      <xsl:variable name="column" select="@column"/>
      <series name="{@name}">
        <xsl:copy-of select="@fill"/>
        <xsl:for-each select="$table/p:row[not(@computed)]">
          <point label="{@label}" value="{p:cell[@column = $column]/@value}"/>
        </xsl:for-each>
      </series>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p:chart" mode="content">
    <xsl:apply-templates select="."/>
  </xsl:template>
</xsl:stylesheet>
