<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers and references: what number a point or an appendix has, what `ref` prints, the ids
     that links lead to, terms and web addresses. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="func str" exclude-result-prefixes="p f">

  <xsl:key name="id" match="*[@id]" use="@id"/>
  <xsl:variable name="ids" select="$source//@id"/>

  <!-- ===================================================== numbers -->

  <!-- The last figure of a printed number: 1 of «2.1.», 3 of «в)», 0 of none. -->
  <func:function name="f:figure">
    <xsl:param name="number"/>
    <xsl:variable name="last" select="str:tokenize($number, '.()–- &#160;')[last()]"/>
    <xsl:choose>
      <xsl:when test="number($last) = number($last)">
        <func:result select="number($last)"/>
      </xsl:when>
      <xsl:when test="$last and contains($letters, $last)">
        <func:result select="string-length(substring-before($letters, $last)) + 1"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="0"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Letters of a count: without ё, й, о, ч, ъ, ы, ь. -->
  <xsl:variable name="letters" select="'абвгдежзиклмнпрстуфхцшщэюя'"/>

  <!-- The place of a point, item or appendix among its like, from 1; one with a number of its
       own sets the count. -->
  <func:function name="f:index">
    <xsl:param name="node"/>
    <xsl:for-each select="$node">
      <xsl:variable name="name" select="local-name()"/>
      <xsl:variable name="before" select="preceding-sibling::*[local-name() = $name]"/>
      <xsl:variable name="set" select="$before[@number | @marker][last()]"/>
      <xsl:choose>
        <xsl:when test="@number | @marker">
          <func:result select="f:figure(@number | @marker)"/>
        </xsl:when>
        <xsl:when test="$set">
          <func:result select="f:figure($set/@number | $set/@marker) + 1
            + count($before) - count($set/preceding-sibling::*[local-name() = $name]) - 1"/>
        </xsl:when>
        <xsl:otherwise>
          <func:result select="count($before) + 1 + sum(../@start) - count(../@start)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </func:function>

  <!-- The figures of a point or of the list an item is in, joined: «2.1»; empty at the top. -->
  <func:function name="f:path">
    <xsl:param name="node"/>
    <xsl:variable name="path">
      <xsl:for-each select="$node/ancestor-or-self::p:point | $node/ancestor-or-self::p:item">
        <xsl:if test="position() &gt; 1">.</xsl:if>
        <xsl:value-of select="f:index(.)"/>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="string($path)"/>
  </func:function>

  <!-- A number in a style: «1.», «1)», «а)», «I.», and «1.1.» after the path above it. -->
  <func:function name="f:format">
    <xsl:param name="index"/>
    <xsl:param name="style"/>
    <xsl:param name="above"/>
    <xsl:variable name="last" select="substring($style, string-length($style))"/>
    <xsl:variable name="end" select="substring($last, 1, $last = '.' or $last = ')')"/>
    <xsl:variable name="before" select="substring(concat($above, '.'), 1,
      99 * (starts-with($style, '1.1') and $above != ''))"/>
    <xsl:choose>
      <xsl:when test="starts-with($style, '1')">
        <func:result select="concat($before, $index, $end)"/>
      </xsl:when>
      <xsl:when test="starts-with($style, 'а')">
        <func:result select="concat($before, substring($letters, $index, 1), $end)"/>
      </xsl:when>
      <xsl:when test="starts-with($style, 'I')">
        <xsl:variable name="figure"><xsl:number value="$index" format="I"/></xsl:variable>
        <func:result select="concat($before, $figure, $end)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat($before, $style, $end)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:variable name="point-numbering">
    <xsl:choose>
      <xsl:when test="$order/@numbering"><xsl:value-of select="$order/@numbering"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$set/p:points/@numbering"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="point-styles" select="str:tokenize($point-numbering)"/>

  <!-- The style of a point's number: its parent's `numbering`, else that of its level. -->
  <func:function name="f:point-style">
    <xsl:param name="point"/>
    <xsl:variable name="level" select="count($point/ancestor::p:point) + 1"/>
    <xsl:choose>
      <xsl:when test="$point/../self::p:point/@numbering">
        <func:result select="string($point/../@numbering)"/>
      </xsl:when>
      <xsl:when test="$point-styles[$level]">
        <func:result select="string($point-styles[$level])"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="string($point-styles[last()])"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The printed number of a point. -->
  <func:function name="f:point-number">
    <xsl:param name="point"/>
    <xsl:choose>
      <xsl:when test="$point/@number">
        <func:result select="string($point/@number)"/>
      </xsl:when>
      <xsl:when test="not($point/../self::p:point)"><!-- most points -->
        <func:result select="f:format(f:index($point), $point-styles[1], '')"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="f:format(f:index($point), f:point-style($point),
                                      f:path($point/../self::p:point))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The printed number of an appendix: empty when it is the only one. -->
  <func:function name="f:appendix-number">
    <xsl:param name="appendix"/>
    <xsl:choose>
      <xsl:when test="$appendix/@number">
        <func:result select="string($appendix/@number)"/>
      </xsl:when>
      <xsl:when test="count($appendix/../p:appendix) &gt; 1">
        <func:result select="string(f:index($appendix))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="''"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- « 1» or « № 1» after the word «приложение». -->
  <func:function name="f:appendix-tail">
    <xsl:param name="appendix"/>
    <xsl:variable name="number" select="f:appendix-number($appendix)"/>
    <xsl:choose>
      <xsl:when test="$number = ''">
        <func:result select="''"/>
      </xsl:when>
      <xsl:when test="$set/p:appendix/@number-sign = 'yes'">
        <func:result select="concat('&#160;', f:number($number))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat('&#160;', $number)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== ids -->

  <!-- Where links to an element lead: its id, or a name made of its number. Tables and their
       rows make their own (roadmap/roadmap.xsl). -->
  <func:function name="f:id">
    <xsl:param name="node"/>
    <xsl:choose>
      <xsl:when test="$node/@id">
        <func:result select="string($node/@id)"/>
      </xsl:when>
      <xsl:when test="$node/self::p:point[not(parent::p:point)]"><!-- most points -->
        <func:result select="f:free-id(concat('point-',
                             count($node/preceding-sibling::p:point) + 1))"/>
      </xsl:when>
      <xsl:when test="$node/self::p:point">
        <func:result select="f:free-id(concat('point-', f:position-path($node)))"/>
      </xsl:when>
      <xsl:when test="$node/self::p:appendix">
        <func:result select="f:free-id(concat('appendix-',
                             count($node/preceding::p:appendix) + 1))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="kind" select="local-name($node)"/>
        <func:result select="f:free-id(concat($kind, '-',
                             count($node/preceding::*[local-name() = $kind]) + 1))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- An id that is made, changed if the clerk has given the same to something else. -->
  <func:function name="f:free-id">
    <xsl:param name="id"/>
    <xsl:for-each select="$source">
      <func:result select="concat($id, substring('-auto', 1, 5 * boolean(key('id', $id))))"/>
    </xsl:for-each>
  </func:function>

  <!-- Places of a point and of those around it; unlike its number it never repeats. -->
  <func:function name="f:position-path">
    <xsl:param name="node"/>
    <xsl:variable name="path">
      <xsl:for-each select="$node/ancestor-or-self::p:point">
        <xsl:if test="position() &gt; 1">.</xsl:if>
        <xsl:value-of select="count(preceding-sibling::p:point) + 1"/>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="string($path)"/>
  </func:function>

  <!-- ===================================================== ref -->

  <xsl:template match="p:ref">
    <xsl:variable name="target" select="key('id', @to)"/>
    <xsl:choose>
      <xsl:when test="$target/@short and not(@form or @capital or node())">
        <!-- most references: a party by its short name -->
        <xsl:value-of select="$target/@short"/>
      </xsl:when>
      <xsl:when test="not(@capital or node())
                      and $target[self::p:party and not(@short or *)] != ''">
        <!-- a party that has one name only -->
        <xsl:value-of select="$target"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="reference">
          <xsl:with-param name="target" select="$target"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="reference">
    <xsl:param name="target"/>
    <xsl:variable name="text">
      <xsl:choose>
        <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="$target" mode="ref">
            <xsl:with-param name="ref" select="."/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="printed">
      <xsl:choose>
        <xsl:when test="@capital = 'yes' and not(node())">
          <xsl:value-of select="f:capital($text)"/>
        </xsl:when>
        <xsl:otherwise><xsl:copy-of select="$text"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$printed = ''">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'no-text'"/>
        <xsl:with-param name="first" select="@to"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="$target[self::p:party or self::p:term]
                      or not($target and f:is-here($target))">
        <xsl:copy-of select="$printed"/>
      </xsl:when>
      <xsl:otherwise>
        <fo:basic-link internal-destination="{$target/@id}" role="Link">
          <xsl:copy-of select="$printed"/>
        </fo:basic-link>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a reference to each kind of element prints. -->
  <xsl:template match="*" mode="ref"/>

  <xsl:template match="p:appendix" mode="ref">
    <xsl:param name="ref"/>
    <xsl:choose>
      <xsl:when test="$ref/@form = 'number'">
        <xsl:value-of select="f:appendix-number(.)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="ref-word">
          <xsl:with-param name="word" select="'appendix'"/>
          <xsl:with-param name="ref" select="$ref"/>
        </xsl:call-template>
        <xsl:value-of select="f:appendix-tail(.)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- «пункт 2», «пункт 2.1», but «подпункт 1 пункта 2» where numbers do not carry their
       parents'. -->
  <xsl:template match="p:point" mode="ref">
    <xsl:param name="ref"/>
    <xsl:variable name="compound" select="starts-with(f:point-style(.), '1.1')"/>
    <xsl:if test="not($ref/@form = 'number')">
      <xsl:call-template name="ref-word">
        <xsl:with-param name="ref" select="$ref"/>
        <xsl:with-param name="word">
          <xsl:if test="parent::p:point and not($compound)">sub</xsl:if>
          <xsl:text>point</xsl:text>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:text>&#160;</xsl:text>
    </xsl:if>
    <xsl:value-of select="f:bare(f:point-number(.))"/>
    <xsl:if test="parent::p:point and not($compound) and not($ref/@form = 'number')">
      <xsl:text> </xsl:text>
      <xsl:apply-templates select=".." mode="ref">
        <xsl:with-param name="ref" select="$genitive[@form = concat('', $ref/@form)]"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:template>

  <!-- A printed number without the stop or bracket at its end. -->
  <func:function name="f:bare">
    <xsl:param name="number"/>
    <xsl:variable name="last" select="substring($number, string-length($number))"/>
    <xsl:choose>
      <xsl:when test="$last = '.' or $last = ')'">
        <func:result select="substring($number, 1, string-length($number) - 1)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="string($number)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- References in the genitive, full and short, for the words around a subpoint. -->
  <xsl:variable name="genitive" select="document('texts.xml')/p:texts/p:genitive/p:ref"/>

  <xsl:template name="ref-word">
    <xsl:param name="word"/>
    <xsl:param name="ref"/>
    <xsl:variable name="case">
      <xsl:choose>
        <xsl:when test="$ref/@form = 'short'">short</xsl:when>
        <xsl:when test="$ref/@case"><xsl:value-of select="$ref/@case"/></xsl:when>
        <xsl:otherwise>nom</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:value-of select="f:word(string($word), string($case))"/>
  </xsl:template>

  <xsl:template match="p:party | p:term" mode="ref">
    <xsl:param name="ref"/>
    <xsl:choose>
      <xsl:when test="$ref/@form = 'full' or not(@short)"><xsl:apply-templates/></xsl:when>
      <xsl:when test="$ref/@form = 'both'">
        <xsl:apply-templates/>
        <xsl:call-template name="introduced"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="@short"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- « (далее – УО)» after the full name. -->
  <xsl:template name="introduced">
    <xsl:text> (</xsl:text>
    <xsl:choose>
      <xsl:when test="@intro"><xsl:value-of select="@intro"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="f:text('intro')"/></xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat(@short, ')')"/>
  </xsl:template>

  <xsl:template match="p:term">
    <xsl:apply-templates/>
    <xsl:call-template name="introduced"/>
  </xsl:template>

  <!-- ===================================================== web addresses -->

  <xsl:template match="p:link">
    <fo:basic-link external-destination="url('{@to}')" role="Link">
      <xsl:choose>
        <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
        <xsl:otherwise><xsl:value-of select="@to"/></xsl:otherwise>
      </xsl:choose>
    </fo:basic-link>
  </xsl:template>
</xsl:stylesheet>
