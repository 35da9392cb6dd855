<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers as Russian offices print them: 14 756; 37,2 %; +1,2; 21 мероприятие, 22 мероприятия,
     25 мероприятий. What comes in is written with a full stop and without spaces. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="func str" exclude-result-prefixes="p f">

  <xsl:decimal-format name="comma" decimal-separator="," grouping-separator="&#160;"/>

  <xsl:variable name="minus" select="string($set/p:number/@minus)"/>
  <xsl:variable name="group-from" select="string($set/p:number/@group-from)"/>

  <!-- «-14756.5» to «−14 756,5»; `signed`: a plus too. Thousands are parted in numbers of at least
       group-from figures. -->
  <func:function name="f:figure-text">
    <xsl:param name="figure"/>
    <xsl:param name="signed" select="false()"/>
    <xsl:variable name="bare" select="translate($figure, '-', '')"/>
    <xsl:variable name="whole" select="substring-before(concat($bare, '.'), '.')"/>
    <xsl:variable name="part" select="substring-after($bare, '.')"/>
    <xsl:variable name="sign">
      <xsl:choose>
        <xsl:when test="starts-with($figure, '-')"><xsl:value-of select="$minus"/></xsl:when>
        <xsl:when test="$signed and translate($bare, '0.', '') != ''">+</xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="grouped">
      <xsl:choose>
        <xsl:when test="string-length($whole) &gt;= $group-from">
          <xsl:value-of select="format-number($whole, '#&#160;##0', 'comma')"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$whole"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <func:result select="concat($sign, $grouped, substring(',', 1, $part != ''), $part)"/>
  </func:function>

  <!-- «37,2 %», or a dash for a share of nothing. -->
  <func:function name="f:percent">
    <xsl:param name="figure"/>
    <xsl:param name="signed" select="false()"/>
    <xsl:choose>
      <xsl:when test="string($figure) = ''"><func:result select="'–'"/></xsl:when>
      <xsl:otherwise>
        <func:result select="concat(f:figure-text($figure, $signed), '&#160;%')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The form of a word after a number: 1, 21 the first; 2 to 4, 22 the second; 5 to 20, 11 to
       14 and 0 the third; after a fraction the second. `forms`: the three, parted by spaces. -->
  <func:function name="f:plural">
    <xsl:param name="figure"/>
    <xsl:param name="forms"/>
    <xsl:variable name="words" select="str:tokenize($forms, ' ')"/>
    <xsl:variable name="bare" select="translate($figure, '-', '')"/>
    <xsl:variable name="last" select="$bare mod 10"/>
    <xsl:variable name="teen" select="$bare mod 100 &gt; 10 and $bare mod 100 &lt; 15"/>
    <xsl:choose>
      <xsl:when test="contains($bare, '.')"><func:result select="string($words[2])"/></xsl:when>
      <xsl:when test="$last = 1 and not($teen)"><func:result select="string($words[1])"/></xsl:when>
      <xsl:when test="$last &gt;= 2 and $last &lt;= 4 and not($teen)">
        <func:result select="string($words[2])"/>
      </xsl:when>
      <xsl:otherwise><func:result select="string($words[3])"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- «21 мероприятие»; the noun's forms are in texts.xml. -->
  <func:function name="f:counted">
    <xsl:param name="figure"/>
    <xsl:param name="noun"/>
    <func:result select="concat(f:figure-text($figure), '&#160;',
                                f:plural($figure, $texts/p:noun[@name = $noun]/@forms))"/>
  </func:function>
</xsl:stylesheet>
