<?xml version="1.0" encoding="UTF-8"?>
<!-- Charts drawn as SVG in the font of the text around them, for printing in black and white:
     fills are hatched, lines have markers and dashes, values stand beside what they measure.

     Each kind is a named template (chart-bars, chart-lines, chart-ring, chart-heat) that gives one
     fo:block. What they share is here: the data made regular, numbers as printed, round steps of
     an axis, widths and lines of labels, fills, the legend, the alternative text.

     SVG does not break lines, so labels are broken here, by widths estimated from four classes of
     letters; the estimate errs a little to the wide side. All lengths within a drawing are points;
     `s` is the size of its text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns="http://www.w3.org/2000/svg"
                xmlns:f="urn:prikaz:functions" xmlns:g="urn:prikaz:charts"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                xmlns:exsl="http://exslt.org/common" xmlns:math="http://exslt.org/math"
                extension-element-prefixes="func str exsl math" exclude-result-prefixes="f g">

  <xsl:include href="bars.xsl"/>
  <xsl:include href="lines.xsl"/>
  <xsl:include href="ring.xsl"/>
  <xsl:include href="heat.xsl"/>
  <xsl:include href="element.xsl"/>

  <!-- Thousands are parted by a space that does not break. -->
  <xsl:decimal-format name="chart" decimal-separator="," grouping-separator="&#160;"/>

  <!-- ===================================================== data -->

  <!-- The caller's <series name fill?><point label value mark? fill?/></series> made regular, without
       namespace: chart(@unit @decimals @pattern @least @most) with a series for each name and a
       category for each label, which holds a `v` for each value there is: @s the place of its
       series, @n the number, @t how it is printed, @m its mark, @f its own fill. Values are written with a point or a comma;
       what is no number is not there. -->
  <xsl:template name="chart-data">
    <xsl:param name="data"/>
    <xsl:param name="unit"/>
    <xsl:variable name="series" select="$data/descendant-or-self::*[local-name() = 'series']"/>
    <xsl:variable name="plain">
      <xsl:for-each select="$series">
        <s xmlns="">
          <xsl:for-each select="*[local-name() = 'point']">
            <p l="{normalize-space(@label)}" m="{@mark}" f="{@fill}" n="{g:value(@value)}"/>
          </xsl:for-each>
        </s>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="rows" select="exsl:node-set($plain)/s"/>
    <xsl:variable name="points" select="$rows/p"/>
    <xsl:variable name="good" select="$points[number(@n) = number(@n)]"/>
    <xsl:variable name="most" select="g:or-zero(math:max($good/@n))"/>
    <xsl:variable name="least" select="g:or-zero(math:min($good/@n))"/>
    <xsl:variable name="decimals" select="boolean($good[contains(@n, '.')])
      + boolean($good[string-length(substring-after(@n, '.')) &gt; 1])"/>
    <xsl:variable name="whole" select="concat(substring('#&#160;##', 1,
      4 * ($most &gt;= 10000 or $least &lt;= -10000)), '0')"/>
    <xsl:variable name="pattern" select="concat($whole, substring(',00', 1,
      ($decimals &gt; 0) + $decimals))"/>
    <chart xmlns="" unit="{$unit}" decimals="{$decimals}" pattern="{$pattern}" whole="{$whole}"
           least="{$least}" most="{$most}" count="{count($good)}">
      <xsl:for-each select="$series">
        <xsl:variable name="place" select="position()"/>
        <series name="{normalize-space(@name)}" count="{count($rows[$place]/p)}">
          <xsl:attribute name="fill">
            <xsl:choose>
              <xsl:when test="@fill"><xsl:value-of select="@fill"/></xsl:when>
              <xsl:otherwise><xsl:value-of select="g:fill($place)"/></xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
        </series>
      </xsl:for-each>
      <xsl:for-each select="$points[not(@l = preceding-sibling::p/@l
                                        or @l = ../preceding-sibling::s/p/@l)]">
        <xsl:variable name="label" select="@l"/>
        <category label="{$label}">
          <xsl:for-each select="$rows">
            <xsl:variable name="place" select="position()"/>
            <xsl:for-each select="p[@l = $label][1][number(@n) = number(@n) or @m != '']">
              <v s="{$place}" n="{@n}" m="{@m}" f="{@f}" t="{g:print(@n, $pattern, $unit)}"/>
            </xsl:for-each>
          </xsl:for-each>
        </category>
      </xsl:for-each>
    </chart>
  </xsl:template>

  <!-- What was written as a value, as XPath reads numbers: «14 756», «−37,2» and «37,2 %» too. -->
  <func:function name="g:value">
    <xsl:param name="text"/>
    <func:result select="translate(normalize-space($text), ',−%&#160;&#8239; ', '.-')"/>
  </func:function>

  <func:function name="g:or-zero">
    <xsl:param name="number"/>
    <xsl:choose>
      <xsl:when test="$number = $number"><func:result select="$number"/></xsl:when>
      <xsl:otherwise><func:result select="0"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== numbers -->

  <!-- «37,2 %», «14 756», «−5». Per cent are the only unit printed with each value. -->
  <func:function name="g:print">
    <xsl:param name="number"/>
    <xsl:param name="pattern"/>
    <xsl:param name="unit"/>
    <xsl:variable name="n" select="number($number)"/>
    <xsl:choose>
      <xsl:when test="$n != $n"><func:result select="''"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="digits"
                      select="format-number($n * (1 - 2 * ($n &lt; 0)), $pattern, 'chart')"/>
        <xsl:variable name="is-zero" select="translate($digits, '0,', '') = ''"/>
        <func:result select="concat(substring('−', 1, $n &lt; 0 and not($is-zero)), $digits,
                                    substring('&#160;%', 1, 2 * ($unit = '%')))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- A coordinate. -->
  <func:function name="g:n">
    <xsl:param name="number"/>
    <func:result select="format-number($number, '0.##')"/>
  </func:function>

  <!-- A step of 1, 2 or 5 × 10ⁿ, the least with which `span` has at most `count` steps; not below
       `least`, which is a power of ten. -->
  <func:function name="g:step">
    <xsl:param name="span"/>
    <xsl:param name="count"/>
    <xsl:param name="least"/>
    <xsl:choose>
      <xsl:when test="$least * $count &gt;= $span"><func:result select="$least"/></xsl:when>
      <xsl:when test="2 * $least * $count &gt;= $span"><func:result select="2 * $least"/></xsl:when>
      <xsl:when test="5 * $least * $count &gt;= $span"><func:result select="5 * $least"/></xsl:when>
      <xsl:otherwise><func:result select="g:step($span, $count, 10 * $least)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- An axis that holds `least` and `most`: axis(@low @high @step) with a tick (@n @t) each. -->
  <xsl:template name="chart-axis">
    <xsl:param name="c"/>
    <xsl:param name="least"/>
    <xsl:param name="most"/>
    <xsl:param name="count"/>
    <xsl:variable name="finest" select="1 div (1 + 9 * ($c/@decimals &gt; 0)
                                                 + 90 * ($c/@decimals &gt; 1))"/>
    <xsl:variable name="step" select="g:step($most - $least, $count, $finest)"/>
    <xsl:variable name="low" select="floor(g:near($least div $step))"/>
    <xsl:variable name="top" select="ceiling(g:near($most div $step))"/>
    <xsl:variable name="high" select="$top + ($top = $low)"/>
    <xsl:variable name="pattern" select="concat($c/@whole, substring(',00', 1,
      3 * ($step &lt; 0.1) + 2 * ($step &gt;= 0.1 and $step &lt; 1)))"/>
    <axis xmlns="" low="{$low * $step}" high="{$high * $step}" step="{$step}">
      <xsl:call-template name="chart-ticks">
        <xsl:with-param name="at" select="$low"/>
        <xsl:with-param name="to" select="$high"/>
        <xsl:with-param name="step" select="$step"/>
        <xsl:with-param name="pattern" select="$pattern"/>
        <xsl:with-param name="unit" select="$c/@unit"/>
      </xsl:call-template>
    </axis>
  </xsl:template>

  <xsl:template name="chart-ticks">
    <xsl:param name="at"/>
    <xsl:param name="to"/>
    <xsl:param name="step"/>
    <xsl:param name="pattern"/>
    <xsl:param name="unit"/>
    <tick xmlns="" n="{$at * $step}" t="{g:print($at * $step, $pattern, $unit)}"/>
    <xsl:if test="$at &lt; $to">
      <xsl:call-template name="chart-ticks">
        <xsl:with-param name="at" select="$at + 1"/>
        <xsl:with-param name="to" select="$to"/>
        <xsl:with-param name="step" select="$step"/>
        <xsl:with-param name="pattern" select="$pattern"/>
        <xsl:with-param name="unit" select="$unit"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- 3.0000000004 is 3: what binary fractions leave behind makes no further tick. -->
  <func:function name="g:near">
    <xsl:param name="number"/>
    <func:result select="round($number * 1000000) div 1000000"/>
  </func:function>

  <!-- ===================================================== text -->

  <!-- How much wider than Times the font of the document is. -->
  <xsl:variable name="chart-face" select="1.05
    + 0.1 * boolean(contains($chart-family, 'Sans') or contains($chart-family, 'Arial'))
    + 0.2 * boolean(contains($chart-family, 'DejaVu') or contains($chart-family, 'Verdana'))"/>
  <xsl:variable name="chart-family" select="f:setting('font', 'family')"/>

  <!-- The width of a text in points at size `s`. -->
  <func:function name="g:width">
    <xsl:param name="text"/>
    <xsl:param name="s"/>
    <xsl:variable name="all" select="string-length($text)"/>
    <xsl:variable name="wide" select="$all - string-length(translate($text,
      'жшщюмфыдлАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHKLMNOPQRSTUVWXYZmw%№—…', ''))"/>
    <xsl:variable name="widest" select="$all - string-length(translate($text, 'шщюЖМФШЩЫЮДWM%№—…', ''))"/>
    <xsl:variable name="narrow" select="$all - string-length(translate($text,
      ' &#160;.,:;!()-«»гтсзяэitlfjrs', ''))"/>
    <func:result select="$s * $chart-face
                         * (0.5 * $all + 0.16 * $wide + 0.14 * $widest - 0.1 * $narrow)"/>
  </func:function>

  <!-- A label's lines that are at most `room` wide: line elements; a longer word stands alone. -->
  <xsl:template name="chart-wrap">
    <xsl:param name="text"/>
    <xsl:param name="room"/>
    <xsl:param name="s"/>
    <xsl:call-template name="chart-fill-lines">
      <xsl:with-param name="words" select="str:tokenize($text, ' ')"/>
      <xsl:with-param name="room" select="$room"/>
      <xsl:with-param name="s" select="$s"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="chart-fill-lines">
    <xsl:param name="words"/>
    <xsl:param name="line"/>
    <xsl:param name="room"/>
    <xsl:param name="s"/>
    <xsl:variable name="longer" select="concat($line, substring(' ', 1, $line != ''), $words[1])"/>
    <xsl:choose>
      <xsl:when test="not($words)">
        <xsl:if test="$line != ''"><line xmlns=""><xsl:value-of select="$line"/></line></xsl:if>
      </xsl:when>
      <xsl:when test="$line = '' or g:width($longer, $s) &lt;= $room">
        <xsl:call-template name="chart-fill-lines">
          <xsl:with-param name="words" select="$words[position() &gt; 1]"/>
          <xsl:with-param name="line" select="$longer"/>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <line xmlns=""><xsl:value-of select="$line"/></line>
        <xsl:call-template name="chart-fill-lines">
          <xsl:with-param name="words" select="$words[position() &gt; 1]"/>
          <xsl:with-param name="line" select="string($words[1])"/>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Lines one under another, the middle of all of them at `y`. -->
  <xsl:template name="chart-lines-at">
    <xsl:param name="lines"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="s"/>
    <xsl:param name="anchor" select="'start'"/>
    <xsl:variable name="first" select="$y - (count($lines) - 1) * 0.6 * $s + 0.33 * $s"/>
    <xsl:for-each select="$lines">
      <text x="{g:n($x)}" y="{g:n($first + (position() - 1) * 1.2 * $s)}" text-anchor="{$anchor}">
        <xsl:value-of select="."/>
      </text>
    </xsl:for-each>
  </xsl:template>

  <!-- A text over hatching or the lines of the grid: on white. `y` is its middle. -->
  <xsl:template name="chart-text-on">
    <xsl:param name="text"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="s"/>
    <xsl:param name="anchor" select="'middle'"/>
    <xsl:param name="weight" select="'normal'"/>
    <xsl:variable name="w" select="g:width($text, $s) + 2"/>
    <xsl:variable name="left" select="0.5 * $w * ($anchor = 'middle')
                                      + ($w - 1) * ($anchor = 'end') + ($anchor = 'start')"/>
    <rect x="{g:n($x - $left)}" y="{g:n($y - 0.5 * $s)}" width="{g:n($w)}" height="{$s}"
          fill="#fff"/>
    <text x="{g:n($x)}" y="{g:n($y + 0.33 * $s)}" text-anchor="{$anchor}" font-weight="{$weight}"
          font-size="{g:n($s)}">
      <xsl:value-of select="$text"/>
    </text>
  </xsl:template>

  <!-- A width in millimetres as points, a little less, so that what fits still fits. -->
  <func:function name="g:points">
    <xsl:param name="mm"/>
    <func:result select="floor($mm * 3600 div 127) div 10"/>
  </func:function>

  <!-- In which of the drawings a row lies that begins at `y`: as many as `total` needs of `room`,
       alike in height. -->
  <func:function name="g:part">
    <xsl:param name="y"/>
    <xsl:param name="h"/>
    <xsl:param name="total"/>
    <xsl:param name="room"/>
    <func:result select="floor(($y + 0.5 * $h) * ceiling($total div $room) div $total)"/>
  </func:function>

  <!-- ===================================================== fills -->

  <!-- Names of fills in the order series take them. -->
  <xsl:variable name="chart-fills"
                select="str:tokenize('solid hatch light dots white cross lines back')"/>
  <func:function name="g:fill">
    <xsl:param name="place"/>
    <func:result select="string($chart-fills[($place - 1) mod count($chart-fills) + 1])"/>
  </func:function>

  <!-- What the attribute fill says. -->
  <func:function name="g:paint">
    <xsl:param name="fill"/>
    <xsl:choose>
      <xsl:when test="$fill = 'solid'"><func:result select="'#404040'"/></xsl:when>
      <xsl:when test="$fill = 'light'"><func:result select="'#c4c4c4'"/></xsl:when>
      <xsl:when test="$fill = 'white'"><func:result select="'#fff'"/></xsl:when>
      <xsl:otherwise><func:result select="concat('url(#', $fill, ')')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The hatchings among `fills`. Their tiles are large, because each is painted by itself. -->
  <xsl:template name="chart-patterns">
    <xsl:param name="fills"/>
    <defs>
      <xsl:if test="$fills = 'hatch'">
        <pattern id="hatch" width="32" height="32" patternUnits="userSpaceOnUse">
          <rect width="32" height="32" fill="#fff"/>
          <path d="M0 4 4 0M0 8 8 0M0 12 12 0M0 16 16 0M0 20 20 0M0 24 24 0M0 28 28 0M0 32 32 0M4 32 32 4M8 32 32 8M12 32 32 12M16 32 32 16M20 32 32 20M24 32 32 24M28 32 32 28"
                stroke="#000" stroke-width=".7" fill="none"/>
        </pattern>
      </xsl:if>
      <xsl:if test="$fills = 'back'">
        <pattern id="back" width="32" height="32" patternUnits="userSpaceOnUse">
          <rect width="32" height="32" fill="#fff"/>
          <path d="M0 28 4 32M0 24 8 32M0 20 12 32M0 16 16 32M0 12 20 32M0 8 24 32M0 4 28 32M0 0 32 32M4 0 32 28M8 0 32 24M12 0 32 20M16 0 32 16M20 0 32 12M24 0 32 8M28 0 32 4"
                stroke="#000" stroke-width=".7" fill="none"/>
        </pattern>
      </xsl:if>
      <xsl:if test="$fills = 'cross'">
        <pattern id="cross" width="30" height="30" patternUnits="userSpaceOnUse">
          <rect width="30" height="30" fill="#fff"/>
          <path d="M0 2.5H30M0 7.5H30M0 12.5H30M0 17.5H30M0 22.5H30M0 27.5H30M2.5 0V30M7.5 0V30M12.5 0V30M17.5 0V30M22.5 0V30M27.5 0V30"
                stroke="#000" stroke-width=".5" fill="none"/>
        </pattern>
      </xsl:if>
      <xsl:if test="$fills = 'lines'">
        <pattern id="lines" width="32" height="32" patternUnits="userSpaceOnUse">
          <rect width="32" height="32" fill="#fff"/>
          <path d="M0 2H32M0 6H32M0 10H32M0 14H32M0 18H32M0 22H32M0 26H32M0 30H32"
                stroke="#000" stroke-width=".6" fill="none"/>
        </pattern>
      </xsl:if>
      <xsl:if test="$fills = 'dots'">
        <pattern id="dots" width="24" height="24" patternUnits="userSpaceOnUse">
          <rect width="24" height="24" fill="#fff"/>
          <path d="M1.5 1.5h0M7.5 1.5h0M13.5 1.5h0M19.5 1.5h0M4.5 4.5h0M10.5 4.5h0M16.5 4.5h0M22.5 4.5h0M1.5 7.5h0M7.5 7.5h0M13.5 7.5h0M19.5 7.5h0M4.5 10.5h0M10.5 10.5h0M16.5 10.5h0M22.5 10.5h0M1.5 13.5h0M7.5 13.5h0M13.5 13.5h0M19.5 13.5h0M4.5 16.5h0M10.5 16.5h0M16.5 16.5h0M22.5 16.5h0M1.5 19.5h0M7.5 19.5h0M13.5 19.5h0M19.5 19.5h0M4.5 22.5h0M10.5 22.5h0M16.5 22.5h0M22.5 22.5h0"
                stroke="#000" stroke-width="1.3" stroke-linecap="round" fill="none"/>
        </pattern>
      </xsl:if>
    </defs>
  </xsl:template>

  <!-- ===================================================== legend -->

  <!-- Where each series' entry stands: entry(@x @y @w, line…) in the order of series; @bottom of
       the last tells the height. A long name is broken to the width of the drawing. -->
  <xsl:template name="chart-legend-places">
    <xsl:param name="series"/>
    <xsl:param name="width"/>
    <xsl:param name="s"/>
    <xsl:param name="mark" select="16"/>
    <xsl:param name="x" select="0"/>
    <xsl:param name="y" select="0"/>
    <xsl:param name="tall" select="0"/>
    <xsl:if test="$series">
      <xsl:variable name="room" select="$width - $mark - 4"/>
      <xsl:variable name="lines">
        <xsl:call-template name="chart-wrap">
          <xsl:with-param name="text" select="$series[1]/@name"/>
          <xsl:with-param name="room" select="$room"/>
          <xsl:with-param name="s" select="$s"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:variable name="set" select="exsl:node-set($lines)/line"/>
      <xsl:variable name="own" select="$mark + 4 + g:widest($set, $s)"/>
      <xsl:variable name="breaks" select="$x &gt; 0 and $x + $own &gt; $width"/>
      <xsl:variable name="left" select="$x * not($breaks)"/>
      <xsl:variable name="top" select="$y + $tall * $breaks"/>
      <xsl:variable name="height" select="1.3 * $s + (count($set) - 1) * 1.2 * $s"/>
      <xsl:variable name="line-tall" select="g:larger($tall * not($breaks), $height)"/>
      <entry xmlns="" x="{$left}" y="{$top}" h="{$height}" bottom="{$top + $line-tall}">
        <xsl:copy-of select="$set"/>
      </entry>
      <xsl:call-template name="chart-legend-places">
        <xsl:with-param name="series" select="$series[position() &gt; 1]"/>
        <xsl:with-param name="width" select="$width"/>
        <xsl:with-param name="s" select="$s"/>
        <xsl:with-param name="mark" select="$mark"/>
        <xsl:with-param name="x" select="$left + $own + 14"/>
        <xsl:with-param name="y" select="$top"/>
        <xsl:with-param name="tall" select="$line-tall"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <func:function name="g:widest">
    <xsl:param name="texts"/>
    <xsl:param name="s"/>
    <xsl:variable name="widths">
      <w xmlns="">0</w>
      <xsl:for-each select="$texts"><w xmlns=""><xsl:value-of select="g:width(., $s)"/></w></xsl:for-each>
    </xsl:variable>
    <func:result select="math:max(exsl:node-set($widths)/w)"/>
  </func:function>

  <func:function name="g:larger">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <func:result select="$a * ($a &gt;= $b) + $b * ($b &gt; $a)"/>
  </func:function>

  <func:function name="g:smaller">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <func:result select="$a * ($a &lt; $b) + $b * ($b &lt;= $a)"/>
  </func:function>

  <!-- Swatches and names, where chart-legend-places put them. -->
  <xsl:template name="chart-legend">
    <xsl:param name="c"/>
    <xsl:param name="entries"/>
    <xsl:param name="s"/>
    <xsl:for-each select="$entries">
      <xsl:variable name="place" select="position()"/>
      <rect x="{g:n(@x + 0.5)}" y="{g:n(@y + 0.15 * $s)}" width="15" height="{g:n($s)}"
            fill="{g:paint($c/series[$place]/@fill)}" stroke="#000" stroke-width=".5"/>
      <xsl:call-template name="chart-lines-at">
        <xsl:with-param name="lines" select="line"/>
        <xsl:with-param name="x" select="@x + 20"/>
        <xsl:with-param name="y" select="@y + 0.5 * @h"/>
        <xsl:with-param name="s" select="$s"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- ===================================================== the block -->

  <!-- Title, drawings, one below another. `drawings`: node-set of svg elements; `kind`: the name
       of the text that says what it is. Only the first drawing has the whole alternative text. -->
  <xsl:template name="chart-block">
    <xsl:param name="c"/>
    <xsl:param name="title"/>
    <xsl:param name="kind"/>
    <xsl:param name="drawings"/>
    <fo:block text-indent="0pt" start-indent="0pt" text-align="left" hyphenate="false"
              space-before="10pt" space-after="14pt">
      <xsl:if test="$title != ''">
        <fo:block text-align="center" font-weight="bold" font-size="{$table-size}"
                  space-after="4pt" role="P" keep-with-next.within-page="always">
          <xsl:value-of select="$title"/>
          <xsl:if test="$c/@unit != ''">
            <fo:inline font-weight="normal">
              <xsl:value-of select="concat(', ', $c/@unit)"/>
            </fo:inline>
          </xsl:if>
        </fo:block>
      </xsl:if>
      <xsl:if test="not($drawings)">
        <fo:block text-align="center" font-size="{$table-size}" role="P">
          <xsl:value-of select="f:text('chart-empty')"/>
        </fo:block>
      </xsl:if>
      <xsl:variable name="alt">
        <xsl:call-template name="chart-alt">
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="title" select="$title"/>
          <xsl:with-param name="kind" select="$kind"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:for-each select="$drawings">
        <xsl:if test="position() &gt; 1">
          <fo:block font-size="{@font-size}pt" space-before="6pt" space-after="2pt" role="P"
                    keep-with-next.within-page="always">
            <xsl:value-of select="f:fill('chart-continued', $title, '')"/>
          </fo:block>
        </xsl:if>
        <fo:block line-height="0pt" font-size="1pt" keep-together.within-page="always">
          <fo:instream-foreign-object role="Figure" content-width="{@width}pt"
                                      content-height="{@height}pt" vertical-align="top">
            <xsl:attribute name="px:alt">
              <xsl:choose>
                <xsl:when test="position() = 1"><xsl:value-of select="$alt"/></xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="f:fill('chart-continued', $title, '')"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:copy-of select="."/>
          </fo:instream-foreign-object>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- «Столбчатая диаграмма «Выполнено», %. 2020 год: школы – 81, сады – 77; …»; of many values
       only the least and the largest of each series are said. -->
  <xsl:template name="chart-alt">
    <xsl:param name="c"/>
    <xsl:param name="title"/>
    <xsl:param name="kind"/>
    <xsl:value-of select="f:text($kind)"/>
    <xsl:if test="$title != ''"><xsl:value-of select="concat(' «', $title, '»')"/></xsl:if>
    <xsl:if test="$c/@unit != ''"><xsl:value-of select="concat(', ', $c/@unit)"/></xsl:if>
    <xsl:text>.</xsl:text>
    <xsl:variable name="few" select="$c/@count &lt;= 48"/>
    <xsl:for-each select="$c/series">
      <xsl:variable name="place" select="position()"/>
      <xsl:variable name="own" select="$c/category/v[@s = $place][number(@n) = number(@n)]"/>
      <xsl:text> </xsl:text>
      <xsl:if test="@name != ''"><xsl:value-of select="concat(@name, ': ')"/></xsl:if>
      <xsl:choose>
        <xsl:when test="not($own)"><xsl:value-of select="f:lower(f:text('chart-empty'))"/></xsl:when>
        <xsl:when test="$few">
          <xsl:for-each select="$own">
            <xsl:if test="position() &gt; 1">; </xsl:if>
            <xsl:value-of select="concat(../@label, ' – ', @t)"/>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="low" select="$own[not(@n &gt; $own/@n)][1]"/>
          <xsl:variable name="high" select="$own[not(@n &lt; $own/@n)][1]"/>
          <xsl:variable name="least" select="f:fill('chart-least', $low/@t, $low/../@label)"/>
          <xsl:value-of select="concat(substring($least, 1, 99 * (@name != '')),
                                       substring(f:capital($least), 1, 99 * not(@name != '')))"/>
          <xsl:text>; </xsl:text>
          <xsl:value-of select="f:fill('chart-largest', $high/@t, $high/../@label)"/>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:text>.</xsl:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
