<?xml version="1.0" encoding="UTF-8"?>
<!-- A ring of shares: parts of a whole clockwise from the top, the whole in the middle, and beside
     it the parts by name with value and share. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/2000/svg" xmlns:g="urn:prikaz:charts"
                xmlns:f="urn:prikaz:functions"
                xmlns:exsl="http://exslt.org/common" xmlns:math="http://exslt.org/math"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="exsl math func" exclude-result-prefixes="g f">

  <!-- Of the first series; its points may have a `fill` each. Lengths as for chart-bars; `ring`
       is the diameter. What is negative has no share. -->
  <xsl:template name="chart-ring">
    <xsl:param name="data"/>
    <xsl:param name="title"/>
    <xsl:param name="unit"/>
    <xsl:param name="width" select="170"/>
    <xsl:param name="ring" select="46"/>
    <xsl:param name="size" select="9"/>
    <xsl:variable name="made">
      <xsl:call-template name="chart-data">
        <xsl:with-param name="data" select="$data"/>
        <xsl:with-param name="unit" select="$unit"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="c" select="exsl:node-set($made)/chart"/>
    <xsl:variable name="whole" select="sum($c/category/v[@s = 1][@n &gt; 0]/@n)"/>
    <xsl:variable name="points" select="($data/descendant-or-self::*[local-name() = 'series'])[1]
                                        /*[local-name() = 'point']"/>
    <!-- part(@label @n @t @share @fill @from) -->
    <xsl:variable name="parts">
      <xsl:for-each select="$c/category[v[@s = 1]/@n &gt;= 0]">
        <xsl:variable name="v" select="v[@s = 1]"/>
        <xsl:variable name="own" select="$points[normalize-space(@label) = current()/@label]/@fill"/>
        <part xmlns="" label="{@label}" n="{$v/@n}" t="{$v/@t}"
              share="{g:print($v/@n div $whole * 100, '0,#', '%')}"
              from="{sum(preceding-sibling::category/v[@s = 1][@n &gt; 0]/@n) div $whole}"
              to="{sum((preceding-sibling::category | .)/v[@s = 1][@n &gt; 0]/@n) div $whole}"
              fill="{f:either($own, g:fill(position()))}"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="drawings">
      <xsl:if test="$whole &gt; 0">
        <xsl:call-template name="ring-drawing">
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="parts" select="exsl:node-set($parts)/part"/>
          <xsl:with-param name="whole" select="g:print(g:near($whole), $c/@pattern, $unit)"/>
          <xsl:with-param name="w" select="g:points($width)"/>
          <xsl:with-param name="d" select="g:points($ring)"/>
          <xsl:with-param name="s" select="$size"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="chart-block">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="kind" select="'chart-ring'"/>
      <xsl:with-param name="drawings" select="exsl:node-set($drawings)/*"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="ring-drawing">
    <xsl:param name="c"/>
    <xsl:param name="parts"/>
    <xsl:param name="whole"/>
    <xsl:param name="w"/>
    <xsl:param name="d"/>
    <xsl:param name="s"/>
    <xsl:variable name="margin" select="g:widest($parts/@share, $s) + 4"/>
    <xsl:variable name="left" select="$d + 2 * $margin + 14"/>
    <xsl:variable name="names"><xsl:call-template name="ring-names">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="parts" select="$parts"/>
      <xsl:with-param name="room" select="$w - $left - 20"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="name" select="exsl:node-set($names)/name"/>
    <xsl:variable name="ring-tall" select="$d + 3 * $s"/>
    <xsl:variable name="height" select="g:larger($ring-tall, sum($name/@h))"/>
    <xsl:variable name="r" select="0.5 * $d"/>
    <xsl:variable name="inner" select="0.55 * $r"/>
    <!-- ring and names are centred together -->
    <xsl:variable name="shift" select="0.5 * ($w - $left - 20 - math:max($name/@wide))"/>
    <xsl:variable name="cx" select="$shift + $margin + $r"/>
    <xsl:variable name="cy" select="0.5 * $height"/>
    <svg width="{g:n($w)}" height="{g:n($height)}" font-size="{$s}">
      <xsl:call-template name="chart-patterns">
        <xsl:with-param name="fills" select="$parts/@fill"/>
      </xsl:call-template>
      <xsl:for-each select="$parts[@n &gt; 0]">
        <xsl:variable name="a" select="@from * 6.283185307"/>
        <xsl:variable name="b" select="@to * 6.283185307"/>
        <xsl:variable name="m" select="0.5 * ($a + $b)"/>
        <xsl:variable name="large" select="number(@to - @from &gt; 0.5)"/>
        <path fill="{g:paint(@fill)}" stroke="#000" stroke-width=".6" fill-rule="evenodd">
          <xsl:attribute name="d">
            <xsl:choose>
              <xsl:when test="@to - @from &gt; 0.9999">
                <xsl:value-of select="concat(g:circle($cx, $cy, $r), g:circle($cx, $cy, $inner))"/>
              </xsl:when>
              <xsl:otherwise>
                <xsl:value-of select="concat('M', g:on-circle($cx, $cy, $r, $a),
                  'A', g:n($r), ' ', g:n($r), ' 0 ', $large, ' 1 ', g:on-circle($cx, $cy, $r, $b),
                  'L', g:on-circle($cx, $cy, $inner, $b),
                  'A', g:n($inner), ' ', g:n($inner), ' 0 ', $large, ' 0 ',
                  g:on-circle($cx, $cy, $inner, $a), 'Z')"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </path>
        <!-- thin parts have their share in the list alone -->
        <xsl:if test="@to - @from &gt;= 0.04">
          <xsl:variable name="side" select="math:sin($m)"/>
          <text x="{g:n($cx + ($r + 4) * $side)}"
                y="{g:n($cy - ($r + 4 + 0.35 * $s) * math:cos($m) + 0.33 * $s)}">
            <xsl:attribute name="text-anchor">
              <xsl:choose>
                <xsl:when test="$side &gt; 0.3">start</xsl:when>
                <xsl:when test="$side &lt; -0.3">end</xsl:when>
                <xsl:otherwise>middle</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:value-of select="@share"/>
          </text>
        </xsl:if>
      </xsl:for-each>
      <xsl:if test="$c/@unit != '%'">
        <text x="{g:n($cx)}" y="{g:n($cy - 0.1 * $s)}" text-anchor="middle" font-weight="bold"
              font-size="{g:n(1.3 * $s)}"><xsl:value-of select="$whole"/></text>
        <text x="{g:n($cx)}" y="{g:n($cy + $s)}" text-anchor="middle">
          <xsl:value-of select="f:text('chart-whole')"/>
        </text>
      </xsl:if>
      <xsl:variable name="top" select="0.5 * ($height - sum($name/@h))"/>
      <xsl:for-each select="$name">
        <xsl:variable name="y" select="$top + sum(preceding-sibling::name/@h)"/>
        <rect x="{g:n($shift + $left)}" y="{g:n($y + 0.5 * @h - 0.5 * $s)}" width="15"
              height="{g:n($s)}" fill="{g:paint(@fill)}" stroke="#000" stroke-width=".5"/>
        <xsl:call-template name="chart-lines-at">
          <xsl:with-param name="lines" select="line"/>
          <xsl:with-param name="x" select="$shift + $left + 20"/>
          <xsl:with-param name="y" select="$y + 0.5 * @h"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template>
      </xsl:for-each>
    </svg>
  </xsl:template>

  <!-- «Выполнено – 35 (64,8 %)»: name(@h @wide @fill, line…). -->
  <xsl:template name="ring-names">
    <xsl:param name="c"/>
    <xsl:param name="parts"/>
    <xsl:param name="room"/>
    <xsl:param name="s"/>
    <xsl:for-each select="$parts">
      <xsl:variable name="lines"><xsl:call-template name="chart-wrap">
        <xsl:with-param name="text">
          <xsl:value-of select="concat(@label, ' –&#160;', @t)"/>
          <xsl:if test="$c/@unit != '%'"><xsl:value-of select="concat(' (', @share, ')')"/></xsl:if>
        </xsl:with-param>
        <xsl:with-param name="room" select="$room"/>
        <xsl:with-param name="s" select="$s"/>
      </xsl:call-template></xsl:variable>
      <xsl:variable name="set" select="exsl:node-set($lines)/line"/>
      <name xmlns="" h="{1.2 * $s * count($set) + 4}" wide="{g:widest($set, $s)}" fill="{@fill}">
        <xsl:copy-of select="$set"/>
      </name>
    </xsl:for-each>
  </xsl:template>

  <!-- A point on a circle, clockwise from the top. -->
  <func:function name="g:on-circle">
    <xsl:param name="cx"/>
    <xsl:param name="cy"/>
    <xsl:param name="r"/>
    <xsl:param name="angle"/>
    <func:result select="concat(g:n($cx + $r * math:sin($angle)), ' ',
                                g:n($cy - $r * math:cos($angle)))"/>
  </func:function>

  <func:function name="g:circle">
    <xsl:param name="cx"/>
    <xsl:param name="cy"/>
    <xsl:param name="r"/>
    <func:result select="concat('M', g:n($cx - $r), ' ', g:n($cy), 'A', g:n($r), ' ', g:n($r),
      ' 0 1 1 ', g:n($cx + $r), ' ', g:n($cy), 'A', g:n($r), ' ', g:n($r), ' 0 1 1 ',
      g:n($cx - $r), ' ', g:n($cy), 'Z')"/>
  </func:function>
</xsl:stylesheet>
