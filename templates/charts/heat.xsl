<?xml version="1.0" encoding="UTF-8"?>
<!-- A heat table: a row for each series, a column for each label, the darker the larger, with the
     number in each cell. Rows that would not fit on a page go on in a further drawing. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/2000/svg" xmlns:g="urn:prikaz:charts"
                xmlns:exsl="http://exslt.org/common" xmlns:math="http://exslt.org/math"
                xmlns:str="http://exslt.org/strings" xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="exsl math str func" exclude-result-prefixes="g">

  <!-- Greys from 0 to the largest value; white letters on the last. -->
  <xsl:variable name="heat-greys" select="str:tokenize('#fff #ececec #d0d0d0 #aaa #4c4c4c')"/>

  <!-- Lengths as for chart-bars. A point's `mark` is printed instead of its value, and
       its `fill` stands instead of the grey. -->
  <xsl:template name="chart-heat">
    <xsl:param name="data"/>
    <xsl:param name="title"/>
    <xsl:param name="unit"/>
    <xsl:param name="width" select="170"/>
    <xsl:param name="most" select="225"/>
    <xsl:param name="size" select="9"/>
    <xsl:variable name="made">
      <xsl:call-template name="chart-data">
        <xsl:with-param name="data" select="$data"/>
        <xsl:with-param name="unit" select="$unit"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="c" select="exsl:node-set($made)/chart"/>
    <xsl:variable name="drawings">
      <xsl:if test="$c/category/v">
        <xsl:call-template name="heat-drawings">
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="w" select="g:points($width)"/>
          <xsl:with-param name="most" select="g:points($most)"/>
          <xsl:with-param name="s" select="$size"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="chart-block">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="kind" select="'chart-heat'"/>
      <xsl:with-param name="drawings" select="exsl:node-set($drawings)/*"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="heat-drawings">
    <xsl:param name="c"/>
    <xsl:param name="w"/>
    <xsl:param name="most"/>
    <xsl:param name="s"/>
    <!-- name(@h @wide, line…) for each row -->
    <xsl:variable name="names">
      <xsl:for-each select="$c/series">
        <xsl:variable name="lines"><xsl:call-template name="chart-wrap">
          <xsl:with-param name="text" select="@name"/>
          <xsl:with-param name="room" select="0.45 * $w"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template></xsl:variable>
        <xsl:variable name="set" select="exsl:node-set($lines)/line"/>
        <name xmlns="" h="{g:larger(1.2 * $s * count($set), 1.3 * $s) + 3}" wide="{g:widest($set, $s)}">
          <xsl:copy-of select="$set"/>
        </name>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="name" select="exsl:node-set($names)/name"/>
    <xsl:variable name="x0" select="math:max($name/@wide) + 5"/>
    <xsl:variable name="cell" select="g:smaller(($w - 0.6 - $x0) div count($c/category), 60)"/>
    <xsl:variable name="turn" select="g:widest($c/category/@label, $s) &gt; $cell - 2"/>
    <xsl:variable name="head" select="1.4 * $s * not($turn)
                                      + (g:widest($c/category/@label, $s) + 5) * $turn"/>
    <xsl:variable name="total" select="sum($name/@h)"/>
    <xsl:variable name="rows">
      <xsl:for-each select="$name">
        <xsl:variable name="y" select="sum(preceding-sibling::name/@h)"/>
        <row xmlns="" y="{$y}" h="{@h}" place="{position()}"
             part="{g:part($y, @h, $total, $most - $head - 2 * $s)}">
          <xsl:copy-of select="line"/>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:for-each select="exsl:node-set($rows)/row[not(@part = preceding-sibling::row/@part)]">
      <xsl:call-template name="heat-part">
        <xsl:with-param name="c" select="$c"/>
        <xsl:with-param name="rows" select="../row[@part = current()/@part]"/>
        <xsl:with-param name="x0" select="$x0"/>
        <xsl:with-param name="cell" select="$cell"/>
        <xsl:with-param name="head" select="$head"/>
        <xsl:with-param name="turn" select="$turn"/>
        <xsl:with-param name="s" select="$s"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="heat-part">
    <xsl:param name="c"/>
    <xsl:param name="rows"/>
    <xsl:param name="x0"/>
    <xsl:param name="cell"/>
    <xsl:param name="head"/>
    <xsl:param name="turn"/>
    <xsl:param name="s"/>
    <xsl:variable name="right" select="$x0 + $cell * count($c/category)"/>
    <xsl:variable name="foot" select="$head + sum($rows/@h)"/>
    <xsl:variable name="small" select="g:smaller($s, $s * ($cell - 2)
                                       div g:larger(g:widest($c/category/v/@t, $s), 1))"/>
    <svg width="{g:n($right + 0.5)}" height="{g:n($foot + 0.5)}" font-size="{$s}">
      <xsl:call-template name="chart-patterns">
        <xsl:with-param name="fills" select="$c/category/v/@f"/>
      </xsl:call-template>
      <xsl:for-each select="$c/category">
        <xsl:variable name="x" select="$x0 + (position() - 0.5) * $cell"/>
        <xsl:choose>
          <xsl:when test="$turn">
            <text transform="translate({g:n($x + 0.33 * $s)} {g:n($head - 4)}) rotate(-90)">
              <xsl:value-of select="@label"/>
            </text>
          </xsl:when>
          <xsl:otherwise>
            <text x="{g:n($x)}" y="{g:n($head - 0.4 * $s)}" text-anchor="middle">
              <xsl:value-of select="@label"/>
            </text>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:for-each select="$rows">
        <xsl:variable name="place" select="number(@place)"/>
        <xsl:variable name="y" select="$head + @y - $rows[1]/@y"/>
        <xsl:variable name="h" select="@h"/>
        <xsl:call-template name="chart-lines-at">
          <xsl:with-param name="lines" select="line"/>
          <xsl:with-param name="x" select="0"/>
          <xsl:with-param name="y" select="$y + 0.5 * @h"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template>
        <xsl:for-each select="$c/category">
          <xsl:variable name="x" select="$x0 + (position() - 1) * $cell"/>
          <xsl:for-each select="v[@s = $place]">
            <xsl:variable name="class" select="g:heat(@n, $c/@most)"/>
            <xsl:variable name="text" select="concat(@m, substring(@t, 1, 99 * (@m = '')))"/>
            <xsl:variable name="own" select="@f != ''"/>
            <xsl:variable name="paint" select="concat(substring($heat-greys[$class], 1, 9 * not($own)),
                                                      substring(g:paint(@f), 1, 99 * $own))"/>
            <rect x="{g:n($x)}" y="{g:n($y)}" width="{g:n($cell)}" height="{g:n($h)}"
                  fill="{$paint}"/>
            <xsl:if test="starts-with($paint, 'url')">
              <xsl:call-template name="chart-text-on">
                <xsl:with-param name="text" select="$text"/>
                <xsl:with-param name="x" select="$x + 0.5 * $cell"/>
                <xsl:with-param name="y" select="$y + 0.5 * $h"/>
                <xsl:with-param name="s" select="$small"/>
              </xsl:call-template>
            </xsl:if>
            <xsl:if test="not(starts-with($paint, 'url'))">
              <text x="{g:n($x + 0.5 * $cell)}" y="{g:n($y + 0.5 * $h + 0.33 * $small)}"
                    text-anchor="middle" font-size="{g:n($small)}"
                    fill="{substring('#000#fff', 1 + 4 * ($paint = '#4c4c4c' or @f = 'solid'), 4)}">
                <xsl:value-of select="$text"/>
              </text>
            </xsl:if>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:for-each>
      <path fill="none" stroke="#000" stroke-width=".4">
        <xsl:attribute name="d">
          <xsl:for-each select="$rows">
            <xsl:value-of select="concat('M0 ', g:n($head + @y - $rows[1]/@y), 'H', g:n($right))"/>
          </xsl:for-each>
          <xsl:value-of select="concat('M0 ', g:n($foot), 'H', g:n($right))"/>
          <xsl:for-each select="$c/category">
            <xsl:value-of select="concat('M', g:n($x0 + (position() - 1) * $cell), ' ',
                                         g:n($head), 'V', g:n($foot))"/>
          </xsl:for-each>
          <xsl:value-of select="concat('M', g:n($right), ' ', g:n($head), 'V', g:n($foot))"/>
        </xsl:attribute>
      </path>
    </svg>
  </xsl:template>

  <!-- Which grey: 1 for nothing, and below, 2 to 5 by quarters of the largest value. -->
  <func:function name="g:heat">
    <xsl:param name="number"/>
    <xsl:param name="most"/>
    <xsl:choose>
      <xsl:when test="$number &gt; 0">
        <func:result select="1 + ceiling(g:near(4 * $number div $most))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="1"/></xsl:otherwise>
    </xsl:choose>
  </func:function>
</xsl:stylesheet>
