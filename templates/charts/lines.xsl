<?xml version="1.0" encoding="UTF-8"?>
<!-- Lines over categories in their order: years, months, quarters. Each line has its own marker
     and dashes, and its name at its end; a value that is missing interrupts it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/2000/svg" xmlns:g="urn:prikaz:charts"
                xmlns:exsl="http://exslt.org/common" xmlns:math="http://exslt.org/math"
                xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="exsl math str" exclude-result-prefixes="g">

  <xsl:variable name="line-dashes" select="str:tokenize('none|5 2.5|1.5 2|8 2 1.5 2|3 3|8 3', '|')"/>
  <!-- Markers around 0 0, 6 points wide. -->
  <xsl:variable name="line-markers" select="str:tokenize(concat('M-2.5-2.5H2.5V2.5H-2.5Z|',
    'M0-3.4 3.2 2.3H-3.2Z|M0-3.6 3.6 0 0 3.6-3.6 0Z|M0 3.4-3.2-2.3H3.2Z|M-3-1H-1V-3H1V-1H3V1H1V3H-1V1H-3Z|',
    'M-2.8 0A2.8 2.8 0 1 0 2.8 0A2.8 2.8 0 1 0-2.8 0Z'), '|')"/>

  <!-- Lengths as for chart-bars. The axis begins at 0 unless the values differ little from one
       another for their size; where it begins is printed. -->
  <xsl:template name="chart-lines">
    <xsl:param name="data"/>
    <xsl:param name="title"/>
    <xsl:param name="unit"/>
    <xsl:param name="width" select="170"/>
    <xsl:param name="height" select="50"/>
    <xsl:param name="size" select="9"/>
    <xsl:variable name="made">
      <xsl:call-template name="chart-data">
        <xsl:with-param name="data" select="$data"/>
        <xsl:with-param name="unit" select="$unit"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="c" select="exsl:node-set($made)/chart"/>
    <xsl:variable name="drawings">
      <xsl:if test="$c/@count &gt; 0">
        <xsl:call-template name="lines-drawing">
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="w" select="g:points($width)"/>
          <xsl:with-param name="h" select="g:points($height)"/>
          <xsl:with-param name="s" select="$size"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <xsl:call-template name="chart-block">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="kind" select="'chart-lines'"/>
      <xsl:with-param name="drawings" select="exsl:node-set($drawings)/*"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="lines-drawing">
    <xsl:param name="c"/>
    <xsl:param name="w"/>
    <xsl:param name="h"/>
    <xsl:param name="s"/>
    <xsl:variable name="tight" select="$c/@least &gt; 0 and ($c/@most - $c/@least) * 3 &lt; $c/@most
                                       and $c/@most &gt; $c/@least"/>
    <xsl:variable name="axis-set"><xsl:call-template name="chart-axis">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="least" select="g:smaller($c/@least, $c/@least * $tight)"/>
      <xsl:with-param name="most" select="g:larger($c/@most, 0)"/>
      <xsl:with-param name="count" select="floor($h div 26)"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="axis" select="exsl:node-set($axis-set)/axis"/>
    <!-- names stand at the lines' ends: name(@y, line…) -->
    <xsl:variable name="x0" select="g:widest($axis/tick/@t, $s) + 5"/>
    <xsl:variable name="named" select="$c/series[last() &gt; 1]"/>
    <xsl:variable name="all-values" select="$c/@count &lt;= 36 and count($named) &lt;= 2"/>
    <xsl:variable name="scale" select="$h div ($axis/@high - $axis/@low)"/>
    <xsl:variable name="top" select="1.4 * $s"/>
    <xsl:variable name="foot" select="$top + $h + ($s + 4) * ($all-values and $axis/@low &lt; 0)"/>
    <xsl:variable name="names"><xsl:call-template name="lines-names">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="series" select="$named"/>
      <xsl:with-param name="room" select="0.26 * $w"/>
      <xsl:with-param name="s" select="$s"/>
      <xsl:with-param name="values" select="not($all-values)"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="name" select="exsl:node-set($names)/name"/>
    <xsl:variable name="x1" select="$w - g:or-zero(math:max($name/@wide)) - 10 * boolean($name)"/>
    <xsl:variable name="slot" select="($x1 - $x0) div count($c/category)"/>
    <xsl:variable name="flat"><xsl:call-template name="bars-labels">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="room" select="$slot - 3"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="turn" select="not(g:labels-fit($flat, $slot - 2, 4))"/>
    <xsl:variable name="labels"><xsl:call-template name="bars-labels">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="room" select="($slot - 3) * not($turn) + 110 * $turn"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="label" select="exsl:node-set($labels)/label"/>
    <xsl:variable name="deep" select="g:widest($label/line, $s) * $turn
      + 1.2 * $s * math:max(exsl:node-set(g:line-counts($label))/n) * not($turn)"/>
    <xsl:variable name="show" select="$all-values and g:widest($c/category/v/@t, $s) + 2 &lt;= $slot"/>
    <xsl:variable name="name-foot" select="g:or-zero($name[last()]/@bottom)"/>
    <svg width="{g:n($w)}" height="{g:n($foot + $deep + 7)}" font-size="{$s}">
      <xsl:for-each select="$axis/tick">
        <xsl:variable name="y" select="$top + ($axis/@high - @n) * $scale"/>
        <path d="M{g:n($x0)} {g:n($y)}H{g:n($x1)}" stroke="#999" stroke-width=".4"/>
        <text x="{g:n($x0 - 4)}" y="{g:n($y + 0.33 * $s)}" text-anchor="end">
          <xsl:value-of select="@t"/>
        </text>
      </xsl:for-each>
      <path d="M{g:n($x0)} {g:n($top + $axis/@high * $scale * not($tight) + $h * $tight)}H{g:n($x1)}"
            stroke="#000" stroke-width=".8"/>
      <xsl:for-each select="$c/category">
        <xsl:variable name="place" select="position()"/>
        <xsl:variable name="x" select="$x0 + ($place - 0.5) * $slot"/>
        <path d="M{g:n($x)} {g:n($foot)}v3" stroke="#000" stroke-width=".6"/>
        <xsl:choose>
          <xsl:when test="$turn">
            <!-- of labels that would touch every second, third … is printed -->
            <xsl:if test="($place - 1) mod ceiling(1.25 * $s div $slot) = 0">
              <g transform="translate({g:n($x)} {g:n($foot + 5)}) rotate(-90)">
                <text x="0" y="{g:n(0.33 * $s)}" text-anchor="end"><xsl:value-of select="@label"/></text>
              </g>
            </xsl:if>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="chart-lines-at">
              <xsl:with-param name="lines" select="$label[$place]/line"/>
              <xsl:with-param name="x" select="$x"/>
              <xsl:with-param name="y" select="$foot + 4 + 0.6 * $s * count($label[$place]/line)"/>
              <xsl:with-param name="s" select="$s"/>
              <xsl:with-param name="anchor" select="'middle'"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:for-each select="$c/series">
        <xsl:variable name="place" select="position()"/>
        <xsl:variable name="path">
          <xsl:for-each select="$c/category">
            <xsl:variable name="i" select="position()"/>
            <xsl:variable name="previous" select="preceding-sibling::category[1]/v[@s = $place]/@n"/>
            <xsl:for-each select="v[@s = $place][number(@n) = number(@n)]">
              <xsl:value-of select="concat(substring('LM', 1 + not(number($previous) = number($previous)), 1),
                g:n($x0 + ($i - 0.5) * $slot), ' ', g:n($top + ($axis/@high - @n) * $scale))"/>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:variable>
        <xsl:variable name="style" select="($place - 1) mod 6 + 1"/>
        <path d="{$path}" fill="none" stroke="#000" stroke-width="1.1"
              stroke-dasharray="{$line-dashes[$style]}"/>
        <xsl:for-each select="$c/category">
          <xsl:variable name="i" select="position()"/>
          <xsl:for-each select="v[@s = $place][number(@n) = number(@n)]">
            <xsl:variable name="x" select="$x0 + ($i - 0.5) * $slot"/>
            <xsl:variable name="y" select="$top + ($axis/@high - @n) * $scale"/>
            <path transform="translate({g:n($x)} {g:n($y)})" d="{$line-markers[$style]}"
                  stroke="#000" stroke-width=".8"
                  fill="{substring('#000#fff', 1 + 4 * (($place - 1) mod 2), 4)}"/>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:for-each select="$c/category[$show]">
        <xsl:variable name="i" select="position()"/>
        <xsl:for-each select="v[number(@n) = number(@n)]">
          <xsl:variable name="y" select="$top + ($axis/@high - @n) * $scale"/>
          <!-- above the higher of two lines, below the lower; of one line, below a dip; two equal
               values are said once -->
          <xsl:variable name="other" select="../v[@s != current()/@s][number(@n) = number(@n)]/@n"/>
          <xsl:variable name="beside" select="(../preceding-sibling::category[1]
            | ../following-sibling::category[1])/v[@s = current()/@s][number(@n) = number(@n)]"/>
          <xsl:variable name="has-room" select="$axis/@low &lt; 0 or $y + $s + 7 &lt; $foot"/>
          <xsl:variable name="below" select="$has-room and ($other &gt; @n
            or (not($other) and $beside and not($beside/@n &lt;= @n)))"/>
          <xsl:variable name="is-said" select="($other = @n and @s = 2) or (not($has-room)
            and $other &gt; @n and ($other - @n) * $scale &lt; 1.2 * $s)"/>
          <xsl:if test="not($is-said)">
            <xsl:call-template name="chart-text-on">
              <xsl:with-param name="text" select="@t"/>
              <xsl:with-param name="x" select="$x0 + ($i - 0.5) * $slot"/>
              <xsl:with-param name="y" select="$y - 4.5 - 0.5 * $s + $below * ($s + 9)"/>
              <xsl:with-param name="s" select="$s"/>
            </xsl:call-template>
          </xsl:if>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:call-template name="lines-put-names">
        <xsl:with-param name="c" select="$c"/>
        <xsl:with-param name="names" select="$name"/>
        <xsl:with-param name="s" select="$s"/>
        <xsl:with-param name="x" select="$x1 + 4"/>
        <xsl:with-param name="last" select="$x1 - 0.5 * $slot"/>
        <xsl:with-param name="slot" select="$slot"/>
        <xsl:with-param name="top" select="$top"/>
        <xsl:with-param name="foot" select="$foot"/>
        <xsl:with-param name="high" select="$axis/@high"/>
        <xsl:with-param name="scale" select="$scale"/>
      </xsl:call-template>
    </svg>
  </xsl:template>

  <!-- name(@s @n @h @wide, line…) for each line that has a value, from the highest end down. -->
  <xsl:template name="lines-names">
    <xsl:param name="c"/>
    <xsl:param name="series"/>
    <xsl:param name="room"/>
    <xsl:param name="s"/>
    <xsl:param name="values"/>
    <xsl:variable name="names">
      <xsl:for-each select="$series">
        <xsl:variable name="place" select="position()"/>
        <xsl:variable name="end" select="$c/category/v[@s = $place][number(@n) = number(@n)][last()]"/>
        <xsl:variable name="ends" select="($c/category/v[@s = $place][number(@n) = number(@n)])[last()]"/>
        <xsl:variable name="lines"><xsl:call-template name="chart-wrap">
          <xsl:with-param name="text">
            <xsl:value-of select="@name"/>
            <xsl:if test="$values"><xsl:value-of select="concat(' ', $ends/@t)"/></xsl:if>
          </xsl:with-param>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template></xsl:variable>
        <xsl:variable name="set" select="exsl:node-set($lines)/line"/>
        <xsl:if test="$end">
          <name xmlns="" s="{$place}" n="{$ends/@n}" h="{1.2 * $s * count($set) + 2}"
                at="{count($ends/../preceding-sibling::category) + 1}" wide="{g:widest($set, $s)}">
            <xsl:copy-of select="$set"/>
          </name>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:for-each select="exsl:node-set($names)/name">
      <xsl:sort select="@n" data-type="number" order="descending"/>
      <xsl:copy-of select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- The names one under another, each as near to its line's end as those above allow and those
       below leave room; a thin line leads to the end. -->
  <xsl:template name="lines-put-names">
    <xsl:param name="c"/>
    <xsl:param name="names"/>
    <xsl:param name="s"/>
    <xsl:param name="x"/>
    <xsl:param name="last"/>
    <xsl:param name="slot"/>
    <xsl:param name="top"/>
    <xsl:param name="foot"/>
    <xsl:param name="high"/>
    <xsl:param name="scale"/>
    <xsl:param name="from" select="0"/>
    <xsl:if test="$names">
      <xsl:variable name="end" select="$top + ($high - $names[1]/@n) * $scale"/>
      <xsl:variable name="latest" select="$foot + 0.8 * $s - sum($names/@h)"/>
      <xsl:variable name="y" select="g:larger($from, g:smaller($end - 0.5 * $names[1]/@h, $latest))"/>
      <xsl:variable name="middle" select="$y + 0.5 * $names[1]/@h"/>
      <path d="M{g:n($last - (count($c/category) - $names[1]/@at) * $slot + 5)} {g:n($end)}H{g:n($x - 8)}L{g:n($x - 1)} {g:n($middle)}"
            fill="none" stroke="#555" stroke-width=".4"/>
      <xsl:call-template name="chart-lines-at">
        <xsl:with-param name="lines" select="$names[1]/line"/>
        <xsl:with-param name="x" select="$x + 1"/>
        <xsl:with-param name="y" select="$middle"/>
        <xsl:with-param name="s" select="$s"/>
      </xsl:call-template>
      <xsl:call-template name="lines-put-names">
        <xsl:with-param name="c" select="$c"/>
        <xsl:with-param name="names" select="$names[position() &gt; 1]"/>
        <xsl:with-param name="s" select="$s"/>
        <xsl:with-param name="x" select="$x"/>
        <xsl:with-param name="last" select="$last"/>
        <xsl:with-param name="slot" select="$slot"/>
        <xsl:with-param name="top" select="$top"/>
        <xsl:with-param name="foot" select="$foot"/>
        <xsl:with-param name="high" select="$high"/>
        <xsl:with-param name="scale" select="$scale"/>
        <xsl:with-param name="from" select="$y + $names[1]/@h"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
