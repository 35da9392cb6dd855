<?xml version="1.0" encoding="UTF-8"?>
<!-- Computed figures in the text: <value of="done" noun="мероприятие"/>. Each is looked up in the
     facts, from which the tables are made as well. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <xsl:variable name="facts" select="/p:annual-report/p:facts"/>

  <!-- The element whose tally is meant: the whole, a roadmap, its section, a quarter, a party. -->
  <func:function name="f:scope">
    <xsl:param name="asked"/>
    <xsl:variable name="plan" select="$facts[not($asked/@plan)]
                                      | $facts/p:plan[@of = $asked/@plan]"/>
    <xsl:choose>
      <xsl:when test="$asked/@party">
        <func:result select="$plan/p:party[f:capital(@name) = f:capital($asked/@party)]"/>
      </xsl:when>
      <xsl:when test="$asked/@section">
        <func:result select="$plan/descendant-or-self::p:plan/p:section[@title = $asked/@section]"/>
      </xsl:when>
      <xsl:when test="$asked/@quarter">
        <func:result select="$plan/p:quarter[@number = $asked/@quarter]"/>
      </xsl:when>
      <xsl:otherwise><func:result select="$plan"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Counts that no tally has. -->
  <func:function name="f:count-of">
    <xsl:param name="scope"/>
    <xsl:param name="name"/>
    <xsl:variable name="plans" select="$scope/descendant-or-self::p:plan"/>
    <xsl:choose>
      <xsl:when test="$name = 'plans'"><func:result select="string(count($plans))"/></xsl:when>
      <xsl:when test="$name = 'records'"><func:result select="string(sum($plans/@records))"/></xsl:when>
      <xsl:when test="$name = 'year'"><func:result select="string($facts/@year)"/></xsl:when>
      <xsl:when test="$name = 'added' or $name = 'changed' or $name = 'dropped'">
        <func:result select="string(count($plans/p:edit[@change = $name]))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="''"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The figure, written with a full stop; empty when there is none. -->
  <func:function name="f:figure-of">
    <xsl:param name="asked"/>
    <xsl:variable name="scope" select="f:scope($asked)"/>
    <xsl:variable name="from" select="concat(substring('tally', 1, 5 * not($asked/@from != 'this-year')),
      substring($asked/@from, 1, 9 * ($asked/@from != 'this-year')))"/>
    <xsl:variable name="found" select="$scope/*[local-name() = $from]/@*[name() = $asked/@of]"/>
    <xsl:choose>
      <xsl:when test="$asked/@table">
        <func:result select="string($facts/p:table[@id = $asked/@table]/p:row[@label
          = normalize-space($asked/@row)]/p:cell[@column = $asked/@column]/@value)"/>
      </xsl:when>
      <xsl:when test="$found"><func:result select="string($found)"/></xsl:when>
      <xsl:otherwise><func:result select="f:count-of($scope, $asked/@of)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:template match="p:value" name="value">
    <xsl:variable name="figure" select="f:figure-of(.)"/>
    <xsl:variable name="noun" select="$texts/p:noun[@name = current()/@noun]"/>
    <xsl:variable name="forms" select="f:either(@forms, $noun/@gen[current()/@case = 'gen']
                                                | $noun/@forms[not(current()/@case = 'gen')])"/>
    <xsl:variable name="share" select="contains(concat(@of, '|'), '-share|')"/>
    <xsl:if test="$figure = ''">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'no-value'"/>
        <xsl:with-param name="first" select="f:either(@of, @table)"/>
        <xsl:with-param name="second">
          <xsl:for-each select="@plan | @party | @section | @quarter | @from | @row | @column">
            <xsl:value-of select="concat(', ', name(), '=', .)"/>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="@noun and $forms = ''">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'no-noun'"/>
        <xsl:with-param name="first" select="@noun"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="@of = 'year'"><xsl:value-of select="$figure"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="f:figure-text($figure, @from = 'change')"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$share and not(@sign = 'no') and $forms = ''">&#160;%</xsl:if>
    <xsl:if test="$forms != ''">
      <xsl:value-of select="concat('&#160;', f:plural($figure, $forms))"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="p:value" mode="plain"><xsl:call-template name="value"/></xsl:template>
</xsl:stylesheet>
