<?xml version="1.0" encoding="UTF-8"?>
<!-- Bars: standing or lying, side by side or stacked. Labels too long to stand under their bars
     make the bars lie; bars that would not fit on a page go on in a second drawing. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/2000/svg" xmlns:g="urn:prikaz:charts"
                xmlns:exsl="http://exslt.org/common" xmlns:math="http://exslt.org/math"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="exsl math func" exclude-result-prefixes="g">

  <!-- `width` of the drawing, `height` of the standing bars and `most`, the height of a drawing,
       are millimetres, `size` of the text is points. `direction`: vertical, horizontal; empty:
       vertical where the labels fit. -->
  <xsl:template name="chart-bars">
    <xsl:param name="data"/>
    <xsl:param name="title"/>
    <xsl:param name="unit"/>
    <xsl:param name="width" select="170"/>
    <xsl:param name="height" select="50"/>
    <xsl:param name="most" select="225"/>
    <xsl:param name="size" select="9"/>
    <xsl:param name="direction"/>
    <xsl:param name="stacked" select="'no'"/>
    <xsl:variable name="made">
      <xsl:call-template name="chart-data">
        <xsl:with-param name="data" select="$data"/>
        <xsl:with-param name="unit" select="$unit"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="c" select="exsl:node-set($made)/chart"/>
    <xsl:variable name="w" select="g:points($width)"/>
    <xsl:variable name="is-stacked" select="$stacked = 'yes' and count($c/series) &gt; 1"/>
    <xsl:variable name="sums-set"><xsl:call-template name="bars-sums">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="stacked" select="$is-stacked"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="sums" select="exsl:node-set($sums-set)"/>
    <xsl:variable name="slot" select="($w - 40) div count($c/category)"/>
    <xsl:variable name="flat"><xsl:call-template name="bars-labels">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="room" select="$slot - 4"/>
      <xsl:with-param name="s" select="$size"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="turned"><xsl:call-template name="bars-labels">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="room" select="90"/>
      <xsl:with-param name="s" select="$size"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="fits-flat" select="g:labels-fit($flat, $slot - 1, 4)"/>
    <xsl:variable name="fits-turned"
                  select="g:labels-fit($turned, 110, floor(($slot + 1) div (1.2 * $size)))"/>
    <xsl:variable name="drawings">
      <xsl:choose>
        <xsl:when test="$c/@count = 0"/>
        <xsl:when test="$direction != 'horizontal' and ($fits-flat
                        or ($direction = 'vertical' and $fits-turned))">
          <xsl:call-template name="bars-standing">
            <xsl:with-param name="c" select="$c"/>
            <xsl:with-param name="sums" select="$sums"/>
            <xsl:with-param name="w" select="$w"/>
            <xsl:with-param name="h" select="g:points($height)"/>
            <xsl:with-param name="s" select="$size"/>
            <xsl:with-param name="stacked" select="$is-stacked"/>
            <xsl:with-param name="turn" select="not($fits-flat)"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="bars-lying">
            <xsl:with-param name="c" select="$c"/>
            <xsl:with-param name="sums" select="$sums"/>
            <xsl:with-param name="w" select="$w"/>
            <xsl:with-param name="most" select="g:points($most)"/>
            <xsl:with-param name="s" select="$size"/>
            <xsl:with-param name="stacked" select="$is-stacked"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="chart-block">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="kind" select="'chart-bars'"/>
      <xsl:with-param name="drawings" select="exsl:node-set($drawings)/*"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What the axis must hold: extent(@least @most), and for stacks sum(@up @down @t) for each
       category. -->
  <xsl:template name="bars-sums">
    <xsl:param name="c"/>
    <xsl:param name="stacked"/>
    <xsl:variable name="sums">
      <xsl:for-each select="$c/category[$stacked]">
        <xsl:variable name="up" select="sum(v[@n &gt; 0]/@n)"/>
        <xsl:variable name="down" select="sum(v[@n &lt; 0]/@n)"/>
        <sum xmlns="" up="{$up}" down="{$down}">
          <xsl:attribute name="t">
            <xsl:if test="$c/@unit != '%' and v">
              <xsl:value-of select="g:print(g:near($up + $down), $c/@pattern, $c/@unit)"/>
            </xsl:if>
          </xsl:attribute>
        </sum>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="set" select="exsl:node-set($sums)/sum"/>
    <xsl:variable name="least" select="math:min($set/@down | $c[not($stacked)]/@least)"/>
    <xsl:variable name="most" select="math:max($set/@up | $c[not($stacked)]/@most)"/>
    <extent xmlns="" least="{g:smaller($least, 0)}" most="{g:larger($most, 0)}"/>
    <xsl:copy-of select="$set"/>
  </xsl:template>

  <!-- label(line…) for each category. -->
  <xsl:template name="bars-labels">
    <xsl:param name="c"/>
    <xsl:param name="room"/>
    <xsl:param name="s"/>
    <xsl:for-each select="$c/category">
      <xsl:variable name="lines">
        <xsl:call-template name="chart-wrap">
          <xsl:with-param name="text" select="@label"/>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template>
      </xsl:variable>
      <label xmlns="" wide="{g:widest(exsl:node-set($lines)/line, $s)}">
        <xsl:copy-of select="exsl:node-set($lines)/line"/>
      </label>
    </xsl:for-each>
  </xsl:template>

  <func:function name="g:labels-fit">
    <xsl:param name="labels"/>
    <xsl:param name="room"/>
    <xsl:param name="lines"/>
    <xsl:variable name="set" select="exsl:node-set($labels)/label"/>
    <func:result select="not($set[@wide &gt; $room or count(line) &gt; $lines])"/>
  </func:function>

  <!-- ===================================================== standing -->

  <xsl:template name="bars-standing">
    <xsl:param name="c"/>
    <xsl:param name="sums"/>
    <xsl:param name="w"/>
    <xsl:param name="h"/>
    <xsl:param name="s"/>
    <xsl:param name="stacked"/>
    <xsl:param name="turn"/>
    <xsl:variable name="legend"><xsl:call-template name="chart-legend-places">
      <xsl:with-param name="series" select="$c/series[last() &gt; 1]"/>
      <xsl:with-param name="width" select="$w"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="entries" select="exsl:node-set($legend)/entry"/>
    <xsl:variable name="axis-set"><xsl:call-template name="chart-axis">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="least" select="$sums/extent/@least"/>
      <xsl:with-param name="most" select="$sums/extent/@most"/>
      <xsl:with-param name="count" select="floor($h div 26)"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="axis" select="exsl:node-set($axis-set)/axis"/>
    <xsl:variable name="x0" select="g:widest($axis/tick/@t, $s) + 5"/>
    <xsl:variable name="slot" select="($w - $x0) div count($c/category)"/>
    <xsl:variable name="beside" select="1 + (count($c/series) - 1) * not($stacked)"/>
    <xsl:variable name="bar" select="g:smaller(0.74 * $slot div $beside, 36)"/>
    <xsl:variable name="values" select="$c[not($stacked)]/category/v/@t | $sums/sum/@t"/>
    <xsl:variable name="wide" select="g:widest($values, $s)"/>
    <xsl:variable name="room" select="$bar + ($slot - $bar - 3) * ($beside = 1)"/>
    <xsl:variable name="style" select="substring('turned', 1, 6 * ($wide &gt; $room
                                       and $bar &gt;= 0.75 * $s and not($stacked)))"/>
    <xsl:variable name="mode" select="concat($style, substring('flat', 1, 4 * ($wide &lt;= $room)))"/>
    <xsl:variable name="head" select="1.4 * $s * ($mode = 'flat') + ($wide + 5) * ($mode = 'turned')
                                      + 4 * ($mode = '')"/>
    <xsl:variable name="top" select="g:or-zero($entries[last()]/@bottom) + 8 * boolean($entries) + $head"/>
    <xsl:variable name="foot" select="$top + $h + $head * ($axis/@low &lt; 0)"/>
    <xsl:variable name="labels"><xsl:call-template name="bars-labels">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="room" select="90 * $turn + ($slot - 4) * not($turn)"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="label" select="exsl:node-set($labels)/label"/>
    <xsl:variable name="deep" select="g:widest($label/line, $s) * $turn
      + 1.2 * $s * math:max(exsl:node-set(g:line-counts($label))/n) * not($turn)"/>
    <xsl:variable name="scale" select="$h div ($axis/@high - $axis/@low)"/>
    <xsl:variable name="zero" select="$top + $axis/@high * $scale"/>
    <svg width="{g:n($w)}" height="{g:n($foot + $deep + 7)}" font-size="{$s}">
      <xsl:call-template name="chart-patterns">
        <xsl:with-param name="fills" select="$c/series/@fill"/>
      </xsl:call-template>
      <xsl:call-template name="chart-legend">
        <xsl:with-param name="c" select="$c"/>
        <xsl:with-param name="entries" select="$entries"/>
        <xsl:with-param name="s" select="$s"/>
      </xsl:call-template>
      <xsl:for-each select="$axis/tick">
        <xsl:variable name="y" select="$zero - @n * $scale"/>
        <path d="M{g:n($x0)} {g:n($y)}H{g:n($w)}" stroke="#999" stroke-width=".4"/>
        <text x="{g:n($x0 - 4)}" y="{g:n($y + 0.33 * $s)}" text-anchor="end">
          <xsl:value-of select="@t"/>
        </text>
      </xsl:for-each>
      <xsl:for-each select="$c/category">
        <xsl:variable name="place" select="position()"/>
        <xsl:variable name="middle" select="$x0 + ($place - 0.5) * $slot"/>
        <xsl:variable name="left" select="$middle - 0.5 * $bar * $beside"/>
        <xsl:for-each select="v[number(@n) = number(@n)]">
          <xsl:variable name="size" select="@n * (1 - 2 * (@n &lt; 0)) * $scale"/>
          <xsl:variable name="before" select="$stacked * (sum(preceding-sibling::v[@n &gt; 0]/@n)
            * (@n &gt;= 0) + sum(preceding-sibling::v[@n &lt; 0]/@n) * (@n &lt; 0))"/>
          <xsl:variable name="x" select="$left + (@s - 1) * $bar * not($stacked)"/>
          <xsl:variable name="y" select="$zero - ($before + @n * (@n &gt; 0)) * $scale"/>
          <xsl:if test="@n != 0">
            <rect x="{g:n($x)}" y="{g:n($y)}" width="{g:n($bar)}" height="{g:n($size)}"
                  fill="{g:paint($c/series[position() = current()/@s]/@fill)}" stroke="#000"
                  stroke-width=".5"/>
          </xsl:if>
          <xsl:choose>
            <xsl:when test="$stacked">
              <xsl:if test="$size &gt;= 1.3 * $s and g:width(@t, $s) + 3 &lt;= $bar">
                <xsl:call-template name="chart-text-on">
                  <xsl:with-param name="text" select="@t"/>
                  <xsl:with-param name="x" select="$x + 0.5 * $bar"/>
                  <xsl:with-param name="y" select="$y + 0.5 * $size"/>
                  <xsl:with-param name="s" select="$s"/>
                </xsl:call-template>
              </xsl:if>
            </xsl:when>
            <xsl:when test="$mode = 'flat'">
              <xsl:call-template name="chart-text-on">
                <xsl:with-param name="text" select="@t"/>
                <xsl:with-param name="x" select="$x + 0.5 * $bar"/>
                <xsl:with-param name="y" select="$y - 0.5 * $s - 1
                                                 + (@n &lt; 0) * ($size + $s + 2)"/>
                <xsl:with-param name="s" select="$s"/>
              </xsl:call-template>
            </xsl:when>
            <xsl:when test="$mode = 'turned'">
              <g transform="translate({g:n($x + 0.5 * $bar)} {g:n($y - 3 + (@n &lt; 0) * ($size + 6))}) rotate(-90)">
                <xsl:call-template name="chart-text-on">
                  <xsl:with-param name="text" select="@t"/>
                  <xsl:with-param name="x" select="0"/>
                  <xsl:with-param name="y" select="0"/>
                  <xsl:with-param name="s" select="$s"/>
                  <xsl:with-param name="anchor" select="substring('startend', 1 + 5 * (@n &lt; 0),
                                                                  5 - 2 * (@n &lt; 0))"/>
                </xsl:call-template>
              </g>
            </xsl:when>
          </xsl:choose>
        </xsl:for-each>
        <!-- a dash for what is not known -->
        <xsl:variable name="here" select="."/>
        <xsl:for-each select="$c/series[$mode != '' and (not($stacked) or position() = 1)]">
          <xsl:variable name="s-place" select="position()"/>
          <xsl:if test="not($here/v[$stacked or @s = $s-place][number(@n) = number(@n)])">
            <text x="{g:n($left + ($s-place - 0.5) * $bar)}" y="{g:n($zero - 3)}"
                  text-anchor="middle">–</text>
          </xsl:if>
        </xsl:for-each>
        <xsl:for-each select="$sums/sum[$place][@t != '' and $mode = 'flat']">
          <xsl:call-template name="chart-text-on">
            <xsl:with-param name="text" select="@t"/>
            <xsl:with-param name="x" select="$middle"/>
            <xsl:with-param name="y" select="$zero - @up * $scale - 0.5 * $s - 1"/>
            <xsl:with-param name="s" select="$s"/>
            <xsl:with-param name="weight" select="'bold'"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:choose>
          <xsl:when test="$turn">
            <g transform="translate({g:n($middle)} {g:n($foot + 4)}) rotate(-90)">
              <xsl:call-template name="chart-lines-at">
                <xsl:with-param name="lines" select="$label[$place]/line"/>
                <xsl:with-param name="x" select="0"/>
                <xsl:with-param name="y" select="0"/>
                <xsl:with-param name="s" select="$s"/>
                <xsl:with-param name="anchor" select="'end'"/>
              </xsl:call-template>
            </g>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="chart-lines-at">
              <xsl:with-param name="lines" select="$label[$place]/line"/>
              <xsl:with-param name="x" select="$middle"/>
              <xsl:with-param name="y" select="$foot + 4 + 0.6 * $s * count($label[$place]/line)"/>
              <xsl:with-param name="s" select="$s"/>
              <xsl:with-param name="anchor" select="'middle'"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <path d="M{g:n($x0)} {g:n($zero)}H{g:n($w)}" stroke="#000" stroke-width=".8"/>
    </svg>
  </xsl:template>

  <!-- n elements: how many lines each label has. -->
  <func:function name="g:line-counts">
    <xsl:param name="labels"/>
    <xsl:variable name="counts">
      <xsl:for-each select="$labels"><n xmlns=""><xsl:value-of select="count(line)"/></n></xsl:for-each>
    </xsl:variable>
    <func:result select="$counts"/>
  </func:function>

  <!-- ===================================================== lying -->

  <xsl:template name="bars-lying">
    <xsl:param name="c"/>
    <xsl:param name="sums"/>
    <xsl:param name="w"/>
    <xsl:param name="most"/>
    <xsl:param name="s"/>
    <xsl:param name="stacked"/>
    <xsl:variable name="legend"><xsl:call-template name="chart-legend-places">
      <xsl:with-param name="series" select="$c/series[last() &gt; 1]"/>
      <xsl:with-param name="width" select="$w"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="entries" select="exsl:node-set($legend)/entry"/>
    <xsl:variable name="labels"><xsl:call-template name="bars-labels">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="room" select="0.4 * $w"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template></xsl:variable>
    <xsl:variable name="label" select="exsl:node-set($labels)/label"/>
    <xsl:variable name="bar" select="$s + 1 + 3 * $stacked"/>
    <xsl:variable name="group" select="$bar * (1 + (count($c/series) - 1) * not($stacked))"/>
    <xsl:variable name="heights">
      <xsl:for-each select="$label">
        <h xmlns=""><xsl:value-of select="g:larger(1.2 * $s * count(line), $group) + 4"/></h>
      </xsl:for-each>
    </xsl:variable>
    <!-- band(@y @h @part, line…): where each category lies, and in which drawing -->
    <xsl:variable name="bands">
      <xsl:variable name="top" select="g:or-zero($entries[last()]/@bottom) + 8"/>
      <xsl:variable name="total" select="sum(exsl:node-set($heights)/h)"/>
      <xsl:for-each select="exsl:node-set($heights)/h">
        <xsl:variable name="place" select="position()"/>
        <xsl:variable name="y" select="sum(preceding-sibling::h)"/>
        <band xmlns="" y="{$y}" h="{.}" place="{$place}"
              part="{g:part($y, ., $total, $most - $top - 2.5 * $s)}"><xsl:copy-of select="$label[$place]/line"/></band>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="x0" select="math:max($label/@wide) + 6"/>
    <xsl:variable name="wide" select="g:widest($c[not($stacked)]/category/v/@t | $sums/sum/@t, $s) + 6"/>
    <xsl:variable name="from" select="$x0 + $wide * ($sums/extent/@least &lt; 0)"/>
    <xsl:variable name="to" select="$w - g:larger($wide, 0.6 * g:width(g:print($sums/extent/@most,
                                                      $c/@whole, $c/@unit), $s))"/>
    <xsl:variable name="axis-set"><xsl:call-template name="chart-axis">
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="least" select="$sums/extent/@least"/>
      <xsl:with-param name="most" select="$sums/extent/@most"/>
      <xsl:with-param name="count" select="floor(($to - $from) div 45)"/>
    </xsl:call-template></xsl:variable>
    <xsl:for-each select="exsl:node-set($bands)/band[not(@part = preceding-sibling::band/@part)]">
      <xsl:call-template name="bars-lying-part">
        <xsl:with-param name="c" select="$c"/>
        <xsl:with-param name="sums" select="$sums"/>
        <xsl:with-param name="bands" select="../band[@part = current()/@part]"/>
        <xsl:with-param name="entries" select="$entries"/>
        <xsl:with-param name="axis" select="exsl:node-set($axis-set)/axis"/>
        <xsl:with-param name="w" select="$w"/>
        <xsl:with-param name="s" select="$s"/>
        <xsl:with-param name="bar" select="$bar"/>
        <xsl:with-param name="group" select="$group"/>
        <xsl:with-param name="x0" select="$x0"/>
        <xsl:with-param name="from" select="$from"/>
        <xsl:with-param name="to" select="$to"/>
        <xsl:with-param name="stacked" select="$stacked"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- One drawing of lying bars; the axis reaches from `from` to `to`, labels end before `x0`. -->
  <xsl:template name="bars-lying-part">
    <xsl:param name="c"/>
    <xsl:param name="sums"/>
    <xsl:param name="bands"/>
    <xsl:param name="entries"/>
    <xsl:param name="axis"/>
    <xsl:param name="w"/>
    <xsl:param name="s"/>
    <xsl:param name="bar"/>
    <xsl:param name="group"/>
    <xsl:param name="x0"/>
    <xsl:param name="from"/>
    <xsl:param name="to"/>
    <xsl:param name="stacked"/>
    <xsl:variable name="top" select="g:or-zero($entries[last()]/@bottom) + 6 * boolean($entries) + 2"/>
    <xsl:variable name="foot" select="$top + sum($bands/@h)"/>
    <xsl:variable name="scale" select="($to - $from) div ($axis/@high - $axis/@low)"/>
    <xsl:variable name="zero" select="$from - $axis/@low * $scale"/>
    <svg width="{g:n($w)}" height="{g:n($foot + 1.5 * $s)}" font-size="{$s}">
      <xsl:call-template name="chart-patterns">
        <xsl:with-param name="fills" select="$c/series/@fill"/>
      </xsl:call-template>
      <xsl:call-template name="chart-legend">
        <xsl:with-param name="c" select="$c"/>
        <xsl:with-param name="entries" select="$entries"/>
        <xsl:with-param name="s" select="$s"/>
      </xsl:call-template>
      <xsl:for-each select="$axis/tick">
        <xsl:variable name="x" select="$zero + @n * $scale"/>
        <path d="M{g:n($x)} {g:n($top)}V{g:n($foot)}" stroke="#999" stroke-width=".4"/>
        <text x="{g:n($x)}" y="{g:n($foot + 1.2 * $s)}" text-anchor="middle">
          <xsl:value-of select="@t"/>
        </text>
      </xsl:for-each>
      <xsl:for-each select="$bands">
        <xsl:variable name="place" select="number(@place)"/>
        <xsl:variable name="middle" select="$top + @y - $bands[1]/@y + 0.5 * @h"/>
        <xsl:variable name="above" select="$middle - 0.5 * $group"/>
        <xsl:call-template name="chart-lines-at">
          <xsl:with-param name="lines" select="line"/>
          <xsl:with-param name="x" select="$x0 - 6"/>
          <xsl:with-param name="y" select="$middle"/>
          <xsl:with-param name="s" select="$s"/>
          <xsl:with-param name="anchor" select="'end'"/>
        </xsl:call-template>
        <xsl:for-each select="$c/category[$place]/v[number(@n) = number(@n)]">
          <xsl:variable name="size" select="@n * (1 - 2 * (@n &lt; 0)) * $scale"/>
          <xsl:variable name="before" select="$stacked * (sum(preceding-sibling::v[@n &gt; 0]/@n)
            * (@n &gt;= 0) + sum(preceding-sibling::v[@n &lt; 0]/@n) * (@n &lt; 0))"/>
          <xsl:variable name="y" select="$above + (@s - 1) * $bar * not($stacked)"/>
          <xsl:variable name="x" select="$zero + ($before + @n * (@n &lt; 0)) * $scale"/>
          <xsl:if test="@n != 0">
            <rect x="{g:n($x)}" y="{g:n($y)}" width="{g:n($size)}" height="{g:n($bar)}"
                  fill="{g:paint($c/series[position() = current()/@s]/@fill)}" stroke="#000"
                  stroke-width=".5"/>
          </xsl:if>
          <xsl:choose>
            <xsl:when test="not($stacked)">
              <xsl:call-template name="chart-text-on">
                <xsl:with-param name="text" select="@t"/>
                <xsl:with-param name="x" select="$x + $size * (@n &gt;= 0) + 3 - 6 * (@n &lt; 0)"/>
                <xsl:with-param name="y" select="$y + 0.5 * $bar"/>
                <xsl:with-param name="s" select="$s"/>
                <xsl:with-param name="anchor" select="substring('startend', 1 + 5 * (@n &lt; 0),
                                                                5 - 2 * (@n &lt; 0))"/>
              </xsl:call-template>
            </xsl:when>
            <xsl:when test="g:width(@t, $s) + 5 &lt;= $size">
              <xsl:call-template name="chart-text-on">
                <xsl:with-param name="text" select="@t"/>
                <xsl:with-param name="x" select="$x + 0.5 * $size"/>
                <xsl:with-param name="y" select="$y + 0.5 * $bar"/>
                <xsl:with-param name="s" select="$s"/>
              </xsl:call-template>
            </xsl:when>
          </xsl:choose>
        </xsl:for-each>
        <xsl:variable name="here" select="$c/category[$place]"/>
        <xsl:for-each select="$c/series[not($stacked) or position() = 1]">
          <xsl:variable name="s-place" select="position()"/>
          <xsl:if test="not($here/v[$stacked or @s = $s-place][number(@n) = number(@n)])">
            <text x="{g:n($zero + 3)}" y="{g:n($above + ($s-place - 0.5) * $bar + 0.33 * $s)}">–</text>
          </xsl:if>
        </xsl:for-each>
        <xsl:for-each select="$sums/sum[$place][@t != '']">
          <xsl:call-template name="chart-text-on">
            <xsl:with-param name="text" select="@t"/>
            <xsl:with-param name="x" select="$zero + @up * $scale + 3"/>
            <xsl:with-param name="y" select="$middle"/>
            <xsl:with-param name="s" select="$s"/>
            <xsl:with-param name="anchor" select="'start'"/>
            <xsl:with-param name="weight" select="'bold'"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
      <path d="M{g:n($zero)} {g:n($top)}V{g:n($foot)}" stroke="#000" stroke-width=".8"/>
    </svg>
  </xsl:template>
</xsl:stylesheet>
